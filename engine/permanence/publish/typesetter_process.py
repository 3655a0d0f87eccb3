"""The process that typesets: a question a line, an answer with its size each; it ends with its input.

It loads nothing of ours, so that it is there at once.
"""

import json
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Any

import typst


def answers(asked: IO[bytes], answered: IO[bytes], templates: str, fonts: str) -> None:
    """Answer each question with the PDF of a template, or with why there is none, until there are no more."""

    @cache
    def compiler(template: str) -> typst.Compiler:
        page = str(Path(templates) / template)
        return typst.Compiler(page, root=templates, font_paths=[fonts], ignore_system_fonts=True)

    for line in asked:
        kind, content = _answer(json.loads(line), compiler)
        answered.write(f"{kind} {len(content)}\n".encode() + content)
        answered.flush()


def _answer(question: Any, compiler: Callable[[str], typst.Compiler]) -> tuple[str, bytes]:
    try:
        found = compiler(question["template"]).compile(
            sys_inputs=question["inputs"], pdf_standards="a-3b", timestamp=question["at"]
        )
    except RuntimeError as error:
        return "error", str(error).encode()
    return ("pdf", found) if isinstance(found, bytes) else ("error", b"no page came of it")


if __name__ == "__main__":
    # Who types Ctrl-C ends the command, and that ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers(sys.stdin.buffer, sys.stdout.buffer, *sys.argv[1:])

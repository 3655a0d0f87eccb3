"""Pages set in type: templates of ours, filled with texts, as PDF/A-3; the same bytes for the same texts.

It is done by a process beside this one. What typesets has threads of its own: in this process, it would never come back
once that had a copy made of itself.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO, Any

from ..model.issued import written
from ..model.problem import Place, Problem, Refused

HERE = Path(__file__)
PROCESS, TEMPLATES, FONTS = (HERE.with_name(name) for name in ("typesetter_process.py", "typst_pages", "fonts"))
"""Fonts of the system are not looked at: pages are the same everywhere."""
Typeset = Callable[[str, Mapping[str, Any], date, Mapping[str, str]], bytes]
"""Sets a template, filled with what is said, dated on a day, with texts attached by name, as a PDF/A-3."""


@contextmanager
def typesetter() -> Iterator[Typeset]:
    """Yield what sets pages while the block lasts. Raises Refused for a page that cannot be set."""
    words = [sys.executable, "-P", str(PROCESS), str(TEMPLATES), str(FONTS)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        asked, answered = process.stdin, process.stdout

        def typeset(template: str, said: Mapping[str, Any], day: date, attached: Mapping[str, str]) -> bytes:
            dated = {**said, "year": day.year, "month": day.month, "day": day.day}
            made_at = int(datetime.combine(day, time(), UTC).timestamp())
            question = {"template": template, "at": made_at, "inputs": {"said": written(dated), **attached}}
            kind, content = _asked(asked, answered, json.dumps(question).encode())
            if kind != "pdf":
                what = f"the page could not be set: {content.decode() or 'what sets it has ended'}"
                raise Refused(
                    [Problem(Place(template), what, "try again; if it stays so, report it with the document")]
                )
            return content

        yield typeset


def _asked(asked: IO[bytes], answered: IO[bytes], question: bytes) -> tuple[str, bytes]:
    """Return the kind of an answer, and the answer; nothing of a process that has ended."""
    try:
        asked.write(question + b"\n")
        asked.flush()
    except BrokenPipeError:
        return "", b""
    kind, _, size = answered.readline().decode().strip().partition(" ")
    return kind, answered.read(int(size or 0))

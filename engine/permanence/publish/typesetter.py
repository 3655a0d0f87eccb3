"""Pages set in type: templates of ours, filled with texts, as PDF/A-3; the same bytes for the same texts.

It is done by a process beside this one. What typesets has threads of its own: in this process, it would never come back
once that had a copy made of itself.
"""

import json
import re
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
NO_SIGN = re.compile(r'the text `"(.+?)"` could not be displayed with font', re.DOTALL)
"""How what typesets tells of a sign that our fonts have not: they have Latin, Greek and Cyrillic letters."""
Typeset = Callable[[str, Mapping[str, Any], date, Mapping[str, str]], bytes]
"""Sets a template, filled with what is said, dated on a day, with texts attached by name, as a PDF/A-3."""


class PageNotSet(Refused):
    """A page that cannot be set, whoever sets it: others can; ``sign`` is what fonts have not, where it is that."""

    def __init__(self, template: str, why: str) -> None:
        found = NO_SIGN.search(why)
        self.sign = found[1] if found else ""
        what = f'fonts have no sign for "{self.sign}"' if found else f"the page could not be set: {why}"
        hint = "write it in Latin letters" if found else "report it with the document"
        super().__init__([Problem(Place(template), what, hint)])


@contextmanager
def typesetter() -> Iterator[Typeset]:
    """Yield what sets pages while the block lasts.

    It raises PageNotSet for a page that cannot be set, and Refused where what sets it has ended.
    """
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
            if kind == "error":
                raise PageNotSet(template, content.decode())
            if kind != "pdf":
                what, hint = "the page could not be set: what sets it has ended", "try again"
                raise Refused([Problem(Place(template), what, hint)])
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

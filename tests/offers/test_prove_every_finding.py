"""Whatever `check` can say of an offer is said of some file: of an offer with a hole, or of one that cannot be read."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import permanence
import pytest
from permanence.model.fault import Fault
from permanence.offers.check.files import check_files
from permanence.offers.check.finding import Finding

from tests.installed import PLUGINS

ENGINE = Path(permanence.__file__).parent
ROOMS = ("offers/check", "bill/price", "read/offers")
TESTS = Path(__file__).parents[1]
SHOWN = (*(TESTS / "offers" / "holes").glob("*.toml"), *(TESTS / "read" / "bad").glob("offer*.toml"))
Said = tuple[str, int]
"""Where something is said: its module, and the line in it."""
ELSEWHERE = {
    "answers otherwise when it is asked again": "tests/plugins/test_asked_again.py: plugins that remember",
    "looks for calls in the window": "tests/plugins/test_asked_once.py: plugins that fail, or read a clock",
    "an option cannot say its windows": "tests/offers/test_prove_findings.py: a plugin that is not ours",
    "longer than can be proved in a minute": "tests/offers/test_prove_extremes.py: a file of 5,001 bands",
    "which the offer does not name": "tests/bill/test_billing_work.py: an option of work, which none of ours is",
}
"""What only files of thousands of lines, or options of somebody else's, bring about: by words of it, and its test."""


def may_be_said() -> Iterator[tuple[Said, str]]:
    """Yield each place of the engine at which a finding or a fault of an offer is made, with the function around it."""
    for path in (path for room in ROOMS for path in sorted((ENGINE / room).rglob("*.py"))):
        text = path.read_text("utf-8")
        for function in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
                    yield (str(path), node.lineno), ast.get_source_segment(text, function) or ""


NAMES = (Finding.__name__, Fault.__name__)


def test_all_that_is_found_in_an_offer_is_found_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = set[Said]()
    for made in (Finding, Fault):
        monkeypatch.setattr(made, "__init__", _noting(made.__init__, said))
    for path in SHOWN:
        check_files([path], tmp_path, tmp_path, PLUGINS, examples=False)
    silent = {place: function for place, function in may_be_said() if place not in said}
    unexplained = {
        place: function for place, function in silent.items() if not any(words in function for words in ELSEWHERE)
    }
    assert list(unexplained) == []
    assert all(any(words in function for function in silent.values()) for words in ELSEWHERE)


def _noting(made: Any, said: set[Said]) -> Any:
    """Return how something is made, which notes the line that makes it."""

    def init(self: object, *given: object, **named: object) -> None:
        caller = sys._getframe(1)
        said.add((caller.f_code.co_filename, caller.f_lineno))
        made(self, *given, **named)

    return init

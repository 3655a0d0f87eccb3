"""Each file in holes/ is the smallest that has one finding, told in exactly the words beside it (--accept rewrites)."""

from pathlib import Path

import pytest
from permanence.model.problem import Problem
from permanence.offers.check.files import check_files

from tests.installed import PLUGINS

HOLES = Path(__file__).parent / "holes"
FINDINGS = {
    "nothing": 0,
    "option_of_what_is_never_counted": 2,
    "plan_that_includes_work": 0,
    "price_of_the_first_month_beside_plans": 0,
    "price_of_what_is_never_counted": 2,
    "shares_above_the_whole": 2,
}
"""How many a file has, where that is not one: what follows from another finding, and each of two shares."""
FILES = sorted(path.stem for path in HOLES.glob("*.toml"))


def told(problem: Problem) -> str:
    severity = "warning: " if problem.warning else ""
    return f"{problem.where.line}:{problem.where.column}: {severity}{problem.what}" + (
        f"; {problem.hint}\n" if problem.hint else "\n"
    )


@pytest.mark.parametrize("name", FILES)
def test_a_finding_is_told_in_exactly_these_words(
    name: str, accept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HOLES)
    found = check_files([Path(f"{name}.toml")], tmp_path, tmp_path, PLUGINS, examples=False).problems
    message, expected = "".join(map(told, found)), HOLES / f"{name}.txt"
    if accept:
        expected.write_text(message, encoding="utf-8")
    assert message == expected.read_text(encoding="utf-8")
    assert len(found) == FINDINGS.get(name, 1)


def test_every_message_belongs_to_a_file() -> None:
    assert {path.stem for path in HOLES.glob("*.txt")} == set(FILES)

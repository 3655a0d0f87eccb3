"""What a contract pays for twice, or has to no effect, is told: by `check` as a warning, by `quote` as a refusal."""

from datetime import date
from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.offers.check.files import check_files

from tests.installed import PLUGINS
from tests.offers.asking import RULES, quoted

CONTRACT = """format = 1

[[contract]]
id = "C1"
customer = {{ name = "Garage du Parc" }}
offer = "essentielle@2023-01-01"
lines = ["C1"]
signed = 2026-01-12
{more}
"""
EVENT = '[[event]]\non = {on}\nwhat = "{what}"\noption = "{option}"\n'
TWICE = 'contract "C1" pays for hours twice: "round_the_clock" covers those of "night_duty"'


def told(tmp_path: Path, more: str) -> list[str]:
    """Return the warnings on a contract of Essentielle, but for that on its file, which has no fingerprint."""
    path = tmp_path / "contract.toml"
    path.write_text(CONTRACT.format(more=more), encoding="utf-8")
    found = check_files([path], RULES, tmp_path, PLUGINS, examples=False).problems
    found = tuple(problem for problem in found if problem.where.line)
    assert all(problem.warning and problem.where.line == 3 for problem in found)
    return [problem.what for problem in found]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('option = [{ id = "night_duty" }, { id = "round_the_clock" }]', [TWICE]),
        ('option = [{ id = "round_the_clock" }, { id = "night_duty", from = 2026-03-01 }]', [TWICE]),
        ('option = [{ id = "night_duty", until = 2026-03-01 }, { id = "round_the_clock", from = 2026-03-01 }]', []),
        ('option = [{ id = "night_duty" }, { id = "bilingual" }]', []),
        (
            'option = [{ id = "night_duty" }]\n'
            + EVENT.format(on="2026-05-04", what="option_added", option="round_the_clock"),
            [TWICE],
        ),
        (
            'option = [{ id = "night_duty" }]\n'
            + EVENT.format(on="2026-05-04", what="option_added", option="round_the_clock")
            + EVENT.format(on="2026-05-04", what="option_removed", option="night_duty"),
            [],
        ),
        ("band = 150", ['contract "C1": its band, 150, is not read']),
        ('group = "ports"', ['contract "C1": its group, "ports", is not read']),
    ],
)
def test_what_a_contract_has_to_no_effect_is_told(tmp_path: Path, more: str, expected: list[str]) -> None:
    assert told(tmp_path, more) == expected


def test_hours_that_would_be_paid_for_twice_are_not_quoted() -> None:
    with pytest.raises(Refused) as refused:
        quoted("essentielle", 180, ["night_duty", "round_the_clock"])
    (problem,) = refused.value.problems
    assert (str(problem.where), problem.what, problem.hint) == (
        "--option",
        'hours would be paid for twice: "round_the_clock" covers those of "night_duty"',
        'leave "night_duty" out',
    )
    assert quoted("essentielle", 180, ["night_duty"]).made == date(2026, 9, 1)

"""What is asked for of a month, and what is not: one case a file, each with why it is so."""

from pathlib import Path

import pytest

from tests.money.cases import accounts, case_files, demands, demands_told, standings_told, told


@pytest.mark.parametrize("path", case_files("demands"), ids=lambda path: path.stem)
def test_a_month_is_asked_for_as_its_case_says(path: Path) -> None:
    case = told(path)
    assert demands_told(demands(case)) == {"asked": case.get("asked", []), "left": case.get("left", [])}, case["why"]
    found = [line for account in accounts(case).values() for line in standings_told(account)]
    assert found == case.get("standings", found), case["why"]

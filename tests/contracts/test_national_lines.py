"""A number that a contract abroad names without its country is nobody's line: told, and not signed."""

from datetime import date

import pytest
from attrs import evolve
from permanence.contracts.national_lines import national_line_problems, national_lines
from permanence.model.contract import Contract, Customer
from permanence.model.event import Event


def contract(region: str, *lines: str) -> Contract:
    return Contract(
        id="C0001",
        customer=Customer(name="Salon Rouge", region=region),
        offer="accueil@2026-01-01",
        lines=lines,
        signed=date(2026, 1, 12),
    )


@pytest.mark.parametrize(
    ("region", "line", "whole"),
    [
        ("US-NY", "3035550142", "+13035550142"),
        ("CA-ON", "(416) 555-0142", "+14165550142"),
        ("DE-BE", "030 12345678", "+493012345678"),
        ("CH-GE", "022 555 00 10", "+41225550010"),
        ("GB", "020 7946 0018", "+442079460018"),
        ("AU-NSW", "02 5550 1234", "+61255501234"),
    ],
)
def test_a_number_without_its_country_is_named_with_it(region: str, line: str, whole: str) -> None:
    assert list(national_lines(contract(region, line))) == [(line, whole)]
    (problem,) = national_line_problems(contract(region, line))
    assert problem.warning
    assert f"calls to {whole} are not its customer's" in problem.what
    assert list(national_lines(contract(region, line, whole))) == []


@pytest.mark.parametrize("line", ["01 99 00 00 10", "+33199000010", "C0001", "4711"])
def test_a_number_of_france_has_its_country(line: str) -> None:
    assert list(national_lines(contract("FR-974", line))) == []


@pytest.mark.parametrize("line", ["+33199000010", "C0001", "4711", "sales"])
def test_a_whole_number_and_an_account_code_are_lines_anywhere(line: str) -> None:
    for region in ("US-NY", "DE", "CH-GE"):
        assert list(national_lines(contract(region, line))) == []


def test_a_line_that_is_added_later_counts() -> None:
    signed = contract("DE", "030 12345678")
    added = Event(contract="C0001", on=date(2026, 2, 1), what="line_added", line="+493012345678")
    assert list(national_lines(evolve(signed, events=(added,)))) == []
    wrong = evolve(added, line="040 12345678")
    assert [whole for _, whole in national_lines(evolve(signed, events=(wrong,)))] == ["+493012345678", "+494012345678"]

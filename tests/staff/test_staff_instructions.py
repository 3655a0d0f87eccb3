"""The page of a contract tells what agents do with its calls today, and what changes later, by what is on file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from permanence.contracts.instructions import InstructionsOn
from permanence.model.instruction import Instruction
from permanence.model.problem import Place, Problem, Refused
from permanence.staff.application import application, close

from tests.bill.samples import make_contract
from tests.staff.reading import get, words

NOW = Instruction(text="Transférez au <gérant>.", number="+33199000042", until=date(2027, 1, 4))
LATER = Instruction(text="Prenez un message.", since=date(2027, 1, 4))


async def page(billing_db: Path, instructions: Callable[[str], InstructionsOn | None], contract: str = "C0001") -> str:
    served = application(billing_db, None, instructions=instructions)
    await served.invoke_startup()
    text = await get(served, f"/billing/contract/{contract}")
    close(served)
    return words(text)


async def test_a_contracts_page_has_the_instructions_of_the_day_and_those_that_come(billing_db: Path) -> None:
    asked: list[str] = []

    def given(contract: str) -> InstructionsOn:
        asked.append(contract)
        return InstructionsOn(date(2026, 12, 1), make_contract(), None, (NOW,), (LATER,))

    text = await page(billing_db, given)
    assert "Consignes le 1er décembre 2026" in text
    assert "Pour Consigne Numéro Jours" in text
    assert "Tous les appels Transférez au <gérant>. +33199000042 jusqu'au 3 janvier 2027 inclus" in text
    assert "À venir : Tous les appels Prenez un message. à compter du 4 janvier 2027" in text
    assert asked == ["C0001"]


async def test_a_contract_without_instructions_has_no_table_of_them(billing_db: Path) -> None:
    assert "Consigne" not in await page(billing_db, lambda _: InstructionsOn(date(2026, 12, 1), make_contract(), None))
    assert "Consigne" not in await page(billing_db, lambda _: None)


@pytest.mark.parametrize("error", [Refused([Problem(Place("c.toml"), "it is no TOML")]), RuntimeError("gone")])
async def test_instructions_that_cannot_be_read_are_told_and_the_page_is_there(billing_db: Path, error: Any) -> None:
    def broken(_: str) -> InstructionsOn | None:
        raise error

    assert "Les consignes ne peuvent pas être lues : un fichier est à corriger" in await page(billing_db, broken)

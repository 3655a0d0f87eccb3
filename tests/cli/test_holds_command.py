"""Contracts on hold: why, since when, what to do; once that is done, the month has their bills, and all others."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, refused, values

WAITS = """
format = 1

[[contract]]
id = "C0101"
customer = { name = "Salon Rouge" }
offer = "essentielle@2023-01-01"
mission = "simple"
lines = ["+33199000501"]
signed = 2026-08-20

[[contract]]
id = "C0102"
customer = { name = "Salon Bleu" }
offer = "essentielle@2022-01-01"
mission = "simple"
lines = ["+33199000502"]
signed = 2026-10-01
live = 2026-10-05
"""
LIVE = '\n[[event]]\ncontract = "C0101"\non = 2026-10-01\nwhat = "go_live"\n'
FILE = Path("contracts/waits.toml")


@pytest.fixture(autouse=True)
def here(service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a service with two contracts that cannot be billed, whose September and October are billed."""
    folder = tmp_path / "service"
    shutil.copytree(service, folder)
    monkeypatch.chdir(folder)
    FILE.write_text(WAITS, "utf-8")
    for month in ("2026-09", "2026-10"):
        out("bill", month, "--on", "2026-11-01")


def dump(*but: str) -> dict[str, list[Any]]:
    """Return what the tables of bills hold, but for some contracts."""
    with closing(sqlite3.connect("billing.db")) as database:
        return {
            table: [
                row for row in database.execute(f"select * from [{table}]") if not any(one in str(row) for one in but)
            ]
            for table in ("invoice", "line", "line_fact", "vat", "usage", "hold")
        }


def test_they_are_listed_with_the_reason_since_when_and_what_to_do() -> None:
    told = values("holds", "2026-10")["holds"]
    assert [(one["contract"], one["customer"], one["since"]) for one in told] == [
        ("C0101", "Salon Rouge", "2026-09"),
        ("C0102", "Salon Bleu", "2026-10"),
    ]
    live, unknown = told
    assert live["reason"].startswith("La mise en service n'est pas notée")
    assert live["to_do"] == (
        'Notez la mise en service, what = "go_live", dans contracts/waits.toml, puis permanence bill 2026-10'
    )
    assert unknown["to_do"] == "Corrigez contracts/waits.toml:12, puis permanence bill 2026-10"
    assert [one["month"] for one in values("holds")["holds"]] == ["2026-10", "2026-10", "2026-09"]
    printed = out("holds")
    assert "En attente, octobre 2026" in printed
    assert "C0101    Salon Rouge       0  septembre 2026" in printed
    assert "À faire : Corrigez contracts/waits.toml:12" in printed


def test_what_is_mended_is_told_before_the_month_is_billed_again() -> None:
    FILE.write_text(WAITS.replace("2022-01-01", "2023-01-01") + LIVE, "utf-8")
    assert {one["to_do"] for one in values("holds", "2026-10")["holds"]} == {
        "La cause semble levée ; facturez de nouveau : permanence bill 2026-10"
    }
    FILE.unlink()
    assert values("holds", "2026-10")["holds"][0]["to_do"].startswith("Le contrat n'est plus au dossier")


def test_billed_again_they_have_their_bills_and_every_other_row_is_as_it_was() -> None:
    before, others = dump("C0101"), len(dump("C0101")["invoice"]) // 2
    FILE.write_text(WAITS + LIVE, "utf-8")
    printed = out("bill", "2026-10", "--on", "2026-11-01")
    assert "Le contrat C0101 n'est plus en attente, et a sa facture." in printed
    assert f"Autres factures du mois : {others} inchangées." in printed
    assert dump("C0101") == before
    assert [one["contract"] for one in values("holds", "2026-10")["holds"]] == ["C0102"]
    again = values("bill", "2026-10", "--on", "2026-11-01")["billed_again"]
    assert (again["released"], again["still_waiting"], again["changed"]) == ([], ["C0102"], [])
    assert again["unchanged"] == others + 1


def test_a_month_that_is_billed_for_the_first_time_says_nothing_of_others() -> None:
    Path("billing.db").unlink()
    assert values("bill", "2026-10", "--on", "2026-11-01")["billed_again"] is None


def test_nobody_waits_where_nothing_is_billed() -> None:
    Path("billing.db").unlink()
    assert out("holds", "2026-09") == "Aucun contrat n'est en attente en septembre 2026.\n"
    assert values("holds")["holds"] == []


def test_a_database_that_is_not_ours_is_refused() -> None:
    Path("other.db").write_bytes(b"no database at all, and long enough to be looked at" * 40)
    assert refused("holds", "--billing", "other.db")

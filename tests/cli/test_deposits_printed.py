"""Deposits stand beside the totals of a month and of a life where there are any; each country names its tax."""

import shutil
from pathlib import Path

import pytest
from permanence.bill.simulated_life import SHOWN
from permanence.cli.screens.life import WORDS
from permanence.contracts.calendar import REMINDERS

from tests.cli.conftest import unsigned
from tests.cli.typed import out, typed, values

OFFER, LIST = Path("rules/small.toml"), Path("contracts/customers.toml")
LIFE = ("simulate-life", "C0001", "--until", "2026-05-31", "--calls", "5/month")
BILL = ("bill", "2026-01", "--on", "2026-02-02", "--incomplete")
LEAVES = '[[event]]\ncontract = "C0001"\non = 2026-03-10\nwhat = "notice_received"\n'


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a copy of the small service the current folder, with contracts that may be edited."""
    shutil.copytree(small, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    unsigned(LIST)


def edit(before: str, after: str) -> None:
    OFFER.write_text(OFFER.read_text("utf-8").replace(before, after, 1), "utf-8")
    typed("check", str(OFFER), "--write-examples")


def header(*words: str) -> list[str]:
    """Return the titles of the columns of what a command prints first."""
    return out(*words).splitlines()[1].split()


def test_a_life_shows_the_deposit_that_is_taken_and_given_back() -> None:
    edit("[package]", '[deposit]\namount = "80.00"\n\n[package]')
    LIST.write_text(f"{LIST.read_text('utf-8')}\n{LEAVES}", "utf-8")
    played = values(*LIFE)
    assert [row["deposit_cents"] for row in played["months"]] == [8000, 0, 0, -8000]
    assert all(row["to_pay_cents"] == row["total_cents"] + row["deposit_cents"] for row in played["months"])
    assert played["total"]["deposit_cents"] == 0
    assert header(*LIFE)[4:] == ["HT", "TVA", "TTC", "Dépôt", "À", "payer", "Événements"]
    words = " ".join(out(*LIFE).split())
    assert "dépôt de garantie demandé le 2" in words
    assert "dépôt de garantie rendu le 9" in words


def test_a_run_shows_what_is_to_be_paid_with_the_deposits_and_without_any_it_does_not() -> None:
    assert header(*BILL) == ["Offre", "Factures", "Appels", "Total", "HT", "TVA", "Total", "TTC"]
    Path("billing.db").unlink()
    edit("[package]", '[deposit]\namount = "80.00"\n\n[package]')
    (total,) = values(*BILL)["totals"]
    assert (total["deposit_cents"], total["to_pay_cents"]) == (16_000, total["total_cents"] + 16_000)
    assert header(*BILL)[-3:] == ["Dépôt", "À", "payer"]
    assert "160,00\u00a0€" in out(*BILL)


def test_abroad_the_tax_goes_by_its_name_in_a_run_and_in_a_life() -> None:
    LIST.write_text(LIST.read_text("utf-8").replace('region = "FR"', 'region = "AU"'), "utf-8")
    edit("sold_from", 'country = "AU"\ntimezone = "Australia/Sydney"\nsold_from')
    assert " ".join(header(*BILL)[3:]) == "Total hors GST GST Total GST comprise"
    assert " ".join(header(*LIFE)[4:]) == "Hors GST GST GST comprise Événements"


def test_each_day_of_a_calendar_that_a_life_shows_has_words() -> None:
    told_otherwise = {"event", "notice", "own_term", "own_term_last_day", "price_revised"}
    assert {*SHOWN, *REMINDERS} - told_otherwise <= WORDS.keys()

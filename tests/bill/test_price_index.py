"""Prices that follow an index: P0 × S ÷ S0 at each anniversary, exactly, from values that are published later."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.basis import basis_of, compared
from permanence.bill.month import bill_month
from permanence.bill.owed import least_owed
from permanence.bill.price.month_lines import month_lines
from permanence.bill.simulated_life import play
from permanence.cli.screens.calendar import calendar_summary
from permanence.cli.screens.life import life_summary
from permanence.contracts.book import Book
from permanence.contracts.history import history_of
from permanence.contracts.leaving import calendar_of, leaving
from permanence.contracts.signature import not_as_signed, pinned
from permanence.model.invoice import MonthRun
from permanence.model.money import Cents, Micros, per_cent, price_of, round_half_up
from permanence.model.period import Month
from permanence.model.price import Price
from permanence.model.price_index import IndexSeries
from permanence.model.problem import Refused
from permanence.model.records import CallBatch
from permanence.model.scalars import Words
from permanence.on_file import open_book

from tests.bill.months import contract, event, rule, weekday_offer
from tests.bill.samples import make_call, make_contract, records
from tests.bill.test_shares import charging, month, offer
from tests.installed import PLUGINS

INDEX = """title = {{ fr = "Indice Syntec", en = "Syntec index" }}
source = "{source}"

[values]
2026-01 = "300.0"
{values}
"""
JANUARY, MARCH = Month(2027, 1), Month(2027, 3)
PRICES = """
[price.month]
title = "Forfait"
amount = "{amount}"

[price.revision]
title = "Révision annuelle"
index = "syntec"
of = ["price.month"]
{keys}
"""
RULES = rule("month", "month", "contract.active", 'charge = "price.month"') + rule(
    "revision", "month", "contract.active", 'charge = "price.revision"'
)
ASKED = rule("asked", "event", 'event.what == "offer_changed"', 'effect = "at_once"') + rule(
    "leave", "notice", "notice.received", 'end = "notice_end"'
)


def book(
    folder: Path,
    contracts: str,
    values: str = '2027-01 = "309.0"',
    *,
    keys: str = "",
    source: str = "syntec.fr",
    later: str = "",
) -> Book:
    """Return what is on file of an offer that follows an index, perhaps with a later version at another price."""
    (folder / "rules" / "indices").mkdir(parents=True, exist_ok=True)
    (folder / "contracts").mkdir(exist_ok=True)
    text = weekday_offer(PRICES.format(amount="149.00", keys=keys) + RULES + ASKED)
    (folder / "rules" / "offer.toml").write_text(text, "utf-8")
    if later:
        text = text.replace("sold_from = 2026-01-01", "sold_from = 2026-06-01").replace('"149.00"', f'"{later}"')
        (folder / "rules" / "later.toml").write_text(text, "utf-8")
    (folder / "rules" / "indices" / "syntec.toml").write_text(INDEX.format(values=values, source=source), "utf-8")
    (folder / "contracts" / "c.toml").write_text(f"format = 1\n{contracts}", "utf-8")
    return open_book(folder / "rules", folder / "contracts", PLUGINS)


def billed(on_file: Book, billed_month: Month) -> MonthRun:
    day = billed_month.first.replace(day=4)
    calls = records([make_call(f"{day} 10:00:00", account="C1")])
    return bill_month(on_file, billed_month, CallBatch(records=calls))


def told(run: MonthRun) -> list[str]:
    return [f"{line.label} {line.amount / 100:.2f}" for invoice in run.invoices for line in invoice.lines]


@pytest.mark.parametrize(
    ("keys", "signed", "billed_month", "lines"),
    [
        ("", "2026-01-01", Month(2026, 12), ["Forfait 149.00"]),
        ("", "2026-01-01", JANUARY, ["Forfait 149.00", "Révision annuelle (indice Syntec 300,0 → 309,0) 4.47"]),
        (
            'most_percent = "2"',
            "2026-01-01",
            JANUARY,
            ["Forfait 149.00", "Révision annuelle (indice Syntec 300,0 → 309,0, plafonnée) 2.98"],
        ),
        (
            "index_lag = 2",
            "2026-03-15",
            Month(2027, 4),
            ["Forfait 149.00", "Révision annuelle (indice Syntec 300,0 → 309,0) 4.47"],
        ),
        (
            "",
            "2026-01-12",
            JANUARY,
            ["Forfait 149.00", "Révision annuelle (indice Syntec 300,0 → 309,0) 2.88"],
        ),
    ],
)
def test_prices_are_revised_from_each_anniversary_on(
    tmp_path: Path, keys: str, signed: str, billed_month: Month, lines: list[str]
) -> None:
    found = billed(book(tmp_path, contract(signed=signed), keys=keys), billed_month)
    assert found.holds == ()
    assert told(found) == lines


def test_an_anniversary_of_the_first_day_of_service_revises_from_that_day(tmp_path: Path) -> None:
    later = contract(signed="2026-01-20", live="2026-02-01")
    values = '2026-02 = "302.0"\n2027-01 = "309.0"\n2027-02 = "308.04"'
    on_file = book(tmp_path, later, values, keys='anniversary_of = "go_live"')
    assert told(billed(on_file, JANUARY)) == ["Forfait 149.00"]
    assert told(billed(on_file, Month(2027, 2)))[1:] == ["Révision annuelle (indice Syntec 302,0 → 308,04) 2.98"]


def test_contracts_of_one_offer_are_revised_each_from_its_own_day(tmp_path: Path) -> None:
    both = contract(signed="2026-01-01") + contract("C2", signed="2026-06-01")
    found = billed(book(tmp_path, both), JANUARY)
    assert [len(invoice.lines) for invoice in found.invoices] == [2, 1]


def test_a_line_says_from_which_months_values_it_was_worked_out(tmp_path: Path) -> None:
    [invoice] = billed(book(tmp_path, contract(signed="2026-01-01")), JANUARY).invoices
    assert invoice.lines[1].sentence == (
        "Révision annuelle : indice Syntec, 300,0 en janvier 2026, 309,0 en janvier 2027, de 149,00\u00a0€ "
        "(Forfait, 149,00\u00a0€)."
    )
    assert (invoice.lines[1].quantity, invoice.lines[1].for_each, invoice.lines[1].base) == (3, 100, ("price.month",))


def test_a_bill_waits_for_a_value_that_is_not_published_and_names_its_file(tmp_path: Path) -> None:
    found = billed(book(tmp_path, contract(signed="2026-01-01"), values=""), JANUARY)
    assert found.invoices == ()
    assert [hold.reason for hold in found.holds] == [
        "Il manque la valeur de janvier 2027 de l'indice Syntec : ajoutez "
        f'"2027-01" dans {tmp_path}/rules/indices/syntec.toml, puis facturez ce mois.'
    ]


def test_a_value_that_comes_or_is_corrected_later_marks_the_months_that_read_it(tmp_path: Path) -> None:
    signed = contract(signed="2026-01-01")
    waiting = book(tmp_path, signed, values="")
    held, before = (basis_of(waiting, billed(waiting, one)) for one in (JANUARY, Month(2026, 12)))
    known = book(tmp_path, signed)
    assert compared(known, held, {}).changed == ("C1",)
    assert not compared(known, before, {})
    again = basis_of(known, billed(known, JANUARY))
    assert not compared(known, again, {})
    assert compared(book(tmp_path, signed, values='2027-01 = "309.3"'), again, {}).changed == ("C1",)


def test_another_version_is_revised_from_the_day_on_which_it_came(tmp_path: Path) -> None:
    changed = contract(signed="2026-01-01") + event("2026-07-01", "offer_changed", 'offer = "essentielle@2026-06-01"')
    values = '2026-07 = "306.0"\n2027-01 = "309.0"\n2027-07 = "312.12"'
    on_file = book(tmp_path, changed, values, later="160.00")
    assert told(billed(on_file, JANUARY)) == ["Forfait 160.00"]
    assert told(billed(on_file, Month(2027, 7)))[1:] == ["Révision annuelle (indice Syntec 306,0 → 312,12) 3.20"]


def test_a_signature_holds_to_the_index_that_was_agreed_and_not_to_its_values(tmp_path: Path) -> None:
    on_file = book(tmp_path, contract())
    [signed] = on_file.contracts
    signed = pinned(on_file, signed)
    later = book(tmp_path, contract(), values='2027-01 = "309.0"\n2028-01 = "310.0"')
    assert list(not_as_signed(later, signed)) == []
    [other] = not_as_signed(book(tmp_path, contract(), source="elsewhere"), signed)
    assert "the indices that its prices follow" in other.what


def test_a_calendar_has_the_revision_in_force_and_the_next(tmp_path: Path) -> None:
    on_file = book(tmp_path, contract(signed="2026-01-12"))
    [one] = on_file.contracts
    summary = calendar_summary(
        history_of(on_file, one).contract, calendar_of(on_file, one), date(2027, 3, 1), leaving(on_file, one)
    )
    rows = [(row["date"], row["what"]) for row in summary["dates"] if row["kind"] == "price_revised"]
    assert rows == [
        ("2027-01-12", "Révision des prix : indice Syntec 300,0 → 309,0"),
        ("2028-01-12", "Révision des prix : indice Syntec, valeur de janvier 2028 à paraître"),
    ]


def test_a_life_goes_on_at_the_last_value_and_says_which_is_to_be_published(tmp_path: Path) -> None:
    on_file = book(tmp_path, contract(signed="2026-01-12"))
    [one] = on_file.contracts
    until = date(2028, 2, 29)
    months = life_summary(one, until, [10], play(on_file, one, until, [10]))["months"]
    assert [months[number]["net_cents"] for number in (0, 11, 13, 25)] == [9613, 14900, 15347, 15347]
    events = [event["what"] for row in months for event in row["events"] if event["kind"] == "price_revised"]
    assert events == [
        "révision des prix : indice Syntec 300,0 → 309,0",
        "révision des prix : indice Syntec, valeur de janvier 2028 à paraître",
    ]


def test_what_is_still_to_be_billed_is_known_before_an_index_is_published(tmp_path: Path) -> None:
    on_file = book(tmp_path, contract(signed="2026-01-01"), values="")
    [one] = on_file.contracts
    owed = least_owed(on_file, one, date(2026, 12, 1), date(2027, 2, 1))
    assert owed.least == 2 * 14_900


def test_what_is_wrong_with_an_index_is_told_once_however_many_offers_follow_it(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        book(tmp_path, contract(), values='2027-01 = "0"', later="160.00")
    assert [problem.what for problem in refused.value.problems] == ["the value of 2027-01 is not above zero"]


AMOUNTS = st.integers(1, 50_000)


@given(base=AMOUNTS, value=AMOUNTS, amount=st.integers(1, 1_000_000), most=st.none() | st.integers(1, 10_000))
def test_a_revision_is_the_exact_fraction_of_its_lines_rounded_once(
    base: int, value: int, amount: int, most: int | None
) -> None:
    series = IndexSeries(
        title=Words("Indice"),
        source="x",
        values={"2025-10": Micros(base * 1_000_000), "2026-10": Micros(value * 1_000_000)},
    )
    revision = Price(
        title=Words("Révision"),
        index="i",
        of=("price.month",),
        most_percent=None if most is None else per_cent(f"{most / 100:.2f}"),
    )
    sold = evolve(
        offer({"month": Price(title=Words("Forfait"), amount=price_of(Cents(amount))), "revision": revision}, None),
        series={"i": series},
    )
    whole = month(sold, 0)
    signed = evolve(make_contract(), signed=date(2025, 10, 1))
    whole = evolve(whole, served=evolve(whole.served, contract=signed))
    found = month_lines([(whole, charging("price.month", "price.revision"))])
    ratio = Fraction(value, base)
    change = (ratio if most is None else min(ratio, 1 + Fraction(most, 10_000))) - 1
    expected = round_half_up(amount * change.numerator, change.denominator)
    assert sum(line.amount for line in found) == amount + expected

"""A month prices each distinct case of a line once, and every bill is the one that the contract has by itself."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest
from attrs import evolve, fields
from permanence import Charge, Option, OptionMonth, Words, frozen, hookimpl
from permanence.bill.price import charges, line_memory, month_memory
from permanence.bill.price.cases_priced import FactsRead
from permanence.bill.price.charges import RuleCharges
from permanence.bill.price.line_memory import OF_NO_PRICE
from permanence.bill.price.month_lines import lines_of_one
from permanence.bill.price.priced_month import PricedMonth
from permanence.contracts.book import Book
from permanence.model.facts import FactValue
from permanence.model.invoice import ChargeLine, MonthRun
from permanence.model.money import Micros
from permanence.plugin_manager import Plugins

from tests.bill.months import PACKAGE, bill, calls, contract, event, offer, on_file, rule, taken
from tests.bill.oracle import Call

PRICED = """
[option.bilingual]
price = "39.00"

[option.callback]
price = "0.90"
installation = "80.00"

[price.outside]
title = "Appels hors horaires"
amount = "2.50"
per = "usage.outside"
most = "20.00"
"""
FLOOR = 'floor = "contracted"'
RULES = PRICED + rule("outside", "month", "usage.outside > 0", 'charge = "price.outside"')
KINDS = (
    "",
    taken("bilingual"),
    taken("bilingual", "2026-10-14"),
    taken("callback"),
    taken("callback", "2026-10-05") + taken("bilingual"),
)
SIGNED = ("2026-01-05", "2026-02-05", "2026-10-09")


@cache
def book() -> Book:
    """Return contracts of every kind, each twice, some of a package, one with another mission from within the month."""
    kinds = [*product(KINDS, SIGNED)] * 2
    written = [
        contract(f"C{number}", f"band = {(50, 150)[number % 7 > 4]}\n{more}", signed=signed)
        for number, (more, signed) in enumerate(kinds)
    ]
    written += [contract(f"P{number}", version="a-la-carte@2026-01-01") for number in range(4)]
    moved = event("2026-10-12", "region_moved", 'region = "FR-974"', name="C1")
    return on_file([offer(RULES, floor=FLOOR), PACKAGE], [*written, moved])


def each_alone(book: Book, came_in: list[Call]) -> Mapping[str, Any]:
    """Return the invoices of contracts that are billed one by one: there is nobody to remember anything of."""
    runs = (bill(evolve(book, contracts=(one,)), came_in) for one in book.contracts)
    return {invoice.contract.id: invoice for run in runs for invoice in run.invoices}


def of_each(counts: list[int]) -> list[Call]:
    found: list[Call] = []
    for number, count in enumerate(counts):
        found += calls(count, account=f"C{number}", language="en" if number % 2 else "")
        found += calls(count // 2, "2026-10-11 10:00:00", account=f"C{number}")
        found += calls(count, account=f"P{number % 4}")
    return sorted(found, key=lambda call: int(call["start"]))


@pytest.mark.parametrize("seed", [1, 2])
def test_every_bill_is_the_one_that_the_contract_has_by_itself(seed: int) -> None:
    came_in = of_each(Random(seed).choices((0, 3, 51), k=30))
    run = bill(book(), came_in)
    assert len(run.invoices) == 34
    assert {invoice.contract.id: invoice for invoice in run.invoices} == each_alone(book(), came_in)


def lines_worked_out(monkeypatch: pytest.MonkeyPatch, book: Book, came_in: list[Call]) -> tuple[MonthRun, int]:
    asked: list[str] = []
    work = charges._answer

    def noted(month: Any, decision: Any) -> Any:
        asked.append(decision.rule.id)
        return work(month, decision)

    monkeypatch.setattr(charges, "_answer", noted)
    return bill(book, came_in), len(asked)


def test_of_contracts_that_are_alike_one_is_priced(monkeypatch: pytest.MonkeyPatch) -> None:
    alike = on_file(offer(RULES), [contract(f"C{number}", taken("bilingual")) for number in range(20)])
    run, asked = lines_worked_out(monkeypatch, alike, calls(30, account="C3") + calls(30, account="C4"))
    assert [len(invoice.lines) for invoice in run.invoices] == [2] * 20
    # Bands for no call, and for thirty; the option once.
    assert asked == 3


@frozen(kw_only=True)
class Weighed(Option):
    """An option that reads one fact where another is small, and goes through all of them where it is large."""

    id = "weighed"
    label = Words("Pesée", "Pesée")

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        few = month.count("usage.calls") < 10
        weight = month.count("usage.outside") if few else sum(isinstance(one, int) for one in month.facts.values())
        heavy = weight > 2
        yield Charge(label=self.name, quantity=1 + heavy, unit_price=Micros(5_000_000))


class WeighedOptions:
    """A plugin that brings the option."""

    @hookimpl
    def register_options(self) -> list[type[Option]]:
        return [Weighed]


def test_what_an_option_reads_is_told_apart_wherever_it_reads_it() -> None:
    plugins = Plugins.of(WeighedOptions())
    some = [contract(f"C{number}", taken("weighed")) for number in range(8)]
    weighed = on_file(offer('[option.weighed]\nprice = "5.00"\n'), some, plugins)
    came_in: list[Call] = []
    for number in range(8):
        came_in += calls((1, 1, 1, 12)[number % 4], account=f"C{number}")
        came_in += calls(number, "2026-10-11 10:00:00", account=f"C{number}")
    came_in.sort(key=lambda call: int(call["start"]))
    run = bill(weighed, came_in)
    assert {invoice.contract.id: invoice for invoice in run.invoices} == each_alone(weighed, came_in)
    assert len({line.quantity for invoice in run.invoices for line in invoice.lines}) > 1


def test_whoever_goes_through_all_facts_has_read_them_all() -> None:
    facts: Mapping[str, FactValue] = {"usage.calls": 3, "mission": "simple"}
    for read in (dict, list, len, lambda found: found == facts, lambda found: found.items() and list(found.items())):
        noted = FactsRead(facts)
        read(noted)
        assert set(noted.read) == set(facts)
    noted = FactsRead(facts)
    assert (noted.get("usage.calls"), noted.get("usage.outside", 0), "mission" in noted) == (3, 0, True)
    assert list(noted.read) == ["usage.calls", "usage.outside", "mission"]


@pytest.mark.parametrize("kind", OF_NO_PRICE)
def test_what_is_left_out_of_a_case_is_a_field_so_that_a_new_one_is_in_it(kind: Any) -> None:
    names = {one.name for one in fields(kind)}
    assert set(OF_NO_PRICE[kind]) <= names
    assert set(line_memory.PRICED[kind]) == names - set(OF_NO_PRICE[kind])


def test_of_months_whose_rules_come_to_the_same_one_is_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    put_together: list[object] = []

    def noted(month: PricedMonth, answers: Sequence[RuleCharges]) -> tuple[ChargeLine, ...]:
        put_together.append(answers)
        return lines_of_one(month, answers)

    monkeypatch.setattr(month_memory, "lines_of_one", noted)
    alike = on_file(offer(RULES), [contract(f"C{number}", taken("bilingual")) for number in range(20)])
    came_in = calls(30, account="C3") + calls(30, account="C4") + calls(9, "2026-10-11 10:00:00", account="C5")
    run = bill(alike, sorted(came_in, key=lambda call: int(call["start"])))
    assert {invoice.contract.id: invoice for invoice in run.invoices} == each_alone(alike, came_in)
    # Without a call, with thirty, and with nine outside, which come to the most of their price.
    assert len(put_together) == 3
    assert len({id(invoice.lines) for invoice in run.invoices}) == 3


def test_a_line_names_the_facts_of_its_own_contract_where_its_price_reads_none() -> None:
    club = '[price.club]\ntitle = "Club"\namount = "5.00"\n'
    ruled = club + rule("club", "month", "usage.outside < 9", 'charge = "price.club"')
    members = on_file(offer(ruled), [contract(f"C{number}") for number in range(4)])
    came_in = [call for number in range(4) for call in calls(number, "2026-10-11 10:00:00", account=f"C{number}")]
    run = bill(members, came_in)
    told = [line.decision.facts for invoice in run.invoices for line in invoice.lines if line.code == "price.club"]
    assert told == [(("usage.outside", number),) for number in range(4)]

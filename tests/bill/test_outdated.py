"""What is known later marks the months that it changes, and no other: found by billing everything again."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence import Option, Words, frozen, hookimpl
from permanence.bill.basis import basis_of, compared
from permanence.bill.calls_compared import MonthRecords, calls_compared, later_calls, with_calls
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.basis import MonthBasis, Outdated
from permanence.model.clock import local_time
from permanence.model.contract import Contract, OptionTaken
from permanence.model.event import EVENTS, ON_NO_BILL, Event, EventKind
from permanence.model.instruction import Instruction
from permanence.model.invoice import ChargeLine, MonthRun
from permanence.model.money import micros, per_cent
from permanence.model.own_terms import AgreedPrice, Discount
from permanence.model.party import LegalChange
from permanence.model.period import Month
from permanence.model.records import CallBatch
from permanence.model.usage import PastCalls
from permanence.model.words.outdated import outdated_in_words
from permanence.plugin_manager import Plugins
from permanence_options import shared_agenda
from permanence_options.shared_agenda import SharedAgenda

from tests.bill.floors import SIGNED, months, remembering
from tests.bill.months import NOVEMBER, OCTOBER, SEPTEMBER, bill, contract, event, offer, on_file, rule, taken
from tests.bill.oracle import Call
from tests.bill.samples import make_call, records

DECEMBER = Month(2026, 12)
MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER)
TERM = 'trial = "1 month"\ncommitment = "10 months"\nnotice = "3 months"\nprice_notice = "1 month"'
OPTIONS = """[option.directory]
price = "5.00"
creation = "8.00"

[option.shared_agenda]
price = "20.00"
creation = "30.00"
"""
LEAVING = rule("leave", "notice", "notice.in_time", 'end = "term_end"') + rule(
    "leave-late", "notice", "not notice.in_time", 'end = "next_term_end"'
)
LATE = """
[occurrence.late]
title = "Paiement en retard"

[price.late]
title = "Frais de retard"
amount = "10.00"
per = "occurrence.late"

[price.paused]
title = "Suspension"
amount = "9.00"
during = "suspension"

[price.base]
title = "Abonnement"
amount = "12.00"
due = "in_advance"

[deposit]
amount = "80.00"
"""
LATE_RULES = (
    rule("late", "month", "occurrence.late > 0", 'charge = "price.late"')
    + rule("paused", "month", "contract.suspended_days > 0", 'charge = "price.paused"')
    + rule("base", "month", "contract.active", 'charge = "price.base"')
)
TEXT = offer(OPTIONS + LATE + LATE_RULES + LEAVING, term=TERM)
LATER_VERSION = TEXT.replace("sold_from = 2026-01-01", "sold_from = 2026-09-15")
WELCOME = '[[contract.discount]]\npercent = "-10"\nwhy = "Bienvenue."\n'
CONTRACTS = (
    contract(
        "C1",
        taken("directory", "2026-10-14") + WELCOME + event("2026-11-03", "suspended") + event("2026-11-20", "resumed"),
    ),
    contract("C2", taken("shared_agenda"), signed="2026-01-20"),
    contract("C3", signed="2026-10-09", region="FR-974"),
    contract("C4", version="none@2026-01-01"),
)
LINES = ("C1", "C2", "C3", "C4", "C9", "+33199000042")
"""Somebody calls each of them on each weekday, those that are nobody's too: a line that comes or goes is seen."""


@frozen(kw_only=True)
class Directory(SharedAgenda):
    """An option that is seen on every bill: it has a price of its first day and one of each month, as the agenda."""

    id = "directory"
    label = Words("Annuaire", "Directory")


@hookimpl
def register_options() -> list[type[Option]]:
    return [Directory]


DIRECTORY = SimpleNamespace(__name__="directory 1.0", register_options=register_options)
CALLS_OF_C1 = [make_call("2026-09-14 10:00:00", account="C1")] * 30


@cache
def book() -> Book:
    return on_file([TEXT, LATER_VERSION], CONTRACTS, Plugins.of(DIRECTORY, shared_agenda))


@cache
def calls(month: Month) -> tuple[Call, ...]:
    days = (month.first + timedelta(days=number) for number in range(month.days))
    return tuple(make_call(f"{day} 10:00:00", account=line) for day in days for line in LINES if day.weekday() < 5)


def run_of(book: Book, month: Month, more: tuple[Call, ...] = (), past: PastCalls | None = None) -> MonthRun:
    batch = CallBatch(records=records([*calls(month), *more]), source="calls.db")
    return bill_month(book, month, batch, past or {})


def rests_on(book: Book, month: Month) -> MonthBasis:
    return with_calls(basis_of(book, run_of(book, month)), records(list(calls(month))), "calls.db", "", 1)


@cache
def before(month: Month) -> tuple[Any, MonthBasis]:
    return result(run_of(book(), month)), rests_on(book(), month)


def read(line: ChargeLine) -> tuple[object, ...]:
    price = (line.quantity, line.unit_price, line.days, line.of_days, line.amount)
    return (line.code, line.label, *price, line.sentence, line.decision.rule.id, line.decision.facts)


def result(run: MonthRun) -> Any:
    """Return all that somebody may read of a month's bills."""
    bills = {
        invoice.number: (
            invoice.contract.customer.name,
            invoice.contract.customer.region,
            [read(line) for line in (*invoice.lines, *invoice.deposits)],
            [offer.version for offer in invoice.offers],
            invoice.vat,
            invoice.served,
            invoice.usage,
            dict(invoice.window_titles),
        )
        for invoice in run.invoices
    }
    return bills, {hold.contract.id: hold.reason for hold in run.holds}, run.outcomes


def known_later(name: str, change: Callable[[Contract], Contract]) -> Book:
    """Return the book in which one contract is changed."""
    changed = (change(one) if one.id == name else one for one in book().contracts)
    return evolve(book(), contracts=tuple(changed))


def with_event(happened: Event) -> Callable[[Contract], Contract]:
    return lambda one: evolve(one, events=(*one.events, happened))


NAMED = {
    "option": st.sampled_from(("directory", "shared_agenda")),
    "mission": st.sampled_from(("simple", "complex")),
    "line": st.sampled_from(LINES),
    "offer": st.sampled_from(("essentielle@2026-01-01", "essentielle@2026-09-15")),
    "region": st.sampled_from(("FR", "FR-57", "FR-973")),
    "plan": st.just("standard"),
    "windows": st.just(("nights",)),
    "quantity_of": st.just("desks"),
    "discount": st.just(Discount(percent=per_cent("-10"), why="Geste commercial.")),
    "agreed": st.just(AgreedPrice(charge="bands", up_to=50, amount=micros("45.00"), why="Prix convenu.")),
    "instruction": st.just(Instruction(text="Transférez au gérant.", option="directory", number="+33199000042")),
    "occurrence": st.sampled_from(("late", "hail")),
    "ended": st.sampled_from(("Bienvenue", "Geste commercial.")),
    "legal": st.just(LegalChange(email="compta@client.example")),
    "seller": st.just("lyon"),
}
DAYS = st.dates(date(2026, 8, 20), date(2027, 1, 10))


@st.composite
def events(draw: st.DrawFn) -> Event:
    what = draw(st.sampled_from(sorted(EVENTS)))
    names = EVENTS[what].names
    about: dict[str, Any] = {names: draw(NAMED[names])} if names else {}
    return Event(contract="", on=draw(DAYS), what=what, **about)


EDITS: st.SearchStrategy[Callable[[Contract], Contract]] = st.one_of(
    events().map(with_event),
    DAYS.map(lambda day: lambda one: evolve(one, live=day)),
    DAYS.map(lambda day: lambda one: evolve(one, notice=day)),
    st.builds(OptionTaken, id=NAMED["option"], since=DAYS, until=st.none() | DAYS).map(
        lambda taken: lambda one: evolve(one, options=(*one.options, taken))
    ),
    st.sampled_from(
        (
            lambda one: evolve(one, note="par téléphone"),
            lambda one: evolve(one, customer=evolve(one.customer, name="Café du Port")),
            lambda one: evolve(one, band=150),
            lambda one: evolve(one, id="C8"),
        )
    ),
)


EIGHT = tuple(months(SIGNED, 8))
PAST = st.lists(st.sampled_from((0, 40, 60, 140, 160)), min_size=8, max_size=8)


@given(PAST, PAST, st.integers(0, 8))
def test_another_count_of_a_past_month_marks_a_month_whose_floor_it_changes_and_no_other(
    then: list[int], now: list[int], known: int
) -> None:
    book, first = remembering(up=2, down=2), (sorted(then[:known]) or [0])[0]
    before, after = (
        {"C1": dict(zip(EIGHT, counts, strict=False))} for counts in (then, [*then[: max(known - 1, 0)], *now, first])
    )
    run = bill(book, CALLS_OF_C1, SEPTEMBER, before)
    outdated = compared(book, basis_of(book, run), after)
    assert bool(outdated) == (result(bill(book, CALLS_OF_C1, SEPTEMBER, after)) != result(run))


def test_a_past_month_that_was_not_known_marks_the_month_that_waits_for_it() -> None:
    run = bill(remembering(), CALLS_OF_C1, SEPTEMBER, {})
    basis = basis_of(remembering(), run)
    assert [hold.contract.id for hold in run.holds] == ["C1"]
    assert not compared(remembering(), basis, {})
    assert compared(remembering(), basis, {"C1": dict.fromkeys(EIGHT, 40)}).changed == ("C1",)


def test_another_text_of_an_offer_and_another_plugin_mark_the_months_that_they_billed() -> None:
    edited = on_file([TEXT + "\n# Relu.\n", LATER_VERSION], CONTRACTS, book().plugins)
    later = SimpleNamespace(__name__="options 1.1", register_options=shared_agenda.register_options)
    brought = evolve(book(), plugins=Plugins.of(DIRECTORY, later))
    basis = before(SEPTEMBER)[1]
    assert compared(edited, basis, {}) == Outdated(month=SEPTEMBER, offers=("essentielle@2026-01-01",))
    found = compared(brought, basis, {})
    assert found == Outdated(month=SEPTEMBER, options={"shared_agenda": ("options 1.1", shared_agenda.__name__)})
    assert outdated_in_words(found) == (
        f"septembre 2026 est à refaire : 1 module d'options changé (options 1.1 au lieu de {shared_agenda.__name__})"
    )


@pytest.mark.parametrize(
    ("outdated", "said"),
    [
        (Outdated(month=OCTOBER, calls={"C1": 1}, changed=("C2",)), "1 appel de plus (C1), 1 contrat changé (C2)"),
        (
            Outdated(month=OCTOBER, calls={"C1": 1200, "": 1}),
            "1\u202f201 appels de plus (C1 : 1\u202f200, sans contrat : 1)",
        ),
        (Outdated(month=OCTOBER, calls={"C1": -2, "C2": 3, "C3": 0}), "3 appels de plus (C2), 2 appels de moins (C1)"),
        (Outdated(month=OCTOBER, other_calls=True, added=("C5",)), "d'autres appels, 1 contrat de plus (C5)"),
        (Outdated(month=OCTOBER, excluded={"C1": 1}), "1 appel exclu ou rétabli depuis (C1)"),
        (Outdated(month=OCTOBER, excluded={"C1": 2}), "2 appels exclus ou rétablis depuis (C1)"),
        (Outdated(month=OCTOBER, removed=("C1", "C2")), "2 contrats de moins (C1, C2)"),
        (Outdated(month=OCTOBER, changed=tuple("ABCDEF")), "6 contrats changés (A, B, C, D, E …)"),
        (Outdated(month=OCTOBER, offers=("a@2026-01-01",)), "1 offre modifiée (a@2026-01-01)"),
    ],
)
def test_a_month_that_is_to_be_done_again_says_why(outdated: Outdated, said: str) -> None:
    assert outdated
    assert outdated_in_words(outdated) == f"octobre 2026 est à refaire : {said}"


def marked(now: Book) -> set[Month]:
    return {month for month in MONTHS if compared(now, before(month)[1], {})}


def changed(now: Book) -> set[Month]:
    return {month for month in MONTHS if result(run_of(now, month)) != before(month)[0]}


NAMES = {
    "option": "shared_agenda",
    "mission": "complex",
    "line": "C9",
    "offer": "essentielle@2026-09-15",
    "region": "FR-973",
    "plan": "standard",
    "windows": ("nights",),
    "quantity_of": "desks",
    "discount": Discount(percent=per_cent("-10"), why="Geste commercial."),
    "agreed": AgreedPrice(charge="bands", up_to=50, amount=micros("45.00"), why="Prix convenu."),
    "instruction": Instruction(text="Transférez au gérant.", option="directory", number="+33199000042"),
    "occurrence": "late",
    "ended": "Bienvenue",
    "legal": LegalChange(email="compta@client.example"),
    "seller": "lyon",
}
"""What C1 does not have yet; of a plan, windows and quantities that the offer lacks, it waits for a correction."""
FROM_THE_DAY_ON = {OCTOBER, NOVEMBER, DECEMBER}
NOTHING = ("quality_call", "reminder_sent", "notice_received", "customer_changed", "seller_changed", *ON_NO_BILL)
CHANGED: dict[str, set[Month]] = {
    **{what: set() for what in NOTHING},
    "offer_changed": {NOVEMBER, DECEMBER},
    "occurred": {OCTOBER},
}
"""The months that an event of 14 October changes, where they are not those from that day on: November has the base of
December, which the later version charges from the 5th on."""


@pytest.mark.parametrize("what", EVENTS)
def test_each_kind_of_event_marks_the_months_that_it_changes_and_no_other(what: EventKind) -> None:
    about: dict[str, Any] = {EVENTS[what].names: NAMES[EVENTS[what].names]} if EVENTS[what].names else {}
    now = known_later("C1", with_event(Event(contract="C1", on=date(2026, 10, 14), what=what, **about)))
    assert marked(now) == changed(now) == CHANGED.get(what, FROM_THE_DAY_ON)


@given(st.sampled_from(("C1", "C2", "C3", "C4")), st.lists(EDITS, min_size=1, max_size=3))
def test_what_is_known_later_of_a_contract_marks_the_months_that_it_changes_and_no_other(
    name: str, edits: list[Callable[[Contract], Contract]]
) -> None:
    def edited(one: Contract) -> Contract:
        for edit in edits:
            one = edit(one)
        return one

    now = known_later(name, edited)
    moved = any(event.what == "region_moved" for one in now.contracts if one.id == name for event in one.events)
    # C4 is on hold: with other lines it is marked, though another contract in service may hold those. A customer who
    # moves away and back within a month has it in parts, each by itself: it is marked, though they come to the same.
    assert marked(now) == changed(now) or ((moved or name == "C4") and marked(now) > changed(now))


CALLS = st.builds(
    make_call,
    st.dates(date(2026, 8, 25), date(2027, 1, 5)).map(lambda day: f"{day} 10:00:00"),
    account=st.sampled_from((*LINES, "", "X")),
    number=st.sampled_from(("", "+33199000042")),
    status=st.sampled_from(("answered", "no_answer")),
)


@given(st.lists(CALLS, max_size=4))
def test_late_calls_mark_their_months_and_no_other_with_whose_they_are(late: list[Call]) -> None:
    for month in MONTHS:
        known, basis = before(month)
        more = [call for call in late if Month.of(local_time(call["start"], book().zone)[0]) == month]
        found, other = calls_compared(basis, records([*more, *calls(month)]))
        outdated = Outdated(month=month, calls=found, other_calls=other)
        assert bool(outdated) == (result(run_of(book(), month, tuple(more))) != known)
        assert not other
        assert sum(found.values()) == len(more)
        on_lines = later_calls(basis, [(call["account"], call["number"], 1) for call in more])
        assert {name: count for name, count in on_lines.items() if count} == found


def test_calls_that_are_others_but_as_many_are_noticed_whatever_their_order() -> None:
    known, basis = list(calls(OCTOBER)), before(OCTOBER)[1]
    assert calls_compared(basis, records(known[::-1])) == ({}, False)
    other = [*known[:-1], {**known[-1], "talk": known[-1]["talk"] + 1}]
    assert calls_compared(basis, records(other)) == ({}, True)
    assert calls_compared(basis, records(known[:-1])) == ({"": -1}, False)


def test_a_call_is_another_when_anything_that_is_counted_of_it_is() -> None:
    call = make_call("2026-10-05 10:00:00", account="C1", number="N")
    others = {
        "start": call["start"] + 1,
        "talk": 1,
        "wait": 1,
        "account": "C2",
        "number": "M",
        "status": "busy",
        "direction": "outbound",
        "language": "en",
        "tags": "test",
    }
    changed = ({**call, name: value} for name, value in others.items())
    digests = {MonthRecords.of(before(OCTOBER)[1], records([one])).digest() for one in (call, *changed)}
    assert len(digests) == len(others) + 1

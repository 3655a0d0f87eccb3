"""One life has one calendar and one set of bills, however it is written down."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from permanence.bill.month import bill_month
from permanence.bill.owed import least_owed
from permanence.contracts.book import Book
from permanence.contracts.calendar import Calendar
from permanence.contracts.deadlines import deadlines
from permanence.contracts.history import history_of, known_on, planned_on, served_in
from permanence.contracts.leaving import calendar_of, leaving, leaving_by
from permanence.contracts.waiting import why_it_waits
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, OptionTaken
from permanence.model.event import Event, EventKind
from permanence.model.period import Month, Period, Span
from permanence.model.problem import Place
from permanence.model.quantity import QuantityAgreed
from permanence.model.records import CallBatch
from permanence.model.term_rules import TermRules
from permanence.read.contracts.contract_text import write_contracts
from permanence.read.contracts.contracts import read_contracts
from permanence.read.toml.written import toml_lines

from tests.bill.samples import make_call, records
from tests.contracts.histories import OPTIONS, SIGNED, basic, histories, signed

MONTHS = st.builds(Month, st.just(2025), st.integers(1, 12))
DAYS = st.integers(0, 500).map(lambda number: SIGNED + timedelta(days=number))
SHOWN_DAYS = 30


def bills(book: Book, month: Month) -> list[tuple[Any, ...]]:
    calls = [make_call(f"{month}-{day:02d} 10:00:00", account=f"L{1 + day % 3}") for day in range(1, 25)]
    run = bill_month(book, month, CallBatch(records=records(calls)))
    lines = [
        (one.contract.id, one.served, one.vat, one.calls, one.usage, [(line.code, line.amount) for line in one.lines])
        for one in run.invoices
    ]
    return [*lines, *((hold.contract.id, hold.reason) for hold in run.holds)]


def dates(calendar: Calendar, day: date) -> list[tuple[date, str]]:
    """Return the dates of a calendar, without what it tells of events themselves."""
    return [(one.day, one.kind) for one in calendar.seen_on(day) if one.kind not in ("event", "notice")]


def answers(contracts: Sequence[Contract], day: date) -> list[Any]:
    """Return all that is said of contracts on a day: why they wait, their dates, their end, what is owed and due."""
    book = evolve(basic(), contracts=tuple(contracts))
    found: list[Any] = []
    for contract in contracts:
        if reason := why_it_waits(book, contract):
            found.append(reason)
            continue
        known, planned = known_on(contract, day), planned_on(contract, day)
        left, would = leaving(book, known), leaving_by(book, planned, day)
        found += [left.end, would.end, dates(calendar_of(book, known), day)]
        found += [least_owed(book, planned, day, would.end)] if would.end else []
    return [*found, deadlines(book, day, Span(SHOWN_DAYS, "days"))]


def alike(one: Sequence[Contract], other: Sequence[Contract], month: Month, day: date) -> None:
    written = [evolve(basic(), contracts=tuple(contracts)) for contracts in (one, other)]
    assert bills(written[0], month) == bills(written[1], month)
    assert answers(one, day) == answers(other, day)


@given(histories(), st.integers(0, 60), MONTHS, DAYS)
def test_a_go_live_by_event_is_the_life_that_it_would_be_by_the_key(
    events: tuple[Event, ...], late: int, month: Month, day: date
) -> None:
    live = SIGNED + timedelta(days=late)
    began = Event(on=live, what="go_live")
    alike([signed(events, live)], [signed([*events, began], None)], month, day)


@given(histories(6), DAYS, MONTHS, DAYS)
def test_a_notice_by_event_is_the_life_that_it_would_be_by_the_key(
    events: tuple[Event, ...], notice: date, month: Month, day: date
) -> None:
    came = Event(on=notice, what="notice_received")
    book = evolve(basic(), contracts=(signed([*events, came]),))
    if why_it_waits(book, book.contracts[0]) == "":
        alike([signed(events, notice=notice)], [signed([*events, came])], month, day)


@st.composite
def taken(draw: st.DrawFn) -> tuple[OptionTaken, ...]:
    """Draw options from a day to another, or for good, each at most twice and never twice at once."""
    found = []
    for name in draw(st.sets(st.sampled_from(OPTIONS))):
        cuts = sorted(draw(st.sets(st.integers(1, 300), min_size=1, max_size=4)))
        days = [SIGNED + timedelta(days=cut) for cut in cuts]
        ends = [*days[1::2], None][: len(days[::2])]
        found += [OptionTaken(id=name, since=since, until=end) for since, end in zip(days[::2], ends, strict=True)]
    return tuple(found)


@given(taken(), st.lists(st.integers(1, 300), max_size=4, unique=True).map(sorted), MONTHS, DAYS)
def test_options_by_table_are_those_that_events_would_add_and_remove(
    options: tuple[OptionTaken, ...], gaps: list[int], month: Month, day: date
) -> None:
    service = [
        Event(on=SIGNED + timedelta(days=gap), what="resumed" if number % 2 else "suspended")
        for number, gap in enumerate(gaps)
    ]
    came = [Event(on=one.since, what="option_added", option=one.id) for one in options if one.since]
    gone = [Event(on=one.until, what="option_removed", option=one.id) for one in options if one.until]
    by_table = evolve(signed(service), options=options)
    by_event = evolve(signed([*service, *came, *gone]), options=())
    alike([by_table], [by_event], month, day)


def numbers(draw: Any, before: int) -> list[tuple[date, int]]:
    """Draw days, in order, each with a number that is another than the one before."""
    found: list[tuple[date, int]] = []
    for cut in sorted(draw(st.sets(st.integers(1, 300), min_size=1, max_size=4))):
        others = [number for number in range(1, 5) if number != (found[-1][1] if found else before)]
        found.append((SIGNED + timedelta(days=cut), draw(st.sampled_from(others))))
    return found


@given(st.data(), st.lists(st.integers(1, 300), max_size=4, unique=True).map(sorted), MONTHS)
def test_quantities_by_table_are_those_that_events_would_change(
    data: st.DataObject, gaps: list[int], month: Month
) -> None:
    service = [
        Event(on=SIGNED + timedelta(days=gap), what="resumed" if number % 2 else "suspended")
        for number, gap in enumerate(gaps)
    ]
    desks, taken_more = numbers(data.draw, 1), numbers(data.draw, 1)
    ends = [*(since for since, _ in desks[1:]), None]
    agreed = tuple(
        QuantityAgreed(id="desks", quantity=number, since=since, until=until)
        for (since, number), until in zip(desks, ends, strict=True)
    )
    ends = [*(since for since, _ in taken_more[1:]), None]
    options = tuple(
        OptionTaken(id="bilingual", quantity=number, since=since, until=until)
        for (since, number), until in zip(taken_more, ends, strict=True)
    )
    first = OptionTaken(id="bilingual", until=taken_more[0][0])
    changed = [
        *(Event(on=on, what="quantity_changed", quantity_of="desks", quantity=number) for on, number in desks),
        *(Event(on=on, what="quantity_changed", option="bilingual", quantity=number) for on, number in taken_more),
    ]
    by_table = evolve(signed(service), options=(first, *options), quantities=agreed)
    both = [evolve(basic(), contracts=(contract,)) for contract in (by_table, signed([*service, *changed]))]
    # The calendar has the one as what was agreed from a day on, the other as what was asked for: bills are the same.
    assert bills(both[0], month) == bills(both[1], month)


def on_file(folder: Path, contracts: Sequence[Contract], events: Sequence[Event], files: int) -> tuple[Contract, ...]:
    """Return what is read of contracts and events that are written into so many files, in the order given."""
    texts = ["", *("format = 1\n" for _ in range(files))]
    texts[0] = write_contracts(contracts)
    for number, event in enumerate(events):
        texts[number % len(texts)] += "\n" + "\n".join(toml_lines(event, "[[event]]")) + "\n"
    paths = [folder / f"{number}.toml" for number, text in enumerate(texts) if "[[" in text]
    for path in paths:
        path.write_text(texts[int(path.stem)], "utf-8")
    found, problems = read_contracts(paths)
    assert all(problem.what.startswith(('"C1"', '"C2"')) for problem in problems)
    return tuple(sorted(found, key=lambda contract: contract.id))


@given(histories(6), histories(6), st.randoms(use_true_random=False), st.integers(0, 3), MONTHS, DAYS)
def test_contracts_and_events_may_stand_in_any_order_in_any_number_of_files(
    one: tuple[Event, ...], other: tuple[Event, ...], chance: Any, files: int, month: Month, day: date
) -> None:
    contracts = [
        evolve(signed(), id=name, place=Place(""), lines=(line,)) for name, line in (("C1", "L1"), ("C2", "K"))
    ]
    events = [evolve(event, contract=name) for name, mine in (("C1", one), ("C2", other)) for event in mine]
    with TemporaryDirectory() as name, TemporaryDirectory() as shuffled:
        first = on_file(Path(name), contracts, events, 0)
        chance.shuffle(contracts)
        chance.shuffle(events)
        alike(first, on_file(Path(shuffled), contracts, events, files), month, day)


def test_who_clashes_over_a_line_does_not_hang_on_the_order_of_contracts(tmp_path: Path) -> None:
    contracts = [
        evolve(signed(), id=name, place=Place(""), lines=(line,)) for name, line in (("C1", "L1"), ("C2", "K"))
    ]
    happened: tuple[tuple[str, int, EventKind], ...] = (
        ("C1", 11, "line_added"),
        ("C2", 11, "line_added"),
        ("C2", 12, "line_removed"),
        ("C2", 13, "line_added"),
    )
    events = [Event(contract=name, on=date(2025, 1, day), what=what, line="L3") for name, day, what in happened]
    told = []
    for order in (contracts, contracts[::-1]):
        found = on_file(tmp_path, order, events, 0)
        told.append([{slip.french for slip in contract.slips} for contract in found])
    assert told[0] == told[1]
    assert [len(one) for one in told[0]] == [1, 2]


@given(histories(6), DAYS, st.integers(0, 600), MONTHS, DAYS)
def test_a_second_letter_changes_nothing(
    events: tuple[Event, ...], first: date, later: int, month: Month, day: date
) -> None:
    letters = [Event(on=on, what="notice_received") for on in (first, first + timedelta(days=later))]
    once, twice = signed([*events, letters[0]]), signed([*events, *letters])
    books = [evolve(basic(), contracts=(contract,)) for contract in (once, twice)]
    assert bills(books[0], month) == bills(books[1], month)
    assert why_it_waits(books[0], once) == why_it_waits(books[1], twice)
    assert leaving(books[0], once) == leaving(books[1], twice)
    known = [leaving_by(book, known_on(book.contracts[0], day), max(day, first)) for book in books]
    assert known[0] == known[1]


TERMS = st.builds(
    TermRules,
    trial=st.integers(0, 2).map(lambda months: Span(months, "months")),
    commitment=st.integers(1, 14).map(lambda months: Span(months, "months")),
    renewal_period=st.sampled_from((1, 6, 12)).map(lambda months: Span(months, "months")) | st.just("open_ended"),
    notice=st.integers(0, 4).map(lambda months: Span(months, "months")),
    price_notice=st.integers(0, 4).map(lambda months: Span(months, "months")),
    notice_ends=st.sampled_from(("any_day", "month_end")),
    notice_counted_on=st.sampled_from(("received", "sent")),
    month_end=st.sampled_from(("last_day", "next_first")),
)


AT_ONCE = TermRules(
    trial=Span(0, "months"),
    commitment=Span(1, "months"),
    renewal_period=Span(1, "months"),
    notice=Span(0, "months"),
    price_notice=Span(0, "months"),
)
"""Terms of a month each, under which a price may be announced on the very day of a renewal."""


def sold(rules: TermRules, start: date, events: Sequence[Event] = ()) -> Book:
    """Return the book of a contract from a day on, under an offer with these terms."""
    book = basic()
    offer = evolve(book.offers["basic@2024-01-01"], term=rules)
    contract = evolve(signed(events, None), signed=start, live=start)
    return evolve(book, deciders={**book.deciders, offer.version: Decider(offer)}, contracts=(contract,))


@example(AT_ONCE, date(2024, 2, 10), date(2025, 1, 10))
@given(TERMS, st.dates(date(2024, 1, 26), date(2024, 3, 3)) | st.dates(date(2024, 1, 1), date(2025, 1, 1)), DAYS)
def test_the_last_day_that_the_calendar_names_is_the_last_day_on_which_the_thing_works(
    rules: TermRules, start: date, day: date
) -> None:
    book = sold(rules, start)
    (contract,) = book.contracts
    calendar = calendar_of(book, contract)
    seen = {entry.kind: entry.day for entry in calendar.seen_on(day)}

    def end(on: date) -> date:
        found = leaving_by(book, contract, on).end
        assert found is not None
        return found

    def holds(on: date) -> date | None:
        announced = Event(contract="C1", on=on, what="offer_changed", offer="basic@2025-10-01")
        return history_of(book, evolve(contract, events=(announced,))).settled[0].since

    after = timedelta(days=1)
    if (last := seen.get("trial_last_day")) and last >= start:
        assert end(last) == last + after < end(last + after)
    if (last := seen.get("notice_last_day")) and last >= calendar.term.trial_end:
        assert end(last) == seen["term_last_day"] + after
        assert end(last + after) > end(last)
    if last := seen.get("price_notice_last_day"):
        assert last >= day
        assert holds(last) == holds(max(day, start)) == seen["price_change"]
        later = holds(last + after)
        assert later is not None
        assert later > seen["price_change"]
    notice = Event(contract="C1", on=max(day, start), what="notice_received")
    left = sold(rules, start, [notice])
    history = history_of(left, left.contracts[0])
    (gone,) = (one.day for one in calendar_of(left, left.contracts[0]).seen_on(day) if one.kind == "contract_last_day")
    served = [part.served for part in served_in(left, history, Month.of(gone))]
    assert any(gone in part for part in served)
    assert not any(Period(gone + after).start in part for part in served)

"""An offer's examples played: through facts of a month, or through calls, dates and months like any contract's."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import numpy as np
from attrs import evolve

from ...bill.floors import Case, Walk
from ...bill.measure.call_rules import call_facts
from ...bill.measure.counts import Counted
from ...bill.measure.outcomes import classify
from ...bill.measure.roster import Roster
from ...bill.month import measure_month, price_month
from ...bill.price.bands import Unpriceable
from ...bill.price.charges import OptionFailed
from ...bill.price.price_list import NotQuoted, check_quoted, tariff_of
from ...contracts.book import Book
from ...contracts.facts import event_facts, notice_facts, renewal_facts
from ...contracts.history import history_of
from ...decide.decider import Decider
from ...model.contract import Contract
from ...model.example import Example, ExampleCall
from ...model.facts import FactValue, Stage
from ...model.invoice import ChargeLine, Invoice
from ...model.offer import Rule
from ...model.outcome import Outcome
from ...model.period import ONE_MONTH, Month
from ...model.problem import Place, Problem
from ...model.usage import Calls, WordColumn
from ...plugin_manager import Plugins
from .deviation import Deviation, broken, deviations
from .played import (
    BEFORE,
    Asked,
    Played,
    Unplayable,
    example_contract,
    mission_of,
    month_of,
    name_problems,
    played_month,
)


class Player:
    """Plays examples of one offer; what its rules answered is remembered, and what came out of its own examples."""

    def __init__(self, plugins: Plugins, decider: Decider) -> None:
        self.offer, self.decider = decider.offer, decider
        self._own: dict[str, Played] = {}
        self.book = Book(plugins, {self.offer.version: decider}, ())

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each example of the offer from which something else comes out than it says."""
        for number, example in enumerate(self.offer.examples):
            yield from tuple(name_problems(self.offer, example)) or self._wrong(number, example)

    def _wrong(self, number: int, example: Example) -> Iterator[Problem]:
        try:
            played = self.own(example)
        except Unplayable as error:
            yield Problem(example.place, f'the example "{example.title}" cannot be played: {error}')
        except Unpriceable as error:
            yield Problem(example.place, f'the example "{example.title}" cannot be priced: {error}')
        except NotQuoted as error:
            what = f'the example "{example.title}" charges "{error.line.label}", which no quote would list'
            yield Problem(example.place, what, "name each price in prices() of the option's plugin")
        except OptionFailed as error:
            yield Problem(example.place, f'the option "{error.option}" failed: {error.__cause__}', "mend its plugin")
        else:
            if found := deviations(example, played):
                yield broken(self.offer, number, played, self._place(number, found), found)

    def _place(self, number: int, found: Iterable[Deviation]) -> Place:
        """Return where the first of the values stands that are wrong in an example."""
        places = (self.offer.places.place(("example", number, *one.path)) for one in found)
        return min(places, key=lambda place: (place.line, place.column))

    def own(self, example: Example) -> Played:
        """Return what comes out of one of the offer's own examples, which is played once; raise what `play` raises."""
        if example.title not in self._own:
            self._own[example.title] = self.play(example)
        return self._own[example.title]

    def play(self, example: Example) -> Played:
        """Return what comes out of an example.

        Raises Unplayable where nothing can, and what pricing raises: Unpriceable, NotQuoted, OptionFailed.
        """
        if example.renewal is not None:
            return self._renewal(example, example.renewal)
        if not (example.calls or example.past or example.notice or example.event):
            return self._quoted(example, played_month(self.offer, self.decider, example))
        contract = self._contract(example)
        book = evolve(self.book, contracts=(contract,))
        played = Played(asked={})
        if example.calls or example.total is not None or example.lines:
            played = _billed(book, example, _month(example, contract))
        if example.floor is not None:
            played = _with_floor(book, example, _month(example, contract), played)
        return _dated(book, example, played)

    def _quoted(self, example: Example, played: Played) -> Played:
        check_quoted(played.lines, [self.book.once(tariff_of, self.offer.version, mission_of(self.offer, example))])
        return played

    def _contract(self, example: Example) -> Contract:
        start = BEFORE if not example.past else _earlier(example.month or month_of(example), len(example.past))
        return example_contract(self.offer, example, start)

    def _renewal(self, example: Example, number: int) -> Played:
        contract = self._contract(example)
        history = history_of(evolve(self.book, contracts=(contract,)), contract)
        ends = tuple(islice(history.term.terms(), number + 1))
        if not 0 < number <= len(ends):
            raise Unplayable(f"there is no renewal {number}")
        end = ends[number - 1]
        played = Played(asked={"renewal": (renewal_facts(contract.customer.kind, number),)})
        if end.renewal == "end":
            return evolve(played, ends=end.day)
        until = ends[number].day if end.renewal == "period" and len(ends) > number else "open_ended"
        return evolve(played, renewed_until=until)


def _earlier(month: Month, months: int) -> date:
    return ONE_MONTH.after(month.first, -months)


def _month(example: Example, contract: Contract) -> Month:
    if example.past and not (example.month or example.calls):
        return Month.of(ONE_MONTH.after(contract.start.replace(day=1), len(example.past)))
    return month_of(example)


def _past(example: Example, contract: Contract, month: Month) -> Mapping[str, Mapping[Month, int]]:
    """Return what was counted in each month before: what the example says, and no call in any other."""
    counts = dict.fromkeys(Month.of(contract.start).until(month.first), 0)
    return {contract.id: counts | dict(zip(counts, example.past, strict=False))}


def _billed(book: Book, example: Example, month: Month) -> Played:
    """Return the invoice's lines and the counts of an example with calls, counted and billed like any contract's."""
    (contract,) = book.contracts
    calls = call_columns(example.calls, book.zone)
    billed = price_month(book, month, measure_month(book, month, calls), _past(example, contract, month))
    for hold in billed.holds:
        raise Unplayable(hold.reason)
    if not billed.invoices:
        raise Unplayable(f"the contract is not in service in {month}")
    (invoice,), counted = billed.invoices, billed.measured.counted
    asked: dict[Stage, Asked] = {
        "call": _asked_of_calls(calls, billed.roster),
        "month": tuple(dict(_read(invoice.lines)) | dict(facts) for facts in counted.facts),
    }
    return Played(asked=asked, lines=invoice.lines, counts=_counts(invoice, counted))


def _asked_of_calls(calls: Calls, roster: Roster) -> Asked:
    """Return the facts of each call about which call rules are asked: the counted ones, all of them."""
    classified = classify(calls, roster)
    rows = np.flatnonzero(classified.counted)
    columns = {name: column(rows) for name, column in call_facts(calls, classified, roster).items()}
    return tuple(
        {name: column[row] if isinstance(column, WordColumn) else int(column[row]) for name, column in columns.items()}
        for row in range(len(rows))
    )


def _read(lines: Iterable[ChargeLine]) -> Iterator[tuple[str, FactValue]]:
    return (fact for line in lines for fact in line.decision.facts)


def _counts(invoice: Invoice, counted: Counted) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for facts in counted.facts:
        for name, number in facts.items():
            found[name] = found.get(name, 0) + number
    for row in invoice.usage:
        if row.outcome == Outcome.COUNTED and row.window:
            found[f"window.{row.window}"] = found.get(f"window.{row.window}", 0) + row.calls
    return found


def call_columns(kinds: Iterable[ExampleCall], zone: str) -> Calls:
    """Return an example's calls as columns, in order; raise Unplayable for a moment that no clock of a zone shows."""
    rows = [(kind, _instant(moment, zone)) for kind in kinds for moment in kind.moments for _ in range(kind.count)]
    alone = [kind for kind, _ in rows]
    return Calls.at(
        np.array([instant for _, instant in rows], np.int64),
        wait=np.array([kind.wait_seconds for kind in alone], np.int32),
        talk=np.array([kind.talk_seconds for kind in alone], np.int32),
        account=WordColumn.of(["example"] * len(rows)),
        status=WordColumn.of([kind.status for kind in alone]),
        direction=WordColumn.of([kind.direction for kind in alone]),
        language=WordColumn.of([kind.language for kind in alone]),
        tags=WordColumn.of([" ".join(kind.tags) for kind in alone]),
    )


def _instant(moment: datetime, zone: str) -> int:
    """Return a moment in UTC seconds; of an hour that an autumn night repeats, the first."""
    local = moment.replace(tzinfo=ZoneInfo(zone))
    instant = int(local.timestamp())
    if datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=None) != moment:
        raise Unplayable(f"no clock in {zone} shows {moment}")
    return instant


def _with_floor(book: Book, example: Example, month: Month, played: Played) -> Played:
    """Return what came out with the floor that the months before leave, and what their rules were asked about."""
    (contract,) = book.contracts
    asked: dict[Case, Rule | None] = {}
    walk = Walk(book, history_of(book, contract), _past(example, contract, month)[contract.id], asked)
    floors = walk.floors(month)
    names = book.deciders[contract.offer].facts_needed("history")
    facts = tuple(dict(zip(names, values, strict=True)) for _, values in asked)
    floor = floors[-1].up_to if floors and floors[-1] else 0
    return evolve(played, asked={**played.asked, "history": facts}, floor=floor)


def _dated(book: Book, example: Example, played: Played) -> Played:
    """Return what came out with the dates that a notice, or something that is asked for, leads to."""
    (contract,) = book.contracts
    if not (example.notice or example.event):
        return played
    history = history_of(book, contract)
    asked = dict(played.asked)
    if history.contract.notice:
        asked["notice"] = (notice_facts(history.term, history.folded.contract.events),)
    for settled in history.settled:
        asked["event"] = (event_facts(history.term, contract, settled.event),)
        played = evolve(played, holds_from=settled.since or "never")
    return evolve(played, asked=asked, ends=history.end)

"""Which calls are a month's: records are joined, and each call lies in one month, by its arrival or its answer."""

from collections.abc import Collection, Iterable
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from ..contracts.book import Book
from ..contracts.history import served_in
from ..contracts.standing import Standing, standing_in, with_lines_told
from ..model.clock import local_time, month_bounds
from ..model.contract import Contract
from ..model.line import one_spelling
from ..model.period import ONE_DAY, Month
from ..model.records import NEW_CALL_AFTER, Records, Span
from ..model.usage import Calls, Codes, Flags, Numbers
from .measure.line_holders import ALWAYS, NEVER
from .measure.one_call import naming_records, one_call_each
from .measure.outcomes import per_segment
from .measure.roster import Roster, make_roster


@frozen(eq=False, slots=False)
class OneMonth:
    """A month with its contracts, as they were known at its end, and their lines."""

    book: Book
    month: Month
    standing: Standing
    roster: Roster

    @classmethod
    def of(cls, book: Book, month: Month, standing: Standing | None = None) -> "OneMonth":
        """Return a month; ``standing`` says who is in service where that is not as the book has it."""
        standing, zone = standing or standing_in(book, month), book.zone if book.offers else "UTC"
        waiting = [with_lines_told(hold.contract) for hold in standing.holds]
        return cls(book, month, standing, make_roster(standing.served, standing.idle, waiting, zone))

    @cached_property
    def bounds(self) -> Span:
        """Return the month on the wall clock of its offers, in UTC seconds; at any time where there is no offer."""
        return month_bounds(self.month, self.book.zone) if self.book.offers else (ALWAYS, NEVER)

    def calls(self, records: Records) -> Calls:
        """Return the calls of the month, of records that have all those of its calls among them.

        A call lies in the month of its arrival. Where the offer goes by the answer, that decides, if it comes within
        a day and the contract is still in service then; the offer is the one that the call meets as it arrives, as
        its own month knows it. Where an offer counts each record, so lies each record.
        """
        legs, naming = records.legs, naming_records(records, self.roster.lines)
        if legs.first.size and self._some_offer("dedupe", "call"):
            joined = ~self._counts_each_record(records, naming)
            legs, naming = legs.of(joined), naming[joined]
        calls = one_call_each(records.each, legs, naming)
        return _some(calls, self._is_mine(calls))

    def calls_of(self, calls: Calls, contracts: Collection[str]) -> Calls:
        """Return those of some of the month's calls that are calls of some contracts in service, by number."""
        met = np.where(calls.start < self.bounds[0], calls.start + calls.wait, calls.start)
        theirs = np.array([*(one.contract.id in contracts for one in self.roster.served), False])
        return _some(calls, theirs[self.roster.lines.contract_of[self._segments(calls, met)]])

    def _some_offer(self, name: str, value: str) -> bool:
        return any(getattr(offer.count, name) == value for offer in self.book.offers.values())

    def _counts_each_record(self, records: Records, naming: Numbers) -> Flags:
        """Return, per call of several records, whether its offer counts each of them."""
        start, end = self.bounds
        each, legs = records.each, records.legs
        arrival = each.start[legs.heads]
        # A record may begin before the month and be answered in it.
        last = np.maximum.reduceat(each.start[legs.rows] + each.wait[legs.rows], legs.first)
        here, earlier = (arrival >= start) & (arrival < end), (arrival < start) & (last >= start)
        found = np.zeros(len(arrival), np.bool_)
        for rows, known in ((np.flatnonzero(here), self), (np.flatnonzero(earlier), None)):
            if rows.size:
                month = known or self._month_before(records.each.take(naming[rows]))
                found[rows] = month._rule_of(records.each.take(naming[rows]), arrival[rows], "dedupe", "call")
        return found

    def _is_mine(self, calls: Calls) -> Flags:
        start, end = self.bounds
        mine = (calls.start >= start) & (calls.start < end)
        if not self._some_offer("instant", "answer"):
            return mine
        late = _soon(calls, end)
        mine[late] = ~self._go_on(calls.take(late))
        early = _soon(calls, start)
        if early.size:
            theirs = calls.take(early)
            mine[early] = self._month_before(theirs)._go_on(theirs)
        return mine

    def _go_on(self, calls: Calls) -> Flags:
        """Return, per call that arrives in the month and is answered after it, whether its answer decides its month."""
        by_answer = self._rule_of(calls, calls.start, "instant", "answer")
        segments = self._segments(calls, calls.start)
        for row in np.flatnonzero(by_answer).tolist():
            contract = self.roster.served[self.roster.lines.contract_of[segments[row]]].contract
            history = self.standing.histories[contract.id]
            day = local_time(int(calls.start[row] + calls.wait[row]), self.book.zone)[0]
            by_answer[row] = any(day in one.served for one in served_in(self.book, history, Month.of(day)))
        return by_answer

    def _rule_of(self, calls: Calls, instant: Numbers, name: str, value: str) -> Flags:
        """Return, per call, whether the offer that it meets at an instant counts calls so."""
        rules = [getattr(profile.count, name) == value for profile in self.roster.profiles]
        found: Flags = per_segment(self.roster, rules, 0)[self._segments(calls, instant)] > 0
        return found

    def _segments(self, calls: Calls, instant: Numbers) -> Codes:
        lines = self.roster.lines
        account, number = lines.numbers(calls.account), lines.numbers(calls.number)
        return lines.segments(account[calls.account.codes], number[calls.number.codes], instant)[0]

    def _month_before(self, calls: Calls) -> "OneMonth":
        """Return the month before, with the contracts that have a line of some calls and no other."""
        words = {column[row] for column in (calls.account, calls.number) for row in range(len(calls))}
        spelt = set(map(one_spelling, words - {""}))
        book = evolve(self.book, contracts=tuple(_having(self.book.contracts, spelt)))
        return OneMonth.of(book, Month.of(self.month.first - ONE_DAY))


def _having(contracts: Iterable[Contract], lines: set[str]) -> Iterable[Contract]:
    for contract in contracts:
        held = (*(line.line for line in contract.lines_held), *(event.line for event in contract.events if event.line))
        if not lines.isdisjoint(map(one_spelling, held)):
            yield contract


def _soon(calls: Calls, instant: int) -> Numbers:
    """Return the calls that arrive before an instant and are answered from it on, within a day of their arrival."""
    near = np.flatnonzero((calls.start < instant) & (calls.start >= instant - NEW_CALL_AFTER))
    wait = calls.wait[near]
    return near[(wait <= NEW_CALL_AFTER) & (calls.start[near] + wait >= instant)]


def _some(calls: Calls, mine: Flags) -> Calls:
    """Return some of the calls; nothing is copied where they follow each other."""
    first = int(mine.argmax()) if mine.size else 0
    following = slice(first, first + int(np.count_nonzero(mine)))
    return calls.take(following if mine[following].all() else np.flatnonzero(mine))

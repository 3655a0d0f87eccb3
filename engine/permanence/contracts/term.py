"""The dates of a contract: trial, commitment, renewals, notice, and the days it is in service.

Every date is counted from its origin, never chained (reading A18). Ends are the first day that is no
longer bound or served, so that periods are half-open and tile without gap.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import dropwhile, takewhile
from typing import Literal

from attrs import frozen

from ..model.contract import Contract
from ..model.decision import Decision
from ..model.offer import Effect, Renewal
from ..model.period import ONE_DAY, ONE_MONTH, MonthEnd, Period, Span
from ..model.term_rules import TermRules
from .renewals import Renewals, as_written, leads_to

NoticeEnd = Literal["trial_end", "term_end", "next_term_end", "notice_end", "notice_day"]
LAST_YEAR = 2400
"""Terms are counted up to this year, two hundred after the last that a contract may name."""


def after_all(origin: date, spans: Sequence[tuple[Span, int]], month_end: MonthEnd = "last_day") -> date:
    """Return the day that lies some spans after the origin: all months at once, then the days."""
    months = sum(
        span.count * times * (12 if span.unit == "years" else 1)
        for span, times in spans
        if span.unit in ("months", "years")
    )
    days = sum(
        span.count * times * (7 if span.unit == "weeks" else 1)
        for span, times in spans
        if span.unit in ("days", "weeks")
    )
    return Span(months, "months").after(origin, 1, month_end) + timedelta(days=days)


@frozen
class TermEnd:
    """The end of a term, what becomes of the contract then, and by which decision; without one ``[term]`` says so.

    ``begun`` is the day from which this term and those before it follow each other, ``rules`` the terms that count it.
    """

    day: date
    renewal: Renewal
    decision: Decision | None
    begun: date
    rules: TermRules

    @property
    def is_none(self) -> bool:
        """Tell whether the term has no day: the contract runs open-ended from its first one."""
        return self.begun == self.day


@frozen
class Chapter:
    """Terms that hold from a day on, and what a renewal leads to under them.

    Those of a later offer version count from the end of the term in which it came. Where the contract runs without a
    term, one begins with the change to ``another`` offer; a new version of the same offer binds nobody anew.
    """

    since: date
    rules: TermRules
    renewals: Renewals
    another: bool


def announced_by(rules: TermRules, day: date) -> date:
    """Return the last day on which a new price is announced in time to hold from a day on (A27)."""
    return min(span.after(day, -1, rules.month_end) for span in rules.announcements)


@frozen
class Term:
    """One contract's calendar under its offer's terms, and under those of the versions that it changed to."""

    contract: Contract
    rules: TermRules
    by_rules: Renewals | None = None
    later: tuple[Chapter, ...] = ()

    @property
    def trial_origin(self) -> date:
        """Return the day the trial counts from: go-live or signature, as the offer says (A16)."""
        return self.contract.start if self.rules.trial_start == "go_live" else self.contract.signed

    @property
    def trial_end(self) -> date:
        """Return the first day after the trial: by its length, or sooner where an event says that it is over (A16)."""
        over = self.contract.trial_over
        return self.trial_end_at_latest if over is None else min(self.trial_end_at_latest, over + ONE_DAY)

    @property
    def trial_end_at_latest(self) -> date:
        """Return the first day after the trial by its length, whatever is used in it."""
        return self.rules.trial.after(self.trial_origin, 1, self.rules.month_end)

    def trial_may_end_sooner(self, day: date) -> bool:
        """Tell whether the trial is not over by a day, and may end before its last day by what is used (A16)."""
        return self.rules.ends_by_use and self.contract.trial_over is None and self.before_trial_ends(day)

    @property
    def waits_for_go_live(self) -> bool:
        """Tell whether the trial, and what comes after it, counts from a go-live that nobody has noted (A16)."""
        return self.contract.live is None and self.rules.trial_start == "go_live"

    def before_trial_ends(self, day: date) -> bool:
        """Tell whether a day lies before the trial's end, which is not known before service begins (A16)."""
        return day < self.trial_end or (self.waits_for_go_live and self.rules.trial.count > 0)

    def rules_on(self, day: date) -> TermRules:
        """Return the terms that hold on a day."""
        return next((chapter.rules for chapter in reversed(self.later) if chapter.since <= day), self.rules)

    def ends(self) -> Iterator[date]:
        """Yield the end of the first term, then of each renewed term, without end.

        A contract that is not renewed, or renewed open-ended, yields no end after that.
        The first term is trial + commitment (A10), or the anniversary of signature (A11); renewals may be counted to
        that anniversary all the same, where the first renewed term is the shorter.
        """
        return (end.day for end in self.terms())

    def terms(self) -> Iterator[TermEnd]:
        """Yield the end of each term, and what becomes of the contract then.

        A contract that runs open-ended from its first day has one that ends as it begins, and where it then changes to
        an offer with a term, a first one from that day.
        """
        origin, spans = self._first_term()
        rules, renewals = self.rules, self.by_rules or as_written(self.rules)
        waiting, number, periods, last, begun = list(self.later), 1, 0, date.min, date.min
        while last.year < LAST_YEAR:
            period = rules.renewal_period
            again = [(period, periods)] if isinstance(period, Span) else []
            end = after_all(origin, [*spans, *again], rules.month_end)
            if number > 1 and end <= last:
                periods += 1
                continue
            none = number == 1 and end <= origin and leads_to(rules, renewals, number)[0] == "open_ended"
            counted = rules
            while waiting and waiting[0].since <= end and not none:
                rules, renewals = waiting[0].rules, waiting.pop(0).renewals
                origin, spans, periods = end, [], 0
            renewal, decision = leads_to(rules, renewals, number)
            yield TermEnd(end, renewal, decision, end if none else begun, counted)
            if renewal == "open_ended":
                waiting = list(dropwhile(lambda chapter: not chapter.another, waiting))
            if renewal == "end" or (renewal == "open_ended" and not waiting):
                return
            if renewal == "open_ended":
                chapter = waiting.pop(0)
                rules, renewals, begun = chapter.rules, chapter.renewals, max(chapter.since, end)
                origin, spans, number, periods, last = begun, [(rules.commitment, 1)], 1, 0, date.min
                continue
            untouched = number == 1 and len(waiting) == len(self.later)
            if untouched and rules.renewal_anchor == "signature_realigned":
                origin, spans = self.contract.signed, [(rules.commitment, 1)]
            last, number, periods = end, number + 1, periods + 1

    def _first_term(self) -> tuple[date, list[tuple[Span, int]]]:
        if self.rules.renewal_anchor == "signature":
            return self.contract.signed, [(self.rules.commitment, 1)]
        commitment = (self.rules.commitment, 1)
        if self.rules.trial_included:
            return self.trial_origin, [commitment]
        if self.trial_end < self.trial_end_at_latest:
            return self.trial_end, [commitment]
        return self.trial_origin, [(self.rules.trial, 1), commitment]

    def term_end(self, day: date) -> date | None:
        """Return the end of the term that a day lies in; None while the contract runs open-ended."""
        coming = next((end for end in self.terms() if day < end.day), None)
        return coming.day if coming and coming.begun <= day else None

    def last_notice_day(self, end: date) -> date:
        """Return the last day on which a notice still ends the contract at this term's end (A14)."""
        rules = self.rules_on(end - ONE_DAY)
        return min(rules.notice.after(end, -1, rules.month_end), end - ONE_DAY)

    def last_announcement_day(self, end: date) -> date:
        """Return the last day on which a new price is announced in time for a renewal, counted back from it (A27)."""
        return announced_by(self.rules_on(end - ONE_DAY), end)

    def announced_without_a_term(self, day: date) -> date:
        """Return the day from which a price that is announced on a day holds, where the contract runs open-ended."""
        rules = self.rules_on(day)
        holds = max(span.after(day, 1, rules.month_end) for span in rules.announcements)
        while announced_by(rules, holds) < day:
            holds += ONE_DAY
        return holds

    def notice_in_time(self, day: date) -> bool:
        """Tell whether a notice received on a day is in time for the current term's end.

        A contract that runs open-ended can be ended at any time: always in time.
        """
        end = self.term_end(day)
        return end is None or day <= self.last_notice_day(end)

    def renewed(self, day: date) -> bool:
        """Tell whether the first term has ended by a day; never without a term."""
        first = next((end for end in self.terms() if not end.is_none), None)
        return first is not None and day >= first.day

    def renewals(self) -> Iterator[TermEnd]:
        """Yield the ends at which a term is renewed, open-ended (A13) too: its day is the renewed term's first."""
        return (end for end in self.terms() if end.renewal != "end" and end.day > self.contract.start)

    def end_by_notice(self, day: date, kind: NoticeEnd, received: date | None = None) -> date:
        """Return the day on which the contract ends, as the rule for a notice says; ``day`` is the one that counts.

        A notice that comes too late for one term's end holds for the first later one that it is in time for
        (A15); where the contract runs open-ended by then, it ends one notice period after the notice, or with the month
        of that day where `notice_ends` says so. A trial that has not begun ends with the day of the notice: nobody was
        served. What counts from a notice that was sent never lies before the day after it was ``received``.
        """
        rules, first = self.rules_on(day), (received or day) + ONE_DAY
        if kind == "trial_end":
            return max(self.trial_end, first) if self.waits_for_go_live else self.trial_end
        if kind == "notice_day":
            return first
        by_notice = rules.ended_by(max(rules.notice.after(day, 1, rules.month_end), first))
        if kind == "notice_end":
            return by_notice
        missed = day
        for end in takewhile(lambda end: end.begun <= day, self.terms()):
            if day < end.day and (kind == "term_end" or day <= self.last_notice_day(end.day)):
                return end.day
            missed = max(missed, end.day)
        return by_notice if missed == day else max(first, self._after_missed(day, missed))

    def _after_missed(self, day: date, end: date) -> date:
        """Return when a notice ends the contract that came too late for the end of its last term.

        It is counted by the notice that was missed, so that the same day counted back agrees, or from the term's end by
        the terms that hold then, whichever is the sooner: a letter that comes later never ends the contract earlier.
        """
        rules, then = self.rules_on(end - ONE_DAY), self.rules_on(end)
        counted = rules.notice.after(day, 1, rules.month_end)
        while rules.notice.after(counted, -1, rules.month_end) < day:
            counted += ONE_DAY
        by_then = then.ended_by(max(then.notice.after(end, 1, then.month_end), end + ONE_DAY))
        return min(rules.ended_by(counted), by_then)

    def last_end(self) -> date | None:
        """Return the end at which the contract is not renewed, whatever anybody says; None where it always is."""
        chapters = (self.by_rules or as_written(self.rules), *(chapter.renewals for chapter in self.later))
        if not any(renewals.may_end for renewals in chapters):
            return None
        return next((end.day for end in self.terms() if end.renewal == "end"), None)

    def effect(self, day: date, kind: Effect) -> date | None:
        """Return the day from which something asked for on a day holds; None when it is refused.

        An announced price holds from the first renewal that its day is in time for. Where the contract runs
        open-ended there is none to wait for: it holds from the first day that it is in time for (A27).
        """
        if kind == "refused":
            return None
        if kind == "next_month":
            return day if day.day == 1 else ONE_MONTH.after(day.replace(day=1))
        if kind == "at_once":
            return day
        announced = kind == "announced_term"
        at_any_time = self.announced_without_a_term(day) if announced else day
        coming = (end for end in self.terms() if end.renewal != "end")
        for end in takewhile(lambda end: end.is_none or end.begun <= at_any_time, coming):
            if day <= (self.last_announcement_day(end.day) if announced else end.day):
                return end.day
        return at_any_time

    def service(self, notice_kind: NoticeEnd | None) -> Period:
        """Return the days from go-live to the contract's end, open when it has none yet."""
        end = self.last_end()
        if self.contract.notice is not None and notice_kind is not None:
            by_notice = self.end_by_notice(self.contract.notice, notice_kind)
            end = min(end, by_notice) if end else by_notice
        return Period(self.contract.start, end)

    def in_trial(self, day: date) -> bool:
        """Tell whether a day lies in the trial."""
        return self.trial_origin <= day < self.trial_end

    def months_by(self, day: date) -> int:
        """Return how many whole months have passed from go-live to a day, 0 before it."""
        start = self.contract.start
        months = (day.year - start.year) * 12 + day.month - start.month
        return max(0, months - (ONE_MONTH.after(start, months, self.rules.month_end) > day))

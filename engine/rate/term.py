"""The dates of a contract: trial, commitment, renewals, notice, and the days it is in service.

Every date is counted from its origin, never chained (reading A18). Ends are the first day that is no
longer bound or served, so that periods are half-open and tile without gap.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from ..model.contract import Contract
from ..model.offer import Offer, TermRules
from ..model.period import Month, Period, Span
from ..model.served import Served

NoticeEnd = Literal["trial_end", "term_end", "next_term_end", "notice_end"]
ONE_MONTH = Span(1, "months")


def after_all(origin: date, spans: list[tuple[Span, int]]) -> date:
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
    return Span(days, "days").after(Span(months, "months").after(origin))


@frozen
class Term:
    """One contract's calendar under its offer's terms."""

    contract: Contract
    rules: TermRules

    @property
    def trial_origin(self) -> date:
        """Return the day the trial counts from: go-live or signature, as the offer says (A16)."""
        return self.contract.start if self.rules.trial_start == "go_live" else self.contract.signed

    @property
    def trial_end(self) -> date:
        """Return the first day after the trial."""
        return self.rules.trial.after(self.trial_origin)

    def ends(self) -> Iterator[date]:
        """Yield the end of the first term, then of each renewed term, without end.

        A contract that is not renewed, or renewed open-ended, yields its first term's end only.
        The first term is trial + commitment (A10), or the anniversary of signature (A11).
        """
        if self.rules.renewal_anchor == "signature":
            origin, first = self.contract.signed, [(self.rules.commitment, 1)]
        else:
            trial = 0 if self.rules.trial_included else 1
            origin, first = self.trial_origin, [(self.rules.trial, trial), (self.rules.commitment, 1)]
        yield after_all(origin, first)
        period, renewals = self.rules.renewal_period, 1
        while self.rules.renewal == "tacit" and isinstance(period, Span) and period.count:
            yield after_all(origin, [*first, (period, renewals)])
            renewals += 1

    def term_end(self, day: date) -> date | None:
        """Return the end of the term that a day lies in; None once the contract runs open-ended."""
        return next((end for end in self._ends_until(day) if day < end), None)

    def _ends_until(self, day: date) -> Iterator[date]:
        for end in self.ends():
            yield end
            if end > day:
                return

    def last_notice_day(self, end: date) -> date:
        """Return the last day on which a notice still ends the contract at this term's end (A14)."""
        return self.rules.notice.after(end, -1)

    def notice_in_time(self, day: date) -> bool:
        """Tell whether a notice received on a day is in time for the current term's end.

        A contract that runs open-ended can be ended at any time: always in time.
        """
        end = self.term_end(day)
        return end is None or day <= self.last_notice_day(end)

    def renewed(self, day: date) -> bool:
        """Tell whether the first term has ended by a day."""
        return day >= next(self.ends())

    def end_by_notice(self, day: date, kind: NoticeEnd) -> date:
        """Return the day on which the contract ends, as the rule for a notice received on a day says.

        A notice that comes too late for one term's end holds for the first later one that it is in time for
        (A15); where the contract runs open-ended by then, it ends one notice period after the notice.
        """
        by_notice = self.rules.notice.after(day)
        if kind == "trial_end":
            return self.trial_end
        if kind == "notice_end":
            return by_notice
        for end in self.ends():
            if day < end and (kind == "term_end" or day <= self.last_notice_day(end)):
                return end
        return by_notice

    def service(self, notice_kind: NoticeEnd | None) -> Period:
        """Return the days from go-live to the contract's end, open when it has none yet."""
        end = None
        if self.contract.notice is not None and notice_kind is not None:
            end = self.end_by_notice(self.contract.notice, notice_kind)
        if self.rules.renewal == "express":
            first = next(self.ends())
            end = min(end, first) if end else first
        return Period(self.contract.start, end)

    def in_trial(self, day: date) -> bool:
        """Tell whether a day lies in the trial."""
        return self.trial_origin <= day < self.trial_end

    def months_by(self, day: date) -> int:
        """Return how many whole months have passed from go-live to a day, 0 before it."""
        start = self.contract.start
        months = (day.year - start.year) * 12 + day.month - start.month
        return max(0, months - (ONE_MONTH.after(start, months) > day))


def served_in(contract: Contract, offer: Offer, month: Month, notice_kind: NoticeEnd | None) -> Served | None:
    """Return the contract's days of service in a month, None when it has none."""
    served = Term(contract, offer.term).service(notice_kind) & month.period
    return Served(contract, offer, served) if served.days else None

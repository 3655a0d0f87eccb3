"""The calendar of a contract: each date that its signature, its offer's terms and the law give.

People read last days: a period's entry is its last day, and a renewal is the first day of the renewed term.
Each date is counted from its own origin, never from another date of the calendar (reading A18).
"""

from collections.abc import Iterator
from datetime import date
from itertools import count, islice, takewhile
from typing import Literal, get_args

from attrs import field, frozen

from ..model.contract import Contract
from ..model.countries import COUNTRIES, ReminderDuty, reminders_owed
from ..model.decision import Decision
from ..model.event import REQUESTS
from ..model.history import Settled
from ..model.instruction import Instruction
from ..model.money import Cents
from ..model.offer import Offer
from ..model.period import ONE_DAY, Span
from ..model.problem import Place
from ..model.quantity import QuantityAgreed
from ..model.regions import country_of
from ..model.term_rules import TermRules
from ..model.words.agreed import OwnTerm
from .revision_days import RevisionDay, RevisionDays
from .term import Term, TermEnd
from .terms_granted import place_granted
from .working_days import working_days_after

Kind = Literal[
    "signed",
    "go_live_promised",
    "go_live",
    "deposit_taken",
    "trial_last_day",
    "commitment_last_day",
    "term_last_day",
    "notice_last_day",
    "reminder_opens",
    "reminder_closes",
    "renewal",
    "anniversary",
    "price_notice_last_day",
    "price_change",
    "price_revised",
    "event",
    "own_term",
    "own_term_last_day",
    "notice",
    "quality_call",
    "contract_last_day",
    "deposit_returned",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
REMINDERS: tuple[Kind, ...] = ("reminder_opens", "reminder_closes")
ONE_YEAR = Span(1, "years")
RENEWALS_SHOWN = 3


@frozen
class Entry:
    """One day of a calendar, what it is, the event or the own term that is told on it, and what made it what it is.

    ``rules`` are the terms that it was counted by, where a later offer may have others.
    """

    day: date
    kind: Kind
    settled: Settled | None = None
    decision: Decision | None = None
    rules: TermRules | None = field(default=None, eq=False)
    own: OwnTerm | None = None
    revised: RevisionDay | None = field(default=None, eq=False)

    @property
    def counts_sent(self) -> bool:
        """Tell whether it is a last day for sending a notice, not for receiving it (A14)."""
        return self.kind == "notice_last_day" and self.rules is not None and self.rules.notice_counted_on == "sent"

    @property
    def order(self) -> tuple[date, int, str]:
        """Return what entries are sorted by: their day, and on one day their place in a contract's life."""
        return self.day, KINDS.index(self.kind), self.settled.event.what if self.settled else str(self.own or "")


@frozen
class Calendar:
    """A contract's days under its offer's terms, up to its end where it has one (the first day without it).

    ``offers`` are the versions under which it stands in time, the one that it has now first; ``deposit`` is what was
    given, where it was; ``revisions`` gives the days on which an index revises prices.
    """

    term: Term
    end: date | None = None
    settled: tuple[Settled, ...] = ()
    offers: tuple[Offer, ...] = ()
    deposit: Cents | None = None
    revisions: RevisionDays = field(default=lambda _first, _last: iter(()), eq=False)

    @property
    def currency(self) -> str:
        """Return the currency of what was agreed, and of the deposit."""
        return self.offers[0].head.currency if self.offers else ""

    def ends_by(self, day: date) -> bool:
        """Tell whether the contract has ended when a day begins."""
        return self.end is not None and self.end <= day

    def seen_on(self, day: date) -> tuple[Entry, ...]:
        """Return the calendar as it stands on a day, by date: the current term, and the next three renewals."""
        found = {*self.beginnings(), *self.endings(), *self.events(), *self.own_terms()}
        found.update(self.price_changes(day), self.quality_call(day))
        # The one that is in force, and the next.
        found.update(self.revised(ONE_YEAR.after(day, -1) + ONE_DAY, ONE_YEAR.after(day)))
        current = self.term.term_end(day)
        if current is not None and current > self.term.contract.start and (self.end is None or current <= self.end):
            found.add(Entry(current - ONE_DAY, "term_last_day", rules=self._ending_by(current)))
            found.update(self.refusals(current), self.anniversary(day))
        found.update(map(self._renewed, islice(self.renewals(day), RENEWALS_SHOWN)))
        return tuple(sorted(found, key=lambda entry: entry.order))

    def due(self, first: date, last: date) -> tuple[Entry, ...]:
        """Return what is due from one day to another, both included, by date."""
        found = {*self.beginnings(), *self.endings(), *self.events(), *self.own_terms(), *self.revised(first, last)}
        for end in self.renewals(first - ONE_DAY):
            if min((entry.day for entry in self.refusals(end.day)), default=end.day) > last:
                break
            found.update((self._renewed(end), *self.refusals(end.day)))
        return tuple(sorted((e for e in found if first <= e.day <= last), key=lambda entry: entry.order))

    def beginnings(self) -> Iterator[Entry]:
        """Yield signature, go-live and its promise (A20), and the last days of trial and commitment."""
        contract = self.term.contract
        yield Entry(contract.signed, "signed")
        yield Entry(promised_day(self.term), "go_live_promised")
        if contract.live:
            yield Entry(contract.live, "go_live")
            if self.deposit:
                yield Entry(contract.live, "deposit_taken")
        if self.term.trial_end > self.term.trial_origin:
            yield Entry(self.term.trial_end - ONE_DAY, "trial_last_day")
        first = next((end for end in self.term.terms() if not end.is_none), None)
        if first and first.day > contract.start and not (self.end and self.end < first.day):
            yield Entry(first.day - ONE_DAY, "commitment_last_day", rules=first.rules)

    def endings(self) -> Iterator[Entry]:
        """Yield the contract's last day, where it has one."""
        if self.end is not None:
            ended = next((end for end in self.term.terms() if end.day >= self.end), None)
            by_rule = ended.decision if ended and (ended.day, ended.renewal) == (self.end, "end") else None
            yield Entry(self.end - ONE_DAY, "contract_last_day", decision=by_rule)
            if self.deposit:
                yield Entry(self.end - ONE_DAY, "deposit_returned")

    def events(self) -> Iterator[Entry]:
        """Yield what happened to the contract, on the day from which it holds; a go-live has an entry of its own."""
        for settled in self.settled:
            if settled.since and settled.event.what in REQUESTS and (self.end is None or settled.since < self.end):
                yield Entry(settled.since, "event", settled)
            elif settled.event.what in ("occurred", "customer_changed", "seller_changed"):
                yield Entry(settled.event.on, "event", settled)
            elif settled.event.what in ("notice_received", "notice_withdrawn"):
                yield Entry(settled.event.on, "notice", settled)

    def own_terms(self) -> Iterator[Entry]:
        """Yield the first and the last day of what was agreed with this customer alone, within the contract's days.

        A quantity that an event changed is told as the event, and the one that it replaces ends there. An instruction
        that begins with the service changes nothing on that day.
        """
        contract = self.term.contract
        asked = {one.since for one in self.settled if one.event.what == "quantity_changed"}
        later = (one for one in contract.quantities if one.since and one.since not in asked | {contract.start})
        own: tuple[OwnTerm, ...] = (*contract.discounts, *contract.agreed, *later, *contract.instructions)
        for one in own:
            period = contract.period_of(one)
            if period.end == period.start:
                continue
            changes = period.start > contract.start or not isinstance(one, Instruction)
            if changes and (self.end is None or period.start < self.end):
                yield Entry(period.start, "own_term", own=one)
            if period.end and (self.end is None or period.end <= self.end) and not isinstance(one, QuantityAgreed):
                yield Entry(period.end - ONE_DAY, "own_term_last_day", own=one)

    def revised(self, first: date, last: date) -> Iterator[Entry]:
        """Yield the days from one to another, both included, from which an index revises prices."""
        yield from (Entry(one.day, "price_revised", revised=one) for one in self.revisions(first, last))

    def granted_at(self, entry: Entry) -> Place:
        """Return where it stands what was agreed with this customer alone: in its event, or in the contract."""
        last = entry.kind == "own_term_last_day"
        return place_granted(self.settled, entry.own, last=last) or self.term.contract.place

    def quality_call(self, day: date) -> Iterator[Entry]:
        """Yield the quality call that is to be made next, as known on a day (R28)."""
        if (due := next_quality_call(self, day)) is not None:
            yield Entry(due, "quality_call", rules=self.term.rules_on(day))

    def anniversary(self, day: date) -> Iterator[Entry]:
        """Yield the next anniversary of the signature, which customers may take for the renewal (R22, A11)."""
        signed = self.term.contract.signed
        coming = next(end for end in (ONE_YEAR.after(signed, years) for years in count(1)) if end >= day)
        if self.end is None or coming < self.end:
            yield Entry(coming, "anniversary")

    def renewals(self, day: date) -> Iterator[TermEnd]:
        """Yield the first day of each renewed term that begins after a day, while the contract lasts.

        A contract without a term, or renewed by agreement only (A12), is never renewed; one that is renewed
        open-ended (A13) is renewed once.
        """
        lasting = takewhile(lambda end: self.end is None or end.day < self.end, self.term.renewals())
        yield from (end for end in lasting if end.day > max(day, self.term.contract.start))

    def refusals(self, end: date) -> Iterator[Entry]:
        """Yield the days for refusing that a term is renewed: for a notice (A14), and for the reminder of it.

        The reminder has days where a law of the customer's country gives it some. Nothing once the contract ends by
        then, and nothing on a day before it was signed.
        """
        if self.end is not None and self.end <= end:
            return
        last, signed = self.term.last_notice_day(end), self.term.contract.signed
        days: list[tuple[date, Kind]] = [(last, "notice_last_day")]
        if law := reminder_law(self.term.contract):
            days += zip(reminder_window(self.term, end, law), REMINDERS, strict=True)
        yield from (Entry(day, kind, rules=self._ending_by(end)) for day, kind in days if day >= signed)

    def _ending_by(self, end: date) -> TermRules:
        """Return the terms that hold on the last day before a term's end."""
        return self.term.rules_on(end - ONE_DAY)

    def _renewed(self, end: TermEnd) -> Entry:
        return Entry(end.day, "renewal", decision=end.decision, rules=self.term.rules_on(end.day))

    def price_changes(self, day: date) -> Iterator[Entry]:
        """Yield the next renewal for which a new price can still be announced on a day, and until when (A27)."""
        # Where no time lies between announcing and changing, a price can be announced on the renewal's very day.
        for renewal in self.renewals(day - ONE_DAY):
            announced = self.term.last_announcement_day(renewal.day)
            if day <= announced:
                yield Entry(announced, "price_notice_last_day", rules=self._ending_by(renewal.day))
                yield Entry(renewal.day, "price_change", rules=self._ending_by(renewal.day))
                return


def next_quality_call(calendar: Calendar, day: date) -> date | None:
    """Return by when a quality call is to be made, as known on a day; None where none is (R28).

    It counts from the last one made, and where none was made from the first day of service: a call that nobody made
    stays due.
    """
    every = calendar.term.rules_on(day).quality_calls
    if not every or every.count == 0 or calendar.term.contract.live is None:
        return None
    made = (one.event.on for one in calendar.settled if one.event.what == "quality_call")
    due = every.after(max([*made, calendar.term.contract.live]))
    return None if calendar.ends_by(due) else due


def reminder_law(contract: Contract) -> ReminderDuty | None:
    """Return the law on reminders of tacit renewals in the customer's country, whomever it owes them; None for none."""
    country = COUNTRIES.get(country_of(contract.customer.region))
    return country.reminders if country else None


def reminder_window(term: Term, end: date, law: ReminderDuty) -> tuple[date, date]:
    """Return the first and the last day for reminding a customer that a term is renewed at its end.

    They lie before the last day for a notice, as long as the law says: that day is the origin of both.
    """
    last = term.last_notice_day(end)
    return law.opens.after(last, -1), law.closes.after(last, -1)


def promised_day(term: Term) -> date:
    """Return the day by which service is promised: so many days after signature, working days or all (R19, A20)."""
    contract, rules = term.contract, term.rules
    if rules.go_live_calendar == "civil":
        return Span(rules.go_live_days, "days").after(contract.signed)
    return working_days_after(contract.signed, rules.go_live_days, contract.customer.region)


def late_since(term: Term, day: date) -> date | None:
    """Return the day by which service was promised, when a day lies past it and service has not begun by then.

    Past it by the contract's file: one that names no `live` has not said that service began.
    """
    promised, live = promised_day(term), term.contract.live
    begun = live is not None and live <= day
    return promised if promised < day and not begun else None


def reminder_is_owed(contract: Contract) -> bool:
    """Tell whether the law of his country owes the customer a reminder of tacit renewals."""
    return reminders_owed(country_of(contract.customer.region), contract.customer.kind) is not None

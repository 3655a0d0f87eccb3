"""A contract through time: its events under its offers' rules, what it was when, and how it ends."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from ..decide.decider import Decider
from ..model.contract import Contract
from ..model.decision import Decision
from ..model.ending import NOT_RENEWED, Ending
from ..model.event import ON_NO_BILL, REQUESTS, Event, EventKind
from ..model.facts import FactValue, Stage
from ..model.history import Contradiction, Folded, Settled, Stretch
from ..model.offer import Effect
from ..model.period import NO_DAYS, ONE_DAY, Month, Period, ServiceDays
from ..model.served import Served
from .book import Book
from .events_told import fold
from .facts import event_facts, notice_facts, renewal_facts
from .notice_day import counted_day
from .occurrences import with_occurrences
from .parties import taxed_in
from .parts import changes_apart, read_in_parts
from .renewals import Renewals, as_written
from .term import Chapter, Term
from .trial import free_apart

HARMLESS_AFTER_THE_END: tuple[EventKind, ...] = ("go_live", "notice_received", "occurred", "customer_changed")
"""What may be noted for a day on which the contract is over: service that never began, a letter
that came late, and where the last invoices go."""
MOST_RENEWALS = 400
"""No contract is renewed as often: terms are counted for two hundred years, by half years at the shortest."""


@frozen
class History:
    """A contract's events and what follows from them; ``end`` is the first day without it, None for none.

    ``decision`` is the one that ends it by its notice. Once it contradicts itself it can be shown, never billed.
    """

    folded: Folded
    settled: tuple[Settled, ...]
    term: Term
    decision: Decision | None
    end: date | None
    contradictions: tuple[Contradiction, ...]

    @property
    def contract(self) -> Contract:
        """Return the contract with every event told."""
        return self.folded.contract

    def standing(self, day: date) -> Contract:
        """Return the contract as it stands on a day; before its first day of service, as on that day."""
        return _stands(self.folded, day)

    def contradictions_by(self, day: date) -> tuple[Contradiction, ...]:
        """Return what contradicts by a day, and holds the contract: what no bill rests on does not.

        What is asked for, but holds later, is judged with the events of then.
        """
        since = {one.event: one.since or one.event.on for one in self.settled}
        holding = (one for one in self.contradictions if one.event.what not in ON_NO_BILL)
        return tuple(one for one in holding if since.get(one.event, one.event.on) <= day)


def history_of(book: Book, contract: Contract) -> History:
    """Return a contract's history; the offers that it names must be on file."""
    if not contract.events and not contract.notice:
        folded = Folded(contract=contract, stretches=(Stretch(Period(contract.start), contract),))
        term = Term(contract, book.offers[contract.offer].term, _renewals(book, contract))
        return History(folded, (), term, None, term.last_end(), ())
    settled, term = _settled(book, contract)
    folded = fold(contract, settled)
    term = evolve(term, contract=evolve(folded.contract, customer=contract.customer))
    history = History(folded, settled, term, *_ending(book, folded, term), folded.contradictions)
    return evolve(history, contradictions=(*folded.contradictions, *_wrong(book, contract, history)))


def known_on(contract: Contract, day: date) -> Contract:
    """Return a contract as it was known on a day: without what happened later, but for when service began."""
    if contract.slips:
        contract = evolve(contract, slips=tuple(slip for slip in contract.slips if slip.known_on(day)))
    if contract.notice and contract.notice > day:
        contract = evolve(contract, notice=None, notice_sent=None)
    known = tuple(event for event in contract.events if event.on <= day or event.what == "go_live")
    return contract if len(known) == len(contract.events) else evolve(contract, events=known)


def planned_on(contract: Contract, day: date) -> Contract:
    """Return a contract as it is planned on a day: with every request on file, without the notices that came later."""
    known = known_on(contract, day)
    planned = tuple(event for event in contract.events if event.on > day and event.what in REQUESTS)
    return evolve(known, events=(*known.events, *planned)) if planned else known


def served_in(book: Book, history: History, month: Month) -> Iterator[Served]:
    """Yield a contract's days of service in a month: in parts where something changes that prices rest on.

    The days of a free trial are apart too: what is counted in them is known by itself.
    """
    running = month.service & Period(history.contract.start, history.end)
    for gap in history.folded.suspended:
        running = running.without(gap)
    yield from with_occurrences(tuple(_parts(book, history, month, running)), history.contract, month)


def _parts(book: Book, history: History, month: Month, running: ServiceDays) -> Iterator[Served]:
    taxed = taxed_in(history.standing(month.last), book.sellers, month.last)
    ending, paused = _ending_in(history, month), paused_in(history, month)
    for stretch in history.folded.stretches:
        if (days := running & stretch.period).days:
            offer = book.offer_of(stretch.contract)
            served = Served(stretch.contract, offer, days, running, history.term.rules, taxed_in=taxed)
            served = evolve(served, ending=ending, paused=paused) if ending or paused.periods else served
            for part in free_apart(served):
                for one in changes_apart(part, book.once(read_in_parts, offer.edition, "")):
                    yield _as_settled(book, one)


def paused_in(history: History, month: Month) -> ServiceDays:
    """Return the days of a month on which a contract that has begun, and not ended, is suspended."""
    if not history.folded.suspended:
        return NO_DAYS
    lasting = Period(history.contract.start, history.end) & month.period
    return ServiceDays.of(*(gap & lasting for gap in history.folded.suspended))


def _ending_in(history: History, month: Month) -> Ending | None:
    """Return how a contract ends, where its last day is in a month."""
    if history.end is None or history.end - ONE_DAY not in month.period:
        return None
    by = history.decision.rule.then.end if history.decision else NOT_RENEWED
    first = next((end for end in history.term.terms() if not end.is_none), None)
    return Ending(history.end, by, first is not None and history.end < first.day)


def _as_settled(book: Book, part: Served) -> Served:
    """Return a part of a month with the options of its offer as the contract has settled them then."""
    if not part.contract.options or not any(one.settings for one in part.contract.options):
        return part
    return evolve(part, offer=book.offer_of(part.contract, part.served.start))


def notice_on(book: Book, contract: Contract, day: date) -> Contract:
    """Return a contract to which a notice came on a day, unless one stands already."""
    if history_of(book, contract).contract.notice:
        return contract
    notice = Event(contract=contract.id, on=day, what="notice_received", place=contract.place)
    return evolve(contract, events=(*contract.events, notice))


def _settled(book: Book, contract: Contract) -> tuple[tuple[Settled, ...], Term]:
    """Return from when each event holds, decided in the order of their days, and the terms that follow."""
    settled: list[Settled] = []
    term = Term(contract, book.offers[contract.offer].term, _renewals(book, contract))
    for event in sorted(contract.events, key=_decided_in_turn):
        if event.what not in REQUESTS:
            settled.append(Settled(event, event.on, None))
            term = evolve(term, contract=fold(contract, settled).contract)
            continue
        stands = _stands(fold(contract, settled), event.on)
        decision = _answer(book, stands, "event", event_facts(term, stands, event), "effect")
        since = term.effect(event.on, (decision.rule.then.effect if decision else "") or _convention(event))
        settled.append(Settled(event, since, decision))
        if event.what == "offer_changed" and since and event.offer in book.offers:
            before = _stands(fold(contract, settled[:-1]), since)
            chapter = _chapter(book, before, before.under(event.offer), since)
            term = evolve(term, later=tuple(sorted((*term.later, chapter), key=lambda one: one.since)))
    return tuple(settled), term


def _decided_in_turn(event: Event) -> tuple[date, bool, bool, tuple[str, str, str]]:
    """Return what events are decided in the order of: their days, on each the go-live first, then another offer."""
    return event.on, event.what != "go_live", event.what != "offer_changed", event.order


def _chapter(book: Book, before: Contract, changed: Contract, since: date) -> Chapter:
    """Return the terms that hold from the day on which a contract changes its offer."""
    rules = book.offers[changed.offer].term
    another = before.offer.partition("@")[0] != changed.offer.partition("@")[0]
    return Chapter(since, rules, _renewals(book, changed) or as_written(rules), another)


def _convention(event: Event) -> Effect:
    """Return from when a request holds that no rule of the offer answers: prices hold for the term (R25, A27)."""
    return "announced_term" if event.what == "offer_changed" else "at_once"


def _ending(book: Book, folded: Folded, term: Term) -> tuple[Decision | None, date | None]:
    """Return the decision that ends a contract after a notice, and the first day without it.

    A contract that ends without a notice before the notice would end it owes its end to no rule.
    """
    last, notice = term.last_end(), folded.contract.notice
    if notice is None:
        return None, last
    decision = _on_notice(book, folded, term, notice)
    if decision is None or not decision.rule.then.end:
        return None, last
    end = term.end_by_notice(counted_day(term) or notice, decision.rule.then.end, notice)
    return (None, last) if last and last < end else (decision, end)


def _on_notice(book: Book, folded: Folded, term: Term, notice: date) -> Decision | None:
    """Return what is decided on a notice that was received on a day."""
    return _answer(book, _stands(folded, notice), "notice", notice_facts(term, folded.contract.events), "end")


def _wrong(book: Book, contract: Contract, history: History) -> Iterator[Contradiction]:
    """Yield what contradicts the contract's rules and its end, besides what contradicts itself in its events."""
    for settled in history.settled:
        event, end = settled.event, history.end
        if event.what == "notice_withdrawn":
            end = history_of(book, known_on(contract, event.on - ONE_DAY)).end
        if settled.since is None:
            yield Contradiction(event, "refused", None, settled.decision.rule.why if settled.decision else "")
        elif end and event.on >= end and event.what not in HARMLESS_AFTER_THE_END:
            yield Contradiction(event, "after_end", end)
        elif event.what == "occurred":
            yield from _unbilled(book, history, event)
        elif event.what == "trial_over" and not _within_trial(history.term, event.on):
            yield Contradiction(event, "no_trial", event.on)
        elif event.offer in book.offers and settled.since < book.offers[event.offer].head.sold_from:
            yield Contradiction(event, "not_sold", book.offers[event.offer].head.sold_from)
        if event.offer in book.offers and _currency(book, event.offer) != _currency(book, contract.offer):
            yield Contradiction(event, "other_currency")
    notice, folded = history.contract.notice, history.folded
    if notice is None or history.decision or (history.end and history.end <= notice):
        return
    known = _stands(folded, notice).offer in book.offers
    if known and _on_notice(book, folded, history.term, notice) is None:
        received = (one.event for one in history.settled if one.event.what == "notice_received")
        written = Event(contract=contract.id, on=notice, what="notice_received", place=contract.place)
        yield Contradiction(next(received, written), "unanswered")


def _unbilled(book: Book, history: History, event: Event) -> Iterator[Contradiction]:
    """Yield that what occurred has no price in the offer of its day, or no bill on which it could be charged."""
    offer = book.offers.get(history.standing(event.on).offer)
    if offer and event.occurrence not in offer.occurrences:
        yield Contradiction(event, "no_price")
    elif not any(served_in(book, history, Month.of(event.on))):
        yield Contradiction(event, "no_bill")


def _within_trial(term: Term, day: date) -> bool:
    """Tell whether a day lies in the trial by its length, which an event that ends it sooner does not shorten."""
    return term.trial_origin <= day < term.trial_end_at_latest and not term.waits_for_go_live


def _currency(book: Book, version: str) -> str:
    return book.offers[version].head.currency


def _stands(folded: Folded, day: date) -> Contract:
    """Return the contract as it stands on a day; before its first day of service, as on that day."""
    known = [stretch.contract for stretch in folded.stretches if stretch.period.start <= day]
    return known[-1] if known else folded.stretches[0].contract


def _answer(
    book: Book, stands: Contract, stage: Stage, facts: Mapping[str, FactValue], leads_to: str
) -> Decision | None:
    """Return what a contract's offer decides at a stage; nothing where no rule answers, or the offer is not on file."""
    decider = book.deciders.get(stands.offer)
    return _first(decider, stage, facts, leads_to) if decider else None


def _first(decider: Decider, stage: Stage, facts: Mapping[str, FactValue], leads_to: str) -> Decision | None:
    leading = (rule for rule in decider.decide(stage, facts) if getattr(rule.then, leads_to))
    return next((decider.decision(rule, facts) for rule in leading), None)


def _renewals(book: Book, contract: Contract) -> Renewals | None:
    """Return what the offer's rules say of each renewal; None where it has no such rule. Remembered by the book."""
    return book.once(renewals_of, contract.offer, contract.customer.kind)


def renewals_of(decider: Decider, kind: str) -> Renewals | None:
    """Return what an offer's rules say of each renewal of one kind of customer; None where it has no such rule."""
    offer = decider.offer
    if not offer.rules_on("renewal"):
        return None
    numbers = decider.numbers_compared("renewal", "renewal.number")
    last = min(max(numbers, default=0) + 1, MOST_RENEWALS)
    asked = (renewal_facts(kind, number) for number in range(1, last + 1))
    decided = (_first(decider, "renewal", facts, "renew") for facts in asked)
    written = as_written(offer.term).at(1)
    return Renewals(tuple((one.rule.then.renew, one) if one and one.rule.then.renew else written for one in decided))

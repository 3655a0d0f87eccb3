"""The events of a contract told in order, each checked against what came before it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from attrs import evolve

from ..model.contract import Contract, LineHeld, OptionTaken
from ..model.event import Event, EventKind
from ..model.history import Contradiction, Folded, Settled
from ..model.line import one_spelling
from ..model.period import Period
from ..model.quantity import QuantityAgreed
from .telling import Telling
from .terms_granted import ended, in_their_place


def fold(contract: Contract, settled: Iterable[Settled]) -> Folded:
    """Return what some events make of a contract: in the order of the days from which they hold.

    The order of events of one day does not matter: two that change the same thing contradict each other.
    """
    telling = Telling(contract)
    told = [(one.since, one.event) for one in settled if one.since is not None]
    for since, event in sorted(told, key=lambda one: (one[0], one[1].order)):
        _tell(telling, event, since)
    return telling.folded()


def _tell(telling: Telling, event: Event, since: date) -> None:
    """Change the contract as an event says, unless it contradicts those before it."""
    if min(event.on, event.sent or event.on) < telling.now.signed:
        telling.contradictions.append(Contradiction(event, "before_signature", telling.now.signed))
    elif (first := telling.first.setdefault((since, event.subject), event)) is not event:
        if first.what == event.what == "notice_received":
            list(_notice_received(telling, event, since))  # by letter and by e-mail: one notice
            return
        # What the first one runs up against may be no more than the order in which the two were told.
        telling.contradictions = [one for one in telling.contradictions if one.event is not first]
        telling.contradictions.append(Contradiction(event, "same_day", since))
    else:
        telling.contradictions += TOLD[event.what](telling, event, since)


def _go_live(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if telling.now.live:
        yield Contradiction(event, "live_already", telling.now.live)
    telling.now = evolve(telling.now, live=telling.now.live or since)


def _option_added(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    for taken in telling.options:
        period = telling.now.option_period(taken)
        if taken.id == event.option and (period.end is None or period.end > since):
            yield Contradiction(event, "held_already", period.start)
            return
    taken = OptionTaken(
        id=event.option,
        since=since,
        quantity=event.quantity,
        of=event.of,
        digest=event.digest,
        signed=event.on if event.of else None,
        settings=event.settings,
        place=event.place,
    )
    telling.options.append(taken)


def _option_removed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    for number, taken in enumerate(telling.options):
        period = telling.now.option_period(taken)
        if taken.id == event.option and since in period:
            telling.options[number : number + 1] = [evolve(taken, until=since)] if period.start < since else []
            return
    yield Contradiction(event, "not_held", since)


def _mission_changed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    return telling.change(event, since, evolve(telling.now, mission=event.mission))


def _offer_changed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    changed = telling.now.under(event.offer, event.digest)
    return telling.change(event, since, changed if changed == telling.now else evolve(changed, priced_on=since))


def _region_moved(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    moved = evolve(telling.now.customer, region=event.region)
    return telling.change(event, since, evolve(telling.now, customer=moved))


def _plan_changed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    return telling.change(event, since, evolve(telling.now, plan=event.plan))


def _windows_changed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    same = set(event.windows) == set(telling.now.windows)
    windows = telling.now.windows if same else event.windows
    return telling.change(event, since, evolve(telling.now, windows=windows))


def _quantity_changed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    return _option_counted(telling, event, since) if event.option else _quantity_counted(telling, event, since)


def _quantity_counted(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    """Let there be another number from a day on, up to a day on which one was agreed already."""
    mine = [one for one in telling.quantities if one.id == event.quantity_of]
    holds = next((one for one in mine if since in telling.now.period_of(one)), None)
    if holds and holds.quantity == event.quantity:
        yield Contradiction(event, "unchanged")
        return
    later = [one.since for one in mine if one.since and one.since > since]
    until = holds.until if holds else min(later, default=None)
    if holds:
        number = telling.quantities.index(holds)
        begun = telling.now.period_of(holds).start < since
        telling.quantities[number : number + 1] = [evolve(holds, until=since)] if begun else []
    agreed = QuantityAgreed(id=event.quantity_of, quantity=event.quantity or 0, since=since, until=until)
    telling.quantities.append(agreed)


def _option_counted(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    for number, taken in enumerate(telling.options):
        period = telling.now.option_period(taken)
        if taken.id == event.option and since in period:
            if (taken.quantity or 1) == event.quantity:
                yield Contradiction(event, "unchanged")
                return
            counted = evolve(taken, since=since, quantity=event.quantity, place=event.place)
            before = [evolve(taken, until=since)] if period.start < since else []
            telling.options[number : number + 1] = [*before, counted]
            return
    yield Contradiction(event, "not_held", since)


def _discount_granted(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if event.discount:
        telling.discounts.append(evolve(event.discount, since=since))
    yield from ()


def _discount_ended(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    left = ended(telling.now, telling.discounts, event.name, since)
    if left == telling.discounts:
        yield Contradiction(event, "no_discount", since)
    telling.discounts = left


def _price_agreed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if event.agreed is None:
        return
    agreed = in_their_place(telling.now, telling.agreed, event.agreed, since)
    if agreed == telling.agreed:
        yield Contradiction(event, "unchanged")
    telling.agreed = agreed


def _instruction_given(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    """Let an instruction hold: no price rests on it, and no stretch begins."""
    if event.instruction is None:
        return
    for (day, _), other in telling.first.items():
        if day == since and other is not event and other.instruction and event.instruction.excludes(other.instruction):
            yield Contradiction(event, "same_day", since)
            return
    given = in_their_place(telling.now, telling.instructions, event.instruction, since)
    if given == telling.instructions:
        yield Contradiction(event, "unchanged")
    telling.instructions = given


def _instruction_ended(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    left = ended(telling.now, telling.instructions, event.name, since)
    if left == telling.instructions:
        yield Contradiction(event, "no_instruction", since)
    telling.instructions = left


def _line_added(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    line = one_spelling(event.line)
    if any(one_spelling(held.line) == line and since in held.period for held in telling.lines):
        yield Contradiction(event, "held_already", since)
    else:
        telling.lines.append(LineHeld(event.line, since))


def _line_removed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    there = [number for number, held in enumerate(telling.lines) if since in held.period]
    line = one_spelling(event.line)
    mine = [number for number in there if one_spelling(telling.lines[number].line) == line]
    if not mine:
        yield Contradiction(event, "not_held", since)
    elif len(there) == len(mine):
        yield Contradiction(event, "last_line", since)
    else:
        for number in mine:
            telling.lines[number] = evolve(telling.lines[number], until=since)


def _suspended(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if telling.suspended and since in telling.suspended[-1]:
        yield Contradiction(event, "suspended_already", telling.suspended[-1].start)
    elif since < telling.now.start:
        yield Contradiction(event, "not_in_service", telling.now.start)
    else:
        telling.suspended.append(Period(since))


def _resumed(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if telling.suspended and telling.suspended[-1].end is None:
        telling.suspended[-1] = Period(telling.suspended[-1].start, since)
    else:
        yield Contradiction(event, "not_suspended", since)


def _notice_received(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    """Let the earliest notice count: by when it was received, and by when it was sent."""
    before = telling.now.notice or since
    received, sent = min(before, since), min(telling.now.notice_sent or before, event.sent or since)
    telling.now = evolve(telling.now, notice=received, notice_sent=sent if sent < received else None)
    yield from ()


def _notice_withdrawn(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if telling.now.notice is None or telling.now.notice > since:
        yield Contradiction(event, "no_notice", since)
    telling.now = evolve(telling.now, notice=None, notice_sent=None)


def _trial_over(telling: Telling, event: Event, since: date) -> Iterator[Contradiction]:
    if telling.now.trial_over:
        yield Contradiction(event, "trial_over_already", telling.now.trial_over)
    telling.now = evolve(telling.now, trial_over=telling.now.trial_over or since)


def _customer_changed(telling: Telling, event: Event, _since: date) -> Iterator[Contradiction]:
    """Let other legal data hold: no price rests on them, and no stretch begins."""
    changed = telling.legal.changed(event.legal) if event.legal else telling.legal
    if changed == telling.legal:
        yield Contradiction(event, "unchanged")
    telling.legal = changed


def _seller_changed(telling: Telling, event: Event, _since: date) -> Iterator[Contradiction]:
    """Let another sell: a bill is of one month, and a month of one seller, so that no stretch begins."""
    if event.seller == telling.seller:
        yield Contradiction(event, "unchanged")
    telling.seller = event.seller


def _noted(_telling: Telling, _event: Event, _since: date) -> Iterator[Contradiction]:
    yield from ()


TOLD: Mapping[EventKind, Callable[[Telling, Event, date], Iterator[Contradiction]]] = {
    "go_live": _go_live,
    "option_added": _option_added,
    "option_removed": _option_removed,
    "mission_changed": _mission_changed,
    "line_added": _line_added,
    "line_removed": _line_removed,
    "offer_changed": _offer_changed,
    "region_moved": _region_moved,
    "plan_changed": _plan_changed,
    "windows_changed": _windows_changed,
    "quantity_changed": _quantity_changed,
    "discount_granted": _discount_granted,
    "discount_ended": _discount_ended,
    "price_agreed": _price_agreed,
    "instruction_given": _instruction_given,
    "instruction_ended": _instruction_ended,
    "suspended": _suspended,
    "resumed": _resumed,
    "notice_received": _notice_received,
    "notice_withdrawn": _notice_withdrawn,
    **dict.fromkeys(("reminder_sent", "quality_call"), _noted),
    "trial_over": _trial_over,
    "occurred": _noted,
    "customer_changed": _customer_changed,
    "seller_changed": _seller_changed,
}

"""What a customer is told of a month that runs before it costs more: each threshold with the day that passed it."""

from collections.abc import Iterator
from datetime import date, timedelta

from ..model.alert import WHOLE, Alert, AlertKind, AlertTerms
from ..model.offer import Offer
from ..model.words.alerts_told import calls_left_told, outside_told, overrun_told, passed_told, share_used_told
from .forecast import forecasts
from .live import LiveCount
from .next_price import CALLS, SUBSCRIPTIONS, NextPrice
from .price.registry import edges_of


def alerts_of(one: LiveCount, day: date, terms: AlertTerms) -> Iterator[Alert]:
    """Yield the alerts of a contract that hold at the end of a day, each with the day of the month that brought it."""
    yield from _passed(one, day)
    yield from _before_next_price(one, day, terms)
    if terms.outside and one.days.outside:
        yield _alert(one, "outside", "1", one.days.outside, outside_told(one.days.outside))


def _before_next_price(one: LiveCount, day: date, terms: AlertTerms) -> Iterator[Alert]:
    """Yield what is told before a price that is higher; nothing below the band that was agreed."""
    invoice, price = one.invoice, one.next_price
    left, agreed = price.left, invoice.contract.band
    if left is None or not _costs_more(price) or (agreed and invoice.band is not None and invoice.band < agreed):
        return
    total, entered = invoice.calls + left, _entered(one, day)
    limit = price.step if invoice.band is None else str(invoice.band)
    for few in terms.calls:
        if left <= few < total:
            since = max(entered, _first(one, day, total - few))
            yield _alert(one, "calls", f"{few}@{limit}", since, calls_left_told(left, price.passing, invoice.currency))
    for share in terms.per_cent:
        if WHOLE * invoice.calls >= share * total:
            since = max(entered, _first(one, day, -(-share * total // WHOLE)))
            told = share_used_told(share, total, left, price.passing, invoice.currency)
            yield _alert(one, "per_cent", f"{share}@{limit}", since, told)
    ahead = one.forecast
    if terms.forecast and ahead and ahead.passes_on and left:
        told = overrun_told(ahead.passes_on, ahead.expected, price.passing, invoice.currency)
        yield _alert(one, "forecast", f"expected@{limit}", max(entered, _first_expected(one, day, total)), told)


def _costs_more(price: NextPrice) -> bool:
    """Tell whether what comes next is dearer: a band, a plan, what is past a package, or what has no price."""
    if price.passing is None:
        return True
    return any(map(_is_subscription, price.codes)) and price.passing > (price.next_call or 0 if price.left else 0)


def _is_subscription(code: str) -> bool:
    return code.partition(".")[0] in SUBSCRIPTIONS


def _passed(one: LiveCount, day: date) -> Iterator[Alert]:
    """Yield the highest count of calls that is passed, up to which a lower price of the band or plan held."""
    if last := _last_passed(one):
        since = _first(one, day, last + 1)
        yield _alert(one, "passed", str(last), since, passed_told(last, one.next_price.step))


def _entered(one: LiveCount, day: date) -> date:
    """Return the day on which the present price was reached: what comes after it is new from then on."""
    last = _last_passed(one)
    return _first(one, day, last + 1) if last else one.invoice.month.first


def _last_passed(one: LiveCount) -> int:
    """Return the highest count, of the band that was agreed or above, that was the last of a lower price; else 0."""
    invoice, agreed = one.invoice, one.invoice.contract.band or 0
    lasts = {last for offer in invoice.offers for last in (*_listed(offer, one), *_past_the_list(offer, invoice.band))}
    return max((last for last in lasts if max(agreed, 1) <= last < invoice.calls), default=0)


def _listed(offer: Offer, one: LiveCount) -> Iterator[int]:
    for code, edge in edges_of(offer, CALLS):
        mine = edge.plan in ("", one.invoice.contract.plan)
        if mine and code in one.next_price.codes and _is_subscription(code):
            yield edge.last


def _past_the_list(offer: Offer, band: int | None) -> Iterator[int]:
    """Yield the count below a band that no list has: bands go on in equal steps."""
    for table in (offer.bands, *offer.bands.others.values()) if offer.bands and band else ():
        if table.then and band and band > table.steps[-1].up_to:
            yield band - table.then.every


def _first(one: LiveCount, day: date, least: int) -> date:
    """Return the first day of the month by whose end so many calls were counted at least."""
    return next((when for when, calls in _counted_by(one, day) if calls >= least), day)


def _first_expected(one: LiveCount, day: date, total: int) -> date:
    """Return the first day of the month at whose end more calls were expected than are left at the present price."""
    for when, calls in _counted_by(one, day):
        (then,) = forecasts(one.days.seen, when, [calls], [total - calls])
        if then and then.passes_on:
            return when
    return day


def _counted_by(one: LiveCount, day: date) -> Iterator[tuple[date, int]]:
    """Yield each day of the month up to one, with the calls that were counted by its end."""
    first = one.invoice.month.first
    days = [first + timedelta(days=number) for number in range((day - first).days + 1)]
    counted = one.invoice.calls - sum(one.days.shared_on(when) for when in days)
    for when in days:
        counted += one.days.shared_on(when)
        yield when, counted


def _alert(one: LiveCount, kind: AlertKind, threshold: str, since: date, sentence: str) -> Alert:
    invoice = one.invoice
    return Alert(
        contract=invoice.contract.id,
        month=str(invoice.month),
        kind=kind,
        threshold=threshold,
        reached_on=since,
        sentence=sentence,
    )

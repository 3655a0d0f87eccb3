"""A price that is replaced inside a period: what is given back of the old one, what is due of the new one."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import evolve
from permanence.model.contract import OptionTaken
from permanence.model.money import amount_of
from permanence.model.period import Month, Period
from permanence_options.bilingual import Bilingual

from .billed import contract_from, invoice, offer_of
from .case import Adapter, Answer, Given
from .dates import ONE_DAY, inclusive
from .said import UnreadError, as_cents, day, month_named
from .tiers import with_cents

OLD = ("old_price", "old", "old_amount", "from_price")
NEW = ("new_price", "new", "new_amount", "to_price")
LEFT = ("days_left", "days_left_incl", "remaining_days", "days_remaining", "unused_days")
OF_DAYS = ("days", "total_days", "period_days", "term_days", "days_in_period", "month_days")
RESULTS = {
    "credit": ("credit", "unused_credit", "credit_note", "prorated_credit"),
    "charge": ("charge", "new_charge", "new_usage", "debit", "prorated_charge"),
    "net": ("net", "amount", "due", "total", "recomputed_net"),
    "invoice": ("invoice",),
    "next_invoice": ("next_invoice",),
}


def share_left(given: Given) -> Fraction:
    """Return which part of the period is left: a fraction, days of days, or from a day of change to a period's end."""
    given.aside("signup", "next_bill", "change_date", "change", "period", "day_count", "mode")
    if given.has("fraction_left", "left"):
        return given.number("fraction_left", "left")
    if given.has("after_days", "days_used", "days_elapsed"):
        whole = given.whole(*OF_DAYS)
        return Fraction(whole - given.whole("after_days", "days_used", "days_elapsed"), whole)
    if given.has(*LEFT):
        return Fraction(given.whole(*LEFT), given.whole(*OF_DAYS))
    if not given.has("period"):
        raise UnreadError("input does not say which part of the period is left")
    told, changed = given["period"], given.day("change", "change_date", "changed")
    if isinstance(told, str):
        period = month_named(told).period
        changed = changed.replace(year=period.start.year)
    else:
        first, last = (day(one) for one in told)
        period = Period(first, last + ONE_DAY if inclusive(given) else last)
    return Fraction((period & Period(changed)).days, period.days)


def changed(given: Given, expected: Given) -> Answer:
    """Return credit, charge and net, each rounded; Flexprice prints the credit without its sign.

    Lago's invoice is the new price's part less the whole old fee; Stripe's next one has the new price in full besides.
    """
    old, new, left = given.micros(*OLD), given.micros(*NEW), share_left(given)
    quantity = given.whole("quantity", default=1)
    credit = amount_of(-quantity, old, left.numerator, left.denominator)
    charge = amount_of(quantity, new, left.numerator, left.denominator)
    net: int = credit + charge
    got = {"credit": int(credit), "charge": int(charge), "net": net, "invoice": net}
    got["next_invoice"] = amount_of(quantity, new) + net
    if expected.has(*with_cents(("already_invoiced",))):
        got["invoice"] = charge - expected.cents("already_invoiced")
    wanted: dict[str, int] = {}
    for name, words in RESULTS.items():
        if expected.has(*with_cents(words)):
            wanted[name] = expected.cents(*words)
    if wanted.get("credit", 0) > 0:
        wanted["credit"] = -wanted["credit"]
    return {name: got[name] for name in wanted}, wanted


def seat_added(given: Given, expected: Given) -> Answer:
    """Lago's erratum: an option from the 10th on, in June and in July, as recomputed."""
    given.aside("added", "days_claimed")
    offer = offer_of([], {}, [Bilingual(price=given.micros("seat_price"))])
    amounts = []
    for month in (Month(2026, 6), Month(2026, 7)):
        taken = OptionTaken(id="bilingual", since=month.first.replace(day=10))
        contract = evolve(contract_from(date(2026, 1, 1)), options=(taken,))
        amounts.append(invoice(offer, month.period, contract=contract).net)
    table = expected.table("recomputed")
    wanted = [str(table.value(name)).split()[0] for name in ("june10", "july10")]
    return amounts, [as_cents(Fraction(one), "expected.recomputed") for one in wanted]


ADAPTERS: Mapping[str, Adapter] = {"proration.change": changed, "proration.change_deferred": changed}

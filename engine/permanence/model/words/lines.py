"""The French sentences that explain an amount."""

from collections.abc import Iterable, Mapping

from ..call_kinds import STATUSES
from ..event import Event
from ..money import Cents, PerCent
from ..offer import Offer, Rule
from ..option import Charge
from ..period import ONE_DAY, Month, Period, ServiceDays
from ..price_index import INDEX
from ..price_list import PERCENT, QuotedPrice
from ..scalars import Words
from ..units import OF_SECONDS, SECONDS, TIMES, UNITS, USES, unit_named
from .advance import PAID
from .amounts import in_money, percent_in_words, rate_in_money
from .french import day_in_words, each_in_words, from_day_to_day, month_in_words
from .hours import with_hours
from .numbers import in_thousands, number
from .phrases import english_unit, listed, quoted, said
from .times import lasting

BEYOND_PACKAGE = Words("Appels au-delà du forfait", "Calls beyond the package")
SETUP_FEE = Words("Frais de mise en service", "Set-up fee")


def calls_in_words(count: int) -> str:
    """Return ``aucun appel``, ``1 appel`` or ``151 appels``."""
    if count < 2:
        return "1 appel" if count else "aucun appel"
    return f"{in_thousands(count)} appels"


def mission_and_hours(offer: Offer, mission: str, hours: Iterable[str]) -> Words:
    """Return which mission, of several, and which hours a price is for; empty where all contracts have the same."""
    return of_several(offer, mission) + with_hours(offer, hours)


def only_of_several(offer: Offer, mission: str) -> str:
    """Return a mission as customers read it where the offer has several, nothing where it goes without saying."""
    return offer.mission_called(mission).fr if len(offer.head.mission) > 1 else ""


def of_several(offer: Offer, mission: str) -> Words:
    """Return which mission a price is for: ``, mission simple``; empty where the offer has no other."""
    return said(", {}", ", {}", offer.mission_called(mission)) if len(offer.head.mission) > 1 else Words("")


def band_label(offer: Offer, up_to: int, mission: str, hours: Iterable[str] = ()) -> str:
    """Return what a line says that charges a band."""
    return f"{offer.head.title.fr}, jusqu'à {up_to} appels{mission_and_hours(offer, mission, hours).fr}"


def package_label(offer: Offer, included: int, mission: str) -> str:
    """Return what a line says that charges a package."""
    return f"{offer.head.title.fr}, {included} appels compris{of_several(offer, mission).fr}"


def days_in_words(charged: ServiceDays, days: int, of_days: int) -> str:
    """Return the sentence on a price that follows the days charged, empty when the whole month is charged."""
    if days == of_days:
        return ""
    when = " et ".join(map(_period_in_words, charged.periods))
    return f" Au prorata : {days} jour{'s' if days > 1 else ''} sur {of_days}, {when}."


def _period_in_words(period: Period) -> str:
    """Return ``le 3 mars 2026`` or ``du 3 au 11 mars 2026``."""
    assert period.end
    return from_day_to_day(period.start, period.end - ONE_DAY)


def band_sentence(rule: Rule, calls: int, free: int, up_to: int, where: str, month: Month) -> str:
    """Return why a month is billed in its band; ``free`` of its calls are those of a free trial, which do not count.

    ``where`` tells the mission where there are several.
    """
    handled = calls_in_words(calls)
    agrees = STATUSES["answered"][calls > 1].fr
    trial = f", dont {in_thousands(free)} pendant l'essai gratuit, sans effet sur le forfait" if free else ""
    return (
        f"{handled[0].upper()}{handled[1:]} {agrees} en {month_in_words(month)}{trial} : "
        f"forfait jusqu'à {up_to} appels{where}. {rule.why}"
    ).rstrip()


def counted_in_words(count: int, included: int, unit: str, for_each: int = 1) -> str:
    """Return how many there were, and how many of them are included: ``1 051, dont 20 compris``."""
    agrees = "comprises" if unit == SECONDS else "compris"
    free = f", dont {counted_quantity(included, unit, for_each)} {agrees}" if included else ""
    return counted_quantity(count, unit, for_each) + free


def occurred_in_words(events: Iterable[Event]) -> str:
    """Return on which days something occurred, with what is noted of each; empty where nothing did."""
    told = (
        f" Le {day_in_words(one.on)}{f', {one.times} fois' if one.times > 1 else ''}"
        f"{f' : {one.why.rstrip(chr(46))}' if one.why else ''}."
        for one in events
    )
    return "".join(told)


def floor_sentence(rule: Rule, up_to: int) -> str:
    """Return why a month is billed in a higher band than its own, in the words of the rule on past months."""
    return f" Plancher : forfait jusqu'à {up_to} appels" + (f" : {rule.why}" if rule.why else ".")


def free_calls_sentence(free: int) -> str:
    """Return that calls of a free trial are not among those that were counted, empty where there are none."""
    return f" Pendant l'essai gratuit : {calls_in_words(free)}, sans effet sur le forfait." if free else ""


def free_use_sentence(free: int, unit: str, for_each: int) -> str:
    """Return that what was used in a free trial is not charged, empty where nothing was."""
    return f" Pendant l'essai gratuit : {counted_quantity(free, unit, for_each)}, sans frais." if free else ""


def times_sentence(rule: Rule, charge: Charge, included: int, currency: str) -> str:
    """Return why something is charged per use: how many there were, the included ones too, and at which price."""
    counted = counted_in_words(charge.quantity + included, included, charge.unit, charge.for_each)
    price = f"{rate_in_money(charge.unit_price, currency)} {each_in_words(charge.for_each, charge.unit)}"
    return f"{charge.label} : {counted}, à {price}. {rule.why}".rstrip()


def counted_quantity(count: int, unit: str, for_each: int) -> str:
    """Return ``1 051``; how long seconds are, since a number alone is taken for calls."""
    return lasting(count, for_each).fr if unit == SECONDS else in_thousands(count)


def limit_in_words(what: Words, added: Cents) -> Words:
    """Return what a line is called that brings something up to its least (above zero), or down to its most."""
    up = Words("complément au minimum mensuel", "supplement to the monthly minimum")
    name = up if added > 0 else Words("réduction au plafond mensuel", "reduction to the monthly maximum")
    if not what.fr:
        return Words(name.fr.capitalize(), name.en.capitalize())
    return said("{}, {}", "{}, {}", what, name)


def due_in_words(price: QuotedPrice) -> Words:
    """Return how a price falls due: once, by the month, or per use and past how many."""
    if price.due == "one_off":
        by_days = Words(", selon les jours du premier mois", ", by the days of the first month")
        again = Words(", et à chaque reprise de l'option", ", and each time the option is taken again")
        none = Words("")
        each = said("{}, ", "{}, ", _one_each(price)) if price.each else none
        once = each + Words("une fois", "once")
        return once + (by_days if price.by_days else none) + (again if price.again else none)
    if price.due == "share" and price.of:
        return price.of + PAID[price.paid]
    if price.due != "usage":
        limits = {"least": Words(", au moins", ", at least"), "most": Words(", au plus", ", at most")}
        whole = Words("") if price.by_days else Words(", même incomplet", ", even if incomplete")
        monthly = by_the_month(price.one) if price.one else Words("par mois", "a month")
        if price.each:
            monthly = said("{} et par mois", "{} and month", _one_each(price))
        past = said(", au-delà de {}", ", beyond {}", number(price.included)) if price.included else Words("")
        return monthly + past + limits.get(price.due, Words("")) + whole + PAID[price.paid]
    return _each(price) + _past_and_least(price)


def _past_and_least(price: QuotedPrice) -> Words:
    """Return past how many a price per use is due, how many at the least; of a cap, of what it is."""
    if price.most_per_call is not None:
        return said(" au plus, pour {} ensemble", " at most, for {} together", price.of or Words(""))
    included = lasting(price.included, price.for_each) if price.unit == SECONDS else number(price.included)
    month = by_the_month(price.one) if price.one else Words("par mois", "a month")
    free = said(", au-delà de {} {}", ", beyond {} {}", included, month) if price.included else Words("")
    return free + (said(", {} au moins {}", ", at least {} {}", price.fewest, month) if price.fewest else Words(""))


def by_the_month(one: Words) -> Words:
    """Return what a price by the month is for, of one thing of several: ``par praticien et par mois``."""
    return said("par {} et par mois", "per {} and month", one)


def due_when_in_words(price: QuotedPrice) -> Words:
    """Return how a price falls due, and when it is charged at all where that is not always."""
    due = due_in_words(price)
    return said("{}, {}", "{}, {}", due, price.when) if price.when else due


OF: Mapping[str, Words] = {
    "all": Words("du total", "of the total"),
    "subscription": Words("de la formule", "of the plan"),
    "bands": Words("de la formule", "of the plan"),
    "plan": Words("de la formule", "of the plan"),
    "package": Words("de l'abonnement", "of the package"),
    "prices": Words("des tarifs", "of the prices"),
    "options": Words("des options", "of the options"),
}


def share_of_in_words(offer: Offer, of: Iterable[str]) -> Words:
    """Return what a share is of: ``de la formule et de « Majoration de nuit »``."""
    titles = {f"price.{name}": price.title for name, price in offer.prices.items()}
    titles |= {f"option.{name}": option.words for name, option in offer.options.items()}
    named = (OF.get(code) or said("de {}", "of {}", quoted(titles.get(code, Words(code)))) for code in of)
    return listed(dict.fromkeys(named))


def _each(price: QuotedPrice) -> Words:
    if price.per:
        return price.per
    one = english_unit(price.unit) or UNITS[USES].one.en
    if price.unit == SECONDS or price.for_each != 1:
        several = unit_named(price.unit).several.told("en")
        english = one if price.for_each == 1 else f"{price.for_each} {several}"
        if price.unit == SECONDS and price.for_each in OF_SECONDS:
            english = OF_SECONDS[price.for_each].en
        return Words(each_in_words(price.for_each, price.unit), f"per {english}")
    return _one_of(price.unit)


def _one_each(price: QuotedPrice) -> Words:
    """Return what a price is for each one of; ``one`` has the words where the unit is an option's own."""
    return said("par {}", "per {}", price.one) if price.one else _one_of(price.each)


def _one_of(unit: str) -> Words:
    """Return ``par praticien`` and ``per practitioner``."""
    if unit == TIMES:
        return Words("chaque fois", "each time")
    one = unit_named(unit or USES).one
    return said("par {}", "per {}", Words(one.fr, english_unit(unit) or one.en))


def share_sentence(rule: Rule, share: tuple[str, PerCent], base: Cents, of: Mapping[str, Cents], currency: str) -> str:
    """Return how a share was worked out: of which lines, and what they come to."""
    label, percent = share
    lines = " ; ".join(f"{name}, {in_money(amount, currency)}" for name, amount in of.items())
    whole = in_money(base, currency)
    return f"{label} : {percent_in_words(percent).fr} de {whole} ({lines}). {rule.why}".rstrip()


def reduction_sentence(rule: Rule, share: tuple[str, str], amount: Cents, base: Cents, *, within: bool) -> str:
    """Return why an amount is taken off, as a share and its currency say, and that it is no more than there is."""
    label, currency = share
    most = "" if within else f", dans la limite de {in_money(base, currency)}"
    return f"{label} : {in_money(amount, currency)} par mois{most}. {rule.why}".rstrip()


def limit_sentence(rule: Rule, what: str, total: Cents, added: Cents, currency: str) -> str:
    """Return why a total is brought to its limit."""
    kind = "un minimum" if added > 0 else "un plafond"
    reached, limit = in_money(total, currency), in_money(Cents(total + added), currency)
    return f"{what or 'Total du mois'} : {reached}, pour {kind} mensuel de {limit}. {rule.why}".rstrip()


def price_in_words(quantity: int, unit: str, rate: str, for_each: int) -> str:
    """Return ``180 × 0,12 €``, or what the price is for: ``360 minutes à 1,40 € la minute``, ``− 3 % de 149,00 €``."""
    if unit == INDEX:
        return f"{in_thousands(quantity)} ÷ {in_thousands(for_each)} de {rate}"
    if unit == PERCENT:
        return f"{percent_in_words(PerCent(quantity)).fr} de {rate}"
    if unit != SECONDS and for_each == 1:
        return f"{in_thousands(quantity)} × {rate}"
    many = lasting(quantity, for_each).fr if unit == SECONDS else f"{in_thousands(quantity)} {unit}"
    return f"{many} à {rate} {each_in_words(for_each, unit)}"

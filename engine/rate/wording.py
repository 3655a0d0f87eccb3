"""The French sentences that explain an amount."""

from datetime import timedelta

from ..model.money import rate_in_euros
from ..model.offer import Offer, Rule
from ..model.option import Charge
from ..model.period import Month, Period, ServiceDays
from ..model.wording import day_in_words, each_in_words, mission_in_words, month_in_words

BEYOND_PACKAGE = "Appels au-delà du forfait"
SETUP_FEE = "Frais de mise en service"


def calls_in_words(count: int) -> str:
    """Return ``aucun appel``, ``1 appel`` or ``151 appels``."""
    if count < 2:
        return "1 appel" if count else "aucun appel"
    return f"{count:,} appels".replace(",", "\u202f")


def band_label(offer: Offer, up_to: int, mission: str) -> str:
    """Return what a line says that charges a band."""
    return f"{offer.head.title.fr}, jusqu'à {up_to} appels, {mission_in_words(mission)}"


def package_label(offer: Offer, included: int, mission: str) -> str:
    """Return what a line says that charges a package."""
    return f"{offer.head.title.fr}, {included} appels compris, {mission_in_words(mission)}"


def days_in_words(charged: ServiceDays, days: int, of_days: int) -> str:
    """Return the sentence on a price that follows the days charged, empty when the whole month is charged."""
    if days == of_days:
        return ""
    when = " et ".join(map(_period_in_words, charged.periods))
    return f" Au prorata : {days} jour{'s' if days > 1 else ''} sur {of_days}, {when}."


def _period_in_words(period: Period) -> str:
    """Return ``le 3 mars 2026`` or ``du 3 au 11 mars 2026``, for days of one month."""
    assert period.end
    last = period.end - timedelta(days=1)
    first = "1er" if period.start.day == 1 else period.start.day
    return f"le {day_in_words(last)}" if period.start == last else f"du {first} au {day_in_words(last)}"


def band_sentence(rule: Rule, calls: int, up_to: int, mission: str, month: Month) -> str:
    """Return why a month is billed in its band."""
    handled = calls_in_words(calls)
    agrees = "traité" if calls <= 1 else "traités"
    return (
        f"{handled[0].upper()}{handled[1:]} {agrees} en {month_in_words(month)} : "
        f"forfait jusqu'à {up_to} appels, {mission_in_words(mission)}. {rule.why}"
    ).rstrip()


def times_sentence(rule: Rule, charge: Charge, included: int) -> str:
    """Return why something is charged per use: how many there were, the included ones too, and at which price."""
    count = _quantity(charge.quantity + included, charge.unit)
    agrees = "comprises" if charge.unit == "s" else "compris"
    free = f", dont {_quantity(included, charge.unit)} {agrees}" if included else ""
    price = f"{rate_in_euros(charge.unit_price)} {each_in_words(charge.for_each, charge.unit)}"
    return f"{charge.label} : {count}{free}, à {price}. {rule.why}".rstrip()


def _quantity(count: int, unit: str) -> str:
    """Return ``1 051``; of seconds with their unit, since a number alone is taken for calls."""
    written = f"{count:,}".replace(",", "\u202f")
    return f"{written}\u00a0s" if unit == "s" else written

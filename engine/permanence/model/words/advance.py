"""What lines say that are billed in advance, and what is taken back of them."""

from collections.abc import Iterable, Iterator, Mapping

from ..due import DueTime, PaidAhead
from ..event import EVENTS, Event
from ..offer import Offer
from ..period import ONE_DAY, Period
from ..scalars import Words
from .french import day_in_words, from_day_to_day
from .phrases import said

PAID: Mapping[PaidAhead, Words] = {
    "": Words(""),
    "in_advance": Words(", d'avance", ", in advance"),
    "year_in_advance": Words(", un an d'avance", ", a year in advance"),
}
"""What is said behind a price by the month."""
HOW_DUE: Mapping[DueTime, Words] = {
    "in_arrears": Words("facturé avec son mois", "billed with its own month"),
    "in_advance": Words("facturé d'avance, avec le mois précédent", "billed in advance, with the month before"),
    "year_in_advance": Words("facturé un an d'avance", "billed a year in advance"),
}
OF_BANDS: Mapping[str, Words] = {
    "lowest": Words("Le prix de la tranche la plus basse", "The price of the lowest band"),
    "contracted": Words("Le prix de la tranche du contrat", "The price of the contract's band"),
}
BY_CALLS = "Les appels du mois en atteignent une autre."
AHEAD = " Facturé d'avance."
TAKEN_BACK = "régularisation"


def bands_ahead(offer: Offer) -> Iterator[Words]:
    """Yield that a band is due before its month, and what becomes of it where calls reach another one."""
    if offer.bands and offer.bands.due != "in_arrears":
        yield said(
            "{} est {} ; si les appels du mois en atteignent une autre, celle-ci est facturée avec eux, et la première "
            "reprise.",
            "{} is {}; where the calls of the month reach another, that one is billed with them, and the first taken "
            "back.",
            OF_BANDS[offer.bands.floor],
            HOW_DUE[offer.bands.due],
        )


def taken_back_label(label: str) -> str:
    """Return what a line says that takes back one that was billed in advance."""
    return f"{label}, {TAKEN_BACK}"


def taken_back_sentence(label: str, period: Period | None, why: str) -> str:
    """Return what is taken back, for which days it had been billed, and why."""
    days = f", {_days(period)}" if period else ""
    return f"{label} : facturé d'avance{days}, et repris. {why or 'Le mois est dû autrement que prévu.'}"


def why_otherwise(events: Iterable[Event]) -> str:
    """Return what happened in a month that was billed before: ``Changement de formule le 10 mars 2026.``"""
    told = [f"{EVENTS[event.what].french} le {day_in_words(event.on)}" for event in events]
    return f"{', '.join(dict.fromkeys(told))}." if told else ""


def _days(period: Period) -> str:
    assert period.end
    return from_day_to_day(period.start, period.end - ONE_DAY)

"""Prices that follow an index, as lines, quotes and calendars say it."""

from collections.abc import Mapping

from ..money import Cents, Micros, plain
from ..offer import Offer, Rule
from ..period import Month
from ..price import Price
from ..price_index import IndexSeries, Revision, Unpublished
from ..scalars import Words
from .amounts import in_money, percent_in_words
from .french import month_in_words, of_month
from .lines import share_of_in_words
from .numbers import DECIMAL
from .phrases import inside, said

AT_EACH: Mapping[str, Words] = {
    "signature": Words("à chaque anniversaire de la signature", "at each anniversary of the signature"),
    "go_live": Words("à chaque anniversaire de la mise en service", "at each anniversary of the first day of service"),
}


def index_in_words(offer: Offer, price: Price) -> Words:
    """Return the index that a price follows: ``indice Syntec``; its name where nothing is known of it."""
    series = offer.series.get(price.index)
    return _within(series) if series else Words(price.index)


def revised_in_words(offer: Offer, price: Price) -> Words:
    """Return what an index revises, and when: ``de la formule, à chaque anniversaire de la signature``."""
    most = Words("")
    if price.most_percent is not None:
        most = said(", {} par an au plus", ", {} a year at the most", percent_in_words(price.most_percent))
    return said("{}, {}{}", "{}, {}{}", share_of_in_words(offer, price.of), AT_EACH[price.anniversary_of], most)


def revision_told(offer: Offer, price: Price) -> Words:
    """Return in a sentence by what prices are multiplied, from which months' values, and where these are published."""
    series = offer.series.get(price.index)
    earlier = Words("")
    if price.index_lag:
        months = Words(f"{price.index_lag} mois", f"{price.index_lag} month{'s' if price.index_lag > 1 else ''}")
        earlier = said(", lues l'une et l'autre {} plus tôt", ", both read {} earlier", months)
    day = {"signature": Words("la signature", "the signature"), "go_live": Words("la mise en service", "go-live")}
    return said(
        "{} : prix multipliés par la valeur de l'{} à l'anniversaire, divisée par celle de {}{} ; source : {}.",
        "{}: prices times the value of the {} at the anniversary, divided by that of {}{}; source: {}.",
        price.title,
        index_in_words(offer, price),
        day[price.anniversary_of],
        earlier,
        Words(series.source if series else price.index),
    )


def revision_label(price: Price, series: IndexSeries, revision: Revision) -> str:
    """Return what a line says that revises others: ``Révision annuelle (indice Syntec 300,0 → 309,0)``."""
    return f"{price.title.fr} ({values_in_words(series, revision).fr})"


def values_in_words(series: IndexSeries, revision: Revision) -> Words:
    """Return an index with the two values that a revision comes from, and whether it is capped."""
    capped = Words(", plafonnée", ", capped") if revision.capped else Words("")
    return said("{} {} → {}{}", "{} {} → {}{}", _within(series), *map(_value, (revision.base, revision.value)), capped)


def revision_sentence(
    rule: Rule,
    price: Price,
    series: IndexSeries,
    revision: Revision,
    base: Cents,
    of: Mapping[str, Cents],
    currency: str,
) -> str:
    """Return how a revision was worked out: from which months' values, of which lines, and what they come to."""
    then, now = (
        f"{_value(value).fr} en {month_in_words(month)}"
        for value, month in ((revision.base, revision.base_month), (revision.value, revision.month))
    )
    lines = " ; ".join(f"{name}, {in_money(amount, currency)}" for name, amount in of.items())
    most = ""
    if revision.capped and price.most_percent is not None:
        most = f", hausse plafonnée à {percent_in_words(price.most_percent).fr} par an"
    whole = in_money(base, currency)
    return f"{price.title.fr} : {_within(series).fr}, {then}, {now}{most}, de {whole} ({lines}). {rule.why}".rstrip()


def unpublished_in_words(missing: Unpublished) -> str:
    """Return which value of an index a bill waits for, and in which file it is to be written."""
    return (
        f"Il manque la valeur {of_month(month_in_words(missing.month))} de l'{_within(missing.series).fr} : ajoutez "
        f'"{missing.month}" dans {missing.series.file}, puis facturez ce mois.'
    )


def revision_in_french(series: IndexSeries, revision: Revision | Month) -> str:
    """Return what a calendar says of a revision: its values, or the month whose value is still to be published."""
    if isinstance(revision, Month):
        return f"Révision des prix : {_within(series).fr}, valeur {of_month(month_in_words(revision))} à paraître"
    return f"Révision des prix : {values_in_words(series, revision).fr}"


def _within(series: IndexSeries) -> Words:
    """Return what an index is called inside a sentence: in French with a small letter."""
    return Words(inside(series.title).fr, series.title.told("en"))


def _value(value: Micros) -> Words:
    text = plain(value)
    text = text[:-1] if text.endswith("0") and len(text.partition(".")[2]) == 2 else text
    return Words(text.replace(".", DECIMAL), text)

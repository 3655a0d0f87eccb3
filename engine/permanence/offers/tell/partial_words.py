"""How a month that is served in part is billed, and what is due for it in full all the same."""

from collections.abc import Iterable, Iterator, Mapping

from ...model.due import PaidAhead
from ...model.offer import Offer
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.words.phrases import listed, quoted, said
from ...model.words.terms import partial_in_words

MONTHLY = ("recurring", "least")
AHEAD: Mapping[PaidAhead, tuple[str, str]] = {
    "in_advance": (
        "{} : facturé d'avance, avec le mois précédent ; la première facture porte le mois commencé et le suivant.",
        "{}: billed in advance, with the month before; the first invoice has the month begun and the next.",
    ),
    "year_in_advance": (
        "{} : facturé un an d'avance ; la première facture porte les douze premiers mois.",
        "{}: billed a year in advance; the first invoice has the first twelve months.",
    ),
}
OTHERWISE = Words(
    "Ce qui a été facturé d'avance est repris si le mois est servi autrement.",
    "What was billed in advance is taken back where the month turns out otherwise.",
)


def partial_told(offer: Offer, prices: Iterable[QuotedPrice]) -> Iterator[Words]:
    """Yield how a first or last month is billed that is not whole, and which of some prices do not follow its days.

    Then which of them are billed in advance, and what that makes of the first invoice and of a change.
    """
    prices = tuple(prices)
    yield from _days_told(offer, prices)
    for due, (fr, en) in AHEAD.items():
        if ahead := list(dict.fromkeys(quoted(price.name) for price in prices if price.paid == due)):
            several = fr.replace("facturé ", "facturés ", 1) if len(ahead) > 1 else fr
            yield said(several, en, listed(ahead))
    if any(price.paid in AHEAD for price in prices):
        yield OTHERWISE


def _days_told(offer: Offer, prices: Iterable[QuotedPrice]) -> Iterator[Words]:
    if offer.billing.partial == "full":
        yield partial_in_words(offer.billing)
        return
    monthly = [price for price in prices if price.due in MONTHLY]
    whole = list(dict.fromkeys(quoted(price.name) for price in monthly if not price.by_days))
    by_days = [price for price in monthly if price.by_days]
    if by_days or not whole:
        yield partial_in_words(offer.billing)
    if whole and not by_days:
        yield Words("Un mois commencé est dû en entier.", "A month that is begun is due in full.")
    elif len(whole) == 1:
        yield said(
            "{} est dû en entier, même pour un mois incomplet.", "{} is due in full, even in part of a month.", *whole
        )
    elif whole:
        fr, en = "Sont dus en entier, même pour un mois incomplet : {}.", "Due in full, even in part of a month: {}."
        yield said(fr, en, listed(whole))

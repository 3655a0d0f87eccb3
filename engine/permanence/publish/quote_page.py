"""A quote as one HTML page, which needs nothing else and prints on A4."""

from collections.abc import Iterator

from ..model.quote import Quote
from ..model.seller import Seller
from ..model.words.customer_documents import seller_told
from .invoice_told import address_lines
from .page import filled
from .quote_told import NOTHING_HIDDEN, expectations, heading, lines_in_words, sections, sums_in_words


def quote_page(quote: Quote, seller: Seller | None = None) -> str:
    """Return the HTML of a quote; ``seller`` is who sells, where that is known: the same text for the same quote."""
    return filled(
        "quote.html",
        language="fr",
        title=f"Devis {quote.number}",
        heading=heading(quote),
        seller=seller,
        reached_at=[*address_lines(seller.address), *filter(None, (seller.telephone, seller.email))] if seller else [],
        registered=" · ".join((seller.name, *seller_told(seller))) if seller else "",
        expected=_expected(quote),
        prices=sections(quote),
        coverage=quote.coverage,
        terms=quote.terms,
        nothing_hidden=NOTHING_HIDDEN,
        offer=quote.offer,
        digest=quote.digest,
    )


def _expected(quote: Quote) -> Iterator[dict[str, object]]:
    for title, expected, note in expectations(quote):
        *sums, total = sums_in_words(quote, expected)
        yield {"title": title, "lines": lines_in_words(quote, expected), "sums": sums, "total": total, "note": note}

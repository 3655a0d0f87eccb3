"""A quote as one HTML page, which needs nothing else and prints on A4."""

from collections.abc import Iterator

from ..model.quote import Quote
from .page import filled
from .quote_told import NOTHING_HIDDEN, expectations, heading, lines_in_words, sections, sums_in_words


def quote_page(quote: Quote) -> str:
    """Return the HTML of a quote: the same text for the same quote."""
    return filled(
        "quote.html",
        language="fr",
        title=f"Devis {quote.number}",
        heading=heading(quote),
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

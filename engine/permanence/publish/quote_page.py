"""A quote as one HTML page, which needs nothing else and prints on A4."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from string import Template

from ..model.quote import Quote
from .quote_told import NOTHING_HIDDEN, Section, expectations, heading, lines_in_words, sections, sums_in_words

PAGE = Path(__file__).with_name("quote.html")


def quote_page(quote: Quote) -> str:
    """Return the HTML of a quote: the same text for the same quote."""
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        number=escape(quote.number),
        offer=escape(quote.offer),
        digest=quote.digest,
        heading="".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n" for name, value in heading(quote)),
        expected="".join(_expected(quote)),
        prices="".join(_prices(sections(quote))),
        coverage="".join(_items(quote.coverage)),
        terms="".join(_items(quote.terms)),
        nothing_hidden=escape(NOTHING_HIDDEN),
    )


def _expected(quote: Quote) -> Iterator[str]:
    for title, expected, note in expectations(quote):
        yield f'<h2>{escape(title)}</h2>\n<table class="amounts">\n'
        yield from (_row(cells) for cells in lines_in_words(expected))
        *sums, total = sums_in_words(quote, expected)
        yield from (_row(cells, "sum") for cells in sums)
        yield _row(total, "total")
        yield "</table>\n" + (f"<p>{escape(note)}</p>\n" if note else "")


def _prices(parts: Iterable[Section]) -> Iterator[str]:
    for part in parts:
        yield f'<tr><th colspan="3">{escape(part.title)}</th></tr>\n'
        yield from (_row(cells) for cells in part.rows)


def _row(cells: Iterable[str], kind: str = "") -> str:
    opening = f'<tr class="{kind}">' if kind else "<tr>"
    return f"{opening}{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>\n"


def _items(sentences: Iterable[str]) -> Iterator[str]:
    return (f"<li>{escape(sentence)}</li>\n" for sentence in sentences)

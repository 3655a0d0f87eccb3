"""The pages of a customer, for a browser: the month that runs, its calls, his invoices; each needs nothing else."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from ..model.words.customer_mail import COLUMNS
from ..model.words.portal import (
    BROKEN,
    BROKEN_TITLE,
    LOST,
    LOST_TITLE,
    NO_CALLS,
    NO_CALLS_TODAY,
    NO_DEADLINE,
    NO_INVOICE,
    NONE_NOW,
    PRIVATE,
    expected_in_words,
    gauge_in_words,
    reached_in_words,
    top_in_words,
)
from .page import filled

Rows = Sequence[Sequence[str]]
WIDTH = 1000
"""How wide a gauge is, in units of its own."""


@frozen
class Gauge:
    """How far a month is: calls so far, the last one at the present price, and how many are expected; if known."""

    calls: int
    top: int | None
    expected: int | None

    @property
    def whole(self) -> int:
        """Return the count at its right end."""
        return max(1, self.calls, self.top or 0, self.expected or 0)

    def at(self, count: int | None) -> int:
        """Return where a count stands."""
        return round(WIDTH * (count or 0) / self.whole)

    @property
    def told(self) -> str:
        """Return what it shows in a sentence."""
        return gauge_in_words(self.calls, self.top, self.expected)

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        """Return what each of its marks is called, with the class of the mark."""
        marks = [("so-far", reached_in_words(self.calls))]
        marks += [("expected", expected_in_words(self.expected))] if self.expected is not None else []
        return [*marks, ("top", top_in_words(self.top))] if self.top is not None else marks


@frozen(kw_only=True)
class Whose:
    """Whose pages they are: the customer and his contract, who sells, the pages' own address, and the link's end."""

    customer: str
    contract: str
    seller: str
    address: str
    valid: str


@frozen(kw_only=True)
class Home:
    """The first page: the month so far, the calls of its last day, the invoices, what is due next, the instructions.

    ``gauge`` is None where the month is not billed yet; then ``so_far`` says why. ``invoices`` have number, what it is
    called, month, day and total each. ``instructions`` are those that hold, ``coming`` those that come.
    """

    month: str
    gauge: Gauge | None
    so_far: Sequence[str]
    day: str
    of_day: Sequence[str]
    rows: Rows
    known: str
    invoices: Sequence[Mapping[str, str]]
    deadline: Sequence[str]
    instructions: Sequence[str] = ()
    coming: Sequence[str] = ()


def home_page(whose: Whose, home: Home) -> str:
    """Return the first page of a customer."""
    words = {"no_calls": NO_CALLS_TODAY, "no_invoice": NO_INVOICE, "no_deadline": NO_DEADLINE, "none_now": NONE_NOW}
    title = f"Vos appels en {home.month}"
    return _filled("customer_home.html", title, whose, home=home, columns=COLUMNS, width=WIDTH, **words)


def calls_page(whose: Whose, month: str, days: Sequence[tuple[str, Rows]]) -> str:
    """Return the page of the calls of a month, by day, the latest first."""
    title = f"Tous vos appels en {month}"
    return _filled("customer_calls.html", title, whose, days=days, columns=COLUMNS, no_calls=NO_CALLS)


def invoice_page(whose: Whose, invoice: Mapping[str, object]) -> str:
    """Return the page of an issued document: each line with its reason."""
    return _filled("customer_invoice.html", str(invoice["title"]), whose, invoice=invoice)


def lost_page() -> str:
    """Return the one page for every address that opens nothing, whatever is wrong with it."""
    return _filled("customer_lost.html", LOST_TITLE, None, sentences=LOST)


def broken_page() -> str:
    """Return the page that is shown where another one cannot be made."""
    return _filled("customer_lost.html", BROKEN_TITLE, None, sentences=BROKEN)


def _filled(template: str, title: str, whose: Whose | None, **values: object) -> str:
    return filled(template, language="fr", title=title, whose=whose, private=PRIVATE, **values)

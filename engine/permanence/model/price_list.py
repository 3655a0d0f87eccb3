"""A price as a quote names it: what is charged, how much, and how it falls due."""

from typing import Literal

from attrs import frozen

from .due import PaidAhead
from .keys import inner, key
from .money import Micros, PerCent
from .scalars import Words

PERCENT = "%"
"""The unit of a share of other prices."""
Due = Literal["recurring", "one_off", "usage", "share", "least", "most"]
"""How a price falls due: by the month, once, per use, or as a share of others; or a month's least, or its most."""


@frozen
class Reach:
    """Where a price is charged at all: counts of a fact in a month, from the lowest to the highest, None for no end."""

    fact: str
    low: int
    high: int | None = None


@frozen(kw_only=True)
class QuotedPrice:
    """`[[price]]`: one price of a tariff, excluding VAT; no invoice has a line whose price is not among them.

    A price for a count of calls has the range in which it holds; where ``every`` is set, each further band of so
    many calls adds the price to that of the range before, without a top. Of an option's price, ``mission`` is the one
    that it is for, where others have another, and ``counts`` the fact whose uses it is the price of, where that is not
    the one that the option counts; ``base`` is what a share is of, as rules write it.
    ``reach`` is for which counts there is something to charge.
    """

    code: str = key("What is charged, as on invoice lines: bands, price.night, option.svi …", default="")
    label: str = key("What the invoice line says.")
    unit_price: Micros = key("Unit price excluding VAT.", example="59.00")
    unit: str = key("What it is the price of.", default="")
    for_each: int = key("How many of them the price is for: 60 for a price per minute of seconds.", default=1)
    percent: PerCent | None = key("The share that it is of others, in place of a price.", default=None, example="-3")
    index: Words | None = key(
        "The index that revises others by it, in place of a price.",
        default=None,
        example={"fr": "indice Syntec", "en": "Syntec index"},
    )
    of: Words | None = key("What it is a share of.", default=None, example={"fr": "de la formule", "en": "of the plan"})
    when: Words | None = key(
        "When it is charged; always, where nothing is said.",
        default=None,
        example={"fr": "les trois premiers mois", "en": "the first three months"},
    )
    each: str = key("What it is for each one of, where there may be several.", default="", example="praticiens")
    one: Words | None = key(
        "One of the quantity for each of which it is by the month, or has what is included, a least or a most.",
        default=None,
        example={"fr": "praticien", "en": "practitioner"},
    )
    per: Words | None = key(
        "What it is the price of, where the offer has words of its own for it.",
        default=None,
        example={"fr": "par lettre", "en": "per letter"},
    )
    due: Due = key("By the month, once, per use, as a share of others, or the least or most of a month.")
    by_days: bool = key("Whether a month that is served in part has its part of the price.", default=False)
    again: bool = key("Whether a price due once falls due again when its option is taken again.", default=False)
    included: int = key("How many are free each month.", default=0)
    fewest: int = key("How many are charged each month at the least, of each `one` where it names one.", default=0)
    most_per_call: Micros | None = key(
        "What one call costs at most at the prices that `of` names, where the price is what is taken off beyond it.",
        default=None,
        example="6.00",
    )
    first: int | None = key("Lowest count of calls that it is for.", name="from", default=None)
    last: int | None = key("Highest count of calls that it is for.", name="up_to", default=None)
    every: int | None = key("It is added for each further band of so many calls.", default=None)
    paid: PaidAhead = key("How it is due before its month; with its month when absent.", default="")
    other_options: bool = key("Whether it is for who has other options than the quote is for.", default=False)
    english: str = inner(default="", eq=False)
    mission: str = inner(default="", eq=False)
    counts: str = inner(default="", eq=False)
    base: tuple[str, ...] = inner(default=(), eq=False)
    reach: Reach | None = inner(default=None, eq=False)

    @property
    def name(self) -> Words:
        """Return the label, and what it is in English where that is known."""
        return Words(self.label, self.english)

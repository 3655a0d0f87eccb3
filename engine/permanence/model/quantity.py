"""Quantities: of what an offer lets contracts agree a number, such as practitioners or sites, and what was agreed."""

from datetime import date

from attrs import frozen

from .keys import key
from .scalars import Words
from .units import Unit

QUANTITY = "quantity."
"""How the fact of a quantity begins, before its name in the offer."""
LINES_HELD = "contract.lines"
"""The fact of how many lines a contract holds: a quantity that nobody has to agree."""


def is_quantity(fact: str) -> bool:
    """Tell whether a fact of a month is how many the contract has of something: of lines, or as was agreed."""
    return fact == LINES_HELD or fact.startswith(QUANTITY)


DOCTORS = {
    "practitioners": {
        "title": {"fr": "Praticiens", "en": "Practitioners"},
        "unit": {"fr": "praticien", "en": "practitioner"},
        "units": {"fr": "praticiens", "en": "practitioners"},
    }
}


@frozen(kw_only=True)
class Quantity:
    """`[quantity.<name>]`: something of which each contract has a number that was agreed."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Praticiens", "en": "Practitioners"})
    unit: Words = key("One of it, as invoice lines say.", example={"fr": "praticien", "en": "practitioner"})
    units: Words = key("Several of it.", example={"fr": "praticiens", "en": "practitioners"})
    least: int = key("The fewest that a contract may have.", default=0, example=1)
    default: int = key("What a contract has in which none is agreed.", default=0, example=1)

    @property
    def counted_in(self) -> Unit:
        """Return one of it, and several."""
        return Unit(self.unit, self.units)


@frozen(kw_only=True)
class QuantityAgreed:
    """`[[contract.quantity]]`: how many of something a contract has, from a first day up to, not including, a last."""

    id: str = key("The quantity's name in the offer.", example="practitioners")
    quantity: int = key("How many of it.", example=3)
    since: date | None = key(
        "First day; the first day of service when absent.", name="from", default=None, example="2026-03-10"
    )
    until: date | None = key(
        "First day on which it is another, where that was agreed; later it is an event.",
        default=None,
        example="2026-09-01",
    )

    def holds_on(self, day: date) -> bool:
        """Tell whether a contract has so many of it on a day, one without a first day included."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

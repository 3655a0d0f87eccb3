"""One customer's own terms: a discount that was granted, a price that was agreed, each with its days and its reason."""

from collections.abc import Hashable, Iterable
from datetime import date

from attrs import evolve, frozen

from .keys import key
from .money import Cents, Micros, PerCent


def reason(why: str) -> str:
    """Return why something was granted, as it is compared: without a full stop."""
    return why.strip().rstrip(".")


@frozen(kw_only=True)
class Discount:
    """`[[contract.discount]]`: what this customer's months cost less, or more, than the offer says."""

    percent: PerCent | None = key("So many per cent of what `of` names, below zero.", default=None, example="-10")
    amount: Cents | None = key(
        "In place of a per cent: so much a month, excluding VAT, below zero.", default=None, example="-15.00"
    )
    of: tuple[str, ...] = key(
        "What it is of: what rules charge (`bands`, `plan`, `package`, `price.<id>`, `option.<id>`), or "
        "`subscription`, `prices`, `options`, `all`; all when absent.",
        default=(),
        example=["bands"],
    )
    since: date | None = key(
        "First day; the first day of service when absent.", name="from", default=None, example="2026-03-10"
    )
    until: date | None = key("First day without it; for good when absent.", default=None, example="2026-09-01")
    why: str = key(
        "The sentence that the customer and the staff read (French).", example="Remise de bienvenue pour un an."
    )

    @property
    def subject(self) -> str:
        """Return why it is granted, which tells it from others: by that an event ends it."""
        return reason(self.why)


@frozen(kw_only=True)
class AgreedPrice:
    """`[[contract.agreed]]`: a price that was agreed with this customer, in place of the offer's."""

    charge: str = key("Which price: `bands`, `plan`, `package`, `price.<id>` or `option.<id>`.", example="price.night")
    amount: Micros = key("The price, excluding VAT, in place of the offer's.", example="0.45")
    up_to: int | None = key("Of `bands`: the highest count of the band whose price it is.", default=None, example=150)
    since: date | None = key(
        "First day; the first day of service when absent.", name="from", default=None, example="2026-03-10"
    )
    until: date | None = key("First day without it; for good when absent.", default=None, example="2026-09-01")
    why: str = key(
        "The sentence that the customer and the staff read (French).", example="Prix convenu à la signature."
    )

    @property
    def subject(self) -> str:
        """Return which price it is."""
        return self.charge if self.up_to is None else f"{self.charge} up to {self.up_to}"

    @property
    def said(self) -> Hashable:
        """Return what was agreed, besides of what and its days."""
        return self.amount

    def excludes(self, other: "AgreedPrice") -> bool:
        """Tell whether both cannot hold on one day: they are of one price."""
        return self.subject == other.subject


@frozen
class Granted:
    """The discounts and the agreed prices of one customer that hold at one time, without their days."""

    discounts: tuple[Discount, ...] = ()
    agreed: tuple[AgreedPrice, ...] = ()

    @classmethod
    def on(cls, day: date, discounts: Iterable[Discount], agreed: Iterable[AgreedPrice]) -> "Granted":
        """Return those of some discounts and agreed prices that hold on a day."""
        return cls(
            tuple(evolve(one, since=None, until=None) for one in discounts if _holds(one, day)),
            tuple(evolve(one, since=None, until=None) for one in agreed if _holds(one, day)),
        )


NOTHING_GRANTED = Granted()


def _holds(one: Discount | AgreedPrice, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day < one.until)

"""An option that uses all that an option can: harmless, until a test gives it another method."""

from collections.abc import Iterator, Mapping

from permanence import (
    Calls,
    Charge,
    Contract,
    CoverageWindow,
    Days,
    FactField,
    Hours,
    Measured,
    Micros,
    Offer,
    Option,
    OptionMonth,
    Price,
    QuotedPrice,
    Words,
    frozen,
    hookimpl,
    key,
)

INSTALLED = Words("Mise en place du coffre", "Setting up of the safe")
PARCEL = Words("Colis", "Parcel")
EVENING = CoverageWindow(
    id="evening", title=Words("le soir"), days=Days.parse("mon-fri"), hours=Hours.parse("19:00-22:00")
)


@frozen(kw_only=True)
class Parcel(Option):
    """Parcels that agents note: by the month, installed once, and so much for each."""

    id = "parcel"
    label = Words("Réception de colis", "Parcels")
    facts = (FactField("usage.parcels", "number", "Appels comptés au sujet d'un colis", "appels"),)
    counts = "usage.parcels"

    installation: Micros = key("Price of its installation, once.", default=Micros(0), example="40.00")
    each: Micros = key("Price of each parcel.", default=Micros(0), example="0.50")
    size: int = key("How large a parcel may be.", default=1, by_contract=True)

    def __attrs_post_init__(self) -> None:
        pass

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        return (*windows, EVENING)

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.parcels": calls.tagged("parcel")}

    def prices(self) -> Iterator[QuotedPrice]:
        yield from Option.prices(self)
        yield from self.sold(self.installation, INSTALLED, "one_off")
        yield from self.sold(self.each, PARCEL, "usage")

    def priced(self) -> Iterator[Price]:
        yield from ()

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        yield from Option.charge(self, month)

    def promises(self) -> Iterator[Words]:
        yield from ()

    def check_contract(self, contract: Contract, offer: Offer) -> Iterator[Words | str]:
        yield from ()


@hookimpl
def register_options() -> list[type[Option]]:
    return [Parcel]

"""What an offer is by its first table: what is sold, to whom, since when and where."""

from datetime import date

from attrs import Factory, frozen

from .countries import COUNTRIES, currency_in, timezone_in
from .currency import CURRENCIES
from .customer_kind import KINDS, CustomerKind
from .keys import key
from .scalars import Words
from .service import Service
from .vat_rates import VatClass, one_vat

TITLE = {"fr": "Permanence Essentielle", "en": "Essential answering"}


@frozen(kw_only=True)
class OfferHead:
    """`[offer]`: what is sold, since when, in which country, currency, zone and missions."""

    id: str = key("Short name of the offer, the same in all its versions.", example="essentielle")
    title: Words = key("The offer's name, as customers read it.", example=TITLE)
    sold_from: date = key("First day of sale. A new price is a new file with a later date.", example="2026-01-01")
    country: str = key(
        "Country whose law, VAT and public holidays hold, and in which its customers are.",
        default="FR",
        words=tuple(COUNTRIES),
    )
    currency: str = key(
        "Currency of every price, one with two decimals; the country's when absent.",
        default=Factory(lambda head: currency_in(head.country), takes_self=True),
        example="CHF",
        words=tuple(CURRENCIES),
    )
    timezone: str = key(
        "Zone of the wall clock of the coverage windows, and of the months; the country's when absent.",
        default=Factory(lambda head: timezone_in(head.country), takes_self=True),
        example="Europe/Paris",
    )
    vat: VatClass = key(
        "VAT: the normal rate, or another one of the country; its amount follows by law, region and day. In France a "
        "rate may be named by its amount in the mainland.",
        default="normal",
        converter=one_vat,
    )
    mission: tuple[str, ...] = key("Kinds of mission that have a price of their own (A22).", default=("simple",))
    customers: tuple[CustomerKind, ...] = key("Kinds of customer that may sign.", default=tuple(KINDS))
    services: tuple[Service, ...] = key(
        "What agents do with a call, included in every formula; a contract may name those that it takes (R3).",
        default=(),
        example=["messages", "appointments"],
    )
    no_setup_fees: bool = key("The offer promises no file or opening fee (R9).", default=False)

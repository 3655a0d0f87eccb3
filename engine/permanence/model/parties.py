"""Both parties of an invoice as they stand on its day, and the plain form in which the invoice keeps them for good."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from attrs import asdict, frozen

from .customer_kind import CustomerKind
from .money import Cents
from .party import Address, Mandate
from .seller import Penalties, Seller, Series

NOT_KEPT = ("changes", "place")
"""What a seller has besides what it is on a day."""


@frozen(kw_only=True)
class BilledCustomer:
    """The customer as an invoice tells it on a day."""

    name: str
    kind: CustomerKind
    region: str
    address: Address
    siren: str
    vat_number: str = ""
    email: str = ""
    iban: str = ""
    mandate: Mandate | None = None


@frozen(kw_only=True)
class InvoiceParties:
    """Seller and customer of an invoice, as they stand on its day."""

    on: date
    seller: Seller
    customer: BilledCustomer

    def told(self) -> dict[str, Any]:
        """Return both as plain values for JSON, each key in the order of its class; `parties_kept` is the reverse."""
        customer = asdict(self.customer, value_serializer=_plainly)
        return {"on": self.on.isoformat(), "seller": _seller_told(self.seller), "customer": customer}

    @property
    def text(self) -> str:
        """Return the one text of what is told: the same parties have the same bytes."""
        # Loaded only here: a count of calls writes no party down.
        from .issued import written

        return written(self.told())


def parties_kept(told: Mapping[str, Any]) -> InvoiceParties:
    """Return the parties of which an invoice keeps what was told."""
    seller, customer = dict(told["seller"]), dict(told["customer"])
    capital, mandate = seller["capital"], customer["mandate"]
    penalties = dict(seller["penalties"])
    seller |= {
        "capital": None if capital is None else Cents(capital),
        "address": _address(seller["address"]),
        "penalties": Penalties(**penalties | {"indemnity": Cents(penalties["indemnity"])}),
        "series": Series(**seller["series"]),
    }
    customer |= {
        "address": _address(customer["address"]),
        "mandate": Mandate(**mandate | _days(mandate, "signed", "last_used")) if mandate else None,
    }
    return InvoiceParties(
        on=date.fromisoformat(told["on"]), seller=Seller(**seller), customer=BilledCustomer(**customer)
    )


@lru_cache(maxsize=256)
def _seller_told(seller: Seller) -> Mapping[str, Any]:
    """Return the seller as plain values: one for all that it sells to."""
    told: dict[str, Any] = asdict(seller, filter=lambda one, _: one.name not in NOT_KEPT, value_serializer=_plainly)
    return told


def _days(told: Mapping[str, Any], *names: str) -> Mapping[str, date]:
    return {name: date.fromisoformat(told[name]) for name in names if told.get(name)}


def _address(told: Mapping[str, Any]) -> Address:
    return Address(**{**told, "lines": tuple(told["lines"])})


def _plainly(_made: object, _field: object, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value

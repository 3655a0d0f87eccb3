"""What invoice lines charge, by the word before the dot of their codes, and several of it in one word."""

from collections.abc import Collection, Mapping

from .offer import Offer

CHARGED: Mapping[str, str] = {
    "bands": "forfait par tranches",
    "plan": "formule choisie",
    "package": "abonnement et appels au-delà",
    "price": "tarif",
    "option": "option",
    "setup_fee": "frais de mise en service",
    "discount": "remise convenue",
    "least": "minimum mensuel",
    "most": "plafond mensuel",
}
"""What staff call each."""
SUMS: Mapping[str, Collection[str]] = {
    "subscription": ("bands", "package", "plan"),
    "prices": ("price",),
    "options": ("option",),
}
"""What a share or a discount may be of in one word."""
ALL = "all"


def covers(of: Collection[str], code: str) -> bool:
    """Tell whether something that is charged is among what a share or a discount is of."""
    kind = code.partition(".")[0]
    return ALL in of or code in of or any(kind in SUMS.get(word, ()) for word in of)


def chargeable(offer: Offer) -> tuple[str, ...]:
    """Return what rules of an offer may charge, as they write it: ``bands``, ``price.night``, ``option.svi`` …"""
    tables = {"bands": offer.bands, "plan": offer.plans, "package": offer.package}
    return (
        *(name for name, table in tables.items() if table),
        *(f"price.{name}" for name in offer.prices),
        *(f"option.{name}" for name in offer.options),
    )

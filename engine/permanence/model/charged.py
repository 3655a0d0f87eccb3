"""What invoice lines charge, by the word before the dot of their codes."""

from collections.abc import Mapping

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

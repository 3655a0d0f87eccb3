"""An option that counts long calls, or does otherwise as a test says, in an offer of its own."""

from typing import Any

from permanence import FactField, Option, Words, frozen
from permanence.model.offer import Offer
from permanence.testing import offer, option_of


@frozen(kw_only=True)
class Tray(Option):
    """Counts long calls, and keeps all of it."""

    id = "tray"
    label = Words("Plateau", "Tray")
    facts = (FactField("usage.tray", "number", "Appels longs", "appels"),)
    counts = "usage.tray"

    def measure(self, calls: Any) -> Any:
        return {"usage.tray": calls.talk > 60}


def tray_offer(**changed: Any) -> Offer:
    """Return an offer whose tray has these methods and keys in place of its own."""
    kind = frozen(kw_only=True)(type("Tray", (Tray,), changed))
    return offer(option_of(kind, 'price = "1.00"\nkind = "usage"'))

"""What may occur to a contract and has a price, such as a late payment: the offer names it, an event dates it."""

from attrs import frozen

from .keys import key
from .scalars import Words

OCCURRENCE = "occurrence."
"""How the facts of a month begin that count what occurred: ``occurrence.late_payment``."""
LATE = {
    "late_payment": {
        "title": {"fr": "Paiement en retard", "en": "Late payment"},
        "when": {"fr": "si un paiement arrive en retard", "en": "if a payment is late"},
    }
}


@frozen(kw_only=True)
class Occurrence:
    """`[occurrence.<name>]`: what may occur to a contract; prices and rules may count it as `occurrence.<name>`."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Paiement en retard", "en": "Late payment"})
    when: Words | None = key(
        "When its price is due, as quotes say it: a clause that begins with if.",
        default=None,
        example={"fr": "si un paiement arrive en retard", "en": "if a payment is late"},
    )

    @property
    def condition(self) -> Words:
        """Return when its price is due, as quotes say it."""
        return self.when or Words(f"en cas de « {self.title.fr} »", f"in case of “{self.title.told('en')}”")

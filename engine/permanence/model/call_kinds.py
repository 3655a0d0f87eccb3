"""How a call ends and which way it goes, by the words that call files have."""

from collections.abc import Mapping
from typing import Literal

from .scalars import Words

CallStatus = Literal["answered", "no_answer", "busy", "failed"]
CallDirection = Literal["inbound", "outbound", "internal"]

STATUSES: Mapping[CallStatus, tuple[Words, Words]] = {
    "answered": (Words("traité", "answered"), Words("traités", "answered")),
    "no_answer": (Words("sans réponse", "not answered"), Words("sans réponse", "not answered")),
    "busy": (Words("occupé", "busy"), Words("occupés", "busy")),
    "failed": (Words("échec", "failed"), Words("échecs", "failed")),
}
"""What one call that ends so is called, and several."""
DIRECTIONS: Mapping[CallDirection, tuple[Words, Words]] = {
    "inbound": (Words("entrant", "inbound"), Words("entrants", "inbound")),
    "outbound": (Words("sortant", "outbound"), Words("sortants", "outbound")),
    "internal": (Words("interne", "internal"), Words("internes", "internal")),
}
"""What one call that goes so is called, and several."""

"""How a call ends and which way it goes, by the words that call files have."""

from collections.abc import Mapping
from typing import Literal

from .scalars import Words

CallStatus = Literal["answered", "no_answer", "busy", "failed"]
CallDirection = Literal["inbound", "outbound", "internal"]

STATUSES: Mapping[CallStatus, str] = {
    "answered": "traité",
    "no_answer": "sans réponse",
    "busy": "occupé",
    "failed": "échec",
}
DIRECTIONS: Mapping[CallDirection, tuple[Words, Words]] = {
    "inbound": (Words("entrant", "inbound"), Words("entrants", "inbound")),
    "outbound": (Words("sortant", "outbound"), Words("sortants", "outbound")),
    "internal": (Words("interne", "internal"), Words("internes", "internal")),
}
"""What one call that goes so is called, and several."""

"""Why a call was not counted, in one word."""

from collections.abc import Mapping
from enum import IntEnum


class Reason(IntEnum):
    """The reasons that measuring itself gives; call rules add words of their own after these."""

    NONE = 0
    DIRECTION = 1
    STATUS = 2
    TOO_SHORT = 3
    TAG = 4
    UNKNOWN_LINE = 5
    NOT_IN_SERVICE = 6
    AMBIGUOUS = 7


REASONS = ("", *(reason.name.lower() for reason in Reason if reason))
"""The words, in the order of their codes; none for a call that needs no reason."""
REASON_FR: Mapping[str, str] = {
    "direction": "pas un appel entrant",
    "status": "sans réponse",
    "too_short": "trop court",
    "tag": "marqué à ne pas compter",
    "unknown_line": "ligne inconnue",
    "not_in_service": "hors service ce jour-là",
    "ambiguous": "deux contrats pour une ligne",
    "other_leg": "autre branche d'un appel compté",
}
"""What staff read for each; a reason that an offer's own call rule gives is in its own words.

The last one is no more given: it stands in months billed by an earlier version.
"""

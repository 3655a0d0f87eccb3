"""Why a call was not counted, in one word."""

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
    OTHER_LEG = 8


REASONS = ("", *(reason.name.lower() for reason in Reason if reason))
"""The words, in the order of their codes; none for a call that needs no reason."""

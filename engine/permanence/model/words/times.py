"""How long something lasted, in the unit that it is paid by: minutes where a price is by the minute."""

from ..scalars import Words
from ..units import UNITS
from .phrases import counted, listed, seconds

MINUTE = 60
BY = {
    60: (UNITS["minutes"].one, UNITS["minutes"].several),
    3600: (Words("heure", "hour"), Words("heures", "hours")),
}


def lasting(time: int, for_each: int) -> Words:
    """Return some seconds in the unit of their price, and the rest: ``240 minutes``, ``70 minutes et 1 seconde``.

    What is sold by a part of a minute is told in minutes; by the second, in seconds.
    """
    unit = MINUTE if for_each > 1 and MINUTE % for_each == 0 else for_each
    if unit not in BY:
        return seconds(time)
    whole, rest = divmod(time, unit)
    named = counted(whole, *BY[unit])
    if not rest:
        return named
    return listed([named, seconds(rest)]) if whole else seconds(rest)

"""How long something lasted, in the unit that it is paid by: minutes where a price is by the minute."""

from ..scalars import Words
from ..units import UNITS
from .phrases import counted, listed, seconds

BY = {
    60: (UNITS["minutes"].one, UNITS["minutes"].several),
    3600: (Words("heure", "hour"), Words("heures", "hours")),
}


def lasting(time: int, for_each: int) -> Words:
    """Return some seconds in the unit of their price, and the rest: ``240 minutes``, ``70 minutes et 1 seconde``.

    A price that is for no minute and no hour has its seconds.
    """
    if for_each not in BY:
        return seconds(time)
    whole, rest = divmod(time, for_each)
    named = counted(whole, *BY[for_each])
    if not rest:
        return named
    return listed([named, seconds(rest)]) if whole else seconds(rest)

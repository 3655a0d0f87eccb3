"""Included calls that contracts of a group share, as lines, quotes and descriptions say it."""

from ..scalars import Words
from .numbers import in_thousands

SHARED = Words(
    "Les contrats d'un même groupe se partagent les appels compris ; ce qui est au-delà est réparti entre eux selon "
    "leurs appels, et chacun paie son abonnement.",
    "Contracts of one group share the included calls; what is beyond is divided among them by their calls, and each "
    "pays its package.",
)


def group_sentence(group: str, included: int, together: int) -> str:
    """Return how many calls the contracts of a group have together, of how many included, and how many are beyond."""
    beyond = max(0, together - included)
    more = f", {in_thousands(beyond)} au-delà, répartis selon les appels de chacun" if beyond else ""
    counted = f"{in_thousands(together)} pour {in_thousands(included)} compris"
    return f" Appels de tous les contrats du groupe « {group} » : {counted}{more}."

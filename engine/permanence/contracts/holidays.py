"""Legal public holidays, by region of France."""

from datetime import date
from functools import lru_cache

import holidays.countries.france  # noqa: F401 - loaded here, not when the first holiday is asked for
from holidays import country_holidays

from ..model.regions import region_of

# Kept by custom and by collective agreements, on no legal list (Code du travail, L3133-1 and L3422-2):
# in these regions the law adds one day only, the abolition of slavery.
CUSTOMARY = {
    "971": {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"},
    "972": {"Fête de Victor Schoelcher"},
    "MF": {"Fête de Victor Schoelcher"},
}


def public_holidays(region: str, year: int) -> frozenset[date]:
    """Return the legal public holidays of a region in one year.

    National: Code du travail L3133-1; Alsace-Moselle: L3134-13, with Good Friday for every commune (the law
    asks for a Protestant church there); overseas departments: L3422-2. Raises ValueError for an unknown region.
    """
    return _kept_in(region_of(region).holidays, year)


@lru_cache(maxsize=1024)
def _kept_in(place: str, year: int) -> frozenset[date]:
    found = country_holidays("FR", subdiv=place or None, years=year, language="fr")
    custom = CUSTOMARY.get(place, set())
    return frozenset(day for day in found if not custom.issuperset(found.get_list(day)))

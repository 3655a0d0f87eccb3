"""Legal public holidays, by region of France."""

import sys
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import ModuleType

import holidays
from holidays.holiday_base import HolidayBase

from ..model.regions import region_of

# Kept by custom and by collective agreements, on no legal list (Code du travail, L3133-1 and L3422-2):
# in these regions the law adds one day only, the abolition of slavery.
CUSTOMARY = {
    "971": {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"},
    "972": {"Fête de Victor Schoelcher"},
    "MF": {"Fête de Victor Schoelcher"},
}


def _france_alone() -> type[HolidayBase]:
    """Return the holidays of France without loading those of some two hundred countries more.

    Their package loads them all, 0.13 CPU seconds of each start (measured): while France is loaded, one that is empty
    stands in its place.
    """
    package = ModuleType("holidays.countries")
    package.__path__ = [f"{holidays.__path__[0]}/countries"]
    stands = sys.modules.setdefault(package.__name__, package)
    try:
        france: type[HolidayBase] = import_module("holidays.countries.france").France
    finally:
        if stands is package:
            del sys.modules[package.__name__]
    return france


France = _france_alone()


def public_holidays(region: str, year: int) -> frozenset[date]:
    """Return the legal public holidays of a region in one year.

    National: Code du travail L3133-1; Alsace-Moselle: L3134-13, with Good Friday for every commune (the law
    asks for a Protestant church there); overseas departments: L3422-2. Raises ValueError for an unknown region.
    """
    return _kept_in(region_of(region).holidays, year)


@lru_cache(maxsize=1024)
def _kept_in(place: str, year: int) -> frozenset[date]:
    found = France(subdiv=place or None, years=year, language="fr")
    custom = CUSTOMARY.get(place, set())
    return frozenset(day for day in found if not custom.issuperset(found.get_list(day)))

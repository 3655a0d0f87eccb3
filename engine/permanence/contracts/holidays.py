"""Legal public holidays, by region."""

import sys
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

import holidays
from holidays.holiday_base import HolidayBase
from holidays.registry import COUNTRIES as KNOWN

from ..model.regions import region_of

# Kept by custom and by collective agreements, on no legal list (Code du travail, L3133-1 and L3422-2):
# in these regions the law adds one day only, the abolition of slavery.
CUSTOMARY = {
    ("FR", "971"): {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"},
    ("FR", "972"): {"Fête de Victor Schoelcher"},
    ("FR", "MF"): {"Fête de Victor Schoelcher"},
}
FRENCH = "fr"


@cache
def _of_country(code: str) -> type[HolidayBase]:
    """Return the holidays of a country without loading those of some two hundred more.

    Their package loads them all, 0.13 CPU seconds of each start (measured): while one is loaded, a package that is
    empty stands in its place.
    """
    module, name = next((module, names[0]) for module, names in KNOWN.items() if names[1] == code)
    package = ModuleType("holidays.countries")
    package.__path__ = [f"{holidays.__path__[0]}/countries"]
    stands = sys.modules.setdefault(package.__name__, package)
    try:
        found: type[HolidayBase] = getattr(import_module(f"holidays.countries.{module}"), name)
    finally:
        if stands is package:
            del sys.modules[package.__name__]
    return found


def public_holidays(region: str, year: int) -> frozenset[date]:
    """Return the legal public holidays of a region in one year.

    In France, national: Code du travail L3133-1; Alsace-Moselle: L3134-13, with Good Friday for every commune (the law
    asks for a Protestant church there); overseas departments: L3422-2. Elsewhere those that are legal in the part
    of the country, of one without a part those of the whole. Raises ValueError for an unknown region.
    """
    known = region_of(region)
    return _kept_in(known.country, known.holidays, year)


@lru_cache(maxsize=1024)
def _kept_in(country: str, part: str, year: int) -> frozenset[date]:
    found = _of_country(country)(subdiv=part or None, years=year, language=FRENCH if country == "FR" else None)
    custom = CUSTOMARY.get((country, part), set())
    return frozenset(day for day in found if not custom.issuperset(found.get_list(day)))

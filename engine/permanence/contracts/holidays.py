"""Legal public holidays, by region of France."""

import re
from datetime import date
from functools import lru_cache

import holidays.countries.france  # noqa: F401 - loaded here, not when the first holiday is asked for
from holidays import country_holidays

# Code du travail, L3134-13: Moselle, Bas-Rhin and Haut-Rhin. The package knows the two Alsatian
# departments only as 6AE, the Collectivité européenne d'Alsace.
ALSACE_MOSELLE = {"57": "57", "67": "6AE", "68": "6AE", "6AE": "6AE"}
OVERSEAS = ("971", "972", "973", "974", "976", "BL", "MF", "NC", "PF", "PM", "WF")
MAINLAND = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|20R|69M|75C|ARA|BFC|BRE|COR|CVL|HDF|IDF|NAQ|NOR|OCC|PAC|PDL")
# Kept by custom and by collective agreements, on no legal list (Code du travail, L3133-1 and L3422-2):
# in these regions the law adds one day only, the abolition of slavery.
CUSTOMARY = {
    "971": {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"},
    "972": {"Fête de Victor Schoelcher"},
    "MF": {"Fête de Victor Schoelcher"},
}


def subdivision(region: str) -> str | None:
    """Return the holidays package's name for a region such as ``FR-57``; None where the national days hold.

    Raises ValueError, with a sentence that says what to write, for a region that has no known holidays.
    """
    code = region.removeprefix("FR-")
    if region == "FR" or (code != region and MAINLAND.fullmatch(code) and code not in ALSACE_MOSELLE):
        return None
    if code != region and code in ALSACE_MOSELLE:
        return ALSACE_MOSELLE[code]
    if code != region and code in OVERSEAS:
        return code
    if region == "FR-GES":
        raise ValueError('region "FR-GES" has two sets of public holidays; name the department, such as FR-67 or FR-51')
    raise ValueError(f'"{region}" is not a region of France such as FR, FR-57 or FR-974')


@lru_cache(maxsize=1024)
def public_holidays(region: str, year: int) -> frozenset[date]:
    """Return the legal public holidays of a region in one year.

    National: Code du travail L3133-1; Alsace-Moselle: L3134-13, with Good Friday for every commune (the law
    asks for a Protestant church there); overseas departments: L3422-2. Raises ValueError for an unknown region.
    """
    place = subdivision(region)
    found = country_holidays("FR", subdiv=place, years=year, language="fr")
    custom = CUSTOMARY.get(place or "", set())
    return frozenset(day for day in found if not custom.issuperset(found.get_list(day)))

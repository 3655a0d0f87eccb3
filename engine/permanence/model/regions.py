"""The regions of France by their ISO 3166-2 codes, which holidays and VAT follow."""

MAINLAND = (*(f"{number:02d}" for number in range(1, 96) if number != 20), "2A", "2B", "6AE", "69M", "75C")
"""Departments; 6AE is the European Collectivity of Alsace, 69M the Lyon Metropolis, 75C Paris."""
OVERSEAS = ("971", "972", "973", "974", "975", "976")
WIDER = ("ARA", "BFC", "BRE", "CVL", "20R", "GES", "HDF", "IDF", "NOR", "NAQ", "OCC", "PAC", "PDL")

REGIONS = frozenset({"FR"} | {f"FR-{code}" for code in (*MAINLAND, *OVERSEAS, *WIDER)})
"""Every code that a customer or an offer may have."""


def region_hint(region: str) -> str:
    """Return how a region is written, for one that is not known."""
    code = region.upper().removeprefix("FR").lstrip("- ")
    if f"FR-{code}" in REGIONS:
        return f'did you mean "FR-{code}"?'
    return 'write "FR", or "FR-" and a department, such as "FR-57" or "FR-974"'

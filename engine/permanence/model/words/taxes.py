"""What a bill's sums are called before and with tax, by the country that it is taxed in."""

from collections.abc import Mapping

from attrs import frozen

from ..countries import COUNTRIES
from ..regions import country_of

SHORT = frozenset({"FR", "BE", "LU", "CH"})
"""Where everybody reads HT and TTC."""
NAMES: Mapping[str, str] = {"US": "", "CA": "TPS ou TVH", "AU": "GST"}
"""What the tax on sales is called, where that is not TVA; nothing where there is none that is worked out."""


@frozen
class TaxWords:
    """What the tax is called, the total without it, the total with it, and an amount without it."""

    tax: str
    net: str
    total: str
    column: str

    @property
    def is_none(self) -> bool:
        """Tell whether no tax is worked out: one total is all there is."""
        return not self.tax


def tax_words(region: str) -> TaxWords:
    """Return the words of the country of a region: ``TVA``, ``Total HT``, ``Total TTC``; ``Total`` in the States."""
    country = country_of(region)
    tax = NAMES.get(country, "TVA")
    if country in SHORT or country not in COUNTRIES:
        return TaxWords(tax, "Total HT", "Total TTC", "HT")
    if not tax:
        return TaxWords("", "Total", "Total", "")
    short = "taxes" if " " in tax else tax
    agrees = "comprises" if " " in tax else "comprise"
    return TaxWords(tax, f"Total hors {short}", f"Total {short} {agrees}", f"Hors {short}")

"""French VAT: which rate a region has, and VAT per rate on the rounded total."""

from collections.abc import Iterable
from functools import cache

from ...model.invoice import ChargeLine, VatLine
from ...model.money import Cents, micros, round_half_up

# Code général des impôts, art. 296: in Guadeloupe, Martinique and Réunion the normal rate is 8.5 %.
REDUCED_OVERSEAS = {"FR-971": "en Guadeloupe", "FR-972": "en Martinique", "FR-974": "à La Réunion"}
# Art. 294-1: VAT is not in force in Guyane and Mayotte.
WITHOUT_VAT = {"FR-973": "en Guyane", "FR-976": "à Mayotte"}
OVERSEAS_RATES = {2000: 850, 1000: 210, 550: 210, 0: 0}


@cache
def rate_for(region: str, mainland: str) -> tuple[int, str]:
    """Return the rate in hundredths of a per cent, and why, for a customer's region and an offer's rate."""
    normal = micros(mainland) // 10_000
    if region in WITHOUT_VAT:
        return 0, f"TVA non applicable {WITHOUT_VAT[region]} (art. 294-1 du CGI)"
    if region in REDUCED_OVERSEAS:
        return OVERSEAS_RATES[normal], f"Taux applicable {REDUCED_OVERSEAS[region]} (art. 296 du CGI)"
    return normal, "Taux applicable en métropole"


def vat_on(lines: Iterable[ChargeLine], region: str, mainland: str) -> tuple[VatLine, ...]:
    """Return the VAT of an invoice: per rate, on the total, rounded half up once (EN 16931)."""
    rate, reason = rate_for(region, mainland)
    base = Cents(sum(line.amount for line in lines))
    return (VatLine(rate=rate, base=base, amount=Cents(round_half_up(base * rate, 10_000)), reason=reason),)

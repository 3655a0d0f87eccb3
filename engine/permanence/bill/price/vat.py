"""VAT: which rate a region has on a day, and VAT per rate on the rounded total."""

from collections.abc import Iterable
from datetime import date

from ...model.invoice import ChargeLine, VatLine
from ...model.money import Cents, round_half_up
from ...model.regions import region_of
from ...model.vat_rates import VatClass, one_vat

UNTAXED = "TVA non applicable, art. 293 B du CGI"
"""What an invoice must say of a seller who charges no VAT as a small business (franchise en base)."""


def rate_for(region: str, asked: VatClass, day: date) -> tuple[int, str]:
    """Return the rate in hundredths of a per cent, and why, for a region and the VAT that an offer asks for on a day.

    Of no region there is none: the seller charges no VAT.
    Raises ValueError for an unknown region, KeyError for a VAT that its country does not have.
    """
    if not region:
        return 0, UNTAXED
    place = region_of(region)
    vat = place.vat_on(day)
    return vat.rates[one_vat(asked)], vat.reason.format(place.where)


def vat_on(lines: Iterable[ChargeLine], rate: int, reason: str) -> tuple[VatLine, ...]:
    """Return the VAT of an invoice: per rate, on the total, rounded half up once (EN 16931)."""
    base = Cents(sum(line.amount for line in lines))
    return (VatLine(rate=rate, base=base, amount=Cents(round_half_up(base * rate, 10_000)), reason=reason),)

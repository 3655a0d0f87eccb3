"""What one contract's month costs, and the draft invoice that says so."""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from ...model.decision import Decision
from ...model.invoice import ChargeLine, Invoice, InvoiceStatus, VatLine
from ...model.period import Month
from ...model.served import Served
from ...model.usage import UsageRow
from .advance import Advance, with_advance
from .charges import band_billed
from .month_lines import month_lines
from .price_list import Tariff, check_quoted
from .priced_month import PricedMonth
from .vat import rate_for, vat_on


@frozen
class DraftPart:
    """A part of a month in which offer, mission and region stay the same, the rules that hold in it, and its tariff."""

    month: PricedMonth
    decisions: tuple[Decision, ...]
    tariff: Tariff


@frozen
class MonthPrice:
    """What a month costs, whoever has it: its lines, the VAT on them, and the top of the band that is billed."""

    lines: tuple[ChargeLine, ...]
    vat: tuple[VatLine, ...]
    band: int | None


def month_price(parts: Sequence[DraftPart]) -> MonthPrice:
    """Return what one contract's month costs, of its parts in order.

    VAT follows the region, and the rates that are in force, at the end of the month: of services that are billed by
    periods, the tax falls due when the period ends (CGI 269, 1, a bis).
    Raises Unpriceable when the offer has no price for the count, OptionFailed when an option's plugin raises,
    NotQuoted when a line's price is not in the tariff.
    """
    month = parts[-1].month
    lines = month_lines([(part.month, part.decisions) for part in parts])
    for offer in {line.decision.digest for line in lines}:
        theirs = [part.tariff for part in parts if offer in part.month.offer.digests]
        check_quoted((line for line in lines if line.decision.digest == offer), theirs)
    return MonthPrice(lines, vat_on(lines, *vat_of(month)), band_billed(month, lines))


def vat_of(month: PricedMonth) -> tuple[int, str]:
    """Return the rate of a month's VAT in hundredths of a per cent, and why it is so."""
    return rate_for(month.served.taxed_in, month.offer.head.vat, month.month.last)


def with_other_months(price: MonthPrice, parts: Sequence[Served], advance: Advance) -> MonthPrice:
    """Return what an invoice comes to: its month, without what was billed before it, with what is due in advance.

    Raises NotQuoted when a line's price is not in the tariff of its days.
    """
    check_quoted(advance.ahead.lines, advance.ahead.tariffs)
    lines = with_advance(price.lines, [part.offer for part in parts], advance)
    return evolve(price, lines=lines, vat=vat_on(lines, price.vat[0].rate, price.vat[0].reason))


@frozen(kw_only=True)
class InvoiceDraft:
    """What an invoice says besides its price: whose month it is, in its parts, in order, and the calls behind it."""

    parts: tuple[Served, ...]
    month: Month
    calls: int
    usage: tuple[UsageRow, ...]
    window_titles: Mapping[str, str]
    status: InvoiceStatus
    advance: Advance | None = None


def make_invoice(draft: InvoiceDraft, price: MonthPrice) -> Invoice:
    """Return the invoice of one contract's month."""
    served = draft.parts[-1]
    several = len(draft.parts) > 1
    return Invoice(
        contract=served.contract,
        offers=tuple({part.offer.version: part.offer for part in draft.parts}.values()) if several else (served.offer,),
        month=draft.month,
        served=served.month_days,
        status=draft.status,
        lines=price.lines,
        vat=price.vat,
        calls=draft.calls,
        band=price.band,
        usage=draft.usage,
        window_titles=draft.window_titles,
        other_offers=draft.advance.offers if draft.advance else (),
    )

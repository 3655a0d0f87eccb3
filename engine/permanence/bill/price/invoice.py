"""Decisions and facts of one contract's month become its draft invoice."""

from collections.abc import Mapping

from attrs import frozen

from ...model.decision import Decision
from ...model.invoice import Invoice, InvoiceStatus
from ...model.usage import UsageRow
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


@frozen(kw_only=True)
class InvoiceDraft:
    """What an invoice is made from: a month in its parts, in order, and the calls behind."""

    parts: tuple[DraftPart, ...]
    usage: tuple[UsageRow, ...]
    window_titles: Mapping[str, str]
    status: InvoiceStatus


def make_invoice(draft: InvoiceDraft) -> Invoice:
    """Return the invoice of one contract's month.

    VAT follows the region, and the rates that are in force, at the end of the month: of services that are billed by
    periods, the tax falls due when the period ends (CGI 269, 1, a bis).
    Raises Unpriceable when the offer has no price for the count, OptionFailed when an option's plugin raises,
    NotQuoted when a line's price is not in the tariff.
    """
    month = draft.parts[-1].month
    lines = month_lines([(part.month, part.decisions) for part in draft.parts])
    for offer in {line.decision.digest for line in lines}:
        theirs = [part.tariff for part in draft.parts if offer in part.month.offer.digests]
        check_quoted((line for line in lines if line.decision.digest == offer), theirs)
    rate, reason = rate_for(month.served.taxed_in, month.offer.head.vat, month.month.last)
    band = month.band if any(line.code == "bands" for line in lines) else None
    return Invoice(
        contract=month.contract,
        offers=tuple({part.month.offer.version: part.month.served.offer for part in draft.parts}.values()),
        month=month.month,
        served=month.month_days,
        status=draft.status,
        lines=lines,
        vat=vat_on(lines, rate, reason),
        calls=month.calls,
        band=band.up_to if band else None,
        usage=draft.usage,
        window_titles=draft.window_titles,
    )

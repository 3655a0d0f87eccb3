"""Decisions and facts of one contract's month become its draft invoice."""

from collections.abc import Mapping

from attrs import frozen

from ..model.decision import Decision
from ..model.invoice import Invoice, InvoiceStatus
from ..model.usage import UsageRow
from .price import PricedMonth, charge_lines
from .vat import vat_on


@frozen(kw_only=True)
class Draft:
    """What an invoice is made from: a priced month, the rules that hold, and the calls behind."""

    month: PricedMonth
    decisions: tuple[Decision, ...]
    usage: tuple[UsageRow, ...]
    window_titles: Mapping[str, str]
    status: InvoiceStatus


def make_invoice(draft: Draft) -> Invoice:
    """Return the invoice of one contract's month.

    Raises Unpriceable when the offer has no price for the count, OptionFailed when an option's plugin raises.
    """
    month = draft.month
    lines = charge_lines(month, draft.decisions)
    band = month.band if any(line.code == "bands" for line in lines) else None
    return Invoice(
        contract=month.contract,
        offer=month.offer,
        month=month.month,
        served=month.served,
        status=draft.status,
        lines=lines,
        vat=vat_on(lines, month.contract.customer.region, month.offer.head.vat),
        calls=month.calls,
        band=band.up_to if band else None,
        usage=draft.usage,
        window_titles=draft.window_titles,
    )

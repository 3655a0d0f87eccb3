"""The bills of a month by one of two versions, and what changes from the one's to the other's, line by line."""

from collections.abc import Mapping
from sys import intern

from attrs import frozen

from ..model.impact import Amounts, Charged, Replayed
from ..model.invoice import Invoice
from ..model.money import Cents
from ..model.period import Month
from .month import BilledMonth
from .price.models.discount import KIND

Past = dict[str, dict[Month, int]]


@frozen(eq=False)
class Billed:
    """A month by one of the versions: the invoices and, for each contract without one, the reason."""

    invoices: Mapping[str, Invoice]
    reasons: Mapping[str, str]

    @classmethod
    def of(cls, billed: BilledMonth, reasons: Mapping[str, str]) -> "Billed":
        """Return a month's invoices by contract, with the reasons of those on hold beside others that are known."""
        on_hold = {hold.contract.id: hold.reason for hold in billed.holds}
        return cls({invoice.contract.id: invoice for invoice in billed.invoices}, {**on_hold, **reasons})

    def net(self, contract: str) -> Cents | None:
        """Return what a contract's invoice comes to, excluding VAT; None where it has none."""
        return self.invoices[contract].net if contract in self.invoices else None

    @property
    def own_whys(self) -> Mapping[str, str]:
        """Return why customers have the discounts of their own that are charged, each with whose it is, by its rule."""
        lines = ((one.contract, line) for one in self.invoices.values() for line in one.lines)
        own = ((contract, line.decision.rule) for contract, line in lines if line.code.startswith(f"{KIND}."))
        return {rule.id: f"{rule.why.rstrip('.')} ({contract.customer.name})" for contract, rule in own}

    def remember(self, past: Past) -> None:
        """Add what was counted in the month to what is past."""
        for name, invoice in self.invoices.items():
            past.setdefault(name, {})[invoice.month] = invoice.calls


def compared(old: Invoice, new: Invoice) -> Replayed:
    """Return a contract's month both ways."""
    return Replayed(
        contract=old.contract.id,
        customer=old.contract.customer.name,
        mission=old.contract.mission,
        month=old.month,
        calls=old.calls,
        charged=_charged(_by_line(old), _by_line(new)),
        band_before=old.band,
        band_after=new.band,
    )


def _by_line(invoice: Invoice) -> Mapping[Charged, Cents]:
    found: dict[Charged, Cents] = {}
    for line in invoice.lines:
        # Every bill writes its labels anew: a year of bills holds each of them once.
        name = (line.code, line.decision.rule.id, intern(line.label))
        found[name] = Cents(found.get(name, 0) + line.amount)
    return found


def _charged(old: Mapping[Charged, Cents], new: Mapping[Charged, Cents]) -> Mapping[Charged, Amounts]:
    """Return each line both ways; one that a rule writes in place of another stands with it as one."""
    charged = {name: Amounts(old.get(name, Cents(0)), new.get(name, Cents(0))) for name in {**old, **new}}
    if old.keys() == new.keys():
        return charged
    for code, rule in dict.fromkeys(name[:2] for name in charged):
        gone, come = (
            [name for name in side if name[:2] == (code, rule) and name not in other]
            for side, other in ((old, new), (new, old))
        )
        if len(gone) == len(come):
            for one, other in zip(gone, come, strict=True):
                amounts = charged.pop(one) + charged.pop(other)
                charged[code, rule, f"{one[2]} → {other[2]}"] = amounts
    return charged

"""How an invoice is to be paid, settled on the day of its issue: what it then says holds for debits and reminders."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from attrs import frozen

from ..model.currency import EURO
from ..model.debit import AskedDebit
from ..model.parties import InvoiceParties
from ..model.party import LegalData
from ..model.payment_terms import DebitTerms, PaymentDue, TransferTerms
from ..model.period import Month
from .collection import collection_day
from .mandates import AccountFault, unfit

LastUses = Mapping[tuple[str, str], date]
"""The last day of collection of each mandate, by contract and reference."""


def last_uses(debits: Iterable[AskedDebit]) -> LastUses:
    """Return when each mandate was used last, of the debits that did not come back."""
    found: dict[tuple[str, str], date] = {}
    for one in debits:
        if not one.came_back:
            whose = (one.debit.contract, one.debit.mandate)
            found[whose] = max(one.debit.collect_on, found.get(whose, date.min))
    return found


@frozen(kw_only=True)
class DueOf:
    """On what it rests how invoices of a month are to be paid: the house's terms, and mandates as used so far."""

    month: Month
    debits: DebitTerms
    transfers: TransferTerms
    uses: LastUses
    fault_of: AccountFault

    def payment(self, contract: str, parties: InvoiceParties, currency: str) -> PaymentDue:
        """Return how the invoice of a contract is to be paid that is issued on the day of its parties.

        It is collected where that is possible: in euros, by a mandate that is fit, for a creditor who may.
        """
        customer, seller, day = parties.customer, parties.seller, parties.on
        mandate = customer.mandate
        if mandate and currency == EURO and seller.iban and seller.creditor_identifier:
            collect_on = collection_day(self.debits.of(mandate), self.month, day, day)
            data, last = LegalData(iban=customer.iban, mandate=mandate), self.uses.get((contract, mandate.reference))
            if not unfit(data, customer.kind, day, collect_on, last, self.fault_of):
                return PaymentDue("debit", collect_on)
        return PaymentDue("transfer", day + timedelta(days=self.transfers.due_days))

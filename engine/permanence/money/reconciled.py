"""A month from its calls to its entries, one row for each contract: every sum beside the one it comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ..model.billed_contract import BilledContract
from ..model.invoice_file import IssuedFile
from ..model.issued import to_correct
from ..model.money import Cents
from ..model.words.amounts import in_money
from .account import CustomerAccount


@frozen(kw_only=True)
class ReconciledContract:
    """A contract's month: calls counted, draft, issued, in files, asked for, paid, left to pay, and in the books.

    ``invoice`` is the newest one of the month; ``files`` counts the documents whose file says what the ledger says, and
    ``filed`` is what these say.
    """

    contract: str
    customer: str
    currency: str
    calls: int
    draft: Cents
    documents: int
    invoice: str
    issued: Cents
    files: int
    filed: Cents
    asked: Cents
    paid: Cents
    left: Cents
    booked: Cents

    def differences(self, month: str) -> Iterator[str]:
        """Yield what does not agree, in a sentence for staff (French)."""
        draft, issued, booked = (in_money(one, self.currency) for one in (self.draft, self.issued, self.booked))
        if self.draft != self.issued:
            to_do = to_correct(self.invoice) if self.invoice else f"permanence issue {month}"
            yield f"{self.contract} : le brouillon est de {draft}, {issued} sont émis · {to_do}"
        if self.issued != self.booked:
            yield f"{self.contract} : {issued} sont émis, {booked} sont dans le journal · permanence verify"
        if self.issued != self.asked + self.paid + self.left:
            parts = " + ".join(in_money(one, self.currency) for one in (self.asked, self.paid, self.left))
            yield f"{self.contract} : {issued} sont émis, {parts} demandés, payés et à payer · permanence verify"


def reconciled(
    month: str,
    billed: Iterable[BilledContract],
    accounts: Mapping[str, CustomerAccount],
    files: Iterable[IssuedFile],
    booked: Mapping[str, int],
) -> Sequence[ReconciledContract]:
    """Return the rows of a month, by contract; ``booked`` is what the books have of each document, in cents."""
    filed: dict[str, list[IssuedFile]] = {}
    for one in files:
        filed.setdefault(one.contract, []).append(one)
    drafts = {one.contract: one for one in billed}
    issued = {name for name, one in accounts.items() if any(claim.month == month for claim in one.claims)}
    return [
        _row(month, name, drafts.get(name), accounts.get(name), filed.get(name, ()), booked)
        for name in sorted(issued | {*drafts})
    ]


def _row(
    month: str,
    name: str,
    draft: BilledContract | None,
    account: CustomerAccount | None,
    files: Sequence[IssuedFile],
    booked: Mapping[str, int],
) -> ReconciledContract:
    theirs = [one for one in account.standings if one.claim.month == month] if account else []
    claims = [one.claim for one in theirs]
    filed = [one.found.due for one in files if one.found and one.agrees]
    return ReconciledContract(
        contract=name,
        customer=draft.customer if draft else claims[-1].customer,
        currency=draft.currency if draft else claims[-1].currency,
        calls=draft.calls if draft else 0,
        draft=draft.due if draft else Cents(0),
        documents=len(claims),
        invoice=next((one.number for one in reversed(claims) if one.kind == "invoice"), ""),
        issued=Cents(sum(one.due for one in claims)),
        files=len(filed),
        filed=Cents(sum(filed)),
        asked=Cents(sum(one.asked for one in theirs)),
        paid=Cents(sum(one.paid for one in theirs)),
        left=Cents(sum(one.open for one in theirs)),
        booked=Cents(sum(booked.get(one.number, 0) for one in claims)),
    )

"""An account for each customer: what is issued, what was asked and paid for it, and what is set off."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from ..model.claim import Claim, ClaimState
from ..model.debit import AskedDebit
from ..model.money import Cents
from ..model.money_kept import MoneyKept


@frozen
class SetOff:
    """So much of a credit note that is set off against an invoice."""

    credit: str
    invoice: str
    amount: Cents


@frozen(kw_only=True)
class ClaimStanding:
    """How a document stands: what of it is open before and after credits are set off, in flight, and paid.

    ``open`` is what nobody has asked for or paid yet; of a credit note it is below zero. ``asked`` is with the bank.
    """

    claim: Claim
    open: Cents
    left: Cents
    asked: Cents
    paid: Cents
    state: ClaimState


@define
class CustomerAccount:
    """What is issued to one contract, in the order of the ledger, with what became of it."""

    contract: str
    claims: list[Claim] = field(factory=list)
    debits: list[AskedDebit] = field(factory=list)
    paid: dict[str, int] = field(factory=lambda: defaultdict(int))

    def times_asked(self, document: str) -> int:
        """Return how often a document was asked for, or set off in a debit."""
        return sum(part.document == document for one in self.debits for part in one.debit.parts)

    def last_debit(self, document: str) -> AskedDebit | None:
        """Return the last debit in which a document was asked for."""
        found = [one for one in self.debits if any(part.document == document for part in one.debit.parts)]
        return found[-1] if found else None

    @property
    def standings(self) -> tuple[ClaimStanding, ...]:
        """Return how each document stands."""
        asked, settled = self._parts(settled=False), self._parts(settled=True)
        opens = {
            one.number: one.due - asked[one.number] - settled[one.number] - self.paid.get(one.number, 0)
            for one in self.claims
        }
        left = dict(opens)
        for one in set_off(self.claims, opens):
            left[one.credit] += one.amount
            left[one.invoice] -= one.amount
        return tuple(
            ClaimStanding(
                claim=one,
                open=Cents(opens[one.number]),
                left=Cents(left[one.number]),
                asked=Cents(asked[one.number]),
                paid=Cents(settled[one.number] + self.paid.get(one.number, 0)),
                state=self._state(one, left[one.number], asked[one.number]),
            )
            for one in self.claims
        )

    def _parts(self, *, settled: bool) -> Mapping[str, int]:
        found: dict[str, int] = defaultdict(int)
        for one in self.debits:
            if not one.came_back and bool(one.settled) is settled:
                for part in one.debit.parts:
                    found[part.document] += part.amount
        return found

    def _state(self, claim: Claim, left: int, asked: int) -> ClaimState:
        if claim.kind == "credit_note":
            return "credit"
        if any(one.corrects == claim.number for one in self.claims):
            return "corrected"
        if asked:
            return "asked"
        if left <= 0:
            return "settled"
        last = self.last_debit(claim.number)
        return "returned" if last and last.came_back else "issued"


def owing_just(accounts: Iterable[CustomerAccount], amount: Cents, currency: str) -> Iterator[Claim]:
    """Yield the documents of which just an amount is left to pay, and not with the bank: whom an entry may be from."""
    for one in (standing for account in accounts for standing in account.standings):
        if one.left == amount > 0 and one.claim.currency == currency and not one.asked:
            yield one.claim


def set_off(claims: Sequence[Claim], opens: Mapping[str, int]) -> tuple[SetOff, ...]:
    """Return how what is open of credit notes is set off: against what each corrects, then the oldest invoice open.

    One seller owes nothing of what another is owed.
    """
    left, found = dict(opens), list[SetOff]()
    for credit in (one for one in claims if left[one.number] < 0):
        own = [one for one in claims if one.number == credit.corrects]
        alike = [one for one in claims if (one.seller, one.currency) == (credit.seller, credit.currency)]
        for claim in (*own, *(one for one in alike if one.number != credit.corrects)):
            amount = min(-left[credit.number], left[claim.number])
            if amount > 0:
                found.append(SetOff(credit.number, claim.number, Cents(amount)))
                left[credit.number] += amount
                left[claim.number] -= amount
    return tuple(found)


def accounts_of(kept: MoneyKept) -> Mapping[str, CustomerAccount]:
    """Return the account of each contract, by contract, in the order in which each was first issued something."""
    found: dict[str, CustomerAccount] = {}
    for claim in kept.claims:
        found.setdefault(claim.contract, CustomerAccount(claim.contract)).claims.append(claim)
    for debit in kept.debits:
        found.setdefault(debit.debit.contract, CustomerAccount(debit.debit.contract)).debits.append(debit)
    whose = {claim.number: account for account in found.values() for claim in account.claims}
    for payment in kept.payments:
        for document, amount in payment.paid.items():
            whose[document].paid[document] += amount
    return found

"""A bank's files taken in: each entry judged as accounts stand within the transaction that keeps it."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from attrs import define, frozen

from ..model.contract import Contract
from ..model.debit import AskedDebit
from ..model.money_kept import MoneyKept
from ..model.payment import Payment
from ..model.payment_terms import DebitTerms
from ..model.problem import Problem, Refused
from ..money.account import CustomerAccount, accounts_of
from ..money.bank_answers import judged
from ..money.mandates import terms_of
from ..money.returns import asked_again_on
from ..read.camt import BankStatement, read_camt
from ..store.kept_money import BillingDatabase, money_in
from ..store.payments import FileTaken, take_in
from .deed_typed import deed_typed
from .issuing import utc_now


def read_statements(files: Sequence[Path]) -> tuple[BankStatement, ...]:
    """Return what a bank's files say; raise Refused with everything that is wrong with any of them."""
    found, problems = list[BankStatement](), list[Problem]()
    for file in files:
        try:
            found.append(read_camt(file))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return tuple(found)


def taken_in(database: BillingDatabase, statement: BankStatement) -> FileTaken:
    """Return what became of a bank's file, taken into a billing.db."""

    def told(kept: MoneyKept) -> Iterator[Payment]:
        accounts = accounts_of(kept)
        opens = {one.claim.number: one.open for account in accounts.values() for one in account.standings}
        return judged(statement.entries, kept.claims, kept.debits, opens)

    return take_in(database, statement.name, statement.content, told, int(utc_now().timestamp()), deed_typed())


@frozen
class ReturnedDebit:
    """A debit that came back, and the day on which it is asked for again; None where it is to be paid by transfer."""

    asked: AskedDebit
    again_on: date | None


@define
class AfterAnswers:
    """Accounts as they stand after a bank's files, and the contracts with their own days of collection."""

    accounts: dict[str, CustomerAccount]
    contracts: dict[str, Contract]
    terms: DebitTerms

    @classmethod
    def of(cls, database: BillingDatabase, contracts: Sequence[Contract], terms: DebitTerms) -> "AfterAnswers":
        """Return the accounts of a database as they stand."""
        kept = money_in(database)
        accounts = dict(accounts_of(kept))
        return cls(accounts, {one.id: one for one in contracts}, terms)

    def returned(self, payments: Sequence[Payment]) -> Iterator[ReturnedDebit]:
        """Yield the debits that came back by some entries, in their order."""
        debits = {one.debit.reference: one for account in self.accounts.values() for one in account.debits}
        for payment in payments:
            if payment.kind == "returned":
                asked = debits[payment.debit]
                terms = terms_of(self.contracts.get(asked.debit.contract), asked.debit.collect_on, self.terms)
                yield ReturnedDebit(asked, asked_again_on(asked, terms))

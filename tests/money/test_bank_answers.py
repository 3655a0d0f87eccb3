"""What each entry of a bank's file is, and how documents stand afterwards: one case a file."""

from datetime import date
from pathlib import Path

import pytest
from permanence.model.money import cents
from permanence.model.money_kept import MoneyKept
from permanence.model.payment import BankEntry, Payment
from permanence.money.account import accounts_of
from permanence.money.bank_answers import judged

from tests.money.cases import Told, accounts, asked_debit, case_files, claim, euros, standings_told, told


def bank_entry(one: Told) -> BankEntry:
    texts = {name: one.get(name, "") for name in ("reference", "batch", "reason", "said")}
    day = one.get("on", date(2026, 11, 17))
    return BankEntry(
        place="",
        account="FR76",
        booked_on=day,
        amount=cents(one["amount"]),
        currency=one.get("currency", "EUR"),
        **texts,
    )


def payment_told(one: Payment) -> str:
    paid = " ".join(f"{number}={euros(amount)}" for number, amount in one.paid.items())
    return " ".join(filter(None, (one.kind, euros(one.amount), one.debit, one.reason, paid)))


@pytest.mark.parametrize("path", case_files("answers"), ids=lambda path: path.stem)
def test_entries_are_what_their_case_says(path: Path) -> None:
    case = told(path)
    claims, debits = [claim(one) for one in case["claim"]], [asked_debit(one) for one in case.get("debit", ())]
    opens = {one.claim.number: one.open for account in accounts(case).values() for one in account.standings}
    entries = [bank_entry(one) for one in case["entry"]]
    found = list(judged(entries, claims, debits, opens))
    assert [payment_told(one) for one in found] == case["payments"], case["why"]
    assert len({one.id for one in found}) == len(found)
    assert [one.id for one in judged(entries, claims, debits, opens)] == [one.id for one in found]
    if "standings" in case:
        transfers = tuple(one for one in found if one.kind == "transfer")
        after = accounts_of(MoneyKept(tuple(claims), tuple(debits), transfers))
        assert [line for account in after.values() for line in standings_told(account)] == case["standings"]

"""Each document is an entry that balances, by the accounts of the installation; a wrong book is found."""

from datetime import date
from typing import Any

from attrs import evolve
from permanence.model.chart_of_accounts import ChartOfAccounts, SaleAccount, VatAccount
from permanence.model.journal import JournalEntry
from permanence.model.money import Cents, PerCent
from permanence.money.entries import entries_of, entries_wrong

CHART = ChartOfAccounts(
    sale=(
        SaleAccount(offer="essentielle", account="706100"),
        SaleAccount(option="sms", account="706200"),
        SaleAccount(offer="essentielle", option="svi", account="706300"),
    ),
    vat_rate=(VatAccount(rate=PerCent(850), account="445712"),),
)


def document(number: str, lines: dict[str, int], vat: dict[int, int], deposit: int = 0) -> dict[str, Any]:
    found = [{"code": code, "amount_cents": amount, "apart": None} for code, amount in lines.items()]
    found += [{"code": "deposit", "amount_cents": deposit, "apart": "deposit"}] if deposit else []
    net = sum(lines.values())
    return {
        "number": number,
        "kind": "invoice",
        "issued_on": "2026-11-03",
        "contract": "C1",
        "customer": {"name": "Café"},
        "offer": {"version": "essentielle@2026-01-01"},
        "lines": found,
        "vat": [{"rate_bp": rate, "amount_cents": amount} for rate, amount in vat.items()],
        "total_cents": net + sum(vat.values()),
        "deposit_cents": deposit,
    }


def told(entry: JournalEntry) -> dict[str, int]:
    return {line.account: line.debit - line.credit for line in entry.lines}


SOLD = {"bands": 10_000, "option.sms": 120, "option.svi": 15_000, "option.agenda": 2_000}
DOCUMENTS = [
    document(
        "F-1", {"bands": 10_000, "option.sms": 120, "option.svi": 15_000, "option.agenda": 2_000}, {2000: 5_424}, 500
    ),
    document("F-2", {"bands": 10_000}, {850: 850}),
    document("F-3", {"bands": 0}, {2000: 0}),
    document("A-1", {"bands": -10_000}, {850: -850}),
]


def test_sales_vat_and_deposits_go_to_their_accounts() -> None:
    first, second, note = entries_of(DOCUMENTS, CHART)
    assert told(first) == {
        "411000": 33_044,
        "706100": -12_000,
        "706200": -120,
        "706300": -15_000,
        "165000": -500,
        "445710": -5_424,
    }
    assert told(second) == {"411000": 10_850, "706100": -10_000, "445712": -850}
    assert told(note) == {account: -amount for account, amount in told(second).items()}
    assert [one.number for one in (first, second, note)] == [1, 2, 3]


def test_a_book_that_is_not_the_ledgers_is_found() -> None:
    entries = list(entries_of(DOCUMENTS, CHART))
    assert list(entries_wrong(entries, DOCUMENTS, "411000")) == []
    dearer = evolve(entries[1].lines[0], debit=Cents(1))
    for wrong in (
        [entries[0], *entries[2:]],
        [*entries, entries[0]],
        [entries[0], evolve(entries[1], lines=(dearer, *entries[1].lines[1:])), entries[2]],
        [evolve(entries[0], day=date(2026, 11, 4)), *entries[1:]],
        [evolve(entries[0], document="F-9"), *entries[1:]],
    ):
        assert list(entries_wrong(wrong, DOCUMENTS, "411000"))

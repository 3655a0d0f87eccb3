"""Accounts, demands and answers as case files tell them: amounts in euros, days as days."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from permanence.model.claim import Claim
from permanence.model.contract import Contract, Customer
from permanence.model.debit import AskedDebit, Debit, DebitPart
from permanence.model.money import Cents, cents
from permanence.model.money_kept import MoneyKept
from permanence.model.party import Address, LegalData, Mandate
from permanence.model.payment import Payment
from permanence.model.payment_terms import DebitTerms, PaymentDue
from permanence.model.period import Month
from permanence.model.seller import Seller
from permanence.money.account import CustomerAccount, accounts_of
from permanence.money.demands import Demanded, DemandsOf, demanded
from permanence.read.parties.identifiers import iban_fault

CASES = Path(__file__).parent / "cases"
IBAN, OTHER_IBAN = "FR7699999000010000000000115", "FR7699999000010000000000212"
Told = Mapping[str, Any]


def case_files(kind: str) -> list[Path]:
    return sorted((CASES / kind).glob("*.toml"))


def told(path: Path) -> Told:
    return tomllib.loads(path.read_text("utf-8"))


def claim(one: Told) -> Claim:
    return Claim(
        number=one["number"],
        kind="credit_note" if "corrects" in one else "invoice",
        contract=one.get("contract", "C1"),
        customer="Café du Port",
        customer_kind=one.get("kind", "professional"),
        seller=one.get("seller", "paris"),
        month=one.get("month", "2026-10"),
        issued_on=one.get("issued_on", date(2026, 11, 2)),
        due=cents(one["due"]),
        currency=one.get("currency", "EUR"),
        corrects=one.get("corrects", ""),
        payment=PaymentDue(**one["payment"]) if "payment" in one else None,
    )


def asked_debit(one: Told) -> AskedDebit:
    parts = tuple(DebitPart(number, cents(amount), one.get("time", 1)) for number, amount in one["parts"].items())
    return AskedDebit(
        debit=Debit(
            reference=one["reference"],
            contract=one.get("contract", "C1"),
            holder="Café du Port",
            iban=one.get("iban", IBAN),
            mandate=one.get("mandate", "RUM-1"),
            signed=date(2026, 1, 12),
            scheme="core",
            sequence="FRST",
            collect_on=one.get("collect_on", date(2026, 11, 17)),
            parts=parts,
        ),
        month=one.get("month", "2026-10"),
        file=1,
        batch=one.get("batch", "PERM-000001-1"),
        settled=one.get("settled"),
        returned=one.get("returned", ""),
        returned_on=one.get("returned_on"),
    )


def payment(one: Told) -> Payment:
    paid = {number: int(cents(amount)) for number, amount in one["paid"].items()}
    total = Cents(sum(paid.values()))
    return Payment(id="0", kind="transfer", booked_on=one["on"], amount=total, currency="EUR", paid=paid)


def accounts(case: Told) -> Mapping[str, CustomerAccount]:
    return accounts_of(
        MoneyKept(
            tuple(map(claim, case["claim"])),
            tuple(map(asked_debit, case.get("debit", ()))),
            tuple(map(payment, case.get("payment", ()))),
        )
    )


def demands(case: Told) -> Demanded:
    of = DemandsOf(
        month=Month.parse(case["month"]),
        on=case["on"],
        contracts={one["id"]: contract(one) for one in case["contract"]},
        sellers={"paris": seller(case.get("seller", {}))},
        terms=DebitTerms(**case.get("terms", {})),
        again=case.get("again", False),
        fault_of=iban_fault,
    )
    return demanded(accounts(case).values(), of)


def contract(one: Told) -> Contract:
    signed = {"reference": "RUM-1", "signed": date(2026, 1, 12)}
    mandate = Mandate(**{**signed, **one.get("mandate", {})}) if one.get("mandate") != "none" else None
    return Contract(
        id=one["id"],
        customer=Customer(name="Café du Port", kind=one.get("kind", "professional")),
        offer="accueil@2026-01-01",
        lines=(one["id"],),
        signed=date(2026, 1, 2),
        legal=LegalData(iban=one.get("iban", IBAN), mandate=mandate),
    )


def seller(one: Told) -> Seller:
    known = {"iban": OTHER_IBAN, "creditor_identifier": "FR53ZZZ999999", **one}
    return Seller(
        id="paris",
        name="Permanence Exemple",
        address=Address(lines=("1 rue de l'Exemple",), postcode="75001", town="Paris"),
        vat_number="FR66000010009",
        **known,
    )


def demands_told(found: Demanded) -> Mapping[str, list[str]]:
    """Return what is asked for and what is left, a line for each."""
    asked = [_debit_told(one) for several in found.debits.values() for one in several]
    left = [
        f"{one.contract} {euros(one.amount)} {' '.join(one.documents)} : {one.why} · {one.to_do}" for one in found.left
    ]
    return {"asked": asked, "left": left}


def _debit_told(one: Debit) -> str:
    parts = " ".join(f"{part.document}={euros(part.amount)}" for part in one.parts)
    former = f" before {one.former_iban}" if one.former_iban else ""
    return f"{one.reference} {one.collect_on} {one.sequence} {euros(one.amount)} {parts}{former}"


def standings_told(account: CustomerAccount) -> Iterator[str]:
    for one in account.standings:
        yield f"{one.claim.number} {one.state} {euros(one.left)}"


def euros(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def lines(found: Iterable[str]) -> list[str]:
    return list(found)

"""What `permanence payments` prints: what the bank's entries are, and how accounts stand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...model.claim import CLAIM_STATES
from ...model.money import Cents
from ...model.payment import PAYMENT_KINDS, Payment
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.return_reason import reason_in_words, reason_of
from ...model.words.amounts import in_money
from ...model.words.french import day_in_figures, day_in_words
from ...model.words.numbers import in_thousands
from ...money.account import ClaimStanding, CustomerAccount, owing_just
from ...read.camt import BankStatement
from ...store.payments import FileTaken
from ..banking import AfterAnswers, ReturnedDebit
from .output import Record, show_table, table

FEW = 3
"""How many documents are named that owe as much as an entry pays."""
KNOWN = "déjà importé, rien n'a changé"


def payments_summary(statements: Sequence[BankStatement], taken: Sequence[FileTaken], after: AfterAnswers) -> Record:
    """Return what became of a bank's files as plain values, amounts in cents."""
    new = [payment for one in taken for payment in one.new]
    return {
        "files": [_file(*both) for both in zip(statements, taken, strict=True)],
        "entries": [_payment(one, after.accounts) for one in new],
        "returned": [_returned(one) for one in after.returned(new)],
    }


def _file(statement: BankStatement, taken: FileTaken) -> Record:
    kinds: Record = {kind: sum(one.kind == kind for one in taken.new) for kind in PAYMENT_KINDS}
    return {
        "file": taken.name,
        "already": taken.already,
        "known": taken.known,
        "pending": statement.pending,
        **kinds,
    }


def _payment(one: Payment, accounts: Mapping[str, CustomerAccount]) -> Record:
    unknown = one.kind == "unknown"
    owing = owing_just(accounts.values(), one.amount, one.currency) if unknown else ()
    return {
        "id": one.id,
        "kind": one.kind,
        "booked_on": one.booked_on.isoformat(),
        "amount_cents": one.amount,
        "currency": one.currency,
        "debit": one.debit,
        "reason": one.reason,
        "said": one.said,
        "paid": dict(one.paid),
        "owing_as_much": [{"document": claim.number, "customer": claim.customer} for claim in owing],
    }


def _returned(one: ReturnedDebit) -> Record:
    reason, debit = reason_of(one.asked.returned), one.asked.debit
    return {
        "debit": debit.reference,
        "contract": debit.contract,
        "holder": debit.holder,
        "amount_cents": debit.amount,
        "reason": one.asked.returned,
        "why": reason.french,
        "again_on": one.again_on.isoformat() if one.again_on else None,
        "to_do": f"permanence debits {one.asked.month} --again" if one.again_on else reason.to_do,
    }


def unknown_summary(payments: Sequence[Payment], accounts: Mapping[str, CustomerAccount]) -> Record:
    """Return the entries that nobody knows, and that nobody has assigned since, with what documents owe as much."""
    return {"unknown": [_payment(one, accounts) for one in payments if one.kind == "unknown" and not one.paid]}


def show_payments(console: Console, summary: Record) -> None:
    """Print a line for each file, then what came back, and what nobody knows."""
    names = {"settled": "Encaissés", "returned": "Rejetés", "transfer": "Virements", "unknown": "Inconnus"}
    columns = ("Fichier", *names.values(), "Remarque")
    rows = [(one["file"], *(in_thousands(one[name]) for name in names), _remark(one)) for one in summary["files"]]
    show_table(console, table("Relevés importés", columns, rows, numbers=(1, 2, 3, 4)))
    for one in summary["returned"]:
        amount = in_money(Cents(one["amount_cents"]), "EUR")
        then = f"à représenter le {day_in_words(date.fromisoformat(one['again_on']))}" if one["again_on"] else ""
        line = f"Rejeté : {one['debit']} ({one['holder']}), {amount}, {reason_in_words(one['reason'])}"
        console.print(Text(" · ".join(filter(None, (line, then, one["to_do"]))), style="yellow"), soft_wrap=True)
    _show_unknown(console, [one for one in summary["entries"] if one["kind"] == "unknown"])


def _show_unknown(console: Console, entries: Sequence[Record]) -> None:
    for one in entries:
        amount = in_money(Cents(one["amount_cents"]), one["currency"])
        said = (
            f"Référence inconnue : {amount} du {day_in_words(date.fromisoformat(one['booked_on']))} « {one['said']} »"
        )
        owing = [f"{other['document']} ({other['customer']})" for other in one["owing_as_much"]]
        as_much = f" · autant à payer : {', '.join(owing[:FEW])}{', …' if len(owing) > FEW else ''}" if owing else ""
        document = one["owing_as_much"][0]["document"] if len(owing) == 1 else "FACTURE"
        line = f"{said}{as_much} · permanence payments assign {one['id']} {document}"
        console.print(Text(line, style="yellow"), soft_wrap=True)


def _remark(one: Record) -> str:
    if one["already"]:
        return KNOWN
    known = f"{in_thousands(one['known'])} déjà connus" if one["known"] else ""
    pending = f"{in_thousands(one['pending'])} pas encore comptabilisés" if one["pending"] else ""
    return ", ".join(filter(None, (known, pending)))


def accounts_summary(accounts: Mapping[str, CustomerAccount], contract: str | None, billing: Path) -> Record:
    """Return what each customer owes, or every document of one contract.

    Raises Refused where nothing is issued to it.
    """
    if contract is None:
        return {"accounts": [row for one in accounts.values() for row in _account(one)]}
    if contract not in accounts:
        what, hint = f'nothing is issued to a contract "{contract}"', did_you_mean(contract, accounts)
        raise Refused([Problem(Place(str(billing)), what, hint)])
    documents = [_document(one) for one in accounts[contract].standings]
    return {"accounts": [*_account(accounts[contract])], "documents": documents}


def _account(one: CustomerAccount) -> Iterator[Record]:
    """Yield what is owed in each currency: amounts in two are never one sum."""
    for currency in dict.fromkeys(claim.currency for claim in one.claims):
        theirs = [standing for standing in one.standings if standing.claim.currency == currency]
        yield {
            "contract": one.contract,
            "customer": one.claims[-1].customer,
            "balance_cents": sum(standing.claim.due - standing.paid for standing in theirs),
            "asked_cents": sum(standing.asked for standing in theirs),
            "currency": currency,
        }


def _document(one: ClaimStanding) -> Record:
    claim = one.claim
    return {
        "number": claim.number,
        "month": claim.month,
        "issued_on": claim.issued_on.isoformat(),
        "due_cents": claim.due,
        "asked_cents": one.asked,
        "paid_cents": one.paid,
        "left_cents": one.left,
        "state": one.state,
        "currency": claim.currency,
    }


def show_accounts(console: Console, summary: Record) -> None:
    """Print a line for each account, for each document of one, or for each entry that nobody knows."""
    if "unknown" in summary:
        _show_unknown(console, summary["unknown"])
        if not summary["unknown"]:
            console.print("Aucune référence inconnue.")
        return
    if not summary["accounts"]:
        console.print("Aucun compte : rien n'est émis.")
        return
    if "documents" in summary:
        titles = ("Document", "Mois", "Émis le", "À payer", "Demandé", "Payé", "Reste", "État")
        documents = map(_document_row, summary["documents"])
        show_table(console, table("Documents", titles, documents, numbers=(3, 4, 5, 6)))
    owed = [
        (one["contract"], one["customer"], *(_money(one, name) for name in ("balance_cents", "asked_cents")))
        for one in summary["accounts"]
    ]
    columns = ("Contrat", "Client", "Doit", "Dont demandé à la banque")
    show_table(console, table("Comptes clients", columns, owed, numbers=(2, 3)))


def _document_row(one: Record) -> tuple[str, ...]:
    amounts = (_money(one, name) for name in ("due_cents", "asked_cents", "paid_cents", "left_cents"))
    state = CLAIM_STATES[one["state"]]
    return one["number"], one["month"], day_in_figures(one["issued_on"]), *amounts, state


def _money(one: Record, name: str) -> str:
    return in_money(Cents(one[name]), one["currency"])

"""`permanence payments`: the bank's answers, and the accounts of customers."""

from contextlib import closing
from pathlib import Path

import click

from ...money.account import accounts_of
from ...read.contracts.contracts import read_contracts
from ...read.deeds import note
from ...read.folders import contract_files
from ...read.settings import settings_in
from ...store.kept_money import money_of
from ...store.payments import assign
from ...store.results import open_billing
from ..banking import AfterAnswers, read_statements, taken_in
from ..console import out, print_json
from ..deed_typed import deed_typed
from ..ended import Commands
from ..screens.assigned import assigned_summary, show_assigned
from ..screens.payments import accounts_summary, payments_summary, show_accounts, show_payments, unknown_summary
from ..typed import FILE, billing_option, contracts_option, example, json_option
from ..upgraded import tell_upgraded


@click.group(cls=Commands)
def payments() -> None:
    """Take the bank's answers in, and show what each customer owes."""


@payments.command("import", short_help="Take statements and notices of the bank in.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@billing_option
@contracts_option
@json_option
@example("permanence payments import camt.054.xml")
def import_answers(files: tuple[Path, ...], billing: Path, contracts: Path, as_json: bool) -> None:
    """Take camt.053 and camt.054 FILES in: debits settled or returned, transfers, and what nobody knows.

    A file is in entirely or not at all; the same file again changes nothing, nor does an entry that another had. What
    came back is listed with the day on which it is asked for again, or that it is to be paid by transfer.
    """
    statements = read_statements(files)
    terms = settings_in(Path()).debits
    signed, _ = read_contracts(contract_files(contracts))
    with closing(open_billing(billing, tell_upgraded, deed_typed())) as database:
        taken = []
        for statement in statements:
            taken.append(taken_in(database, statement))
            if not taken[-1].already:
                note(statement.name, f"was taken into {billing}")
        after = AfterAnswers.of(database, signed, terms)
    summary = payments_summary(statements, taken, after)
    if as_json:
        print_json(summary)
    else:
        show_payments(out(), summary)


@payments.command("assign", short_help="Say which document an entry pays that nobody knew.")
@click.argument("payment")
@click.argument("document")
@billing_option
@json_option
@example("permanence payments assign 3f9c27d1 F-2026-00042")
def assign_payment(payment: str, document: str, billing: Path, as_json: bool) -> None:
    """Say that a PAYMENT of unknown reference pays a DOCUMENT: for good, and noted with who said so."""
    with closing(open_billing(billing, tell_upgraded, deed_typed())) as database:
        found = assign(database, payment, document, deed_typed())
    note(document, f"has the payment {found.id}")
    summary = assigned_summary(found, document)
    if as_json:
        print_json(summary)
    else:
        show_assigned(out(), summary)


@payments.command("list", short_help="Show the account of each customer, or the documents of one.")
@click.argument("contract", required=False)
@click.option("--unknown", is_flag=True, help="Show the entries that nobody knows instead.")
@billing_option
@json_option
@example("permanence payments list C0001")
def list_accounts(contract: str | None, unknown: bool, billing: Path, as_json: bool) -> None:
    """Show what each customer owes; of one CONTRACT every document, with what became of it."""
    kept = money_of(billing)
    accounts = accounts_of(kept)
    summary = unknown_summary(kept.payments, accounts) if unknown else accounts_summary(accounts, contract, billing)
    if as_json:
        print_json(summary)
    else:
        show_accounts(out(), summary)

"""`permanence contracts`, and `permanence contracts import`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ...contracts.book import Book
from ...contracts.signature import pinned, signature_problems
from ...model.contract import Contract
from ...model.problem import Place, Problem, Refused, stopping
from ...offers.proved import prove_offers
from ...read.contracts.contract_checks import check_together
from ...read.contracts.contract_import import import_contracts
from ...read.contracts.contract_text import write_contracts
from ...read.contracts.contracts import read_contracts
from ...read.file_lock import changing
from ...read.files import create_file
from ...read.folders import rule_files
from ...read.json_schema import contract_schema
from ..console import out, print_json
from ..ended import Commands
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.output import as_json as to_json
from ..typed import FILE, contracts_option, example, json_option, rules_option
from .amend import amend
from .pin import pin
from .print_contract import print_contract

WAITING = "not billed before it is noted; append an event go_live for each, or import a list that has a column live"


@click.group(cls=Commands)
def contracts() -> None:
    """Bring contracts in, hold them to what was signed, change them by events."""


contracts.add_command(amend)
contracts.add_command(pin)
contracts.add_command(print_contract)


@contracts.command("import", short_help="Turn a customer list into a contract file.")
@click.argument("file", type=FILE)
@click.option("--offer", default="", help="Offer version of rows that name none: essentielle@2023-01-01.")
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence contracts import customers.csv --offer essentielle@2023-01-01")
def import_contract_list(file: Path, offer: str, rules: Path, contracts: Path, as_json: bool) -> None:
    """Turn a customer list in CSV into a contract file, checked against the offers on sale and the other contracts.

    The file takes the list's name, and beside it comes the JSON Schema that an editor reads; nothing is written
    when a row is wrong, or when the file is there already with other content.
    """
    with changing(contracts, rules):
        plugins = plugins_in_use()
        proved = prove_offers(rule_files(rules), plugins)
        signed, wrong = import_contracts(file, offer)
        book = Book(plugins, proved.deciders, signed)
        broken = stopping(proved.problems)
        against = () if broken else (problem for one in signed for problem in signature_problems(book, one))
        target = contracts / f"{file.stem}.toml"
        found = (*broken, *wrong, *against, *_beside_others(signed, contracts, target))
        text = write_contracts(() if found else (pinned(book, one) for one in signed)).encode()
        changed = not target.exists()
        if not changed and target.read_bytes() != text:
            hint = "write what happened to a contract as an [[event]]; import new ones from a list of another name"
            found = (*found, Problem(Place(str(target)), "this file is there already, with other content", hint))
        if found:
            raise Refused(found)
        if changed:
            create_file(target, text)
        schema = contracts / "contract.schema.json"
        if not schema.exists():
            create_file(schema, f"{to_json(contract_schema(plugins.options))}\n".encode())
    waiting = sum(contract.live is None for contract in signed)
    summary = {"file": str(target), "contracts": len(signed), "changed": changed, "without_live": waiting}
    if as_json:
        print_json(summary)
    else:
        done = "" if changed else " (unchanged)"
        out().print(f"{len(signed)} contract{'s' if len(signed) > 1 else ''} in {target}{done}")
        if waiting:
            out().print(f"{waiting} without a first day of service: {WAITING}", soft_wrap=True)


def _beside_others(signed: Sequence[Contract], folder: Path, target: Path) -> Iterator[Problem]:
    """Yield the numbers and lines of a list that contracts of other files have already."""
    others, _ = read_contracts(path for path in sorted(folder.glob("*.toml")) if path != target)
    apart = {problem.what for some in (others, signed) for problem in check_together(some)}
    yield from (problem for problem in check_together([*others, *signed]) if problem.what not in apart)

"""`permanence sign`."""

from datetime import date, datetime
from pathlib import Path

import click
from attrs import frozen

from ...model.problem import Place, Problem, Refused
from ...model.slip import Slip
from ...offers.proved import proved_deciders
from ...offers.sell.addenda import sign_addendum
from ...offers.sell.signing import Signature, contract_file, next_number
from ...offers.sell.signing import sign as sign_quote
from ...on_file import open_book
from ...read.contracts.contract_text import write_contracts
from ...read.contracts.contracts import read_contracts
from ...read.contracts.event_text import with_events
from ...read.contracts.quotes import AddendumFile, QuoteFile, read_signable
from ...read.file_lock import changing
from ...read.files import create_file, replace_file
from ...read.folders import rule_files
from ...read.parties.legal_file import read_legal
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.addendum import added_summary, show_added
from ..screens.quote import show_signed, signed_summary
from ..typed import DAY, FILE, contracts_option, day_asked, example, json_option, rules_option
from .quote import PARIS


@frozen
class Signing:
    """What is typed besides the file: lines, days of signature and service, number, parties, and where it all is."""

    lines: tuple[str, ...]
    day: date
    live: date | None
    number: str | None
    group: str
    seller: str
    legal: Path | None
    rules: Path
    contracts: Path


@click.command()
@click.argument("file", type=FILE, metavar="QUOTE")
@click.option("--line", "lines", multiple=True, help="A line of the customer's, at least one; again for another.")
@click.option("--on", type=DAY, help="Day of signature, today when absent.")
@click.option("--live", type=DAY, help="First day of service; nothing is billed before it is noted.")
@click.option("--contract", "number", help="Number of the contract; the next of C0001, C0002 … when absent.")
@click.option("--group", default="", help="Group of contracts that share what is included, where the offer says so.")
@click.option("--seller", default="", help="Who sells, by the name of his file in sellers/, where there are several.")
@click.option("--legal", type=FILE, help="File of the customer's legal data: the keys of [contract.legal].")
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence sign quotes/D-20261123-4F2A9C.toml --line +33199000099")
def sign(
    file: Path,
    lines: tuple[str, ...],
    on: datetime | None,
    live: datetime | None,
    number: str | None,
    group: str,
    seller: str,
    legal: Path | None,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Turn the QUOTE in a file into a contract, exactly as it was made; the contract pins its rule file.

    A quote past its validity is refused, one whose file or rule file was edited too. One of `permanence addendum`
    becomes an event of its contract.
    """
    service = live.date() if live else None
    asked = Signing(lines, day_asked(on, PARIS), service, number, group, seller, legal, rules, contracts)
    with changing(contracts, rules):
        accepted = read_signable(file)
        if isinstance(accepted, QuoteFile):
            _sign_quote(accepted, asked, as_json)
        else:
            _sign_addendum(accepted, asked, as_json)


def _sign_quote(accepted: QuoteFile, asked: Signing, as_json: bool) -> None:
    if not asked.lines:
        raise Refused([Problem(Place("--line"), "the contract has no line", "name each line of the customer's")])
    plugins = plugins_in_use()
    deciders = proved_deciders(rule_files(asked.rules), plugins)
    signed, problems = read_contracts(sorted(asked.contracts.glob("*.toml")), None, plugins.options)
    if not all(isinstance(problem, Slip) for problem in problems):
        raise Refused(problems)
    number = asked.number if asked.number is not None else next_number(signed)
    path = contract_file(asked.contracts, number)
    signature = Signature(
        signed=asked.day,
        lines=asked.lines,
        live=asked.live,
        number=number,
        group=asked.group,
        seller=asked.seller,
        legal=read_legal(asked.legal) if asked.legal else None,
    )
    contract = sign_quote(accepted, signature, deciders, signed, plugins)
    create_file(path, write_contracts([contract]).encode())
    if as_json:
        print_json(signed_summary(contract, path.as_posix()))
    else:
        show_signed(out(), contract, path.as_posix())


def _sign_addendum(accepted: AddendumFile, asked: Signing, as_json: bool) -> None:
    given = (
        *(("--line", asked.lines), ("--live", asked.live), ("--contract", asked.number), ("--group", asked.group)),
        *(("--seller", asked.seller), ("--legal", asked.legal)),
    )
    if not_its_own := [name for name, value in given if value]:
        what = f"{accepted.addendum.number} adds to {accepted.addendum.contract}, as it runs"
        raise Refused([Problem(Place(name), what, "leave it out") for name in not_its_own])
    book = open_book(asked.rules, asked.contracts, plugins_in_use())
    event = sign_addendum(accepted, asked.day, book)
    ((path, content),) = with_events(book.contracts, [event]).items()
    replace_file(path, content)
    if as_json:
        print_json(added_summary(event, path.as_posix()))
    else:
        show_added(out(), event, accepted.addendum.title, path.as_posix())

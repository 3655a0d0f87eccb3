"""`permanence sign`."""

from datetime import datetime
from pathlib import Path

import click

from ...model.problem import Refused
from ...offers.proved import proved_deciders
from ...offers.sell.signing import Signature, contract_file, next_number
from ...offers.sell.signing import sign as sign_quote
from ...plugin_manager import Plugins
from ...read.contracts.contract_text import write_contracts
from ...read.contracts.contracts import read_contracts
from ...read.contracts.quotes import read_quote
from ...read.file_lock import changing
from ...read.files import create_file
from ...read.folders import rule_files
from ..console import out, print_json
from ..screens.quote import show_signed, signed_summary
from ..typed import FILE, contracts_option, day_asked, example, json_option, rules_option
from .quote import PARIS

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("file", type=FILE, metavar="QUOTE")
@click.option("--line", "lines", multiple=True, required=True, help="A line of the customer's; again for another.")
@click.option("--on", type=DAY, help="Day of signature, today when absent.")
@click.option("--live", type=DAY, help="First day of service; the day of signature when absent.")
@click.option("--contract", "number", help="Number of the contract; the next of C0001, C0002 … when absent.")
@rules_option
@contracts_option
@json_option
@example("permanence sign quotes/D-20261123-4F2A9C.toml --line +33199000099")
def sign(
    file: Path,
    lines: tuple[str, ...],
    on: datetime | None,
    live: datetime | None,
    number: str | None,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Turn the QUOTE in a file into a contract, exactly as it was made; the contract pins its rule file.

    A quote past its validity is refused, one whose file or rule file was edited too.
    """
    plugins, day = Plugins.installed(), day_asked(on, PARIS)
    with changing(contracts, rules):
        accepted, deciders = read_quote(file), proved_deciders(rule_files(rules), plugins)
        signed, problems = read_contracts(sorted(contracts.glob("*.toml")))
        if problems:
            raise Refused(problems)
        number = number if number is not None else next_number(signed)
        path = contract_file(contracts, number)
        signature = Signature(signed=day, lines=lines, live=live.date() if live else None, number=number)
        contract = sign_quote(accepted, signature, deciders, signed, plugins)
        create_file(path, write_contracts([contract]).encode())
    if as_json:
        print_json(signed_summary(contract, path.as_posix()))
    else:
        show_signed(out(), contract, path.as_posix())

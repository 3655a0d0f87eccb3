"""`permanence addendum`."""

from datetime import datetime
from pathlib import Path

import click

from ...model.period import Span
from ...offers.sell.addenda import make_addendum
from ...offers.sell.option_wanted import option_wanted
from ...on_file import open_book
from ...read.contracts.quotes import write_addendum
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.addendum import addendum_summary, show_addendum
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import FOLDER, SpanType, contracts_option, day_asked, example, json_option, on_option, rules_option
from .quote import PARIS, saved_new


@click.command()
@click.argument("contract")
@click.argument("option")
@on_option
@click.option("--valid", type=SpanType("--valid"), default="30 days", show_default=True, help="How long it holds.")
@click.option("--save", type=FOLDER, help="Write it to a file of this folder, to sign it later.")
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence addendum C0004 long_calls --save quotes")
def addendum(
    contract: str,
    option: str,
    on: datetime | None,
    valid: Span,
    save: Path | None,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Quote an OPTION that came with a later version for a CONTRACT that keeps its own: escalation:level=2,quantity=3.

    The option is that of the version on sale on the day. Signed, it is the contract's at exactly these prices; every
    other price stays what it was.
    """
    day, wanted = day_asked(on, PARIS), option_wanted(option, "OPTION")
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    made = make_addendum(book, contract, wanted, day, valid.after(day))
    region = next(signed.customer.region for signed in book.contracts if signed.id == contract)
    file = saved_new(save, made.number, write_addendum(made)).as_posix() if save else ""
    if as_json:
        print_json(addendum_summary(made, region))
    else:
        show_addendum(out(), made, region, file)

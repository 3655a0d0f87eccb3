"""`permanence holds`."""

from pathlib import Path

import click

from ...contracts.mending import what_to_do
from ...model.basis import Outdated
from ...model.period import Month
from ...on_file import open_book
from ...store.held_bills import HeldBill, held_bills
from ..compared import compare_book
from ..console import err, out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.holds import hold_summary, show_holds
from ..screens.to_be_done_again import show_uncompared
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import MONTH, billing_option, contracts_option, example, json_option, rules_option


@click.command()
@click.argument("month", type=MONTH, required=False)
@billing_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence holds 2026-10")
def holds(month: Month | None, billing: Path, rules: Path, contracts: Path, as_json: bool) -> None:
    """List the contracts on hold, in one MONTH or in all: the reason, since when, and what to do.

    The reason is that of the last time the month was billed; what to do is worked out from what is on file now. Once it
    is done, `permanence bill` bills the month again: those contracts have their bill, and all others keep theirs.
    """
    held = held_bills(billing, month)
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    comparison = compare_book(billing, book)
    outdated = {one.month: one for one in comparison.outdated}
    listed = [
        hold_summary(
            one,
            what_to_do(book, one.contract, one.reason, one.month, changed=_is_otherwise(one, outdated.get(one.month))),
        )
        for one in held
    ]
    if as_json:
        print_json({"holds": listed})
    else:
        show_holds(out(), listed, month)
    show_uncompared(err(), comparison)


def _is_otherwise(held: HeldBill, outdated: Outdated | None) -> bool:
    """Tell whether a contract's month rests on something else now: its own text, an offer's, or an option's module."""
    return outdated is not None and bool(held.contract in outdated.changed or outdated.offers or outdated.options)

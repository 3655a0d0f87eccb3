"""`permanence live`."""

from datetime import datetime
from pathlib import Path

import click

from ..console import out, print_json
from ..plugins_in_use import without_option
from ..running_month import running_month
from ..screens.live import live_summary, show_live
from ..sellers_in_use import sellers_read_option
from ..typed import billing_option, calls_option, contracts_option, example, json_option, on_option, rules_option


@click.command()
@click.argument("contract", required=False, default="")
@on_option
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@calls_option
@without_option
@json_option
@example("permanence live C0001")
def live(
    contract: str, on: datetime | None, rules: Path, contracts: Path, billing: Path, calls: str, as_json: bool
) -> None:
    """Count the running month so far, of one CONTRACT or of all: what it costs to date, and what comes next.

    It is billed by what bills it in the end, and nothing is written. The band or plan reached, the calls that it still
    has, what the next call adds; the calls expected by the month's end, and the day on which the next price is reached.
    """
    book, found = running_month(on, rules, contracts, billing, calls, contract)
    summary = live_summary(found, book.zone)
    if as_json:
        print_json(summary)
    else:
        show_live(out(), summary, contract)

"""`permanence live`."""

import time
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from ..console import err, out, print_json
from ..kept_live import KeptLive
from ..month_options import month_options
from ..plugins_in_use import plugins_switched_off, without_option
from ..screens.live_kept import show_known, show_sentences
from ..sellers_in_use import sellers_in_use
from ..typed import example, json_option, on_option


@click.command()
@click.argument("contract", required=False, default="")
@on_option
@month_options
@without_option
@click.option("--watch", "watching", is_flag=True, help="Show it again as calls come in, until Ctrl-C.")
@click.option("--every", type=click.FloatRange(0.1), default=5, show_default=True, help="Seconds between two looks.")
@json_option
@example("permanence live C0001 --watch")
def live(
    contract: str,
    on: datetime | None,
    rules: Path,
    contracts: Path,
    billing: Path,
    calls: str,
    watching: bool,
    every: float,
    as_json: bool,
) -> None:
    """Count the running month so far, of one CONTRACT or of all: what it costs to date, and what comes next.

    It is billed by what bills it in the end. The band or plan reached, the calls that it still has, what the next call
    adds; the calls expected by the month's end, and the day on which the next price is reached. Nothing is written but
    live.kept, live.book and live.calls, of which one contract is told in no time.
    """
    kept = KeptLive(rules, contracts, sellers_in_use(), billing, calls, plugins_switched_off())
    found = kept.row(contract, on) if contract and not watching else None
    if found and as_json:
        print_json({**found["known"], "contracts": [found["row"]], "holds": []})
    elif found:
        show_sentences(out(), found["told"])
        show_known(out(), found["known"])
    elif not (contract and not watching and _shown_alone(kept, on, contract, as_json=as_json)):
        # What counts all takes most of a second to load.
        if watching:
            from ..watched_live import watch_counted

            if not as_json:
                err().print(f"Ctrl+C to stop; files are looked at every {every:g} s", style="dim")
            with suppress(KeyboardInterrupt):
                watch_counted(kept, on, contract, partial(time.sleep, every), as_json=as_json)
        else:
            from ..counting_live import show_counted

            show_counted(kept, on, contract, as_json=as_json)


def _shown_alone(kept: KeptLive, on: datetime | None, contract: str, *, as_json: bool) -> bool:
    """Print the running month of one contract from what is kept of it, and tell whether that will do."""
    if not kept.calls_path.is_file():
        return False
    from ..one_live import show_one

    return show_one(kept, on, contract, as_json=as_json)

"""The command line, `permanence`: every command is a module of `commands`."""

import click

from .commands.bill import bill
from .commands.calendar import calendar, deadlines
from .commands.check import check, options
from .commands.compare import describe, diff
from .commands.impact import impact
from .commands.intake import calls, contracts, sample
from .commands.life import simulate_life
from .commands.look import browse, explain
from .commands.new_offer import new_offer
from .commands.quote import quote, sign
from .commands.shared import Commands, example


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="permanence", prog_name="permanence")
@example("permanence check && permanence bill 2026-10 && permanence browse")
def main() -> None:
    """Contracts and billing for telephone answering services, from declarative rule files."""


for command in (
    check,
    options,
    new_offer,
    diff,
    describe,
    contracts,
    calls,
    bill,
    impact,
    explain,
    browse,
    calendar,
    deadlines,
    simulate_life,
    quote,
    sign,
    sample,
):
    main.add_command(command)

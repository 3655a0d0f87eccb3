"""`permanence calls try`."""

from pathlib import Path

import click

from ....read.calls.records import read_calls
from ...call_format_named import format_named
from ...collector import collector_at_work
from ...console import out, print_json, step
from ...latest_arrival import latest_arrival
from ...screens.call_trial import show_trial, trial_summary
from ...trial import tried
from ...typed import FILE, example, format_option, json_option

FIRST = 10
"""So many records are shown."""


@click.command("try")
@click.argument("file", type=FILE)
@format_option
@json_option
@example("permanence calls try cdr.csv --format mine.toml")
def try_file(file: Path, form: str | None, as_json: bool) -> None:
    """Show how a file of call records is understood, and write nothing.

    The first ten records stand with all that is read of them, then the calls that they make, then the records that
    would be refused, with the reason.
    """
    collector_at_work()
    named = format_named(file, form)
    with step(file.name):
        found = tried(read_calls(file, named.form, latest=latest_arrival(), most_refused=1.0), FIRST)
    if as_json:
        print_json(trial_summary(named, found))
    else:
        show_trial(out(), named, found)

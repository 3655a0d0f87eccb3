"""`permanence impact`."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import click

from ...bill.replay import replacement, replay
from ...contracts.book import Book
from ...model.clock import month_bounds
from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...model.usage import Calls
from ...offers.proved import proved_deciders
from ...on_file import calls_between, open_book
from ...plugin_manager import Plugins
from ...store.impacts import write_csv, write_database
from ...store.past_calls import past_calls
from ..collector import collector_at_rest
from ..console import out, progress
from ..product import product_version
from ..screens.impact import impact_summary, show_impact
from ..screens.output import as_json as to_json
from ..typed import FILE, billing_option, calls_option, contracts_option, example, json_option, rules_option
from ..upgraded import tell_upgraded

MOST_MONTHS = 120


class MonthsType(click.ParamType[tuple[Month, ...]]):
    """Months as people write them: 2025-11..2026-10, both included, or one alone."""

    name = "months"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Month, ...]:
        first, several, last = str(value).partition("..")
        try:
            month, end = Month.parse(first), Month.parse(last if several else first)
        except ValueError as error:
            hint = 'write "2025-11..2026-10", both included'
            raise Refused([Problem(Place("--months"), str(error), hint)]) from error
        months = tuple(islice(month.until(end.next.first), MOST_MONTHS + 1))
        if not 0 < len(months) <= MOST_MONTHS:
            hint = f"write the earlier one first, and at most {MOST_MONTHS} months"
            raise Refused([Problem(Place("--months"), f'"{value}" is not a row of months', hint)])
        return months


@click.command()
@click.argument("new", type=FILE)
@click.option("--against", required=True, help="The version whose contracts are replayed: essentielle@2026-01-01.")
@click.option("--months", type=MonthsType(), required=True, help="Months to replay: 2025-11..2026-10.")
@click.option("--database", type=FILE, help="Write to this SQLite file too, to browse: impact.db.")
@click.option("--csv", "table", type=FILE, help="Write each contract's month to this CSV file too.")
@rules_option
@contracts_option
@billing_option
@calls_option
@json_option
@example("permanence impact draft.toml --against essentielle@2026-01-01 --months 2025-11..2026-10")
def impact(
    new: Path,
    against: str,
    months: tuple[Month, ...],
    database: Path | None,
    table: Path | None,
    rules: Path,
    contracts: Path,
    billing: Path,
    calls: str,
    as_json: bool,
) -> None:
    """Replay the rule file NEW on past months: what the contracts of another version would have been billed.

    Contracts and calls are those of each month; only prices, hours and rules are the new file's. Nothing is written
    but the files that --database and --csv name.
    """
    plugins = Plugins.installed()
    with collector_at_rest():
        (decider,) = proved_deciders([new], plugins)
        book = open_book(rules, contracts, plugins)
        asked = replacement(book, against, decider)
        past = past_calls(billing, months[-1]) if book.remembering | asked.changed.remembering else {}
        with progress("months", len(months)) as advance:
            found = replay(asked, months, _calls_of(book, calls, advance), past)
        if database:
            write_database(database, found, tell_upgraded, product_version())
        if table:
            write_csv(table, found)
    summary = impact_summary(found)
    if as_json:
        click.echo(to_json(summary))
    else:
        show_impact(out(), summary)


def _calls_of(book: Book, source: str, advance: Callable[[int], None]) -> Callable[[Month], Calls]:
    def calls_of(month: Month) -> Calls:
        calls = calls_between(source, *month_bounds(month, book.zone)).calls
        advance(1)
        return calls

    return calls_of

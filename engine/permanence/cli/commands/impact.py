"""`permanence impact`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from ...bill.replay import replacement, replay
from ...contracts.book import Book
from ...model.clock import month_bounds
from ...model.period import Month
from ...model.records import Records
from ...offers.proved import prove_offers, sound
from ...on_file import calls_between, open_book, work_in, work_source
from ...publish.impact_table import impact_table
from ...read.deeds import note
from ...read.files import replace_file
from ...store.impacts import write_database
from ...store.past_calls import past_calls
from ..console import out, print_json, progress
from ..databases import may_make
from ..plugins_in_use import plugins_in_use, without_option
from ..product import product_version
from ..screens.impact import impact_summary, show_impact
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import FILE, MonthsType, billing_option, calls_option, contracts_option, example, json_option, rules_option
from ..upgraded import tell_upgraded


@click.command()
@click.argument("new", type=FILE)
@click.option("--against", required=True, help="The version whose contracts are replayed: essentielle@2026-01-01.")
@click.option("--months", type=MonthsType(), required=True, help="Months to replay: 2025-11..2026-10.")
@click.option("--database", type=FILE, help="Write to this SQLite file too, to browse: impact.db.")
@click.option("--csv", "table", type=FILE, help="Write each contract's month to this CSV file too.")
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@calls_option
@without_option
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
    plugins = plugins_in_use()
    proved = sound(prove_offers([new], plugins))
    (decider,) = proved.deciders.values()
    book = open_book(rules, contracts, plugins, before=proved, sellers=sellers_in_use())
    asked = replacement(book, against, decider)
    past = past_calls(billing, months[-1]) if book.reads_past or asked.changed.reads_past else {}
    with progress("months", len(months)) as advance:
        found = replay(asked, months, _records_of(book, calls, advance), past, partial(work_in, work_source(calls)))
    if database:
        with may_make(database):
            write_database(database, found, tell_upgraded, product_version())
        note(str(database), "was written")
    if table:
        replace_file(table, impact_table(found))
    summary = impact_summary(found)
    if as_json:
        print_json(summary)
    else:
        show_impact(out(), summary)


def _records_of(book: Book, source: str, advance: Callable[[int], None]) -> Callable[[Month], Records]:
    def records_of(month: Month) -> Records:
        records = calls_between(source, *month_bounds(month, book.zone)).records
        advance(1)
        return records

    return records_of

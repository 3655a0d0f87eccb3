"""`permanence calls exclude`."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from ....model.problem import Place, Problem, Refused
from ....on_file import IMPORT_FIRST
from ....read.deeds import note
from ....store.call_queries import calls_by_row
from ....store.calls import open_calls
from ....store.exclusions import Decision
from ....store.exclusions import exclude as note_exclusion
from ...compared import compare_files
from ...console import err, out, print_json
from ...deed_typed import deed_typed
from ...plugins_in_use import without_option
from ...screens.excluded import excluded_summary, show_excluded
from ...screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ...sellers_in_use import sellers_read_option
from ...typed import MOST, TEXT, billing_option, calls_option, contracts_option, example, json_option, rules_option
from ...upgraded import tell_upgraded


@click.command()
@click.argument("call", type=click.IntRange(0, MOST))
@click.option("--why", type=TEXT, required=True, help="Why, as staff and the customer read it (French).")
@click.option("--by", type=TEXT, required=True, help="Who excludes it.")
@click.option("--undo", is_flag=True, help="Count it again, as its offer says.")
@calls_option
@billing_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example('permanence calls exclude 4711 --why "Faux numéro" --by "Accueil"')
def exclude(
    call: int,
    why: str,
    by: str,
    undo: bool,
    calls: str,
    billing: Path,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Exclude a CALL that was a wrong number: with a reason and a name, after it came in.

    CALL is its number, as `permanence calls find --json` and `permanence explain --calls --json` show it. What was
    imported stays as it is; each exclusion, and each --undo, is noted besides. Months that are to be billed again stand
    below; an invoice that is issued is corrected by `permanence correct`.
    """
    what: Decision = "undone" if undo else "excluded"
    path = _database(calls)
    with closing(open_calls(str(path), tell_upgraded)) as database:
        records = calls_by_row(database, [call])
        if not records:
            hint = 'its number is the first of what `permanence calls find` shows; with --json, "call"'
            raise Refused([Problem(Place("CALL"), f"there is no call {call} in {path}", hint)])
        changed = note_exclusion(database, call, what, int(datetime.now(UTC).timestamp()), by, why, deed_typed())
    note(f"call {call}", "is counted again" if undo else "is excluded")
    months = compare_files(billing, rules, contracts)
    summary = excluded_summary(records[0], what, by, why, changed=changed)
    if as_json:
        print_json({**summary, "to_be_done_again": outdated_summary(months.outdated)})
    else:
        show_excluded(out(), summary)
        show_outdated(out(), months.outdated)
    show_uncompared(err(), months)


def _database(calls: str) -> Path:
    if calls.endswith(".parquet"):
        what = "calls are excluded afterwards in calls.db alone: of Parquet files nothing is kept"
        hint = "take them in, `permanence calls import`, and bill from there; or leave the call out of the file"
        raise Refused([Problem(Place(calls), what, hint)])
    path = Path(calls)
    if not path.is_file():
        raise Refused([Problem(Place(calls), "there is no such database of calls", IMPORT_FIRST)])
    return path

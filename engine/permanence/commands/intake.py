"""`permanence contracts import`, `permanence calls import` and `permanence sample`."""

from collections.abc import Sequence
from pathlib import Path

import click

from ..folders import rule_files
from ..model.problem import Place, Problem, Refused, errors
from ..plugin_manager import Plugins
from ..proving import prove_offers
from ..read.call_format import CallFormat, load_format
from ..read.call_records import read_calls
from ..read.contract_checks import check_contracts
from ..read.contract_import import import_contracts
from ..read.contract_text import write_contracts
from ..read.json_schema import contract_schema
from ..sample import generate, months_of, write
from ..screens.intake import call_imports_summary, show_call_imports
from ..screens.output import as_json as to_json
from ..screens.problems import show_problems
from ..store.calls import ImportResult, import_calls, open_calls
from .shared import (
    FILE,
    FOLDER,
    Commands,
    contracts_option,
    err,
    example,
    json_option,
    out,
    progress,
    rules_option,
    step,
)


@click.group(cls=Commands)
def contracts() -> None:
    """Bring contracts in."""


@contracts.command("import")
@click.argument("file", type=FILE)
@click.option("--offer", default="", help="Offer version of rows that name none: essentielle@2023-01-01.")
@rules_option
@contracts_option
@json_option
@example("permanence contracts import customers.csv --offer essentielle@2023-01-01")
def import_contract_list(file: Path, offer: str, rules: Path, contracts: Path, as_json: bool) -> None:
    """Turn a customer list in CSV into a contract file, checked against the offers on sale.

    The file takes the list's name, and beside it comes the JSON Schema that an editor reads; nothing is written
    when a row is wrong, or when the file is there already with other content.
    """
    proved = prove_offers(rule_files(rules), Plugins.installed())
    signed, wrong = import_contracts(file, offer)
    on_sale = {offer.version: offer for offer in proved.offers}
    found = (*errors(proved.problems), *wrong, *check_contracts(signed, on_sale))
    target = contracts / f"{file.stem}.toml"
    text = write_contracts(signed).encode()
    changed = not target.exists() or target.read_bytes() != text
    if target.exists() and changed:
        hint = "move it away first: contracts are edited in their file, not imported again"
        found = (*found, Problem(Place(str(target)), "this file is there already, with other content", hint))
    if found:
        raise Refused(found)
    contracts.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text)
    schema = contracts / "contract.schema.json"
    if not schema.exists():
        schema.write_text(f"{to_json(contract_schema())}\n", encoding="utf-8")
    summary = {"file": str(target), "contracts": len(signed), "changed": changed}
    if as_json:
        click.echo(to_json(summary))
    else:
        done = "" if changed else " (unchanged)"
        out().print(f"{len(signed)} contract{'s' if len(signed) > 1 else ''} in {target}{done}")


@click.group(cls=Commands)
def calls() -> None:
    """Bring call records in."""


@calls.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--format", "form", required=True, help="asterisk, generic, or the path of a mapping of your own.")
@click.option("--calls", "database", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls.")
@json_option
@example("permanence calls import cdr-2026-10.csv.gz --format asterisk")
def import_call_files(files: tuple[Path, ...], form: str, database: Path, as_json: bool) -> None:
    """Take call records into calls.db: CSV, plain or gzip, or Parquet.

    Each file is in entirely or not at all; importing it twice changes nothing. A record that cannot be used
    is listed with its line and the reason; a file that cannot be used keeps no other out.
    """
    results, problems = _imported(files, load_format(form), database)
    summary = call_imports_summary(results)
    if as_json:
        click.echo(to_json(summary))
    else:
        show_call_imports(out(), results)
    if problems:
        show_problems(err(), problems, "nothing of that file was taken in")
        raise click.exceptions.Exit(1)


def _imported(files: Sequence[Path], mapping: CallFormat, database: Path) -> tuple[list[ImportResult], list[Problem]]:
    """Take files in, and return what became of each that could be used, and what is wrong with the others.

    Raises Refused when there is none.
    """
    results: list[ImportResult] = []
    problems: list[Problem] = []
    base = open_calls(str(database))
    try:
        for file in files:
            try:
                with progress(file.name) as advance:
                    results.append(import_calls(base, read_calls(file, mapping), mapping.name, advance))
            except Refused as refused:
                problems += refused.problems
    finally:
        base.close()
    if not results:
        raise Refused(problems)
    return results, problems


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another answering service.")
@click.option("--contracts", type=click.IntRange(1), default=120, show_default=True, help="How many customers.")
@click.option("--months", default="2026-09..2026-10", show_default=True, help="Which months of calls.")
@json_option
@example("permanence sample demo")
def sample(folder: Path, seed: int, contracts: int, months: str, as_json: bool) -> None:
    """Write an invented answering service into FOLDER: a customer list, and call records as Asterisk writes them."""
    try:
        made = generate(seed, contracts, months_of(months))
    except ValueError as error:
        raise Refused([Problem(Place("permanence sample"), str(error), "see permanence sample --help")]) from error
    with step("sample"):
        paths = [str(path) for path in write(made, folder)]
    if as_json:
        click.echo(to_json({"files": paths}))
    else:
        out().print("\n".join(paths))

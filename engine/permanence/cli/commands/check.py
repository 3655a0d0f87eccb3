"""`permanence check`."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import sleep

import click

from ...model.basis import BilledText
from ...model.problem import Place, Problem, Refused, errors
from ...model.signs import cleaned
from ...offers.check.files import Checked, check_files
from ...offers.examples.as_checked import LeftAlone
from ...offers.examples.corrected import correct_examples
from ...offers.examples.deviation import Broken
from ...offers.examples.missing import write_examples as write_missing
from ...offers.proved import NONE_PROVED
from ...plugin_manager import Plugins
from ...read.file_lock import changing
from ...read.json_schema import Schema, contract_schema, index_schema, offer_schema, seller_schema
from ...read.offers.index_series import index_files
from ..collector import collector_at_work
from ..console import err, out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.checks import show_checked, show_correction
from ..screens.problems import show_findings, show_problems
from ..typed import FILE, billing_option, contracts_option, example, json_option, rules_option, sellers_option
from ..watching import Stamps, stamps, watch

PAUSE = 0.3
"""Seconds between two looks at the files that are watched."""
WATCHING = "looking again when a file is saved"


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@rules_option
@contracts_option
@sellers_option
@billing_option
@click.option(
    "--schema",
    is_flag=False,
    flag_value="offer",
    type=click.Choice(["offer", "contract", "seller", "index"]),
    help="Print the JSON Schema of rule files (of contract files, sellers, indices) for an editor, and check nothing.",
)
@click.option("--watch", "watching", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@click.option(
    "--write-examples",
    is_flag=True,
    help="Write the examples that an offer lacks at the end of its file, with what comes out of them, for review.",
)
@click.option(
    "--correct-examples",
    "correct",
    is_flag=True,
    help="Write what comes out of broken examples in place of what they say, for review.",
)
@without_option
@json_option
@example("permanence check rules/essentielle-2023-01-01.toml")
def check(
    files: tuple[Path, ...],
    rules: Path,
    contracts: Path,
    sellers: Path,
    billing: Path,
    schema: str | None,
    watching: bool,
    write_examples: bool,
    correct: bool,
    as_json: bool,
) -> None:
    """Check rule files, contracts and sellers; all of rules/, contracts/ and sellers/ when no FILES are named.

    An offer is checked for its form, for its rules in every case that can occur, and by its own examples, of which
    each band edge, price, window, option and rule needs one; and a version that a contract has signed, or that months
    were billed with, may not be edited. What a contract lacks before its invoices can be issued is a warning. Warnings
    leave the exit code at 0.
    """
    plugins = plugins_in_use()
    if schema:
        print_json(_schema(schema, plugins))
        return
    look = Look(files, rules, contracts, sellers, billing, plugins)
    if watching:
        collector_at_work()
        watched = partial(_stamps, files, rules, contracts, sellers)
        with suppress(KeyboardInterrupt):
            watch(watched, partial(_show_again, look, as_json), partial(sleep, PAUSE))
        return
    checked = look()
    if correct and _correct(checked, files, contracts, as_json):
        checked = look()
    if write_examples and _write(checked, contracts, as_json):
        checked = look()
    _show(checked, as_json)
    if errors(checked.problems):
        raise click.exceptions.Exit(1)


def _schema(of: str, plugins: Plugins) -> Schema:
    if of == "index":
        return index_schema()
    if of == "seller":
        return seller_schema()
    return offer_schema(plugins.options) if of == "offer" else contract_schema(plugins.options)


class Look:
    """Looks at files, as often as it is called; what was proved at one look is not proved again at the next."""

    def __init__(
        self, files: Sequence[Path], rules: Path, contracts: Path, sellers: Path, billing: Path, plugins: Plugins
    ) -> None:
        self._check = partial(check_files, files, rules, contracts, plugins, sellers=sellers)
        self._billing = billing
        self._proved = NONE_PROVED

    def __call__(self) -> Checked:
        checked = self._check(before=self._proved, billed=_texts_billed(self._billing))
        self._proved = checked.proved
        return checked


def _texts_billed(billing: Path) -> Sequence[BilledText]:
    """Return the texts that months were billed with. SQLite takes 0.1 CPU seconds to load: only where it is needed."""
    if not billing.exists():
        return ()
    from ...store.bases import texts_billed

    return texts_billed(billing)


def _correct(checked: Checked, files: Sequence[Path], contracts: Path, as_json: bool) -> bool:
    """Correct broken examples in their files, tell each change and each file that is left as it is."""
    folders = {Path(one.offer.file).parent for one in checked.problems if isinstance(one, Broken)}
    if not folders:
        return False
    with changing(*folders, contracts):
        done = correct_examples(checked.problems, [*files, *contracts.glob("*.toml")])
    for one in done:
        show_correction(err() if as_json else out(), one)
    return bool(done)


def _write(checked: Checked, contracts: Path, as_json: bool) -> bool:
    """Write the examples that offers lack at the end of their files, and tell how many, or why not."""
    if not checked.missing:
        return False
    told: list[str] = []
    with changing(*{Path(offer.file).parent for offer, _ in checked.missing}, contracts):
        for offer, missing in checked.missing:
            try:
                write_missing(offer, missing, contracts.glob("*.toml"))
            except LeftAlone as why:
                told.append(f"{offer.file}: no example written: {why}")
            else:
                count = f"{len(missing)} example{'s' if len(missing) > 1 else ''}"
                told.append(f"{offer.file}: {count} written at its end, to be reviewed")
    for line in told:
        click.echo(cleaned(line), err=as_json)
    return True


def _show(checked: Checked, as_json: bool) -> None:
    if as_json:
        print_json(checked.summary)
        return
    if checked.problems:
        show_findings(err(), checked.problems)
    if not errors(checked.problems):
        show_checked(out(), checked.summary)


def _show_again(look: Callable[[], Checked], as_json: bool) -> None:
    """Clear the terminal and show what is found now; files come and go while they are saved."""
    out().clear()
    try:
        _show(look(), as_json)
        if not as_json:
            err().print(f"{datetime.now(UTC).astimezone():%H:%M:%S}: {WATCHING}, until Ctrl-C", style="dim")
    except Refused as refused:
        show_problems(err(), refused.problems, WATCHING)
    except OSError as error:
        show_problems(err(), [Problem(Place(str(error.filename)), str(error.strerror))], WATCHING)


def _stamps(files: tuple[Path, ...], rules: Path, contracts: Path, sellers: Path) -> Stamps:
    folders = (path for folder in (rules, contracts, sellers) for path in folder.glob("*.toml"))
    return stamps([*files, *folders, *index_files(rules)])

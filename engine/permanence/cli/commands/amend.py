"""`permanence contracts amend`."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click
from attrs import frozen

from ...contracts.amendments import Amendment, Letter, amendment
from ...contracts.book import Book
from ...contracts.selection import contracts_named, contracts_under, read_wish
from ...model.contract import Contract
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...on_file import open_book
from ...read.contracts.event_text import with_events
from ...read.file_lock import changing
from ...read.files import replace_file
from ..confirmation import confirmed
from ..console import err, out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.amendments import amendments_summary, show_amendments, written_in_words
from ..streams import OutputLost
from ..typed import DAY, contracts_option, day_asked, example, json_option, rules_option

PARIS = "Europe/Paris"


@frozen
class Scope:
    """What is asked for: some contracts by their numbers, or those under an offer version that are as is wished."""

    letter: Letter
    names: Sequence[str]
    offer: str | None
    where: Sequence[str]


@click.command(short_help="Change contracts to another offer version, by events.")
@click.argument("names", metavar="[CONTRACT]...", nargs=-1)
@click.option("--offer", metavar="VERSION", help="All contracts that stand under this version on that day.")
@click.option("--to", metavar="VERSION", required=True, help="The version that they change to.")
@click.option(
    "--announced",
    type=DAY,
    required=True,
    help="Day on which the customers are told in writing; from it follows when the version holds (A27).",
)
@click.option(
    "--where",
    multiple=True,
    metavar="KEY=VALUE",
    help="Of these, only the ones with this mission, region, kind or option; again: with all of them.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: write what is shown.")
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence contracts amend C0004 --to essentielle@2026-10-01 --announced 2026-07-01")
def amend(
    names: tuple[str, ...],
    offer: str | None,
    to: str,
    announced: datetime,
    where: tuple[str, ...],
    yes: bool,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Change contracts to another offer version: one `[[event]]` each, at the end of the file that holds it.

    No line that was signed is touched, and months before the version holds are billed as before. Each event is shown
    before it is written. When a contract that is named cannot change, nothing is written; of those under a version,
    the ones that cannot are told and left out, and the exit code is 1.
    """
    if bool(names) == bool(offer):
        raise click.UsageError("Name contracts, or those under a version with --offer: one of the two.")
    if where and not offer:
        raise click.UsageError("--where chooses among contracts under a version: name it with --offer.")
    scope = Scope(Letter(to, day_asked(announced, PARIS, "--announced")), names, offer, where)
    shown = None if yes else _agreed(scope, rules, contracts, as_json)
    with changing(contracts, rules):
        book, found = _planned(scope, rules, contracts)
        if shown is None and not as_json:
            # Lost output keeps nothing from being done: the last sentence will be lost too, and end the command.
            with suppress(OutputLost):
                show_amendments(out(), amendments_summary(scope.letter, found))
        elif shown not in (None, found):
            what = "contracts or rule files were changed while you were asked"
            raise Refused([Problem(Place(contracts.as_posix()), what, "try again, and look at what is shown then")])
        files = with_events(book.contracts, [one.settled.event for one in found if one.settled])
        for path, content in files.items():
            replace_file(path, content)
    summary = amendments_summary(scope.letter, found, files)
    if as_json:
        print_json(summary)
    else:
        out().print(written_in_words(summary), soft_wrap=True)
    if any(one.outcome == "impossible" for one in found):
        raise click.exceptions.Exit(1)


def _agreed(scope: Scope, rules: Path, contracts: Path, as_json: bool) -> tuple[Amendment, ...]:
    """Return what somebody has seen and said yes to; end the command where it is a no."""
    _, found = _planned(scope, rules, contracts)
    show_amendments(err() if as_json else out(), amendments_summary(scope.letter, found))
    count = sum(one.outcome == "changes" for one in found)
    if count and not confirmed(f"Write these {count} events?" if count > 1 else "Write this event?"):
        raise click.Abort
    return found


def _planned(scope: Scope, rules: Path, contracts: Path) -> tuple[Book, tuple[Amendment, ...]]:
    """Return what is on file, and what becomes of each contract that is meant.

    Raises Refused where there is none, and where one that is named cannot change.
    """
    book = open_book(rules, contracts, plugins_in_use())
    for option, version in (("--to", scope.letter.offer), ("--offer", scope.offer)):
        if version and version not in book.offers:
            what = f'there is no offer "{version}"'
            raise Refused([Problem(Place(option), what, did_you_mean(version, book.offers))])
    meant = _under(book, scope, scope.offer) if scope.offer else contracts_named(book, scope.names)
    found = tuple(amendment(book, one, scope.letter) for one in meant)
    wrong = [one for one in found if one.outcome in ("impossible", "unconcerned")]
    if wrong and scope.names:
        raise Refused([Problem(one.stands.place, f"{one.stands.id}: {one.reason}") for one in wrong])
    return book, found


def _under(book: Book, scope: Scope, offer: str) -> tuple[Contract, ...]:
    """Return the contracts that stand under an offer version and are as is wished; raise Refused for none."""
    if offer == scope.letter.offer:
        raise Refused([Problem(Place("--to"), f"{offer} is the version that the contracts have")])
    wishes = [read_wish(text, book.offers[offer]) for text in scope.where]
    found = tuple(contracts_under(book, offer, scope.letter.on, wishes))
    if not found:
        such = f" with {' and '.join(scope.where)}" if wishes else ""
        what = f"no contract stands under {offer} on {scope.letter.on}{such}"
        raise Refused([Problem(Place("--where" if wishes else "--offer"), what)])
    return found

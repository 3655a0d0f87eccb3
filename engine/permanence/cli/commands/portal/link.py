"""`permanence portal link`."""

import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from ....contracts.waiting import contract_of
from ....model.clock import midnight
from ....model.period import ONE_DAY
from ....model.problem import Place, Problem, Refused
from ....on_file import open_book
from ....read.deeds import note
from ....read.files import create_file
from ....read.settings import settings_in
from ....store.portal_links import links_in, make_links, new_key, portal_key, portal_key_file
from ...console import out, print_json
from ...deed_typed import deed_typed
from ...plugins_in_use import plugins_in_use, without_option
from ...screens.portal import links_summary, show_links
from ...sellers_in_use import sellers_in_use, sellers_read_option
from ...typed import DAY, contracts_option, day_asked, example, json_option, portal_option, rules_option

USUAL = timedelta(days=365)


@click.command()
@click.argument("contracts_named", metavar="[CONTRACT]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="For each contract without a valid link.")
@click.option("--until", type=DAY, help="Last day of a link; a year from now.")
@rules_option
@contracts_option
@sellers_read_option
@portal_option
@without_option
@json_option
@example("permanence portal link C0001 --until 2027-06-30")
def link(
    contracts_named: tuple[str, ...],
    every: bool,
    until: datetime | None,
    rules: Path,
    contracts: Path,
    portal_db: Path,
    as_json: bool,
) -> None:
    """Make links to the pages of contracts, printed once here; mails of `permanence report` have them too.

    Who has a link sees that contract's page, and no other. Asked for again up to the same day, a link is the same. Kept
    is a digest, and beside it the key that mails need.
    """
    if bool(contracts_named) == every:
        raise click.UsageError("Name contracts, or --all.")
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    for name in contracts_named:
        contract_of(book, name)
    now = int(time.time())
    last = day_asked(until, book.zone, "--until") if until else day_asked(None, book.zone) + USUAL
    end = _end(last, book.zone, now)
    linked = {one.contract for one in links_in(portal_db) if one.is_valid(now)}
    names = contracts_named or tuple(sorted({one.id for one in book.contracts} - linked))
    key = _key(portal_db)
    found = make_links(portal_db, key, tuple(dict.fromkeys(names)), now, end, deed_typed())
    note(str(portal_db), f"keeps {len(found)} link{'s' if len(found) > 1 else ''}")
    settings = settings_in(Path()).portal
    summary = links_summary(found, now, book.zone, {one.number: settings.link(one.token(key)) for one in found})
    if as_json:
        print_json(summary)
    else:
        show_links(out(), summary)


def _end(last: date, zone: str, now: int) -> int:
    """Return the instant at which a day ends; raise Refused where it has ended."""
    end = midnight(last + ONE_DAY, zone)
    if end <= now:
        raise Refused([Problem(Place("--until"), f"{last} is past", "name the last day on which the link is to hold")])
    return end


def _key(path: Path) -> bytes:
    """Return the key beside a database of links; a new one is its owner's alone, whatever else is shared."""
    if key := portal_key(path):
        return key
    key, before = new_key(), os.umask(0o077)
    try:
        create_file(portal_key_file(path), f"{key.hex()}\n".encode())
    except FileExistsError:  # another command has made it meanwhile
        return portal_key(path) or key
    finally:
        os.umask(before)
    return key

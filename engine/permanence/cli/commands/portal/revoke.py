"""`permanence portal revoke`."""

import time
from pathlib import Path

import click

from ....read.deeds import note
from ....store.portal_links import revoke_links
from ...console import out, print_json
from ...deed_typed import deed_typed
from ...screens.portal import links_summary, show_links
from ...typed import example, json_option, portal_option
from .links import ZONE


@click.command()
@click.argument("links", metavar="LINK...", nargs=-1, required=True)
@portal_option
@json_option
@example("permanence portal revoke 12 C0004")
def revoke(links: tuple[str, ...], portal_db: Path, as_json: bool) -> None:
    """Revoke LINKS at once, each by its number, or all of a contract by the contract's: they open nothing any more."""
    numbers = {int(one) for one in links if one.isdecimal()}
    now = int(time.time())
    found = revoke_links(portal_db, numbers, {one for one in links if not one.isdecimal()}, now, deed_typed())
    note(str(portal_db), f"has revoked {len(found)} link{'s' if len(found) > 1 else ''}")
    summary = links_summary(found, now, ZONE)
    if as_json:
        print_json(summary)
    else:
        show_links(out(), summary)

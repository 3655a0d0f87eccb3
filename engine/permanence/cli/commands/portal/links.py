"""`permanence portal links`."""

import time
from pathlib import Path

import click

from ....store.portal_links import links_in
from ...console import out, print_json
from ...screens.portal import links_summary, show_links
from ...typed import example, json_option, portal_option

ZONE = "Europe/Paris"


@click.command()
@click.option("--valid", is_flag=True, help="Those alone that open a page now.")
@portal_option
@json_option
@example("permanence portal links --valid")
def links(valid: bool, portal_db: Path, as_json: bool) -> None:
    """List the links to customers' pages: whose, up to when, and whether they still open anything.

    What stands in their addresses is not kept, and cannot be printed again.
    """
    now = int(time.time())
    found = [one for one in links_in(portal_db) if one.is_valid(now) or not valid]
    summary = links_summary(found, now, ZONE)
    if as_json:
        print_json(summary)
    else:
        show_links(out(), summary)

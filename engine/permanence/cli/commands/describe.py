"""`permanence describe`."""

from datetime import datetime
from pathlib import Path

import click

from ...bill.price.charges import OptionFailed
from ...model.problem import Place, Problem, Refused
from ...model.scalars import Language
from ...offers.tell.description import describe as described
from ...plugin_manager import Plugins
from ...read.files import replace_file
from ..console import print_json
from ..offer_named import language_option, offer_named
from ..screens.description import description_page, description_summary, description_text
from ..typed import FILE, example, json_option, on_option, rules_option


@click.command()
@click.argument("offer")
@language_option
@click.option("--html", type=FILE, help="Write it to this file too, as a page to print.")
@on_option
@rules_option
@json_option
@example("permanence describe essentielle --lang en")
def describe(
    offer: str, language: Language, html: Path | None, on: datetime | None, rules: Path, as_json: bool
) -> None:
    """Tell an OFFER as a salesperson reads it out: what customers ask, and the answers, in Markdown.

    OFFER is a rule file, a version, whenever it is sold, or an id: then the version on sale on the day.
    """
    plugins = Plugins.installed()
    decider = offer_named(offer, "OFFER", rules, on, plugins)
    sold = decider.offer
    try:
        told = described(sold, decider)
    except OptionFailed as failure:
        cause = failure.__cause__
        what = f"the {plugins.blame(failure.option)} failed: {type(cause).__name__}: {cause}"
        raise Refused([Problem(Place("plugins"), what)]) from failure
    if html:
        replace_file(html, description_page(told, language).encode())
    if as_json:
        print_json(description_summary(sold, told, language))
    else:
        click.echo(description_text(told, language))

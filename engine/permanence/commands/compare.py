"""`permanence diff` and `permanence describe`."""

from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from ..decide.decider import Decider
from ..folders import rule_files
from ..model.offer import Offer
from ..model.problem import Place, Problem, Refused
from ..model.scalars import Language
from ..plugin_manager import Plugins
from ..prove.description import describe as described
from ..prove.difference import difference
from ..proving import proved_offers
from ..quoting import offer_on_sale
from ..rate.price import OptionFailed
from ..screens.description import description_page, description_summary, description_text
from ..screens.difference import difference_summary, difference_text
from ..screens.output import as_json as to_json
from .shared import FILE, day_asked, example, json_option, on_option, rules_option

PARIS = "Europe/Paris"
language_option = click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="fr", show_default=True, help="Language."
)


@click.command()
@click.argument("old")
@click.argument("new")
@language_option
@on_option
@rules_option
@json_option
@example("permanence diff essentielle@2023-01-01 rules/essentielle-2026-10-01.toml")
def diff(old: str, new: str, language: Language, on: datetime | None, rules: Path, as_json: bool) -> None:
    """Say what a customer would notice between two versions of an offer, OLD and NEW, in sentences.

    Each is a rule file, a version, whenever it is sold, or an id: then the version on sale on the day.
    """
    plugins = Plugins.installed()
    before, after = (_offer(name, where, rules, on, plugins) for where, name in (("OLD", old), ("NEW", new)))
    found = difference(before, after)
    if as_json:
        click.echo(to_json(difference_summary(before, after, found, language)))
    else:
        click.echo(difference_text(before, after, found, language))


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
    sold = _offer(offer, "OFFER", rules, on, plugins)
    try:
        told = described(sold, Decider(sold))
    except OptionFailed as failure:
        cause = failure.__cause__
        what = f"the {plugins.blame(failure.option)} failed: {type(cause).__name__}: {cause}"
        raise Refused([Problem(Place("plugins"), what)]) from failure
    if html:
        html.write_text(description_page(told, language), encoding="utf-8")
    click.echo(to_json(description_summary(sold, told, language)) if as_json else description_text(told, language))


def _offer(name: str, where: str, rules: Path, on: datetime | None, plugins: Plugins) -> Offer:
    """Return the offer in a rule file, the one of a version, or of an id the version on sale on a day."""
    path = Path(name)
    if path.suffix == ".toml":
        return proved_offers([path], plugins)[0]
    offers, day = proved_offers(rule_files(rules), plugins), day_asked(on, PARIS)
    exact = next((offer for offer in offers if offer.version == name), None)
    return exact or offer_on_sale(offers, name, day, where)

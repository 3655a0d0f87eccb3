"""`permanence diff`."""

from datetime import datetime
from pathlib import Path

import click

from ...model.scalars import Language
from ...offers.tell.difference import difference
from ..console import print_json
from ..offer_named import language_option, offers_named
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.difference import difference_summary, difference_text
from ..typed import example, json_option, on_option, rules_option


@click.command()
@click.argument("old")
@click.argument("new")
@language_option
@on_option
@rules_option
@without_option
@json_option
@example("permanence diff essentielle@2023-01-01 rules/essentielle-2026-10-01.toml")
def diff(old: str, new: str, language: Language, on: datetime | None, rules: Path, as_json: bool) -> None:
    """Say what a customer would notice between two versions of an offer, OLD and NEW, in sentences.

    Each is a rule file, a version, whenever it is sold, or an id: then the version on sale on the day.
    """
    plugins = plugins_in_use()
    before, after = (one.offer for one in offers_named([(old, "OLD"), (new, "NEW")], rules, on, plugins))
    found = difference(before, after)
    if as_json:
        print_json(difference_summary(before, after, found, language))
    else:
        click.echo(difference_text(before, after, found, language))

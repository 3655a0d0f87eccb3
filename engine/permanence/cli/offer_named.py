"""The offer that somebody names on a command line: by file, by version, or by id."""

from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from ..decide.decider import Decider
from ..model.scalars import Language
from ..offers.proved import proved_deciders
from ..offers.sell.quoting import offer_on_sale
from ..plugin_manager import Plugins
from ..read.folders import rule_files
from .typed import day_asked

PARIS = "Europe/Paris"
language_option = click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="fr", show_default=True, help="Language."
)


def offer_named(name: str, where: str, rules: Path, on: datetime | None, plugins: Plugins) -> Decider:
    """Return who decides for an offer: in a rule file, of a version, or of an id the version on sale on a day."""
    path = Path(name)
    if path.suffix == ".toml":
        return proved_deciders([path], plugins)[0]
    deciders, day = proved_deciders(rule_files(rules), plugins), day_asked(on, PARIS)
    exact = next((one for one in deciders if one.offer.version == name), None)
    return exact or offer_on_sale(deciders, name, day, where)

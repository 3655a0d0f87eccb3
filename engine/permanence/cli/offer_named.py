"""The offer that somebody names on a command line: by file, by version, or by id."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from ..decide.decider import Decider
from ..model.scalars import Language
from ..offers.proved import NONE_PROVED, check_named, prove_offers, sound
from ..offers.sell.on_sale import offer_on_sale
from ..plugin_manager import Plugins
from ..read.folders import rule_files
from .typed import day_asked

PARIS = "Europe/Paris"
language_option = click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="fr", show_default=True, help="Language."
)


def offer_named(name: str, where: str, rules: Path, on: datetime | None, plugins: Plugins) -> Decider:
    """Return who decides for an offer: in a rule file, of a version, or of an id the version on sale on a day."""
    (decider,) = offers_named([(name, where)], rules, on, plugins)
    return decider


def offers_named(
    names: Sequence[tuple[str, str]], rules: Path, on: datetime | None, plugins: Plugins
) -> tuple[Decider, ...]:
    """Return who decides for each of some offers, named each with where it was named; no file is proved twice."""
    proved, found = NONE_PROVED, list[Decider]()
    for name, where in names:
        path = Path(name)
        if path.suffix == ".toml":
            proved = sound(prove_offers([path], plugins, proved))
            for version in proved.deciders:
                check_named(proved, version)
            found += proved.deciders.values()
            continue
        day = day_asked(on, PARIS)
        proved = sound(prove_offers(rule_files(rules), plugins, proved))
        check_named(proved, name)
        found.append(proved.deciders.get(name) or offer_on_sale(proved.deciders.values(), name, day, where))
    return tuple(found)

"""The plugins that a command works with: those installed, without those that are switched off."""

from typing import Any

import click

from ..model.problem import Place, Problem, Refused, did_you_mean
from ..plugin_manager import Plugins
from .console import err
from .screens.problems import show_warnings

WITHOUT, IN_USE = f"{__name__}.without", f"{__name__}.in_use"


def _keep(context: click.Context, _: click.Parameter, names: tuple[str, ...]) -> Any:
    context.meta[WITHOUT] = names
    return names


without_option = click.option(
    "--without",
    multiple=True,
    metavar="PLUGIN",
    expose_value=False,
    callback=_keep,
    help="Switch a plugin off, by its distribution or `distribution:name`; again for another.",
)


def plugins_in_use() -> Plugins:
    """Return the plugins that are installed and not switched off; what of them cannot be used is told once.

    A thread of the staff's pages has no command line, and nothing is switched off there. Raises Refused where a name
    that is switched off is that of no plugin.
    """
    context = click.get_current_context(silent=True)
    meta = context.meta if context else {}
    if IN_USE not in meta:
        meta[IN_USE] = _installed(meta.get(WITHOUT, ()))
    plugins: Plugins = meta[IN_USE]
    return plugins


def _installed(without: tuple[str, ...]) -> Plugins:
    plugins = Plugins.installed(without)
    unknown = [name for name in without if name not in plugins.names]
    if unknown:
        raise Refused(
            Problem(Place("--without"), f'there is no plugin "{name}"', did_you_mean(name, plugins.names))
            for name in unknown
        )
    if warnings := [problem for one in plugins.not_loaded for problem in one.warnings]:
        show_warnings(err(), warnings)
    return plugins

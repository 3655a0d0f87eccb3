"""The plugins that a command works with: those installed, without those that are switched off."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from attrs import evolve

from ..model.problem import Place, Problem, Refused, did_you_mean

if TYPE_CHECKING:
    from ..plugin_manager import Plugins

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


def plugins_switched_off() -> tuple[str, ...]:
    """Return the plugins that `--without` names."""
    context = click.get_current_context(silent=True)
    names: tuple[str, ...] = context.meta.get(WITHOUT, ()) if context else ()
    return names


def plugins_in_use() -> "Plugins":
    """Return the plugins that are installed and not switched off; what of them cannot be used is told once.

    Switched off are those that `--without` names, and those that `permanence.toml` in the current folder names; a
    thread of the staff's pages has no command line. From here on it is on record which option a command asks. Raises
    Refused where `--without` names no plugin.
    """
    context = click.get_current_context(silent=True)
    meta = context.meta if context else {}
    if IN_USE not in meta:
        meta[IN_USE] = _installed(meta.get(WITHOUT, ()))
        from .option_record import options_recorded

        if context:  # not before: which plugin is being loaded is on a record of its own
            context.with_resource(options_recorded())
    plugins: Plugins = meta[IN_USE]
    return plugins


def plugins_when_needed() -> "Plugins":
    """Return the plugins that a command works with, loaded when something is asked of them."""
    return cast("Plugins", _WhenNeeded())


class _WhenNeeded:
    """Answers as the plugins do."""

    def __getattr__(self, name: str) -> Any:
        return getattr(plugins_in_use(), name)


def _installed(typed: tuple[str, ...]) -> "Plugins":
    """Load the plugins. What loads them takes most of a second to load, and what is kept of a month needs none."""
    from ..plugin_manager import Plugins
    from ..read.settings import settings_in
    from .console import err
    from .loading_record import loading_recorded
    from .screens.problems import show_warnings

    settings = settings_in(Path())
    with loading_recorded((*typed, *settings.without)) as note:
        plugins = Plugins.installed((*typed, *settings.without), note)
    if unknown := [_unknown(name, Place("--without"), plugins) for name in typed if name not in plugins.names]:
        raise Refused(unknown)
    warnings = [
        evolve(_unknown(name, settings.places.place(("without", number)), plugins), warning=True)
        for number, name in enumerate(settings.without)
        if name not in plugins.names
    ]
    warnings += (problem for one in plugins.not_loaded for problem in one.warnings)
    if warnings:
        show_warnings(err(), warnings)
    return plugins


def _unknown(name: str, where: Place, plugins: "Plugins") -> Problem:
    return Problem(where, f'there is no plugin "{name}"', did_you_mean(name, plugins.names))

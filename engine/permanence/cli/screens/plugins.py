"""What `permanence options --verbose` prints of plugins."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from ...model.options_on_sale import NotLoaded
from ...model.problem import Problem
from ...plugin_manager import Plugins
from .output import Record


def plugins_summary(plugins: Plugins) -> Record:
    """Return every plugin: where it comes from, its options and hooks, and why those that are not used are not."""
    return {
        "plugins": [
            {
                "plugin": plugin,
                "distribution": origin,
                "options": [name for name, found in plugins.registered.items() if found.plugin == plugin],
                "hooks": plugins.hooks(plugin),
            }
            for plugin, origin in sorted(plugins.origins.items())
        ],
        "not_used": [
            _not_used(one, problem)
            for one in sorted(plugins.not_loaded, key=lambda one: one.plugin)
            for problem in one.problems
        ],
    }


def _not_used(one: NotLoaded, problem: Problem) -> Record:
    return {
        "plugin": one.plugin,
        "distribution": one.origin,
        "options": one.options,
        "switched_off": one.switched_off,
        "what": problem.what,
        "hint": problem.hint,
    }


def show_plugins(console: Console, summary: Record) -> None:
    """Print each plugin with its options and hooks, and why others of its options are not used, then those not used."""
    for line in (*_used(summary), *_others(summary)):
        console.print(line, soft_wrap=True)


def _used(summary: Record) -> Iterator[Text]:
    for row in summary["plugins"]:
        yield Text.assemble((row["plugin"], "bold"), f" · {row['distribution']}")
        yield Text.assemble(("  options", "green"), f"  {', '.join(row['options']) or 'none'}")
        yield Text.assemble(("  hooks", "green"), f"    {', '.join(row['hooks']) or 'none'}")
        for other in summary["not_used"]:
            if other["plugin"] == row["plugin"]:
                yield Text.assemble(("  not used", "yellow"), f" {other['what']}; {other['hint']}")


def _others(summary: Record) -> Iterator[Text]:
    used = {row["plugin"] for row in summary["plugins"]}
    for row in summary["not_used"]:
        if row["plugin"] not in used:
            yield Text.assemble((row["plugin"], "bold yellow"), f" · {row['distribution']} · not used")
            yield Text(f"  {row['what']}; {row['hint']}")

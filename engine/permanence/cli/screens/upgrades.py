"""What is printed of databases that were brought up to date."""

import os
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from ...store.opening import Upgraded
from .output import Record


def show_upgraded(console: Console, upgraded: Upgraded) -> None:
    """Print that a database was brought up to date, and where it is as it was."""
    console.print(
        f"{_shown(upgraded.path)}: brought up to date, from version {upgraded.before} of its tables to {upgraded.now}; "
        f"as it was: {_shown(upgraded.copy)}",
        soft_wrap=True,
    )


def upgrades_summary(found: Mapping[Path, Upgraded | None]) -> Record:
    """Return what became of each database, as plain values; both versions are empty for one that was up to date."""
    return {
        "databases": [
            {
                "file": str(path),
                "before": upgraded and upgraded.before,
                "now": upgraded and upgraded.now,
                "copy": upgraded and _shown(upgraded.copy),
            }
            for path, upgraded in found.items()
        ]
    }


def show_upgrades(console: Console, found: Mapping[Path, Upgraded | None]) -> None:
    """Print a line per database."""
    for path, upgraded in found.items():
        if upgraded:
            show_upgraded(console, upgraded)
        else:
            console.print(f"{path}: up to date already", soft_wrap=True)


def _shown(path: Path) -> str:
    """Return a path as it is typed from here, where it lies below; else in full."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else os.fspath(path)

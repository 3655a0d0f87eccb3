"""What is printed of databases that were brought up to date."""

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from ...store.opening import Upgraded, seen_from_here
from .output import Record


def show_upgraded(console: Console, upgraded: Upgraded) -> None:
    """Print that a database was brought up to date, and where it is as it was."""
    path, copy = seen_from_here(upgraded.path), seen_from_here(upgraded.copy)
    versions = f"from version {upgraded.before} of its tables to {upgraded.now}"
    console.print(f"{path}: brought up to date, {versions}; as it was: {copy}", soft_wrap=True, markup=False)


def upgrades_summary(found: Mapping[Path, Upgraded | None]) -> Record:
    """Return what became of each database, as plain values; both versions are empty for one that was up to date."""
    return {
        "databases": [
            {
                "file": str(path),
                "before": upgraded and upgraded.before,
                "now": upgraded and upgraded.now,
                "copy": upgraded and str(seen_from_here(upgraded.copy)),
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
            console.print(f"{path}: up to date already", soft_wrap=True, markup=False)

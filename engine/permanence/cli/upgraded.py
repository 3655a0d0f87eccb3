"""A database that a command brought up to date before it did what it was asked: told at once."""

from ..read.deeds import note
from ..store.opening import Upgraded, seen_from_here
from .console import err
from .screens.upgrades import show_upgraded


def tell_upgraded(upgraded: Upgraded) -> None:
    """Print, apart from results, that a database was brought up to date, and where it is as it was."""
    show_upgraded(err(), upgraded)
    note(str(seen_from_here(upgraded.path)), "was brought up to date")

"""What is on file, opened: offers that prove themselves, and contracts that can be read."""

from collections.abc import Callable
from pathlib import Path

from .book import Book
from .folders import contract_files, rule_files
from .model.problem import Refused, errors
from .plugin_manager import Plugins
from .proving import prove_offers
from .read.contracts import read_contracts


def open_book(rules: Path, contracts: Path, plugins: Plugins, progress: Callable[[int], object] | None = None) -> Book:
    """Return what is on file in two folders; raise Refused with every problem of every file."""
    proved = prove_offers(rule_files(rules), plugins)
    signed, wrong = read_contracts(contract_files(contracts), progress)
    if found := errors([*proved.problems, *wrong]):
        raise Refused(found)
    return Book(plugins, {offer.version: offer for offer in proved.offers}, signed)

"""Contracts → the text of a contract file."""

from collections.abc import Iterable

from ...model.contract import Contract
from ..toml.written import toml_lines

HEAD = "#:schema contract.schema.json\nformat = 1\n"


def write_contracts(contracts: Iterable[Contract]) -> str:
    """Return the TOML text of a contract file; reading it gives the same contracts, but for their places."""
    return HEAD + "".join("\n" + "\n".join(toml_lines(contract, "[[contract]]")) + "\n" for contract in contracts)

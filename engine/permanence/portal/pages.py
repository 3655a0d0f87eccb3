"""What the pages of customers are asked for: whose link it is, and each page of that contract."""

from collections.abc import Callable
from typing import Protocol

from attrs import frozen


@frozen
class Document:
    """A document of a customer, as a file for a browser."""

    name: str
    content: bytes


class Pages(Protocol):
    """The pages of one contract; None for what that contract does not have, whoever else may."""

    def home(self) -> str:
        """Return the first page."""
        ...

    def calls(self) -> str:
        """Return the page of the month's calls."""
        ...

    def invoice(self, number: str) -> str | None:
        """Return the page of an issued document of the contract."""
        ...

    def document(self, number: str) -> Document | None:
        """Return the file of an issued document of the contract."""
        ...


Opened = Callable[[str], Pages | None]
"""Returns the pages that a token opens, None where it opens none: unknown, expired, revoked are the same."""

"""Where customers reach their pages."""

import re

from attrs import Attribute, frozen

from .keys import key

ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")


def address_or_nothing(_: object, _attribute: "Attribute[str]", value: str) -> None:
    """Raise ValueError for what is no address of pages."""
    if value and not ADDRESS.fullmatch(value):
        raise ValueError(f'"{value}" is no address: write it as https://portail.exemple.fr')


@frozen(kw_only=True)
class PortalSettings:
    """`[portal]`: the address under which the pages of `permanence portal` are reached."""

    address: str = key(
        "Address under which customers reach their pages; mails and `portal link` write links with it.",
        default="",
        validator=address_or_nothing,
        example="https://portail.exemple.fr",
    )

    def link(self, token: str) -> str:
        """Return the address of the page that a token opens; without the pages' own, its path alone."""
        return f"{self.address.rstrip('/')}/c/{token}"

"""The addresses of customers' pages, as mails have them: of each contract the link that is valid longest."""

from collections.abc import Mapping
from pathlib import Path

from ..read.settings import settings_in
from ..store.portal_links import tokens_valid


def pages_linked(portal: Path, at: int) -> Mapping[str, str]:
    """Return the address of each contract's page to which a link is valid at an instant; none where no address is set.

    The pages' own address is `[portal]` in `permanence.toml`: a mail has no link without it.
    """
    settings = settings_in(Path()).portal
    if not (settings.address and portal.is_file()):
        return {}
    return {contract: settings.link(token) for contract, token in tokens_valid(portal, at).items()}

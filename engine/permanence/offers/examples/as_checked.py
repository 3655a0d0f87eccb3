"""A rule file that was checked, read once more before it is written: what somebody else wrote meanwhile is kept."""

from collections.abc import Iterable
from pathlib import Path

from ...model.offer import Offer
from ...read.toml.located_toml import BOM
from ..signed_versions import signers

EDITED = "it was edited while it was checked; try again"


class LeftAlone(Exception):  # noqa: N818 - named after what happens
    """A rule file that may not be edited, and why."""


def text_to_edit(offer: Offer, contract_paths: Iterable[Path]) -> str:
    """Return what is in an offer's file, line ends and all.

    Raises LeftAlone when a contract in some files has signed its text (R25), or when it is no longer what was checked.
    """
    if names := signers(offer, contract_paths):
        raise LeftAlone(f"{names} signed it; make it the next version, `permanence new-offer --from {offer.version}`")
    text = text_as_checked(offer)
    if text is None:
        raise LeftAlone(EDITED)
    return text


def text_as_checked(offer: Offer) -> str | None:
    """Return what is in an offer's file, line ends and all; None where it is no longer what was checked."""
    try:
        text = Path(offer.file).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
    return text if text.removeprefix(BOM).replace("\r\n", "\n") == offer.text else None

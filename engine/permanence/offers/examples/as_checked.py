"""A rule file that was checked, read once more before it is written: what somebody else wrote meanwhile is kept."""

from pathlib import Path

from ...model.offer import Offer

BOM = "\ufeff"
EDITED = "it was edited while it was checked; try again"


def text_as_checked(offer: Offer) -> str | None:
    """Return what is in an offer's file, line ends and all; None where it is no longer what was checked."""
    try:
        text = Path(offer.file).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
    return text if text.removeprefix(BOM).replace("\r\n", "\n") == offer.text else None

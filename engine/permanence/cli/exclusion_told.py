"""What somebody excluded afterwards, as plain values."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..model.exclusion import Exclusion


def exclusion_told(entry: Exclusion | None, zone: str) -> dict[str, Any] | None:
    """Return an entry as plain values, None for none: what it says of its call, who made it, when and why."""
    if entry is None:
        return None
    at = datetime.fromtimestamp(entry.at, ZoneInfo(zone)).isoformat(sep=" ")
    return {"call": entry.call, "undone": entry.undone, "at": at, "by": entry.by, "why": entry.why}

"""What `permanence portal` prints of links to customers' pages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from ...model.portal_link import PortalLink
from ...model.words.french import day_in_words
from .output import Record, show_table, table

NO_ADDRESS = "Ils se lisent après l'adresse du portail : address de [portal] dans permanence.toml la met devant."
NONE = "Aucun lien."
STATES = {"valid": "valable", "expired": "expiré", "revoked": "révoqué"}


def links_summary(
    found: Sequence[PortalLink], now: int, zone: str, addresses: Mapping[int, str] | None = None
) -> Record:
    """Return links as plain values, with their addresses where these were just made."""
    return {
        "links": [
            {
                "link": one.number,
                "contract": one.contract,
                "made_at": datetime.fromtimestamp(one.made_at, UTC).isoformat(),
                "until": _last_day(one.until, zone).isoformat(),
                "state": _state(one, now),
                **({"address": addresses[one.number]} if addresses else {}),
            }
            for one in found
        ]
    }


def show_links(console: Console, summary: Record) -> None:
    """Print links as a table; addresses that were just made below, each in one piece."""
    rows = [
        (str(one["link"]), one["contract"], day_in_words(date.fromisoformat(one["until"])), STATES[one["state"]])
        for one in summary["links"]
    ]
    if not rows:
        console.print(NONE)
        return
    show_table(console, table("Liens", ("Lien", "Contrat", "Jusqu'au", "État"), rows, numbers=(0,)))
    for one in summary["links"]:
        if "address" in one:
            console.print(Text(f"{one['contract']} : {one['address']}"), soft_wrap=True)
    if any(one.get("address", "").startswith("/") for one in summary["links"]):
        console.print(NO_ADDRESS, soft_wrap=True, markup=False)


def _last_day(until: int, zone: str) -> date:
    return datetime.fromtimestamp(until - 1, ZoneInfo(zone)).date()


def _state(one: PortalLink, now: int) -> str:
    if one.revoked_at is not None:
        return "revoked"
    return "valid" if one.is_valid(now) else "expired"

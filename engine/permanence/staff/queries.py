"""The canned queries: one SQL file each; its leading comments are the French title and description."""

from importlib.resources import files
from typing import Any

ORDER = ("revenue", "calls_by_outcome", "next_band", "invoices_of_contract", "why_this_line", "on_hold")


def canned_queries() -> dict[str, Any]:
    """Return Datasette's description of each query of the folder `queries`, by name, in reading order."""
    return {name: _query((files(__package__) / "queries" / f"{name}.sql").read_text("utf-8")) for name in ORDER}


def _query(text: str) -> dict[str, Any]:
    title, description, sql = text.split("\n", 2)
    return {
        "title": title.removeprefix("-- "),
        "description": description.removeprefix("-- "),
        "sql": sql.strip(),
        "hide_sql": True,
    }

"""The canned queries: one SQL file each; its leading comments are the French title and description."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from ..model.outcome import OUTCOME_WORDS
from .french import WORDS, YES_NO

IN_SQL: Mapping[str, Mapping[Any, str]] = {
    "{words of facts}": {**YES_NO, **WORDS["mission"], **WORDS["kind"], **WORDS["region"]},
    "{words of outcomes}": {name: words.several for name, words in OUTCOME_WORDS.items()},
}
"""Tables of the trade that a query reads, by the place in its text at which their words stand."""
ORDER = ("revenue", "calls_by_outcome", "next_band", "invoices_of_contract", "why_this_line", "on_hold")


def canned_queries() -> dict[str, Any]:
    """Return Datasette's description of each query of the folder `queries`, by name, in reading order."""
    return {name: _query((files(__package__) / "queries" / f"{name}.sql").read_text("utf-8")) for name in ORDER}


def _query(text: str) -> dict[str, Any]:
    title, description, sql = text.split("\n", 2)
    for place, words in IN_SQL.items():
        sql = sql.replace(place, " ".join(_when(value, word) for value, word in words.items()))
    return {
        "title": title.removeprefix("-- "),
        "description": description.removeprefix("-- "),
        "sql": sql.strip(),
        "hide_sql": True,
    }


def _when(value: Any, word: str) -> str:
    quoted = word.replace("'", "''")
    return f"when '{value}' then '{quoted}'"

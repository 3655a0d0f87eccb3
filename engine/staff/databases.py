"""The two databases as Datasette is told of them: French titles, labels, facets, sorts, canned queries."""

from collections.abc import Mapping
from typing import Any

from ..store.call_tables import CALL_TABLES
from ..store.schema import BILLING_TABLES, Table
from .queries import canned_queries

BILLING, CALLS = "billing", "calls"
SCHEMAS = {BILLING: BILLING_TABLES, CALLS: CALL_TABLES}
FACETS = {
    "contract": ["offer", "mission", "kind"],
    "hold": ["month"],
    "invoice": ["month", "status", "offer"],
    "line": ["code"],
    "set_aside": ["outcome"],
    "usage": ["outcome", "window_title"],
}
SORTABLE = {
    "call": ["id", "start"],
    "contract": ["id", "customer", "live"],
    "invoice": ["id", "month", "contract", "calls", "total_cents"],
}
"""Besides the key, by which every table can be sorted: columns with an index, or of a table that stays small."""
LATEST_FIRST = ("call", "hold", "import", "invoice", "run")


def metadata() -> Mapping[str, Any]:
    """Return Datasette's description of billing.db and calls.db."""
    return {
        "databases": {
            BILLING: {
                "title": "Facturation",
                "tables": _described(BILLING_TABLES),
                "queries": canned_queries(),
            },
            CALLS: {"title": "Appels", "tables": _described(CALL_TABLES)},
        }
    }


def _described(tables: tuple[Table, ...]) -> Mapping[str, Any]:
    return {table.name: _table(table) for table in tables}


def _table(table: Table) -> Mapping[str, Any]:
    described: dict[str, Any] = {"title": table.title, "sortable_columns": SORTABLE.get(table.name, ["id"])}
    if table.label:
        described["label_column"] = table.label
    if table.name in FACETS:
        described["facets"] = FACETS[table.name]
    if table.name in LATEST_FIRST:
        described["sort_desc"] = "id"
    return described

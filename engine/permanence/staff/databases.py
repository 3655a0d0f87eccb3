"""The databases as Datasette is told of them: French titles, labels, facets, sorts, canned queries."""

from collections.abc import Mapping
from typing import Any

from ..store.migrations import LAYOUTS
from ..store.portal_tables import PORTAL
from ..store.table import Table
from .queries import canned_queries
from .sentences import DATABASES, TABLES

BILLING, CALLS, IMPACT, MAIL = "billing", "calls", "impact", "mail"
SCHEMAS = {
    layout.name: tuple(one for one in layout.tables if not (one.packed or one.hidden))
    for layout in LAYOUTS
    if layout is not PORTAL
}
"""The tables that staff see: what is packed is shown by a page of its own.

Links to customers' pages are told by `permanence portal links`, with their state: a table of digests says no more.
"""
FACETS = {
    "alert": ["kind", "month"],
    "audit": ["command", "who"],
    "call_kind": ["month", "outcome"],
    "basis_contract": ["month"],
    "basis_part": ["month", "part"],
    "contract": ["offer", "mission", "kind"],
    "contract_term": ["term"],
    "exclusion": ["by"],
    "hold": ["month"],
    "mail": ["state"],
    "mail_step": ["state"],
    "invoice": ["month", "status", "offer"],
    "line": ["code"],
    "issued": ["month", "kind"],
    "debit": ["collect_on", "sequence"],
    "debit_message": ["month", "seller"],
    "payment": ["kind", "return_code"],
    "issued_text": ["kind"],
    "replay_hold": ["month"],
    "replay_reason": ["code"],
    "rule": ["offer"],
    "set_aside": ["outcome"],
    "title": ["month", "offer", "thing"],
    "usage": ["outcome"],
    "work_done": ["month", "outcome"],
    "work_set_aside": ["outcome"],
}
SORTABLE = {
    "call": ["id", "start"],
    "contract": ["id", "customer", "live"],
    "invoice": ["id", "month", "contract", "calls", "total_cents"],
    "offer": ["version"],
    "mail": ["id", "state"],
    "work": ["id", "day", "contract"],
    "replay_bill": ["id", "month", "contract", "change_cents"],
    "replay_contract": ["id", "change_cents"],
}
"""Besides the key, by which every table can be sorted: columns with an index, or of a table that stays small."""
LABELS = {"fact": "meaning", "rule": "why"}
"""Label columns, where the schema's own is a name that only rule files use."""

LINK = "Link"
"""What Datasette calls the column that it puts before the rows of a table whose key has several columns."""
LEFT_OUT = {
    "alert": ("id",),
    "mail_of_alerts": ("content",),
    "audit": ("product",),
    "basis": ("month", "stamp", "calls_digest", "crossing"),
    "basis_contract": ("id", "digest", "on_file"),
    "basis_part": ("id", "stood"),
    "fact": ("meaning",),
    "call": ("line", "source", "call_id", "linked_id", "caller"),
    "call_pack": ("digest", "content"),
    "import": ("sha256", "product", "digest"),
    "call_kind": ("id", "number", "window"),
    "contract_term": (LINK, "id", "number", "name"),
    "mail": ("message_id", "sha256"),
    "mail_step": ("sha256",),
    "invoice": (
        *("served_from", "served_days", "vat_cents", "first_day", "last_day"),
        *("customer", "kind", "region", "mission"),
    ),
    "issued": ("position", "content", "digest", "vat_cents", "series", "count", "issued_at"),
    "debit_message": ("sha256", "content"),
    "debit": ("file", "batch", "former_iban", "signed"),
    "debit_part": (LINK, "id"),
    "bank_file": ("sha256",),
    "payment_part": (LINK, "id"),
    "line": ("position", "code", "rule", "days", "of_days", "first_day", "last_day", "apart"),
    "line_fact": (LINK, "id", "number"),
    "offer": ("version", "text"),
    "rule": ("name", "file", "line", "why"),
    "replay": ("product",),
    "replay_reason": ("id", "code", "rule"),
    "replay_rule": ("code", "rule"),
    "run": ("questions", "product", "made_with"),
    "usage": (LINK, "id", "number", "window"),
    "vat": (LINK, "id"),
    "work": ("line", "identity", "work_id"),
    "title": (LINK, "id"),
    "work_done": ("id",),
    "work_import": ("sha256", "product"),
}
"""Columns that lists leave out: the row's own page says them better, or the key is shown by its name."""

SELDOM = {"invoice": ("band", "deposit_cents"), "issued": ("corrects",)}
"""Columns that lists leave out where no row that is shown has anything in them: offers without bands, or deposits."""

NAMED_BY = {"fact": "meaning", "line": "position", "offer": "version", "rule": "why", "run": "id", "basis": "id"}
"""By table whose key is long or technical: the column that a list shows as the link to the row."""

HEADED_BY = {
    "contract": "customer",
    "fact": "meaning",
    "import": "file",
    "line": "label",
    "replay_contract": "customer",
    "replay_month": "id",
    "rule": "why",
    "run": "id",
    "title": "title",
}
"""The column that says best, above a row's page, which row it is."""

MONTHS = ("run", "basis", "replay_month")
"""Tables whose keys are months."""

SORTED_BY = {"offer": "version"}
"""Tables whose key, a digest, is no order that people know."""

LATEST_FIRST = ("audit", "call", "hold", "import", "invoice", "issued", "mail_step", "run")


def metadata() -> Mapping[str, Any]:
    """Return Datasette's description of billing.db, calls.db, impact.db and mail.db."""
    return {
        "databases": {
            BILLING: {
                "title": "Données de facturation",
                "description": DATABASES[BILLING],
                "tables": _described(SCHEMAS[BILLING]),
                "queries": canned_queries(),
            },
            CALLS: {
                "title": "Données d'appels",
                "description": DATABASES[CALLS],
                "tables": _described(SCHEMAS[CALLS]),
            },
            IMPACT: {
                "title": "Incidence d'une version",
                "description": DATABASES[IMPACT],
                "tables": _described(SCHEMAS[IMPACT]),
            },
            MAIL: {
                "title": "Messages aux clients",
                "description": DATABASES[MAIL],
                "tables": _described(SCHEMAS[MAIL]),
            },
        }
    }


def _described(tables: tuple[Table, ...]) -> Mapping[str, Any]:
    return {table.name: _table(table) for table in tables}


def _table(table: Table) -> Mapping[str, Any]:
    described: dict[str, Any] = {
        "title": table.title,
        "description": TABLES[table.name],
        "sortable_columns": SORTABLE.get(table.name, [table.begins_with]),
    }
    label = LABELS.get(table.name, table.label)
    if label:
        described["label_column"] = label
    if table.name in FACETS:
        described["facets"] = FACETS[table.name]
    if table.name in SORTED_BY:
        described["sort"] = SORTED_BY[table.name]
    if table.name in LATEST_FIRST:
        described["sort_desc"] = "id"
    return described

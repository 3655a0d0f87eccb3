"""Titles instead of ids: what the offer of a row called its missions, marks, prices …, when its month was billed."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import frozen
from markupsafe import Markup

from ..model.words.own_titles import KINDS_TITLED, Titles, value_told
from ..store.titles import OF_AN_ID, OF_AN_OFFER, by_kind, one_title
from .databases import BILLING, IMPACT
from .french import WITH_A_NAME, shown

KINDS: Mapping[tuple[str, str], str] = {
    ("call_kind", "facts"): "fact",
    ("call_kind", "marks"): "mark",
    ("call_kind", "reason"): "reason",
    ("call_kind", "window"): "window",
    ("contract", "mission"): "mission",
    ("replay_bill", "mission"): "mission",
    ("replay_hold", "mission"): "mission",
    ("usage", "marks"): "mark",
    ("usage", "reason"): "reason",
    ("usage", "window"): "window",
    ("work", "what"): "work",
    ("work_done", "what"): "work",
}
"""What the ids in a column are of, where all of them are of one kind."""
NAME = "select name from title where thing = :thing and title = :title collate nocase order by month desc limit 1"
BY_INVOICE = "select offer.version from invoice join offer on offer.id = invoice.offer where invoice.id = :key"
BY_CONTRACT = "select offer from contract where id = :key"
OFFERS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "contract": (BY_CONTRACT, lambda row: str(row["id"])),
    "contract_term": (BY_CONTRACT, lambda row: key_of(row["contract"])),
    "line": (BY_INVOICE, lambda row: key_of(row["invoice"])),
    "line_fact": (BY_INVOICE, lambda row: key_of(row["line"]).rpartition("-")[0]),
    "rule": ("select version from offer where id = :key", lambda row: key_of(row["offer"])),
    "usage": (BY_INVOICE, lambda row: key_of(row["invoice"])),
    "work_done": (BY_INVOICE, lambda row: f"{key_of(row['month'])}-{row['contract']}"),
}
"""By table: how to find the offer version of a row, and by which key."""
MONTHS: Mapping[str, Callable[[Any], str]] = {
    "basis_part": lambda row: key_of(row["month"]),
    "call_kind": lambda row: key_of(row["month"]),
    "line": lambda row: key_of(row["invoice"])[:7],
    "line_fact": lambda row: key_of(row["line"])[:7],
    "usage": lambda row: key_of(row["invoice"])[:7],
    "work_done": lambda row: key_of(row["month"]),
}
"""By table whose rows are of a month: which."""


READ: Mapping[str, Collection[str]] = {
    "basis_part": ("month", "part"),
    "call_kind": ("month",),
    "contract": ("id",),
    "contract_term": ("contract", "term"),
    "line": ("invoice",),
    "line_fact": ("line", "name"),
    "rule": ("offer",),
    "usage": ("invoice",),
    "work_done": ("month", "contract"),
}
"""By table: the columns of a row that say whose it is. An address may ask for a list without them."""


@frozen
class OwnId:
    """Something that an offer gave an id of its own: its kind, the id, and what stands where it has no title."""

    kind: str
    name: str
    other: str


def own_ids(table: str, column: str, row: Any, value: Any) -> tuple[OwnId, ...]:
    """Return the ids of offers' own in a cell, in order; none where the column has none."""
    text = str(value or "")
    if not set(READ.get(table, ())) <= set(row.keys()):
        return ()
    if (table, column) in KINDS:
        return tuple(_named(KINDS[table, column], column, name) for name in text.split())
    match table, column:
        case "line_fact", "value":
            found = [_named(key_of(row["name"]), column, text)]
        case "basis_part", "name":
            found = [_named(row["part"], column, text)]
        case "contract_term", "name":
            found = [_named(row["term"], column, name) if "." not in name else coded(name) for name in text.split()]
        case ("line" | "replay_rule" | "replay_reason", "code") | ("rule", "outcome"):
            found = [coded(text.removeprefix("charge = "))]
        case _:
            found = []
    return tuple(one for one in found if one.kind in KINDS_TITLED)


def coded(code: str) -> OwnId:
    """Return what a code of an invoice line names; the word for it stands where it has no title."""
    kind, _, name = code.partition(".")
    return OwnId(kind if kind in WITH_A_NAME else "", name, str(shown("code", code) or code))


def choice(table: str, column: str, value: Any) -> OwnId:
    """Return what a list can be narrowed to, which may be nothing of an offer's own: then it has no kind."""
    if column == "code":
        return coded(str(value))
    return _named(KINDS.get((table, column), ""), column, value)


def key_of(value: Any) -> str:
    """Return the key in a cell that Datasette may have expanded to its label."""
    return str(value["value"] if isinstance(value, dict) else value)


async def own_titles(datasette: Any, table: str, row: Any, found: tuple[OwnId, ...]) -> Markup:
    """Return ids by their titles, the ids behind as a tooltip."""
    month, offer = MONTHS[table](row) if table in MONTHS else "", await _offer_of(datasette, table, row)
    told = [await titled(datasette, one, month, offer) for one in found]
    return Markup('<span title="{}">{}</span>').format(" ".join(one.name for one in found), ", ".join(told))


async def titled(datasette: Any, one: OwnId, month: str = "", offer: str = "") -> str:
    """Return the title of an id in a month, or in the last one that has it; what stands for it where it has none."""
    asked = {"thing": one.kind, "name": one.name, "month": month, "offer": offer}
    rows = await datasette.get_database(BILLING).execute(OF_AN_ID, asked) if one.kind else ()
    return one_title(((row["offer"], row["title"]) for row in rows), offer) or one.other


async def name_of(datasette: Any, table: str, column: str, title: str) -> str:
    """Return the name of a rule file that a title in a column stands for; the title where there is none."""
    if (table, column) not in KINDS:
        return title
    asked = {"thing": KINDS[table, column], "title": title.strip()}
    found = await datasette.get_database(BILLING).execute(NAME, asked)
    return str(found.single_value()) if found.rows else title


async def titles_of(billing: Any, month: str, offer: str) -> Titles:
    """Return all titles of an offer version in a month, by kind and id."""
    rows = await billing.execute(OF_AN_OFFER, {"month": month, "offer": offer})
    return by_kind((row["thing"], row["name"], row["title"]) for row in rows)


def _named(kind: str, column: str, name: Any) -> OwnId:
    fact = value_told({}, kind, str(name)) if column == "value" else ""
    return OwnId(kind, str(name), str(fact or shown(column, name) or name))


async def _offer_of(datasette: Any, table: str, row: Any) -> str:
    """Return the offer version that a row was billed by; nothing where it is of none."""
    if table.startswith("replay"):
        found = await datasette.get_database(IMPACT).execute("select against from replay")
    elif table in OFFERS:
        sql, key = OFFERS[table]
        found = await datasette.get_database(BILLING).execute(sql, {"key": key(row)})
    else:
        return ""
    return str(found.single_value()) if found.rows else ""

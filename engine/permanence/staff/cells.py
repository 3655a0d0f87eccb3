"""How a value becomes a table's cell: links with labels, French words, amounts to the right."""

import json
import re
from collections.abc import Awaitable, Sequence
from typing import Any

from datasette.utils import tilde_encode
from markupsafe import Markup

from ..model.price_list import PERCENT
from ..model.words.amounts import percent_in_words
from ..model.words.deeds import came_of_in_words
from ..model.words.own_titles import value_told
from .databases import BILLING, HEADED_BY, LABELS, MONTHS, NAMED_BY, SCHEMAS, SELDOM
from .french import Value, column_title, shown
from .hooks import hook
from .own_titles import key_of, own_ids, own_titles
from .rights import PRIVATE

REFERS_TO = {
    (database, table.name, column.name): column.refers_to
    for database, tables in SCHEMAS.items()
    for table in tables
    for column in table.columns
    if column.refers_to
}
HOLDERS = {other: table for (database, table, column), other in REFERS_TO.items() if column == other}
"""By column of a canned query that holds the key of the table of its name: a table where the same is so."""

NUMBERS = {
    (database, table.name, column.name)
    for database, tables in SCHEMAS.items()
    for table in tables
    for column in table.columns[1:]
    if column.type.startswith("INTEGER") and not column.refers_to
}
"""Columns that stand to the right: whole numbers that are no keys."""

LABELLED_BY = {
    (database, table.name): LABELS.get(table.name, table.label)
    for database, tables in SCHEMAS.items()
    for table in tables
}
KEY_BESIDE = ("contract", "fact", "line", "replay_contract")
"""Tables whose keys are used as much as their labels: a contract's number, a fact's name in the rule files."""

QUOTED = {
    *(("rule", "name"), ("rule", "condition"), ("", "condition"), ("title", "name")),
    *(("replay_rule", "rule"), ("replay_reason", "rule"), ("call", "details")),
}
"""What is shown as the rule file writes it."""

KEY_SHOWN = ("fact",)
"""Tables in whose lists the key stands beside the link that leads to the row."""
Cell = Markup | str | None


@hook
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Cell | Awaitable[Cell]:
    """Return what a cell shows, None to leave it to Datasette."""
    holder = table or HOLDERS.get(column, "")
    other = REFERS_TO.get((database, holder, column), "")
    if isinstance(value, dict):
        return linked(datasette.urls, database, other, value["value"], value["label"])
    if (table, column) == ("contract", "offer"):
        return offer_titled(datasette, value)
    if found := own_ids(holder, column, row, value):
        return own_titles(datasette, holder, row, found)
    if other and value not in (None, "") and column not in PRIVATE.get(holder, ()):
        return labelled(datasette, database, other, value)
    return plain(holder, column, row, value)


def plain(table: str, column: str, row: Any, value: Any) -> Cell:
    """Return a value that is neither a link nor an id of an offer's own."""
    if column in PRIVATE.get(table, ()):
        return Markup('<span class="private">masqué</span>')
    if (table, column) == ("line_fact", "value") and "name" in row.keys():  # noqa: SIM118
        return value_told({}, key_of(row["name"]), value)
    if (table, column) in QUOTED:
        return Markup("<code>{}</code>").format(value)
    if table == "line" and "unit" in row.keys() and (row["unit"] == PERCENT or column == "for_each"):  # noqa: SIM118
        return of_line(column, row, value)
    if column in SELDOM.get(table, ()) and not value:
        return Markup('<span class="number muted">–</span>')
    return cell(column, value, currency_of(row))


def of_line(column: str, row: Any, value: Any) -> Cell:
    """Return what a line that is a share of others shows: ``− 5 %``; a price for one unit is for no number of them."""
    if column == "quantity":
        return Markup('<span class="number">{}</span>').format(percent_in_words(value).fr)
    plain_price = column == "for_each" and (value == 1 or row["unit"] == PERCENT)
    return "" if plain_price or column == "unit" else cell(column, value, currency_of(row))


def currency_of(row: Any) -> str:
    """Return the currency that stands in a row; nothing where there is none."""
    return str(row["currency"]) if "currency" in row.keys() else ""  # noqa: SIM118 - a row of SQLite has no `in`


def cell(column: str, value: Value, currency: str) -> Cell:
    """Return a value that refers to nothing; whole numbers and amounts stand to the right."""
    if column == "reason" and str(value).startswith("known "):
        return known_in_words(str(value))
    if column == "came_of":
        return came_of_in_words(json.loads(str(value)))
    text = shown(column, value, currency)
    if text is None or not isinstance(value, int):
        return text
    return Markup('<span class="number">{}</span>').format(text)


def known_in_words(reason: str) -> str:
    """Return why a record was set aside that was known already, in French."""
    words = {"known already": "déjà connu", "known with other content": "déjà connu, avec un autre contenu"}
    said = next((f"{fr}{reason.removeprefix(en)}" for en, fr in words.items() if reason.startswith(en)), reason)
    return re.sub(r" : line (\d+) of ", r" : ligne \1 de ", said.replace(": ", " : "))


def key_text(table: str, row: Any) -> str:
    """Return what stands for a row's key in a list: ``octobre 2026`` for a run, the version for an offer's text."""
    column = NAMED_BY.get(table, "id")
    return str(shown("month" if table in MONTHS else "key", row[column]) or row[column] or unlabelled(table, row["id"]))


def nothing_in(table: str, rows: Sequence[Any]) -> tuple[str, ...]:
    """Return the columns of a list that are often empty, and have nothing in any of its rows."""
    found = {cell["column"] for row in rows for cell in row if cell["raw"]}
    return tuple(name for name in SELDOM.get(table, ()) if name not in found)


def heading(table: str, row: Any) -> str:
    """Return what stands above a row's page, beside its key: the customer of a contract, ``Enregistrement`` of one."""
    if table not in HEADED_BY:
        return column_title("id", table)
    value = row[HEADED_BY[table]] or unlabelled(table, row["id"])
    return str(shown("month", value) if table in MONTHS else value)


def unlabelled(table: str, key: str) -> str:
    """Return what stands for a row whose label is empty: a rule without a sentence goes by its name."""
    return f"Règle {key.partition('-')[2]}" if table == "rule" else key


def linked(urls: Any, database: str, table: str, key: Any, label: Any) -> Markup:
    """Return a link to a row, with its label, behind which stands the key that people use."""
    text = shown("month", label) if table in MONTHS else label or unlabelled(table, str(key))
    link = Markup('<a href="{}">{}</a>').format(urls.row(database, table, tilde_encode(str(key))), text)
    return link + Markup(' <span class="key">{}</span>').format(key) if table in KEY_BESIDE else link


async def offer_titled(datasette: Any, version: str) -> Markup:
    """Return the title of an offer version, and the version behind; that alone where nothing was billed by it."""
    found = await datasette.get_database(BILLING).execute("select title from offer where version = ?", [version])
    if not found.rows:
        return Markup("{}").format(version)
    return Markup('{} <span class="key">{}</span>').format(found.rows[-1]["title"], version)


async def labelled(datasette: Any, database: str, table: str, key: Any) -> Markup:
    """Return a link to a row, with the label that is still to be looked up."""
    column = LABELLED_BY[database, table]
    found = await datasette.get_database(database).execute(f"select [{column}] from [{table}] where id = ?", [key])
    label = found.single_value() if found.rows else key
    return linked(datasette.urls, database, table, key, label)

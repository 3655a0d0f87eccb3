"""How a value becomes a table's cell: links with labels, French words, amounts to the right."""

from collections.abc import Awaitable
from typing import Any

from datasette.utils import tilde_encode
from markupsafe import Markup

from .databases import SCHEMAS
from .french import Value, shown
from .hooks import hook
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

Cell = Markup | str | None


@hook
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Cell | Awaitable[Cell]:
    """Return what a cell shows, None to leave it to Datasette."""
    holder = table or HOLDERS.get(column, "")
    other = REFERS_TO.get((database, holder, column), "")
    if isinstance(value, dict):
        return linked(datasette.urls, database, other, value["value"], value["label"])
    if column in PRIVATE.get(holder, ()):
        return Markup('<span class="private">masqué</span>')
    if other and value not in (None, ""):
        return labelled(datasette, database, holder, column, value)
    return cell(column, value)


def cell(column: str, value: Value) -> Cell:
    """Return a value that refers to nothing; whole numbers and amounts stand to the right."""
    text = shown(column, value)
    if text is None or not isinstance(value, int):
        return text
    return Markup('<span class="number">{}</span>').format(text)


def linked(urls: Any, database: str, table: str, key: Any, label: Any) -> Markup:
    """Return a link to a row, with its label; a contract's number stands behind the customer's name."""
    text = shown("month", label) if table == "run" else label
    link = Markup('<a href="{}">{}</a>').format(urls.row(database, table, tilde_encode(str(key))), text)
    return link + Markup(' <span class="key">{}</span>').format(key) if table == "contract" else link


async def labelled(datasette: Any, database: str, table: str, column: str, key: Any) -> Markup:
    """Return a link to the row that a column refers to, with the label that is still to be looked up."""
    labels = await datasette.expand_foreign_keys(database, table, column, [key])
    return linked(datasette.urls, database, REFERS_TO[database, table, column], key, labels.get((column, key), key))

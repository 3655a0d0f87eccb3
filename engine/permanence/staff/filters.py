"""Filters as staff type them: amounts, days and French words, turned into what the tables hold."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..model.currency import SIGNS
from ..model.words.amounts import MINUS
from ..model.words.french import MONTHS
from .cells import REFERS_TO
from .french import DAYS, INSTANTS, PARIS, WORDS, column_title, shown
from .hooks import hook
from .own_titles import name_of
from .rights import PRIVATE

SCALES = {"_cents": 100, "_micros": 1_000_000, "_bp": 100}
UNITS = {"_bp": " (%)", "_seconds": " (en secondes)"}
DAY_PATTERNS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d")
SIGN = "|".join(map(re.escape, SIGNS))
UNTYPEABLE = ("offer", "rule")
"""Tables whose keys are digests that nobody types."""

Application = Callable[[Any, Any, Any], Awaitable[None]]


@hook
def asgi_wrapper(datasette: Any) -> Callable[[Application], Application]:
    """Return what turns the values of a submitted filter form into the tables' own, before Datasette reads them."""

    def wrapped(served: Application) -> Application:
        async def turned(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and b"_filter_value" in scope["query_string"]:
                table, query = scope["path"].rpartition("/")[2], turned_query(scope["query_string"].decode("latin-1"))
                scope = {**scope, "query_string": (await with_names(datasette, table, query)).encode()}
            await served(scope, receive, send)

        return turned

    return wrapped


def turned_query(query: str) -> str:
    """Return a form's query string, each ``_filter_value`` turned by the ``_filter_column`` that goes with it."""
    return urlencode([(name, stored(column, value) if column else value) for name, value, column in _asked(query)])


async def with_names(datasette: Any, table: str, query: str) -> str:
    """Return what is asked of a table with the names that offers' files have for the titles that somebody typed."""
    found = [(name, await name_of(datasette, table, column, value), column) for name, value, column in _asked(query)]
    return urlencode([(name, value) for name, value, _ in found])


def _asked(query: str) -> list[tuple[str, str, str]]:
    """Return what a query string asks, each with the column that it is the value of; nothing for what is no value."""
    pairs = parse_qsl(query, keep_blank_values=True)
    columns = {name.removeprefix("_filter_column"): value for name, value in pairs if name.startswith("_filter_column")}
    values = "_filter_value"
    return [
        (name, value, columns.get(name.removeprefix(values), "") if name.startswith(values) else "")
        for name, value in pairs
    ]


def stored(column: str, text: str) -> str:
    """Return what the tables hold for what somebody typed: ``12 €`` of an amount is 1200; else the text itself."""
    words = " ".join(text.split())
    for value, word in WORDS.get(column, {}).items():
        if words.casefold() == word.casefold():
            return str(value)
    scale = next((factor for suffix, factor in SCALES.items() if column.endswith(suffix)), 0)
    if scale:
        return _scaled(words, scale) or text
    if column == "month":
        return _month(words) or text
    if re.fullmatch(r"\d{1,3}( \d{3})+", words):
        return words.replace(" ", "")
    moment = _moment(words) if column in INSTANTS | DAYS else None
    if moment is None:
        return text
    return f"{moment:%Y-%m-%d}" if column in DAYS else str(int(moment.timestamp()))


def _scaled(text: str, scale: int) -> str:
    figures = re.sub(rf"\s|%|{SIGN}", "", text, flags=re.IGNORECASE).replace(",", ".").replace(MINUS, "-")
    return str(int(Decimal(figures) * scale)) if re.fullmatch(r"-?\d+(\.\d+)?", figures) else ""


def _month(text: str) -> str:
    name, _, year = text.lower().rpartition(" ")
    if name in MONTHS and re.fullmatch(r"\d{4}", year):
        return f"{year}-{MONTHS.index(name) + 1:02d}"
    found = re.fullmatch(r"(\d{2})/(\d{4})", text)
    return f"{found[2]}-{found[1]}" if found else ""


def _moment(text: str) -> datetime | None:
    for pattern in DAY_PATTERNS:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=PARIS)
        except ValueError:
            continue
    return None


def typed(column: str, value: str) -> str:
    """Return a filter's value as staff would type it: the reverse of `stored`."""
    if column.endswith("_seconds"):
        return value
    return shown(column, int(value) if re.fullmatch(r"-?\d+", value) else value) or value


def filter_title(name: str, table: str = "") -> str:
    """Return the title of a column with the unit or the form in which a filter is typed."""
    unit = next((said for suffix, said in UNITS.items() if name.endswith(suffix)), "")
    return column_title(name, table) + (" (jj/mm/aaaa)" if name in INSTANTS | DAYS else unit)


def filterable(columns: list[str], database: str, table: str) -> list[str]:
    """Return the columns that staff can filter by: no digests, nothing that is masked."""
    return [
        name
        for name in columns
        if (table if name == "id" else REFERS_TO.get((database, table, name))) not in UNTYPEABLE
        and name not in PRIVATE.get(table, ())
    ]

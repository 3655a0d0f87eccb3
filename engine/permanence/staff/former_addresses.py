"""Addresses of rows from when each had a key of one column: they lead to the rows' pages of today."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import Response
from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound

from .databases import BILLING, SCHEMAS
from .hooks import hook
from .rights import allow

HAD_ONE = ("usage", "line_fact", "vat")
KEYS = {table.name: table.key for table in SCHEMAS[BILLING] if table.name in HAD_ONE}
"""The tables whose rows belong to a row of another one, and are known by its key and a further column."""
FORMER = rf"^/{BILLING}/(?P<table>{'|'.join(KEYS)})/(?P<id>[^/.,]+)(?P<form>\.json)?$"
LISTS = tuple(f"/{BILLING}/{name}{form}" for name in KEYS for form in ("", ".csv", ".json"))

Application = Callable[[Any, Any, Any], Awaitable[None]]


@hook
def register_routes() -> list[tuple[str, Any]]:
    """Return the addresses that rows of these tables had."""
    return [(FORMER, former_address)]


async def former_address(datasette: Any, request: Any) -> Any:
    """Return the way to the page of a row that is asked for by the one key that it had."""
    table, former = request.url_vars["table"], tilde_decode(request.url_vars["id"])
    await allow(datasette, request, BILLING, table)
    key = KEYS[table]
    columns = ", ".join(f"[{column}]" for column in key)
    # The key of the row that it belongs to is where the former one begins: those rows alone are looked at.
    sql = f"select {columns} from [{table}] where [{key[0]}] in (select value from json_each(:starts)) and id = :id"
    starts = json.dumps([former[:place] for place, letter in enumerate(former) if letter == "-"])
    found = await datasette.get_database(BILLING).execute(sql, {"starts": starts, "id": former})
    if not found.rows:
        raise NotFound("no such row")
    address = datasette.urls.row(BILLING, table, ",".join(tilde_encode(str(value)) for value in found.rows[0]))
    form, query = request.url_vars["form"] or "", f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(f"{address}{form}{query}", status=301)


@hook
def asgi_wrapper() -> Callable[[Application], Application]:
    """Return what reads the order that a list was asked for by its former key as that of today."""

    def wrapped(served: Application) -> Application:
        async def turned(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["path"] in LISTS and scope["query_string"]:
                key = KEYS[scope["path"].rpartition("/")[2].partition(".")[0]]
                scope = {**scope, "query_string": _turned(scope["query_string"].decode("latin-1"), key[0]).encode()}
            await served(scope, receive, send)

        return turned

    return wrapped


def _turned(query: str, first: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    by_id = [(name, first if (name, value) == ("_sort_desc", "id") else value) for name, value in pairs]
    return urlencode(
        [
            (name, value)
            for name, value in by_id
            # A list stands in the order of its key; a place in it by the former key is none any more.
            if (name, value) != ("_sort", "id") and not (name == "_next" and "," not in value)
        ]
    )

"""Tables that somebody takes along as CSV, and what pages show of others' texts: nothing in them is an order."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from attrs import define
from markupsafe import Markup

from ..model.signs import cleaned
from ..model.spreadsheet import csv_text
from .hooks import hook

CSV, UNNAMED, END = b"text/csv", b"text/plain", "\r\n"
"""Datasette calls a table as CSV plain text unless it is to be downloaded."""
CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^,\r\n]*))(,|\r\n|\Z)')
"""A cell as Datasette writes it, and what follows it. Python's reader takes no longer one than 128 kB."""
Application = Callable[[Any, Any, Any], Awaitable[None]]


@define
class SafeRows:
    """A CSV text that arrives in pieces, and leaves in whole rows that are safe to open in a spreadsheet."""

    _rest: bytes = b""

    def of(self, piece: bytes, *, more: bool) -> bytes:
        """Return the rows that are whole with this piece; with the last piece, what is left."""
        rows, self._rest = self._split(self._rest + piece) if more else (self._rest + piece, b"")
        return csv_text(_rows(rows.decode()), end=END).encode()

    @staticmethod
    def _split(text: bytes) -> tuple[bytes, bytes]:
        """Return a text up to the last end of a row, and what follows; an end of a line within quotes is none."""
        end = text.rfind(b"\r\n")
        while end >= 0 and text.count(b'"', 0, end) % 2:
            end = text.rfind(b"\r\n", 0, end)
        return (text[: end + 2], text[end + 2 :]) if end >= 0 else (b"", text)


def _rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    place = 0
    while place < len(text) and (found := CELL.match(text, place)):
        row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        place = found.end()
        if found[3] != ",":
            yield row
            row = []


@hook
def asgi_wrapper() -> Callable[[Application], Application]:
    """Return what makes each CSV that is sent safe to open, whichever page or query it is of."""

    def wrapped(served: Application) -> Application:
        async def safe(scope: Any, receive: Any, send: Any) -> None:
            rows: list[SafeRows] = []

            async def sent(message: Any) -> None:
                if message["type"] == "http.response.start":
                    headers = {name.lower(): value for name, value in message["headers"]}
                    kind = headers.get(b"content-type", b"")
                    if kind.startswith(CSV) or (kind.startswith(UNNAMED) and scope["path"].endswith(".csv")):
                        rows.append(SafeRows())
                        kept = [one for one in message["headers"] if one[0].lower() != b"content-length"]
                        message = {**message, "headers": kept}
                elif rows and message["type"] == "http.response.body":
                    more = message.get("more_body", False)
                    message = {**message, "body": rows[0].of(message.get("body", b""), more=more)}
                await send(message)

            await served(scope, receive, sent)

        return safe

    return wrapped


@hook
def prepare_jinja2_environment(env: Any) -> None:
    """Let each value on each page show the number of a sign that no text has, such as one that turns it round."""

    def shown(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = cleaned(value, lines=True)
        return Markup(text) if isinstance(value, Markup) else text

    env.finalize = shown

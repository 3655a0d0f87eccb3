"""Requests put to the application as a server puts them: no client in between makes an address any tidier."""

import asyncio
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from attrs import frozen
from starlette.applications import Starlette


@frozen(slots=False)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @cached_property
    def text(self) -> str:
        return self.content.decode()

    @property
    def plain(self) -> str:
        """Return the text with plain spaces for those at which no line ends."""
        return self.text.replace("\u00a0", " ").replace("\u202f", " ")


@frozen
class Asked:
    """The application, as it is asked for addresses."""

    app: Starlette

    def get(self, address: str, method: str = "GET") -> Answer:
        """Return what an address shows."""
        return asyncio.run(self._answer(address, method))

    async def _answer(self, address: str, method: str) -> Answer:
        path, _, query = address.partition("?")
        raw = path.encode("utf-8")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": raw,
            "root_path": "",
            "query_string": query.encode("utf-8"),
            "headers": [(b"host", b"127.0.0.1")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        try:
            await self.app(scope, receive, send)
        except Exception:  # the server logs what the application has answered with a page
            assert sent
        start, *bodies = sent
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], headers, b"".join(one.get("body", b"") for one in bodies))

"""Who may see what: everything is closed to anyone but the machine itself, until roles come."""

import sqlite3
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from datasette import Forbidden

from .databases import CALLS, SCHEMAS
from .hooks import first, hook, last

HERE = {"id": "poste-local"}
"""The only actor there is: somebody at the machine that serves the pages."""

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
PRIVATE = {"call": ("caller",)}
"""Columns of calls.db that the pages cannot read: billing needs no caller's number (GDPR, article 5.1.c)."""


def is_loopback(address: str) -> bool:
    """Tell whether an address is the machine itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return bool((getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback)


def host_name(header: str) -> str:
    """Return the name in a ``Host`` header, without port and brackets; empty when it is none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


@first
def actor_from_request(request: Any) -> dict[str, str] | None:
    """Return the machine itself, or nobody.

    What a proxy passed on is a stranger's request, although the proxy's address may be local; so is a request
    under a foreign host name, by which a hostile page reaches a local server (DNS rebinding).
    """
    address, _port = request.scope.get("client") or ("", 0)
    named = host_name(request.headers.get("host", "")) in LOCAL_NAMES
    passed_on = any(header in request.headers for header in FORWARDED)
    return HERE if is_loopback(address) and named and not passed_on else None


@last
def permission_allowed(actor: dict[str, str] | None, action: str, resource: Any) -> bool:
    """Allow the machine itself to look at our tables and queries; refuse everything else.

    In Datasette 0.65 the last answer wins, so this one leaves no question to another plugin. Free SQL is closed to
    the machine itself, too.
    """
    if actor != HERE:
        return False
    if action == "view-database":
        return resource in SCHEMAS
    if action == "view-table":
        return resource[1] in (table.name for table in SCHEMAS.get(resource[0], ()))
    if action == "view-query":
        return resource[0] in SCHEMAS
    return action == "view-instance"


async def allow(datasette: Any, request: Any, database: str, *tables: str) -> None:
    """Raise Forbidden unless whoever asks may see each of these tables of a database."""
    for table in tables:
        await datasette.ensure_permissions(
            request.actor, [("view-table", (database, table)), ("view-database", database), "view-instance"]
        )


@hook
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Make the private columns of calls.db read as empty: on pages, in exports, filters, facets and queries alike."""
    if database == CALLS:
        conn.set_authorizer(may_read)


def may_read(action: int, table: str | None, column: str | None, _database: str | None, _through: str | None) -> int:
    """Return SQLite's answer to a statement that is being prepared: a private column reads as NULL."""
    private = action == sqlite3.SQLITE_READ and column in PRIVATE.get(table or "", ())
    return sqlite3.SQLITE_IGNORE if private else sqlite3.SQLITE_OK


@hook
def register_routes() -> list[tuple[str, Any]]:
    """Return a closed door before Datasette's service pages (`/-/metadata`, `/-/plugins` …)."""
    return [(r"^/-/", closed)]


async def closed() -> None:
    """Refuse the page."""
    raise Forbidden("Datasette's service pages are closed")

"""Links to customers' pages into portal.db and out of it; beside it, the key of which their tokens are made."""

import os
import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from attrs import evolve
from sqlite_utils import Database

from ..model.deed import Deed
from ..model.portal_link import TOKEN_BYTES, PortalLink, digest_of_token, same_digest
from ..model.problem import Place, Problem, Refused
from .audit import note_deed
from .opening import open_to_write, reading, statements_of, writing
from .portal_tables import PORTAL

LINKS = """
SELECT link.id, contract, made_at, until, revoked_at FROM link LEFT JOIN link_revoked ON link_revoked.id = link.id
"""
ONE = f"{LINKS.strip().replace('SELECT', 'SELECT digest,', 1)} WHERE digest = ?"
LAST = "SELECT coalesce(max(id), 0) FROM link"
PUT = "INSERT INTO link (id, contract, made_at, until, digest) VALUES (?, ?, ?, ?, ?)"
REVOKE = "INSERT INTO link_revoked (id, revoked_at) VALUES (?, ?)"
NOBODY = ("0" * 64, 0, "", 0, 0, 0)
"""Stands for a link that is not there, so that looking takes the same steps."""


def portal_key_file(path: Path) -> Path:
    """Return where the key of a database of links is kept: beside it."""
    return path.with_name(f"{path.name}.key")


def portal_key(path: Path) -> bytes | None:
    """Return the key of a database of links, None where it has none; raise Refused for what is no key."""
    place = portal_key_file(path)
    if not place.exists():
        return None
    with suppress(ValueError):
        key = bytes.fromhex(place.read_text(encoding="utf-8").strip())
        if len(key) == TOKEN_BYTES:
            return key
    hint = "restore it from a backup; or move it away, revoke all links, and make new ones"
    raise Refused([Problem(Place(place.name), "this is no key of links", hint)])


def new_key() -> bytes:
    """Return a key that nobody can guess."""
    return secrets.token_bytes(TOKEN_BYTES)


def make_links(
    path: Path, key: bytes, contracts: Sequence[str], now: int, until: int, deed: Deed | None = None
) -> tuple[PortalLink, ...]:
    """Return a link to the page of each of some contracts, valid up to an instant, made in one transaction.

    One that is valid just so long already is the link: who asks twice has no two.
    """
    with closing(_opened(path)) as database, writing(database):
        there, (last,) = _still_told(database, key, now, until), database.execute(LAST).fetchone()
        names = [name for name in contracts if name not in there]
        new = [PortalLink(last + place, name, now, until) for place, name in enumerate(names, 1)]
        for one in new:
            row = (one.number, one.contract, one.made_at, one.until, digest_of_token(one.token(key)))
            database.execute(PUT, row)
        if new:
            note_deed(statements_of(database), deed, {"links": [one.number for one in new]})
        links = {**there, **{one.contract: one for one in new}}
        return tuple(links[name] for name in contracts)


def _still_told(database: Database, key: bytes, now: int, until: int) -> Mapping[str, PortalLink]:
    """Return by contract the links that are valid up to just that instant, and whose tokens the key still makes."""
    digests = _digests(database)
    alike = (one for one in _links(database) if one.is_valid(now) and one.until == until)
    return {one.contract: one for one in alike if digests[one.number] == digest_of_token(one.token(key))}


def revoke_links(
    path: Path, numbers: Collection[int], contracts: Collection[str], now: int, deed: Deed | None = None
) -> tuple[PortalLink, ...]:
    """Revoke links by number, and all of some contracts, in one transaction; return those that were not yet.

    Raises Refused where there is no such link.
    """
    with closing(_opened(path)) as database, writing(database):
        links = _links(database)
        found = tuple(one for one in links if one.number in numbers or one.contract in contracts)
        missing = [*(set(numbers) - {one.number for one in found}), *(set(contracts) - {one.contract for one in found})]
        if missing:
            hint = "`permanence portal links` lists them"
            raise Refused([Problem(Place("portal"), f"there is no link {one}", hint) for one in missing])
        now_revoked = tuple(one for one in found if one.revoked_at is None)
        for one in now_revoked:
            database.execute(REVOKE, (one.number, now))
        if now_revoked:
            note_deed(statements_of(database), deed, {"revoked": [one.number for one in now_revoked]})
        return tuple(evolve(one, revoked_at=now) for one in now_revoked)


def links_in(path: Path) -> tuple[PortalLink, ...]:
    """Return every link, in the order in which they were made; none where there is no database."""
    with reading(path, PORTAL) as database:
        return _links(database) if database else ()


def contract_behind(path: Path, token: str, now: int) -> PortalLink | None:
    """Return the link of a token, None where it opens nothing: unknown, expired, revoked are the same."""
    digest = digest_of_token(token)
    with reading(path, PORTAL) as database:
        row = (database.execute(ONE, (digest,)).fetchone() if database else None) or NOBODY
    known, *facts = row
    link = PortalLink(*facts)
    return link if same_digest(known, digest) & link.is_valid(now) else None


def tokens_valid(path: Path, now: int) -> Mapping[str, str]:
    """Return the token of the link of each contract that is valid longest from an instant on.

    A link whose token the key does not make any more is left out.
    """
    key = portal_key(path)
    with reading(path, PORTAL) as database:
        links, digests = (_links(database), _digests(database)) if database else ((), {})
    found: dict[str, PortalLink] = {}
    for one in links if key else ():
        if one.is_valid(now) and (one.contract not in found or found[one.contract].until <= one.until):
            found[one.contract] = one
    tokens = {name: (one, one.token(key)) for name, one in found.items()} if key else {}
    return {name: token for name, (one, token) in tokens.items() if digests[one.number] == digest_of_token(token)}


def _links(database: Database) -> tuple[PortalLink, ...]:
    return tuple(PortalLink(*row) for row in database.execute(f"{LINKS} ORDER BY link.id"))


def _digests(database: Database) -> Mapping[int, str]:
    return dict(database.execute("SELECT id, digest FROM link").fetchall())


def _opened(path: Path) -> Database:
    """Return the database, made where need be: its owner's alone, whatever else is shared."""
    before = os.umask(0o077)
    try:
        return open_to_write(path, PORTAL)
    finally:
        os.umask(before)

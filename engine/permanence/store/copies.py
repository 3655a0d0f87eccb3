"""A copy of a database beside it, as it was before its tables changed."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from filecmp import cmp
from itertools import count
from pathlib import Path


def keep_copy(path: Path, version: int) -> Path:
    """Return the path of a copy, ``billing.db.v2.bak``, of what is committed; an earlier copy is left as it is.

    Where the last of them is the same, as a command leaves it that was killed before it came to change anything, it is
    the copy. Nobody else may read it who may not read the database. Whoever calls this holds the right to write to the
    database. A copy that cannot be made whole is not left behind; sqlite3 and OSError say why.
    """
    last, place = _last_and_next(path, version)
    begun = path.with_name(f"{path.name}.v{version}.part")
    begun.unlink(missing_ok=True)
    try:
        begun.touch(mode=0o600, exist_ok=False)
        _keep_rights(begun, path)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(begun)) as target:
            source.backup(target)
        place = last if last and cmp(begun, last, shallow=False) else place
        begun.rename(place)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    return place


def _keep_rights(begun: Path, path: Path) -> None:
    """Give a copy the owner and the rights of the database; where it cannot have its group, nobody else may read it."""
    facts = path.stat()
    with suppress(PermissionError):
        os.chown(begun, facts.st_uid, -1)
    with suppress(PermissionError):
        os.chown(begun, -1, facts.st_gid)
    same = begun.stat().st_gid == facts.st_gid
    begun.chmod(stat.S_IMODE(facts.st_mode) if same else 0o600)


def _last_and_next(path: Path, version: int) -> tuple[Path | None, Path]:
    last = None
    for name in _names(path, version):
        if not os.path.lexists(name):
            break
        last = name
    return last, name


def _names(path: Path, version: int) -> Iterator[Path]:
    yield path.with_name(f"{path.name}.v{version}.bak")
    yield from (path.with_name(f"{path.name}.v{version}.{number}.bak") for number in count(2))

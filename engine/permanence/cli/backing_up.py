"""A backup as it is made: databases and files of one moment, while others read and write, proved before it is there."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from attrs import frozen

from ..model.issued import LedgerHead
from ..model.manifest import MANIFEST, BackedFile, Manifest
from ..model.problem import Place, Problem, Refused
from ..model.settings import SETTINGS_FILE
from ..read.file_lock import changing
from ..read.whole_folder import copied, file_at, files_below, placed_whole, written_new
from ..store.forgetting import key_file
from ..store.ledger import head_of
from ..store.migrations import BILLING, LAYOUTS
from ..store.portal_links import portal_key_file
from ..store.snapshots import copy_held, held_as_they_are
from .backup_proved import prove_backup
from .product import product_version

PART = ".backup.part"
BACKED_UP = {f"{layout.name}.db": layout for layout in LAYOUTS}
"""By their names in a backup, in the order in which they are held: bills rest on calls that came in before."""

KEYS = {"calls.db": key_file, "portal.db": portal_key_file}
"""Where the keys of databases are that have one."""


@frozen
class ToBackUp:
    """What is backed up: databases, and folders, each by its name in the backup; and the settings that are here."""

    databases: Mapping[str, Path]
    folders: Mapping[str, Path]


def back_up(what: ToBackUp, folder: Path, now: datetime) -> tuple[Path, Manifest]:
    """Return where a backup is that was made in a folder, named by its instant, and what it holds.

    Raises Refused where there is nothing to back up, where it would not be whole, or one of that instant is there.
    """
    made_at = now.strftime("%Y-%m-%dT%H%M%SZ")
    if not any(path.is_file() for path in what.databases.values()):
        hint = "run it where billing.db and calls.db are, or name them: --billing, --calls-db"
        raise Refused([Problem(Place("backup"), "there is no database here", hint)])
    if inside := [path for path in what.folders.values() if folder.resolve().is_relative_to(path.resolve())]:
        raise Refused(
            [Problem(Place(str(folder)), f"it is in {inside[0]}/, which is backed up", "name another folder")]
        )
    with placed_whole(folder / made_at, PART) as part:
        manifest = _filled(part, what, made_at)
        written_new(part / MANIFEST, manifest.content())
        prove_backup(part)
    return folder / made_at, manifest


def _filled(part: Path, what: ToBackUp, made_at: str) -> Manifest:
    """Copy everything into a folder, and return what it holds then.

    Nobody changes rules, contracts or quotes until their files are copied and the databases are held; whoever writes
    to the databases goes on.
    """
    files: list[BackedFile] = []
    versions: dict[str, int] = {}
    head = LedgerHead()
    with ExitStack() as held:
        with _unchanged(what.folders):
            files += _files(part, what.folders)
            files += _keys(part, what.databases)
            layouts = {what.databases[name]: layout for name, layout in BACKED_UP.items() if name in what.databases}
            databases = held.enter_context(held_as_they_are(layouts))
        for name, path in what.databases.items():
            if path in databases:
                database, versions[name] = databases[path]
                copy_held(database, part / name)
                files.append(file_at(part / name, name))
                if name == "billing.db" and versions[name] == BILLING.version:
                    head = head_of(database)
    return Manifest(made_at, product_version(), versions, str(head), files)


@contextmanager
def _unchanged(folders: Mapping[str, Path]) -> Iterator[None]:
    there = [path for path in folders.values() if path.is_dir()]
    with changing(there[0], *there[1:]) if there else nullcontext():
        yield


def _keys(part: Path, databases: Mapping[str, Path]) -> Iterator[BackedFile]:
    """Copy the keys of callers' numbers that were forgotten, and of customers' links, where they are; yield each."""
    for name, key_of in KEYS.items():
        key = key_of(databases[name]) if name in databases else None
        if key and key.is_file():
            yield copied(key, part / f"{name}.key", f"{name}.key")


def _files(part: Path, folders: Mapping[str, Path]) -> Iterator[BackedFile]:
    """Copy the files of the folders, and the settings that are here; yield each."""
    for name, folder in folders.items():
        for path in files_below(folder):
            inside = f"{name}/{path.relative_to(folder).as_posix()}"
            yield copied(path, part / inside, inside)
    if Path(SETTINGS_FILE).is_file():
        yield copied(Path(SETTINGS_FILE), part / SETTINGS_FILE, SETTINGS_FILE)

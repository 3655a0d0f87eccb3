"""A backup proved: each file to the byte what was backed up, databases whole, the ledger as it was issued."""

from collections.abc import Iterator
from pathlib import Path

from ..bill.ledger_verified import first_wrong
from ..model.issued import LedgerHead
from ..model.manifest import MANIFEST, Manifest, manifest_in
from ..model.problem import Place, Problem, Refused
from ..read.whole_folder import file_at, files_below
from ..store.audit import deed_wrong, heads_noted
from ..store.ledger import entries_in, guards_missing_in, head_of, texts_in
from ..store.migrations import BILLING, LAYOUTS
from ..store.snapshots import damage_in, sealed

NOTING = {f"{one.name}.db": one.version for one in LAYOUTS if one.notes_deeds}
"""Databases that note what was done, as of the versions that this command knows."""
ANOTHER = "take another backup, and find out what happened to this one"


def prove_backup(folder: Path, printed: LedgerHead | None = None) -> Manifest:
    """Return what a backup holds, once all of it is proved; nothing in it is touched.

    ``printed`` is a head that an earlier issue printed: its ledger must still have it. Raises Refused with everything
    that is wrong.
    """
    manifest = _manifest(folder)
    if wrong := tuple(_files_wrong(folder, manifest)):
        raise Refused(wrong)
    if wrong := tuple(_databases_wrong(folder, manifest, printed)):
        raise Refused(wrong)
    return manifest


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        there = sorted(one.parent.name for one in folder.glob(f"*/{MANIFEST}"))
        hint = (
            f"name one of its backups: {folder / there[-1]}" if there else "name a folder that `permanence backup` made"
        )
        raise Refused([Problem(Place(str(folder)), f"there is no {MANIFEST} in it", hint)])
    manifest = manifest_in(path.read_bytes())
    if manifest is None:
        raise Refused([Problem(Place(str(path)), "it is not what was written when the backup was made", ANOTHER)])
    return manifest


def _files_wrong(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    there = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
    for one in manifest.files:
        path = there.pop(one.path, None)
        if path is None:
            yield Problem(Place(str(folder / one.path)), "it was backed up, and is not there", ANOTHER)
        elif (found := file_at(path, one.path)) != one:
            is_other = f"it has {found.bytes} bytes" if found.bytes != one.bytes else "it has other bytes"
            yield Problem(Place(str(path)), f"it is not what was backed up: {is_other}", ANOTHER)
    for name, path in there.items():
        if name != MANIFEST:
            yield Problem(Place(str(path)), "it is no file of this backup", "take it away")


def _databases_wrong(folder: Path, manifest: Manifest, printed: LedgerHead | None) -> Iterator[Problem]:
    for name, version in manifest.databases.items():
        with sealed(folder / name) as database:
            if damage := damage_in(database):
                yield Problem(Place(str(folder / name)), f"it is damaged: {damage}", ANOTHER)
                continue
            if version == NOTING.get(name) and (wrong_deed := deed_wrong(database)):
                yield Problem(Place(str(folder / name)), wrong_deed, ANOTHER)
            if name == "billing.db" and version == BILLING.version:
                missing = guards_missing_in(database)
                if missing:
                    yield Problem(Place(name), f"the trigger {missing[0]} is not there, or is another", ANOTHER)
                noted = tuple(heads_noted(database))
                if wrong := first_wrong(entries_in(database), texts_in(database), printed, noted=noted):
                    yield wrong
                elif str(head_of(database)) != manifest.head:
                    yield Problem(Place(name), f"its ledger ends at {head_of(database)}, not {manifest.head}", ANOTHER)

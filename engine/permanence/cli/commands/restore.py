"""`permanence restore`."""

from contextlib import closing
from pathlib import Path

import click

from ...model.deed import CameOf
from ...model.manifest import Manifest
from ...model.problem import Place, Problem, Refused
from ...read.whole_folder import copied, placed_whole
from ...store.audit import note_deed
from ...store.opening import connected, statements_of, writing
from ..backup_proved import ANOTHER, NOTING, prove_backup
from ..console import out, print_json
from ..deed_typed import deed_typed
from ..head_typed import head_option, head_typed
from ..screens.backups import backup_summary, show_backup
from ..typed import FOLDER, example, json_option


@click.command()
@click.argument("backup", type=FOLDER)
@click.option("--verify", is_flag=True, help="Prove the backup, and touch nothing.")
@click.option("--into", type=FOLDER, help="Put it into this folder, which is empty or not there yet.")
@head_option
@json_option
@example("permanence restore /mnt/backups/2026-11-03T081500Z --verify")
def restore(backup: Path, verify: bool, into: Path | None, printed: str | None, as_json: bool) -> None:
    """Prove a BACKUP: every file to the byte, databases whole, the ledger as it was issued; and put it --into a folder.

    Nothing is ever put over what is there: move the folder that was damaged away, and restore into one of its name.
    """
    if not (verify or into):
        raise click.UsageError("Say what is to be done: --verify proves the backup, --into FOLDER restores it.")
    manifest = prove_backup(backup, head_typed(printed))
    if into:
        _restore(backup, manifest, into)
    summary = backup_summary(into or backup, manifest)
    if as_json:
        print_json(summary)
    else:
        show_backup(out(), summary, "Restaurée dans" if into else "Sauvegarde intacte")


def _restore(backup: Path, manifest: Manifest, into: Path) -> None:
    """Put every file of a backup into a folder; raise Refused where one is another than it was a moment ago."""
    if into.resolve().is_relative_to(backup.resolve()):
        raise Refused(
            [Problem(Place(str(into)), "it is in the backup, which nothing is put into", "name another folder")]
        )
    target = into if into.name else into.absolute()
    with placed_whole(target, f".{target.name}.part") as part:
        for one in manifest.files:
            if copied(backup / one.path, part / one.path, one.path) != one:
                raise Refused([Problem(Place(str(backup / one.path)), "it has changed meanwhile", ANOTHER)])
        for name, version in manifest.databases.items():
            if version == NOTING.get(name):
                _note_restored(part / name, {"restored": backup.as_posix(), "digest": manifest.digest})


def _note_restored(path: Path, came_of: CameOf) -> None:
    """Note in a database what it was restored from: from here on it is no copy any more."""
    with closing(connected(path)) as database, writing(database):
        note_deed(statements_of(database), deed_typed(), came_of)

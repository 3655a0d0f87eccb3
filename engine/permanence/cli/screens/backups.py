"""What `permanence backup` and `permanence restore` print: what a backup holds, and what proves it."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...model.manifest import Manifest
from ...model.words.numbers import in_thousands
from .output import Record, show_table, table


def backup_summary(place: Path, manifest: Manifest) -> Record:
    """Return what a backup holds as plain values; sizes in bytes."""
    return {
        "folder": place.as_posix(),
        "made_at": manifest.made_at,
        "product": manifest.product,
        "databases": dict(manifest.databases),
        "files": len(manifest.files),
        "bytes": sum(one.bytes for one in manifest.files),
        "held": list(_held(manifest)),
        "head": manifest.head,
        "digest": manifest.digest,
    }


def _held(manifest: Manifest) -> Iterator[Record]:
    """Yield each database, each folder and each file beside them, with how many files and bytes it has."""
    names = sorted({one.path.partition("/")[0] for one in manifest.files})
    for name in names:
        inside = [one for one in manifest.files if one.path.partition("/")[0] == name]
        yield {"name": name, "files": len(inside), "bytes": sum(one.bytes for one in inside)}


def show_backup(console: Console, summary: Record, title: str) -> None:
    """Print where a backup is, what it holds, the end of its ledger and its digest."""
    console.print(Text(f"{title} : {summary['folder']}"), soft_wrap=True)
    rows = [
        (
            f"{one['name']} (version {summary['databases'][one['name']]})"
            if one["name"] in summary["databases"]
            else one["name"],
            in_thousands(one["files"]),
            in_thousands(one["bytes"]),
        )
        for one in summary["held"]
    ]
    rows.append(("Total", in_thousands(summary["files"]), in_thousands(summary["bytes"])))
    show_table(console, table("Contenu", ("Quoi", "Fichiers", "Octets"), rows, numbers=(1, 2)))
    console.print(f"Fin du registre : {summary['head']}", soft_wrap=True)
    console.print(f"Empreinte : {summary['digest']}", soft_wrap=True)

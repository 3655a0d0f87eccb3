"""`permanence backup`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ..backing_up import ToBackUp, back_up
from ..console import out, print_json
from ..files_noted import note_in
from ..screens.backups import backup_summary, show_backup
from ..typed import (
    FILE,
    FOLDER,
    billing_option,
    calls_db_option,
    contracts_option,
    example,
    json_option,
    mail_option,
    portal_option,
    rules_option,
    sellers_option,
)


@click.command()
@click.argument("folder", type=FOLDER)
@rules_option
@contracts_option
@sellers_option
@click.option("--quotes", type=FOLDER, default=Path("quotes"), show_default=True, help="Folder of quotes.")
@billing_option
@calls_db_option
@click.option("--impact", type=FILE, default=Path("impact.db"), show_default=True, help="Database of an impact.")
@portal_option
@mail_option
@json_option
@example("permanence backup /mnt/backups")
def backup(
    folder: Path,
    rules: Path,
    contracts: Path,
    sellers: Path,
    quotes: Path,
    billing: Path,
    calls_db: Path,
    impact: Path,
    portal_db: Path,
    mail_db: Path,
    as_json: bool,
) -> None:
    """Make a backup in FOLDER, named by its instant: databases and files of one moment, while others read and write.

    It is proved before it is there, and no older one is touched. What is printed of it, kept elsewhere, tells a
    backup from any other: `permanence restore --verify` prints the same.
    """
    what = ToBackUp(
        databases={
            "billing.db": billing,
            "calls.db": calls_db,
            "impact.db": impact,
            "portal.db": portal_db,
            "mail.db": mail_db,
        },
        folders={"rules": rules, "contracts": contracts, "quotes": quotes, "sellers": sellers},
    )
    place, manifest = back_up(what, folder, datetime.now(UTC))
    note_in(billing, {"backup": place.as_posix(), "digest": manifest.digest})
    summary = backup_summary(place, manifest)
    if as_json:
        print_json(summary)
    else:
        show_backup(out(), summary, "Sauvegarde")

"""`permanence verify`."""

from pathlib import Path

import click

from ...bill.ledger_verified import first_wrong
from ...model.issued import LedgerHead
from ...model.problem import Place, Problem, Refused
from ...store.ledger import entries, guards_missing, issued_texts, ledger_head
from ..console import out, print_json
from ..typed import billing_option, example, json_option


@click.command()
@click.option(
    "--head", "printed", metavar="HEAD", help="What an earlier `permanence issue` printed as the ledger's end."
)
@billing_option
@json_option
@example("permanence verify")
def verify(printed: str | None, billing: Path, as_json: bool) -> None:
    """Prove that every issued document is as it was issued; name the first thing that is not.

    The chain, the numbers, the days, the sums and the texts of rules and contracts are worked out again. A ledger that
    somebody wrote anew from its beginning is found with --head alone.
    """
    head = _head(printed) if printed else None
    if missing := guards_missing(billing):
        what = f"the trigger {missing[0]} that guards what is issued is not there, or is another"
        raise Refused([Problem(Place(billing.name), what, "restore the database from a backup")])
    if wrong := first_wrong(entries(billing), issued_texts(billing), head):
        raise Refused([wrong])
    last = ledger_head(billing)
    if as_json:
        print_json({"documents": last.position, "head": str(last)})
    else:
        many = "aucun document" if not last.position else f"{last.position} document{'s' if last.position > 1 else ''}"
        out().print(f"Registre intact : {many}. Fin du registre : {last}", soft_wrap=True)


def _head(text: str) -> LedgerHead:
    position, _, digest = text.partition(":")
    if not position.isdigit() or len(digest) != 64:
        raise Refused(
            [Problem(Place("--head"), f'"{text}" is no head', "type what `permanence issue` printed: 42:9f86…")]
        )
    return LedgerHead(int(position), digest)

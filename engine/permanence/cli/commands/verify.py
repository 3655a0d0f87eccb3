"""`permanence verify`."""

from pathlib import Path

import click

from ...bill.ledger_sources import LedgerSources
from ...bill.ledger_verified import first_wrong
from ...model.problem import Place, Problem, Refused
from ...store.deeds_noted import deeds_wrong, issues_noted
from ...store.ledger import entries, guards_missing, issued_texts, ledger_head
from ...store.migrations import BILLING, CALLS
from ...store.opening import layout_in
from ..calls_proved import calls_otherwise
from ..console import err, out, print_json
from ..files_proved import FilesOnDisk
from ..head_typed import head_option, head_typed, log_ends_typed, log_option
from ..screens.problems import show_warnings
from ..typed import FOLDER, billing_option, contracts_option, example, json_option, rules_option


@click.command()
@head_option
@log_option
@billing_option
@rules_option
@contracts_option
@click.option("--quotes", type=FOLDER, default=Path("quotes"), show_default=True, help="Folder of quotes.")
@json_option
@example("permanence verify")
def verify(
    printed: str | None,
    log_ends: tuple[str, ...],
    billing: Path,
    rules: Path,
    contracts: Path,
    quotes: Path,
    as_json: bool,
) -> None:
    """Prove that every issued document is as it was issued; name the first thing that is not.

    The chain, the numbers, the days, the sums and the texts of rules and contracts are worked out again, and so are the
    digests of the stored calls that documents were counted from. A ledger that somebody wrote anew from its beginning
    is found with --head alone, and rows taken from the end of a log with --log alone. Files of rules, contracts and
    quotes that say something else now are warned of.
    """
    head, ends = head_typed(printed), dict(log_ends_typed(log_ends))
    if missing := guards_missing(billing):
        what = f"the trigger {missing[0]} that guards what is issued is not there, or is another"
        raise Refused([Problem(Place(billing.name), what, "restore the database from a backup")])
    own_end = ends.pop(billing, None)
    others = (deeds_wrong(path, layout_in(path) if path.is_file() else CALLS, end) for path, end in ends.items())
    logs = [deeds_wrong(billing, BILLING, own_end), *others]
    if wrong_deeds := [one for one in logs if one]:
        raise Refused(wrong_deeds)
    sources, texts = LedgerSources(), issued_texts(billing)
    if wrong := first_wrong(entries(billing), texts, head, sources, issues_noted(billing)):
        raise Refused([wrong])
    found = tuple(calls_otherwise(billing, sources.calls.values()))
    if wrong := next((one for one in found if not one.warning), None):
        raise Refused([wrong])
    warnings = (*found, *FilesOnDisk(rules, contracts, quotes).otherwise(sources, texts))
    last = ledger_head(billing)
    if as_json:
        told = [{"where": str(one.where), "what": one.what, "hint": one.hint} for one in warnings]
        print_json({"documents": last.position, "head": str(last), "warnings": told})
    else:
        many = "aucun document" if not last.position else f"{last.position} document{'s' if last.position > 1 else ''}"
        out().print(f"Registre intact : {many}. Fin du registre : {last}", soft_wrap=True)
    if warnings and not as_json:
        show_warnings(err(), warnings)

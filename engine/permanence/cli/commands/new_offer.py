"""`permanence new-offer`."""

from datetime import datetime
from pathlib import Path

import click

from ...model.period import Month
from ...model.problem import Refused, errors
from ...offers.check.files import check_files
from ...offers.draft.draft import OfferDraft
from ...offers.draft.new_version import next_version, offers_on_file, there_already, with_examples
from ...offers.draft.pricing import MODELS
from ...offers.draft.text import draft_text
from ...offers.draft.typed_answers import as_code
from ...offers.proved import Proved
from ...plugin_manager import Plugins
from ...read.file_lock import changing
from ...read.files import create_file, remove_file
from ...read.json_schema import offer_schema
from ..console import err, out, print_json
from ..dialogue import Dialogue
from ..offer_dialogue import ask_for_offer
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.output import as_json as to_json
from ..screens.problems import show_findings
from ..typed import DAY, contracts_option, day_asked, example, json_option, on_option, rules_option

PARIS = "Europe/Paris"


@click.command("new-offer")
@click.argument("offer", metavar="[ID]", required=False)
@click.option("--from", "source", metavar="VERSION", help="Copy this version, comments and all, to a later day.")
@click.option(
    "--sold-from",
    type=DAY,
    help="First day on which it is sold.",
)
@click.option("--model", type=click.Choice(MODELS), help="How it is priced.")
@click.option("--country", metavar="CODE", help="Whose law, VAT and public holidays hold, such as CH.")
@click.option("--currency", metavar="CODE", help="In which currency it is sold; the country's, unless said.")
@click.option("--timezone", metavar="ZONE", help="Its time zone, where the country has several.")
@click.option("--yes", is_flag=True, help="Ask nothing: take everything that is proposed.")
@on_option
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence new-offer --from essentielle@2023-01-01 --sold-from 2027-01-01")
def new_offer(
    offer: str | None,
    source: str | None,
    sold_from: datetime | None,
    model: str | None,
    country: str | None,
    currency: str | None,
    timezone: str | None,
    yes: bool,
    on: datetime | None,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Start a rule file from questions and answers, or copy a version to its next date.

    Each question proposes an answer, and nothing is written before all answers are shown and confirmed. The file that
    comes of them passes `permanence check`, and has examples with what they come to; a copy has whatever its original
    has.
    """
    plugins = plugins_in_use()
    day = day_asked(sold_from, PARIS, "--sold-from") if sold_from else Month.of(day_asked(on, PARIS)).next.first
    if source and offer:
        raise click.UsageError("--from names the offer already: leave ID out.")
    if source and (country or currency or timezone):
        raise click.UsageError("--from keeps country, currency and time zone: leave them out.")
    if source:
        with changing(rules):
            path, content = next_version(source, day, rules, offers_on_file(rules, plugins))
            _write_schema(rules, plugins)
            create_file(path, content)
    else:
        given = {
            "id": offer,
            "sold_from": day.isoformat() if sold_from else None,
            "model": model,
            "country": country and as_code(country),
            "currency": currency and as_code(currency),
            "timezone": timezone,
        }
        asked = OfferDraft(sold_from=day.isoformat())
        answers = {key: answer for key, answer in given.items() if answer is not None}
        dialogue = Dialogue(plugins, rules, offers_on_file(rules, plugins), yes)
        draft, proved = with_examples(ask_for_offer(dialogue, asked, answers), plugins)
        path = _drafted(draft, proved, rules, contracts, plugins)
    if as_json:
        print_json({"file": path.as_posix()})
    else:
        out().print(f"{path.as_posix()}: edit it, and see what it makes of it:", soft_wrap=True)
        out().print(f"permanence check {path.as_posix()} --watch", soft_wrap=True)


def _drafted(draft: OfferDraft, proved: Proved, rules: Path, contracts: Path, plugins: Plugins) -> Path:
    """Return the file that a draft is written to; raise Refused when there is one by now, or when it has problems."""
    path = rules / draft.file
    with changing(rules):
        if found := tuple(there_already(f"{draft.id}@{draft.sold_from}", path, offers_on_file(rules, plugins))):
            raise Refused(found)
        _write_schema(rules, plugins)
        create_file(path, draft_text(draft).encode())
        _check(path, contracts, plugins, proved)
    return path


def _write_schema(rules: Path, plugins: Plugins) -> None:
    """Write the JSON Schema that an editor reads beside rule files, unless it is there."""
    schema = rules / "offer.schema.json"
    if not schema.exists():
        create_file(schema, f"{to_json(offer_schema(plugins.options))}\n".encode())


def _check(path: Path, contracts: Path, plugins: Plugins, proved: Proved) -> None:
    """Show the warnings of a drafted file; where it has problems, leave none and raise Refused."""
    found = check_files([path], path.parent, contracts, plugins, before=proved).problems
    if wrong := errors(found):
        remove_file(path)
        raise Refused(wrong)
    if found:
        show_findings(err(), found)

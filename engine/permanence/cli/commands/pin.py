"""`permanence contracts pin`."""

from pathlib import Path

import click

from ...contracts.book import Book
from ...model.problem import Place, Problem, Refused, stopping
from ...model.quote import Quote
from ...model.slip import Slip
from ...offers.proved import prove_offers
from ...offers.sell.pinning import Pinned
from ...offers.sell.pinning import pin as pin_contracts
from ...read.contracts.contracts import read_contracts
from ...read.contracts.pinned_text import with_fingerprints
from ...read.contracts.quotes import read_quote
from ...read.file_lock import changing
from ...read.files import replace_file
from ...read.folders import contract_files, rule_files
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.pinned import pinned_summary, show_pinned
from ..typed import FOLDER, contracts_option, example, json_option, rules_option


@click.command(short_help="Write what was signed as a fingerprint.")
@click.argument("names", nargs=-1, metavar="[CONTRACT]...")
@click.option("--correct", is_flag=True, help="A slip of the pen in the contracts named was corrected: write it anew.")
@click.option("--quotes", type=FOLDER, default=Path("quotes"), show_default=True, help="Folder of quotes.")
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence contracts pin C0004")
def pin(names: tuple[str, ...], correct: bool, quotes: Path, rules: Path, contracts: Path, as_json: bool) -> None:
    """Write the fingerprint of what was signed into the contracts named, or into each that has none.

    An edit of a signed contract is refused from then on: what changes is an event. A contract that names a quote is
    compared with it first.
    """
    if correct and not names:
        raise Refused([Problem(Place("--correct"), "no contract is named", "name each contract that was corrected")])
    plugins = plugins_in_use()
    with changing(contracts, rules):
        proved = prove_offers(rule_files(rules), plugins)
        signed, wrong = read_contracts(contract_files(contracts), None, plugins.options)
        unreadable = (problem for problem in wrong if not isinstance(problem, Slip))
        if found := (*stopping(proved.problems), *unreadable):
            raise Refused(found)
        book = Book(plugins, proved.deciders, signed)
        done = pin_contracts(book, names, lambda number: _quote(quotes, number), correct=correct)
        _write(done)
    if as_json:
        print_json(pinned_summary(done))
    else:
        show_pinned(out(), done)


def _quote(folder: Path, number: str) -> Quote | None:
    path = folder / f"{number}.toml"
    return read_quote(path).quote if path.is_file() else None


def _write(done: tuple[Pinned, ...]) -> None:
    by_file: dict[str, list[Pinned]] = {}
    for one in done:
        by_file.setdefault(one.contract.place.file, []).append(one)
    texts = {
        file: with_fingerprints(Path(file).read_bytes().decode(), file, [one.contract for one in some])
        for file, some in by_file.items()
    }
    for file, text in texts.items():
        replace_file(Path(file), text.encode())

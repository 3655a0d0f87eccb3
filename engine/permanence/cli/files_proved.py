"""Files that issued documents rest on, and that say something else now: none changes what is issued."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ..bill.ledger_sources import LedgerSources
from ..model.issued import digest_of_text
from ..model.problem import Place, Problem, Refused
from ..offers.sell.quoting import numbered
from ..read.contracts.filed import contract_blocks
from ..read.contracts.quotes import QuoteFile, read_signable
from ..read.toml.located_toml import parse, read_text

NOT_SIGNED = frozenset({"legal", "fingerprint", "instruction", "note", "report", "alerts"})
"""What may be written into a contract after it was signed."""
COMES_LATER = frozenset({"digest", "seller"})
"""What a contract may come to have that had none of it."""
Texts = Mapping[str, tuple[str, str]]


@frozen(slots=False)
class FilesOnDisk:
    """The folders of rule, contract and quote files, each read when it is asked for."""

    rules: Path
    contracts: Path
    quotes: Path

    def otherwise(self, sources: LedgerSources, texts: Texts) -> Iterator[Problem]:
        """Yield a warning for each file that is otherwise than when documents were issued that rest on it."""
        for found in (self._rules(sources), self._contracts(sources, texts), self._quotes()):
            try:
                yield from found
            except Refused as refused:
                yield from _warnings(refused)

    def _rules(self, sources: LedgerSources) -> Iterator[Problem]:
        there = {digest_of_text(text): path for path, text in _read(self.rules)}
        for (version, digest), number in sources.offers.items():
            if digest not in there:
                what = f"{number} was billed by another text of {version} than any file has now"
                hint = "put it back, billing.db has it (table issued_text); what changes is a next version"
                yield Problem(Place(str(self.rules)), what, f"{hint}, `permanence new-offer --from {version}`", True)

    def _contracts(self, sources: LedgerSources, texts: Texts) -> Iterator[Problem]:
        there = {block for _, text in _read(self.contracts) for block in contract_blocks(text)}
        for contract, (digest, number) in sources.contracts.items():
            _, text = texts.get(digest, ("", ""))
            if text and not there.issuperset(contract_blocks(text)):
                yield from self._contract(contract, number, text)

    def _contract(self, contract: str, number: str, text: str) -> Iterator[Problem]:
        then, now = _tables(parse(text, number).table, contract), self._on_file.get(contract)
        if now is None:
            yield _of_contract(contract, "is not on file any more", "restore its file from a backup")
            return
        signed, said = then[0], now[0]
        names = {name for name in signed if said.get(name) != signed[name]} | (
            said.keys() - signed.keys() - COMES_LATER
        )
        if names := names - NOT_SIGNED:
            what = f"is otherwise on file than when {number} was issued: {', '.join(sorted(names))}"
            yield _of_contract(contract, what, "put it back: what changes is an [[event]]")
        elif gone := [event for event in then[1] if event not in now[1]]:
            what = f"has {len(gone)} events otherwise on file than when {number} was issued"
            yield _of_contract(contract, what, "put them back, or bill the month again and correct the invoice")

    @cached_property
    def _on_file(self) -> Mapping[str, tuple[dict[str, Any], list[Any]]]:
        tables = [parse(text, str(path)).table for path, text in _read(self.contracts)]
        whole = {
            "contract": [one for table in tables for one in table.get("contract", ())],
            "event": [one for table in tables for one in table.get("event", ())],
        }
        return {one["id"]: _tables(whole, one["id"]) for one in whole["contract"] if "id" in one}

    def _quotes(self) -> Iterator[Problem]:
        for path, _ in _read(self.quotes):
            try:
                found = read_signable(path)
            except Refused as refused:
                yield from _warnings(refused)
                continue
            if isinstance(found, QuoteFile) and numbered(found.quote).number != found.quote.number:
                what = f"it says something else than when it was numbered {found.quote.number}"
                yield Problem(
                    Place(str(path)), what, "restore it from a backup: a quote that changes is a new one", True
                )


def _warnings(refused: Refused) -> Iterator[Problem]:
    return (evolve(problem, warning=True) for problem in refused.problems[:1])


def _read(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of a folder with their texts; raise Refused for one that is no text."""
    for path in sorted(folder.glob("*.toml")):
        yield path, read_text(path)


def _tables(table: Mapping[str, Any], contract: str) -> tuple[dict[str, Any], list[Any]]:
    """Return what a contract says, and its events."""
    signed: dict[str, Any] = next((one for one in table.get("contract", ()) if one.get("id") == contract), {})
    return signed, [one for one in table.get("event", ()) if one.get("contract") == contract]


def _of_contract(contract: str, what: str, hint: str) -> Problem:
    return Problem(Place(contract), f"the contract {what}", hint, True)

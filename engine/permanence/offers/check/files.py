"""Rule files and contract files checked, each in every way that it can be."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from ...contracts.book import Book
from ...contracts.contradictions import history_problems
from ...contracts.national_lines import national_line_problems
from ...contracts.not_to_be_issued import not_to_be_issued
from ...contracts.oversights import oversights
from ...contracts.signature import signature_problems, without_fingerprint
from ...contracts.superfluous import superfluous
from ...contracts.unfollowable import unfollowable
from ...contracts.unmet import unmet_problems
from ...decide.cases import Group
from ...decide.decider import STAGES, Decider
from ...model.basis import BilledText
from ...model.facts import Stage
from ...model.offer import Offer
from ...model.problem import Problem, errors
from ...model.unusable_option import unusable
from ...plugin_manager import Plugins
from ...read.contracts.contracts import read_contracts
from ...read.folders import rule_files
from ...read.parties.sellers import TABLE as SELLER_TABLE
from ...read.parties.sellers import read_sellers, seller_files
from ..billed_versions import billed_otherwise
from ..examples.missing import examples_text, missing_problem
from ..examples.unshown import Missing, unshown
from ..proved import NONE_PROVED, Proved, prove_offers
from ..signed_versions import contracts_pinning, edited_offers
from .findings import offer_findings

CONTRACT_TABLE = re.compile(r"^\s*\[\[\s*(contract|event)\s*\]\]", re.MULTILINE)


@frozen
class Checked:
    """What was checked, as plain values, every problem that was found, and what no example of an offer shows.

    ``proved`` has what was proved of the rule files, for whoever looks again.
    """

    problems: tuple[Problem, ...]
    summary: dict[str, Any]
    missing: tuple[tuple[Offer, tuple[Missing, ...]], ...]
    proved: Proved


def check_files(
    files: Sequence[Path],
    rules: Path,
    contracts: Path,
    plugins: Plugins,
    *,
    examples: bool = True,
    before: Proved = NONE_PROVED,
    billed: Sequence[BilledText] = (),
    sellers: Path | None = None,
) -> Checked:
    """Return what is wrong with some files, or with everything on file when none is named.

    Contracts are checked against the offers of the rules folder, and against each other. When all offers are sound,
    what their ``examples`` do not show is looked for: that forbids to ship an offer, never to bill one. What was proved
    ``before`` is not proved again. ``billed`` are the texts that months were billed with. Where the folder of
    ``sellers`` is named, they are checked too, and what contracts lack before an invoice can be issued is told.
    """
    named, of_sellers, others = _by_kind(files)
    offer_paths = others if files else list(rule_files(rules))
    contract_paths = _with_others(named, contracts) if files else sorted(contracts.glob("*.toml"))
    proved = prove_offers(offer_paths, plugins, before)
    offers, problems = proved.offers, proved.problems
    walked = tuple(_walked(proved))
    signed, wrong = read_contracts(contract_paths, None, plugins.options)
    signers = signed if not files else contracts_pinning(offers, contracts)
    edited = (*edited_offers(offers, signers), *billed_otherwise(offers, billed, None))
    on_sale = proved if not named else prove_offers(rule_files(rules), plugins, proved)
    sound = not errors((*problems, *edited))
    against = _against_offers(Book(plugins, on_sale.deciders, signed)) if sound else ()
    theirs = {str(path) for path in (named if files else contract_paths)}
    unguarded = without_fingerprint(signed)
    sound = sound and not errors(walked)
    lacks = [(player.offer, unshown(player)) for player in proved.players if examples and sound]
    missing = tuple((offer, some.missing) for offer, some in lacks if some.missing)
    walked += tuple(problem for _, some in lacks for problem in some.problems)
    sound = sound and not errors(walked)
    selling, unsound = read_sellers(_sellers_read(of_sellers, sellers))
    mine = [contract for contract in signed if contract.place.file in theirs]
    parties = () if unsound or sellers is None else tuple(not_to_be_issued(mine, selling))
    lacking = tuple(missing_problem(offer, some) for offer, some in missing)
    elsewhere = (problem for problem in (*wrong, *against, *unguarded) if problem.where.file in theirs)
    found = (*_in_order((*problems, *walked)), *edited, *lacking, *unsound, *elsewhere, *parties)
    shown = proved.players if sound and not lacking else ()
    return Checked(
        found,
        {
            "problems": [_problem(problem) for problem in found],
            "missing": [
                {"file": offer.file, "what": one.what, "example": examples_text([one])}
                for offer, some in missing
                for one in some
            ],
            "offers": [_proved(player.offer, player.decider) for player in shown],
            "contracts": len(mine),
            "sellers": len(selling),
        },
        missing,
        proved,
    )


def _problem(problem: Problem) -> dict[str, Any]:
    """Return a problem for editors: lines and columns from 1 (0: unknown), ``end_column`` past the last sign."""
    where = problem.where
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "end_column": where.column + where.width if where.column else 0,
        "severity": problem.severity,
        "what": problem.what,
        "hint": problem.hint,
    }


def _walked(proved: Proved) -> Iterator[Problem]:
    """Yield what walking through the offers finds. A broken example keeps none from it: it may be what tells why.

    An offer with an option that cannot be used is not walked through: nobody knows what it would be with it.
    """
    for player in proved.players:
        if not unusable(player.offer.options):
            yield from offer_findings(player.offer, player.decider)


def _in_order(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield problems by file, in the order in which files first have one, and by their place in it."""
    files = list(dict.fromkeys(problem.where.file for problem in problems))
    yield from sorted(problems, key=lambda one: (files.index(one.where.file), one.where.line, one.where.column))


def _with_others(named: Sequence[Path], contracts: Path) -> Sequence[Path]:
    """Return contract files that are to be checked, and those of the folder that they are checked against."""
    if not named:
        return ()
    known = {path.resolve() for path in named}
    return [*named, *(path for path in sorted(contracts.glob("*.toml")) if path.resolve() not in known)]


def _by_kind(files: Sequence[Path]) -> tuple[Sequence[Path], Sequence[Path], Sequence[Path]]:
    """Return which of some files are of contracts, which of a seller, and which others: those are rule files."""
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in files}
    named = [path for path, text in texts.items() if CONTRACT_TABLE.search(text)]
    sellers = [path for path, text in texts.items() if path not in named and SELLER_TABLE.search(text)]
    return named, sellers, [path for path in files if path not in (*named, *sellers)]


def _sellers_read(named: Sequence[Path], folder: Path | None) -> Sequence[Path]:
    """Return the files of sellers that are to be read: those of the folder, and others that are named."""
    on_file = seller_files(folder) if folder else ()
    known = {path.resolve() for path in on_file}
    return [*on_file, *(path for path in named if path.resolve() not in known)]


def _against_offers(book: Book) -> Iterator[Problem]:
    """Yield what contracts say against the offers that they name, and what their events say against each other."""
    for contract in book.contracts:
        wrong = tuple(signature_problems(book, contract))
        yield from wrong
        if not wrong and (contract.events or contract.notice):
            yield from history_problems(book, contract)
            yield from oversights(book, contract)
        if not wrong:
            yield from superfluous(book, contract)
            yield from national_line_problems(contract)
            yield from unmet_problems(book, contract)
            yield from unfollowable(book, contract)


def _proved(offer: Offer, decider: Decider) -> dict[str, Any]:
    groups = [_group(stage, group) for stage in STAGES for group in decider.groups(stage)]
    return {
        "offer": offer.version,
        "file": offer.file,
        "rules": sum(len(group["rules"]) for group in groups),
        "cases": sum(group["cases"] for group in groups),
        "groups": groups,
        "examples": len(offer.examples),
    }


def _group(stage: Stage, group: Group) -> dict[str, Any]:
    return {
        "stage": stage,
        "facts": [cut.fact.name for cut in group.cells],
        "rules": [parsed.rule.id for parsed in group.rules],
        "cases": group.size,
    }

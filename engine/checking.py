"""Rule files and contract files checked, each in every way that it can be."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from .decide.cases import Group
from .decide.decider import STAGES, Decider
from .decide.decider import problems as rule_problems
from .folders import rule_files
from .model.facts import Stage
from .model.offer import Offer
from .model.problem import Problem
from .plugin_manager import Plugins
from .prove.examples import example_problems
from .read.contract_checks import check_contracts
from .read.contracts import read_contracts
from .read.offers import read_offers

CONTRACT_TABLE = re.compile(r"^\s*\[\[\s*contract\s*\]\]", re.MULTILINE)


@frozen
class Checked:
    """What was checked, as plain values, and every problem that was found."""

    problems: tuple[Problem, ...]
    summary: dict[str, Any]


def check_files(files: Sequence[Path], rules: Path, contracts: Path, plugins: Plugins) -> Checked:
    """Return what is wrong with some files, or with everything on file when none is named.

    Contracts are checked against the offers of the rules folder, and against each other.
    """
    named = [path for path in files if CONTRACT_TABLE.search(path.read_text(encoding="utf-8", errors="replace"))]
    offer_paths = [path for path in files if path not in named] if files else list(rule_files(rules))
    contract_paths = named if files else sorted(contracts.glob("*.toml"))
    offers, problems = prove_offers(offer_paths, plugins)
    signed, wrong = read_contracts(contract_paths)
    on_sale = offers if not named else prove_offers(rule_files(rules), plugins)[0]
    against = check_contracts(signed, {offer.version: offer for offer in on_sale}) if not problems else ()
    found = (*problems, *wrong, *against)
    shown = () if problems else offers
    return Checked(
        found,
        {
            "problems": [
                {"file": p.where.file, "line": p.where.line, "column": p.where.column, "what": p.what, "hint": p.hint}
                for p in found
            ],
            "offers": [_proved(offer) for offer in shown],
            "contracts": len(signed),
        },
    )


def _proved(offer: Offer) -> dict[str, Any]:
    decider = Decider(offer)
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


def prove_offers(paths: Sequence[Path], plugins: Plugins) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers in rule files, and every problem: of form, of rules in every case, and of examples."""
    offers, problems = read_offers(paths, plugins.options)
    found = list(problems)
    for offer in offers:
        wrong = (*rule_problems(offer), *plugins.check(offer))
        found += wrong
        if not problems and not wrong:
            found += example_problems(offer, Decider(offer))
    return offers, tuple(found)

"""Offers on file, proved: of form, of rules in every case, and of their own examples."""

from collections.abc import Sequence
from pathlib import Path

from .decide.decider import Decider
from .decide.decider import problems as rule_problems
from .model.offer import Offer
from .model.problem import Problem, errors
from .plugin_manager import Plugins
from .prove.examples import example_problems
from .read.offers import read_offers


def prove_offers(paths: Sequence[Path], plugins: Plugins) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers in rule files, and every problem: of form, of rules in every case, and of examples.

    Warnings are among them; they keep no offer from being used.
    """
    offers, problems = read_offers(paths, plugins.options)
    found = list(problems)
    for offer in offers:
        wrong = (*rule_problems(offer), *plugins.check(offer))
        found += wrong
        if not errors([*problems, *wrong]):
            found += example_problems(offer, Decider(offer))
    return offers, tuple(found)

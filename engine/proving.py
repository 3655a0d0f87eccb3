"""Offers on file, proved: of form, of rules in every case, and of their own examples."""

from collections.abc import Sequence
from pathlib import Path

from .decide.decider import problems as rule_problems
from .examples import Player
from .model.offer import Offer
from .model.problem import Problem, Refused, errors
from .plugin_manager import Plugins
from .read.offers import read_offers


def prove_offers(paths: Sequence[Path], plugins: Plugins) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers in rule files, and every problem: of form, of rules in every case, and of examples.

    Warnings are among them; they keep no offer from being used. An offer that has no example of something is sound all
    the same: only `check` asks for it.
    """
    offers, problems = read_offers(paths, plugins.options)
    found = list(problems)
    for offer in offers:
        wrong = (*rule_problems(offer), *plugins.check(offer))
        found += wrong
        if not errors([*problems, *wrong]):
            found += Player(offer, plugins).problems()
    return offers, tuple(found)


def proved_offers(paths: Sequence[Path], plugins: Plugins) -> tuple[Offer, ...]:
    """Return the offers in rule files, proved; raise Refused with every problem where there is one."""
    offers, problems = prove_offers(paths, plugins)
    if wrong := errors(problems):
        raise Refused(wrong)
    return offers

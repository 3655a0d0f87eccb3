"""Offers on file, proved: of form, of rules in every case, and of their own examples."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from ..decide.decider import Decider, prove_rules
from ..model.offer import Offer
from ..model.problem import Problem, Refused, errors
from ..plugin_manager import Plugins
from ..read.offers.offers import read_offers
from .examples.player import Player


@frozen
class Proved:
    """The offers in rule files, every problem of theirs, and the players of those whose examples were played.

    Warnings are among the problems; they keep no offer from being used. An offer that has no example of something is
    sound all the same: only `check` asks for it.
    """

    offers: tuple[Offer, ...]
    problems: tuple[Problem, ...]
    players: tuple[Player, ...]

    @property
    def deciders(self) -> Mapping[str, Decider]:
        """Return who decides for each offer whose examples were played, by version: the proof is the decider."""
        return {player.offer.version: player.decider for player in self.players}


def prove_offers(paths: Sequence[Path], plugins: Plugins) -> Proved:
    """Return the offers in rule files, and every problem: of form, of rules in every case, and of examples."""
    offers, problems = read_offers(paths, plugins.options)
    found, players = list(problems), list[Player]()
    for offer in offers:
        decider, contradictions = prove_rules(offer)
        wrong = (*contradictions, *plugins.check(offer))
        found += wrong
        if decider and not errors([*wrong, *(problem for problem in problems if problem.where.file == offer.file)]):
            players.append(Player(plugins, decider))
            found += players[-1].problems()
    return Proved(offers, tuple(found), tuple(players))


def proved_deciders(paths: Sequence[Path], plugins: Plugins) -> tuple[Decider, ...]:
    """Return who decides for each offer in rule files, proved; raise Refused with every problem where there is one."""
    proved = prove_offers(paths, plugins)
    if wrong := errors(proved.problems):
        raise Refused(wrong)
    return tuple(proved.deciders.values())

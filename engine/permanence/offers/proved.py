"""Offers on file, proved: of form, of rules in every case, and of their own examples."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from ..decide.decider import Decider, prove_rules
from ..model.offer import Offer
from ..model.problem import NeedsPlugin, Problem, Refused, errors, stopping
from ..plugin_manager import Plugins
from .examples.player import Player
from .form import read_offers


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

    @property
    def waiting(self) -> Mapping[str, NeedsPlugin]:
        """Return the offers that wait for a plugin which is not used, by version, with the option that they name."""
        needs = {one.where.file: one for one in self.problems if isinstance(one, NeedsPlugin)}
        return {offer.version: needs[offer.file] for offer in self.offers if offer.file in needs}


NONE_PROVED = Proved((), (), ())


def prove_offers(paths: Sequence[Path], plugins: Plugins, before: Proved = NONE_PROVED) -> Proved:
    """Return the offers in rule files, and every problem: of form, of rules in every case, and of examples.

    A file that was proved ``before`` with the same plugins, and has the same text, is not proved again; nor is what
    durable-rules decided for another version of an offer asked again.
    """
    offers, problems = read_offers(paths, plugins.options)
    known = {_text_of(player.offer): player for player in before.players}
    found, players = list(problems), list[Player]()
    for offer in offers:
        if player := known.get(_text_of(offer)):
            found += plugins.check(player.offer)
        else:
            like = [one.decider for one in (*before.players, *players) if one.offer.head.id == offer.head.id]
            decider, contradictions = prove_rules(offer, like)
            wrong = (*contradictions, *plugins.check(offer))
            found += wrong
            form = (problem for problem in problems if problem.where.file == offer.file)
            player = Player(plugins, decider) if decider and not errors([*wrong, *form]) else None
        if player:
            players.append(player)
            found += player.problems()
    proved = {_text_of(player.offer): player.offer for player in players}
    return Proved(tuple(proved.get(_text_of(offer), offer) for offer in offers), tuple(found), tuple(players))


def _text_of(offer: Offer) -> tuple[Path, str, str]:
    return Path(offer.file).resolve(), offer.digest, repr(offer.series)


def sound(proved: Proved) -> Proved:
    """Return what was proved; raise Refused with every problem where there is an error.

    Offers that wait for a plugin are left out, as long as there are others.
    """
    if wrong := stopping(proved.problems) or (() if proved.players else errors(proved.problems)):
        raise Refused(wrong)
    return proved


def check_named(proved: Proved, name: str) -> None:
    """Raise Refused where an offer that is named, by version or id, is one that waits for a plugin.

    So is an id of which one version waits: it may be the one on sale.
    """
    if wrong := [why for version, why in proved.waiting.items() if name in (version, version.partition("@")[0])]:
        raise Refused(wrong)


def proved_deciders(paths: Sequence[Path], plugins: Plugins, name: str) -> tuple[Decider, ...]:
    """Return who decides for each offer in rule files, proved; raise Refused with every problem where there is one.

    The offer that is named, by version or id, must not wait for a plugin; others may, and are left out.
    """
    proved = sound(prove_offers(paths, plugins))
    check_named(proved, name)
    return tuple(proved.deciders.values())

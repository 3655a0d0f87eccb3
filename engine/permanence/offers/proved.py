"""Offers on file, proved: of form, of rules in every case, and of their own examples."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from ..decide.decider import Decider, prove_rules
from ..model.offer import Offer
from ..model.options_out_of_use import with_unusable
from ..model.problem import OptionProblem, Problem, Refused, stopping
from ..model.unusable_option import unusable
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

    def untold(self, name: str) -> tuple[Problem, ...]:
        """Return why an offer, named by version or id, cannot be told in full: what is wrong with options of it.

        Of an id, one version is enough: it may be the one on sale.
        """
        named = (one for one in self.offers if name in (one.version, one.head.id))
        files = {offer.file for offer in named if unusable(offer.options)}
        return tuple(one for one in self.problems if isinstance(one, OptionProblem) and one.where.file in files)


NONE_PROVED = Proved((), (), ())


def prove_offers(paths: Sequence[Path], plugins: Plugins, before: Proved = NONE_PROVED) -> Proved:
    """Return the offers in rule files, and every problem: of form, of rules in every case, and of examples.

    An option that cannot be used is no reason not to prove its offer: something stands in its place, and who has it
    waits. A file that was proved ``before`` with the same plugins, and has the same text, is not proved again; nor is
    what durable-rules decided for another version of an offer asked again.
    """
    offers, problems = read_offers(paths, plugins.options)
    known = {_text_of(player.offer): player for player in before.players if not unusable(player.offer.options)}
    found, players = list(problems), list[Player]()
    for offer in offers:
        if player := known.get(_text_of(offer)):
            found += plugins.check(player.offer)
        else:
            like = [one.decider for one in (*before.players, *players) if one.offer.head.id == offer.head.id]
            against = plugins.check(offer)
            decider, contradictions = prove_rules(with_unusable(offer, against), like)
            wrong = (*contradictions, *against)
            found += wrong
            form = (problem for problem in problems if problem.where.file == offer.file)
            player = Player(plugins, decider) if decider and not stopping([*wrong, *form]) else None
        if player:
            players.append(player)
            found += player.problems()
    proved = {_text_of(player.offer): player.offer for player in players}
    return Proved(tuple(proved.get(_text_of(offer), offer) for offer in offers), tuple(found), tuple(players))


def _text_of(offer: Offer) -> tuple[Path, str, str]:
    return Path(offer.file).resolve(), offer.digest, repr(offer.series)


def sound(proved: Proved) -> Proved:
    """Return what was proved; raise Refused with every problem where there is an error that is not of options alone."""
    if wrong := stopping(proved.problems):
        raise Refused(wrong)
    return proved


def check_named(proved: Proved, name: str) -> None:
    """Raise Refused where an offer that is named, by version or id, has an option that cannot be used."""
    if wrong := proved.untold(name):
        raise Refused(wrong)


def proved_deciders(paths: Sequence[Path], plugins: Plugins) -> tuple[Decider, ...]:
    """Return who decides for each offer in rule files, proved; raise Refused as `sound` does."""
    return tuple(sound(prove_offers(paths, plugins)).deciders.values())

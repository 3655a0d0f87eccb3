"""What a rule file says is read once in a process, and its own examples are played once, however many tests prove it.

Most tests need offers that are proved; few are about the proof. What is kept is of one text in one file, with the same
options on sale: where a test changes any of them, all is done anew.
"""

from collections.abc import Hashable, Mapping

import pytest
from permanence.decide.decider import Decider
from permanence.model.option import Option
from permanence.offers.examples.played import Played
from permanence.offers.examples.player import Player
from permanence.plugin_manager import Plugins
from permanence.read.offers import offers
from permanence.read.toml.located_toml import LocatedToml

FROM_OTHER_FILES = "index"
"""The word for what an offer reads in a file beside its own."""
READ: dict[Hashable, offers.Reading] = {}
PLAYED: dict[Hashable, dict[str, Played]] = {}
read_anew, play_anew = offers._reading, Player.__init__


def _read_once(source: LocatedToml, options: Mapping[str, type[Option]], further: offers.Further) -> offers.Reading:
    if FROM_OTHER_FILES in source.text:
        return read_anew(source, options, further)
    known = source.file, source.text, frozenset(options.items()), further
    if known not in READ:
        READ[known] = read_anew(source, options, further)
    return READ[known]


def _play_once(player: Player, plugins: Plugins, decider: Decider) -> None:
    play_anew(player, plugins, decider)
    offer, options = player.offer, frozenset(plugins.options.items())
    player._own = PLAYED.setdefault((offer.file, offer.digest, repr(offer.series), options), {})


def pytest_configure(config: pytest.Config) -> None:
    """Let all tests of a process share what came out."""
    proved_once()


def proved_once() -> None:
    """Let all readings of a file, and all players of an offer, share what came out."""
    offers._reading = _read_once
    Player.__init__ = _play_once  # type: ignore[assignment, method-assign]

"""What a rule file says is read, walked through and played once in a process, however many tests prove it.

Most tests need offers that are proved; few are about the proof. What is kept is of one text in one file, with the same
options on sale: where a test changes any of them, all is done anew. Nor do installed distributions change, or our own
options' classes.
"""

import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from tempfile import gettempdir
from typing import Any

import pytest
from permanence import plugin_manager
from permanence.decide.decider import Decider
from permanence.model.offer import Offer
from permanence.model.option import Option
from permanence.model.problem import Problem
from permanence.offers.check import files
from permanence.offers.check.findings import offer_findings
from permanence.offers.examples.played import Played
from permanence.offers.examples.player import Player
from permanence.plugin_manager import Plugins
from permanence.read.offers import offers
from permanence.read.plugin_entries import PluginEntry, plugin_entries
from permanence.read.toml.located_toml import LocatedToml

MOST = 80
"""So many texts are kept: where each case of a property writes another, none is met again."""
FROM_OTHER_FILES = "index"
"""The word for what an offer reads in a file beside its own."""
READ: dict[Hashable, offers.Reading] = {}
PLAYED: dict[Hashable, dict[str, Played]] = {}
INSTALLED: dict[Hashable, Sequence[PluginEntry]] = {}
FAULTS: dict[type[Option], tuple[str, ...]] = {}
OURS = "permanence_options."
read_anew, play_anew = offers._reading, Player.__init__
WALKED: dict[Hashable, tuple[Problem, ...]] = {}
faults_anew = plugin_manager._faults_of


def _read_once(source: LocatedToml, options: Mapping[str, type[Option]], further: offers.Further) -> offers.Reading:
    if FROM_OTHER_FILES in source.text:
        return read_anew(source, options, further)
    known = source.file, source.text, frozenset(options.items()), further
    if known not in READ:
        _make_room(READ)
        READ[known] = read_anew(source, options, further)
    return READ[known]


def _play_once(player: Player, plugins: Plugins, decider: Decider) -> None:
    play_anew(player, plugins, decider)
    offer, options = player.offer, frozenset(plugins.options.items())
    _make_room(PLAYED)
    player._own = PLAYED.setdefault((offer.file, offer.digest, repr(offer.series), options), {})


def _walk_once(offer: Offer, decider: Decider) -> tuple[Problem, ...]:
    known = (
        offer.file,
        offer.digest,
        repr(offer.series),
        frozenset((name, type(one)) for name, one in offer.options.items()),
    )
    if known not in WALKED:
        _make_room(WALKED)
        WALKED[known] = offer_findings(offer, decider)
    return WALKED[known]


def _entries_once(group: str) -> Iterator[PluginEntry]:
    if any(path.startswith(gettempdir()) for path in sys.path):
        return plugin_entries(group)
    known = group, *sys.path
    if known not in INSTALLED:
        INSTALLED[known] = tuple(plugin_entries(group))
    return iter(INSTALLED[known])


def _faults_once(option: type[Option]) -> tuple[str, ...]:
    if not getattr(option, "__module__", "").startswith(OURS):
        return faults_anew(option)
    if option not in FAULTS:
        FAULTS[option] = faults_anew(option)
    return FAULTS[option]


def _make_room(kept: dict[Hashable, Any]) -> None:
    if len(kept) >= MOST:
        del kept[next(iter(kept))]


def pytest_configure(config: pytest.Config) -> None:
    """Let all tests of a process share what came out."""
    proved_once()


def proved_once() -> None:
    """Let all readings of a file, walks through an offer, players of it and lists of plugins share what came out."""
    offers._reading = _read_once
    Player.__init__ = _play_once  # type: ignore[assignment, method-assign]
    vars(files)["offer_findings"] = _walk_once
    vars(plugin_manager)["plugin_entries"] = _entries_once
    plugin_manager._faults_of = _faults_once

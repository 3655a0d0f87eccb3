"""The kinds of mission that have names of their own; an offer may have others, which are called by their ids (A22)."""

from collections.abc import Mapping

from attrs import frozen

from .scalars import Words


@frozen
class Mission:
    """A mission as customers read it, and what staff call it in a column of missions."""

    words: Words
    french: str


MISSIONS: Mapping[str, Mission] = {
    "simple": Mission(Words("mission simple", "simple mission"), "simple"),
    "complex": Mission(Words("mission complexe", "complex mission"), "complexe"),
}


def mission_words(mission: str) -> Words:
    """Return ``mission simple`` and ``simple mission``; of a mission without a name, its id."""
    return MISSIONS[mission].words if mission in MISSIONS else Words(f"mission {mission}", f"mission {mission}")

"""Missions, as customers and staff read them: two that are known, and those that an offer gives titles to (A22)."""

from collections.abc import Mapping

from attrs import frozen

from .scalars import Words
from .titled import Titled


@frozen
class Mission:
    """A mission as customers read it, and what staff call it in a column of missions."""

    words: Words
    french: str


MISSIONS: Mapping[str, Mission] = {
    "simple": Mission(Words("mission simple", "simple mission"), "simple"),
    "complex": Mission(Words("mission complexe", "complex mission"), "complexe"),
}


def mission_words(mission: str, titles: Mapping[str, Titled]) -> Words:
    """Return ``mission simple`` and ``simple mission``, or what an offer calls it; of one without a name, its id."""
    if mission in titles:
        title = titles[mission].title
        return Words(mission_within(title.fr), mission_within(title.told("en"), "mission “{}”"))
    return MISSIONS[mission].words if mission in MISSIONS else Words(f"mission {mission}", f"mission {mission}")


def mission_within(title: str, quoted: str = "mission « {} »") -> str:
    """Return a mission's title as it stands within a sentence: one that does not say that it is a mission is quoted."""
    return f"{title[:1].lower()}{title[1:]}" if "mission" in title.lower() else quoted.format(title)

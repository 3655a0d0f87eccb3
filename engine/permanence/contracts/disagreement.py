"""What a contract says against its offer, for those who find it."""

from collections.abc import Iterable

from attrs import frozen

from ..model.problem import nearest


@frozen
class Disagreement:
    """What a contract says against its offer: for `check` in English with a hint, for the staff in French."""

    what: str
    hint: str
    french: str


def nearest_in_french(word: str, known: Iterable[str]) -> str:
    """Return which of the known words is the nearest, to be said behind a sentence; nothing where none is near."""
    found = nearest(word, known)
    return f" ; la plus proche est « {found} »" if found else ""

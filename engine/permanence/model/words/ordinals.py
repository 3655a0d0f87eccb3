"""Small numbers in letters, and which one of a row something is, in French and in English."""

from ..scalars import Words
from .numbers import number
from .phrases import said

CARDINALS = tuple(
    map(
        Words,
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split(),
        "no one two three four five six seven eight nine ten eleven twelve".split(),
    )
)
ORDINALS = tuple(
    map(
        Words,
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième "
        "treizième".split(),
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split(),
    )
)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def in_letters(count: int) -> Words:
    """Return ``trois`` and ``three``; from 13 on, the number in figures."""
    return CARDINALS[count] if 0 <= count < len(CARDINALS) else number(count)


def ordinal(place: int) -> Words:
    """Return ``treizième`` and ``thirteenth`` for the thirteenth, counted from 1; later ones in figures."""
    if 1 <= place <= len(ORDINALS):
        return ORDINALS[place - 1]
    ending = "th" if place % 100 in (11, 12, 13) else ENDINGS.get(place % 10, "th")
    return Words(f"{place}e", f"{place}{ending}")


def months_in_words(first: int, last: int | None) -> Words:
    """Return which months of a contract some are, the first being 1: ``les trois premiers mois``."""
    if first == last:
        return said("le {} mois", "the {} month", ordinal(first))
    if last is None:
        return said("à partir du {} mois", "from the {} month on", ordinal(first))
    if first == 1:
        return said("les {} premiers mois", "the first {} months", in_letters(last))
    return said("du {} au {} mois", "from the {} to the {} month", ordinal(first), ordinal(last))

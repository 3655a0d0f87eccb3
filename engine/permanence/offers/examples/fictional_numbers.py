"""Telephone numbers that nobody has, for examples of calls to each of an offer's sets of numbers."""

from ...model.called_numbers import by_prefix, set_called
from ...model.offer import Offer

NOBODYS = ("+33199000012", "+33639980012", "+33261910012", "+442079460012", "+12025550112")
"""Of the ranges that are kept for fiction: Arcep decision 2018-0881, Ofcom's list, the North American 555-01xx."""
LENGTH = len(NOBODYS[0])


def number_in(offer: Offer, name: str) -> str:
    """Return a number of one of an offer's sets, by its name, or of none of them; "" where there is no such number."""
    sets = by_prefix(offer.called)
    lengths = tuple(sorted({len(prefix) for prefix in sets}, reverse=True))
    if set_called("", sets, lengths) == name:
        return ""
    made = (prefix.ljust(LENGTH, digit) for digit in "0123456789" for prefix, theirs in sets.items() if theirs == name)
    return next((number for number in (*NOBODYS, *made) if set_called(number, sets, lengths) == name), "")


def number_beginning(offer: Offer, name: str, prefix: str) -> str:
    """Return a number of a set that begins so, and in the set for that alone; "" where there is no such number."""
    sets = by_prefix(offer.called)
    lengths = tuple(sorted({len(prefix) for prefix in sets}, reverse=True))
    others = {one: theirs for one, theirs in sets.items() if one != prefix}
    made = (number for number in NOBODYS if number.startswith(prefix))
    padded = (prefix.ljust(LENGTH, digit) for digit in "0123456789")
    return next(
        (
            number
            for number in (*made, *padded)
            if set_called(number, sets, lengths) == name != set_called(number, others, lengths)
        ),
        "",
    )

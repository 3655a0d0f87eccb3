"""Offers with memory, small: the basic offer with rules on past months."""

from functools import cache

from permanence.contracts.book import Book
from permanence.model.period import Month

from tests.bill.months import contract, offer, on_file

SIGNED = Month(2026, 1)


def rules(up: int = 3, down: int = 2, kind: str = "reached") -> str:
    """Return the rules that make a floor after so many months above, and lift it after so many below."""
    return f"""[[rule]]
id = "up"
on = "history"
when = "history.months_above >= {up}"
then = {{ floor = "{kind}" }}
why = "Dépassé {up} mois de suite."

[[rule]]
id = "down"
on = "history"
when = "history.months_below >= {down}"
then = {{ floor = "lowest" }}
why = "Au-dessous {down} mois de suite."
"""


@cache
def remembering(up: int = 3, down: int = 2, kind: str = "reached", floor: str = "", billing: str = "") -> Book:
    """Return a book of one contract, in service since January, whose offer remembers."""
    more = "band = 150" if floor else ""
    text = offer(rules(up, down, kind), floor=floor, billing=billing)
    return on_file(text, contract("C1", more, signed="2026-01-01"))


def months(first: Month, count: int) -> list[Month]:
    """Return so many months, one after the other."""
    found = [first]
    while len(found) < count:
        found.append(found[-1].next)
    return found[:count]

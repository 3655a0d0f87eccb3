"""What an option may answer: types, numbers and texts that can be on an invoice, checked within a question to it.

All of it raises TypeError or ValueError for what cannot be, and whatever the plugin raises.
"""

from collections.abc import Generator, Iterable
from functools import lru_cache
from itertools import islice
from typing import Any, get_args

from attrs import evolve

from .coverage import CoverageWindow
from .option import Option
from .price import Price, PriceStep
from .price_list import Due, QuotedPrice
from .problem import Place, Problem, in_one_line
from .scalars import Days, Hours, Words
from .signs import strange_sign
from .type_held import misheld

MOST_ANSWERS = 1_000
"""An option has never more prices, windows or charges in a month: what yields more than that never ends."""
MOST_UNITS = 1_000_000_000
"""The most that is ever charged of one price in a month, and the most money, in units of a currency."""
MOST_MICROS = MOST_UNITS * 1_000_000
MOST_SIGNS = 300
"""The longest label."""
MOST_SIGNS_OF_TEXT = 1_000
"""The longest of all other texts: units, sentences."""
LEAST = {"for_each": 1, "every": 1, "included": 0, "fewest": 0}
"""The least that numbers of a price by a count can be."""
MIDNIGHT = 24 * 60


def all_of(answer: Iterable[Any], what: str) -> tuple[Any, ...]:
    """Return all of what an option yields; raise ValueError where it does not end, TypeError where it is nothing."""
    several = iter(answer)
    found = tuple(islice(several, MOST_ANSWERS + 1))
    if len(found) > MOST_ANSWERS:
        if isinstance(several, Generator):
            several.close()  # here, where what it does at its end is caught
        raise ValueError(f"{what} yielded more than {MOST_ANSWERS}")
    return found


def check_parts(value: object, what: str) -> None:
    """Raise TypeError where a part of a price, a window or a charge is of another type than it has to be."""
    if name := misheld(value):
        raise TypeError(f"{what} gave {getattr(value, name)!r} for {name}")


def check_label(label: object, what: str) -> None:
    """Raise TypeError or ValueError where a label of an option's is none that an invoice can have."""
    if type(label) is not str or not label.strip():
        raise TypeError(f"{what} gave {label!r} in place of a label")
    if len(label) > MOST_SIGNS:
        raise ValueError(f"{what} gave a label of {len(label)} signs, more than {MOST_SIGNS}")
    check_text(label, what)


def check_number(number: object, low: int, high: int, what: str) -> None:
    """Raise TypeError for what is no whole number, ValueError for one that is out of a range."""
    if type(number) is not int:
        raise TypeError(f"{what}, {number!r}, is no whole number")
    if not low <= number <= high:
        raise ValueError(f"{what}, {number}, is not from {low} to {high}")


def check_text(text: object, what: str) -> None:
    """Raise TypeError for what is no text, ValueError for one that no invoice can show."""
    if type(text) is not str:
        raise TypeError(f"{what} gave {text!r} in place of a text")
    if len(text) > MOST_SIGNS_OF_TEXT:
        raise ValueError(f"{what} gave a text of {len(text)} signs, more than {MOST_SIGNS_OF_TEXT}")
    if not _writable(text):
        raise ValueError(f"{what} gave a text with a sign that no invoice has: {text!r}")


@lru_cache(maxsize=1_000)
def _writable(text: str) -> bool:
    return strange_sign(text) is None


def sound_price(price: object) -> QuotedPrice:
    """Return a price that an option names, as a quote can have it."""
    what = "prices()"
    if type(price) is not QuotedPrice:
        raise TypeError(f"{what} yielded {price!r}")
    check_label(price.label, what)
    for text in (price.english, price.unit, price.mission, price.counts, *price.base):
        check_text(text, what)
    check_number(price.unit_price, -MOST_MICROS, MOST_MICROS, "a unit price of prices()")
    check_number(price.for_each, 1, MOST_UNITS, "the for_each of prices()")
    check_number(price.included, 0, MOST_UNITS, "what is included in prices()")
    if price.percent is not None:
        check_number(price.percent, -MOST_UNITS, MOST_UNITS, "a per cent of prices()")
    if price.due not in get_args(Due):
        raise ValueError(f"prices() yielded a price that is due {price.due!r}")
    check_parts(price, what)
    return price


def sound_steps(price: object) -> Price:
    """Return a price by a count whose numbers are such; `check` tells at their keys whether they make sense."""
    if type(price) is not Price:
        raise TypeError(f"priced() yielded {price!r}")
    sound_words(price.title, "priced()")
    check_text(price.per, "priced()")
    for name in LEAST:
        check_number(getattr(price, name), -MOST_UNITS, MOST_UNITS, f"the {name} of priced()")
    for name in ("amount", "least", "most"):
        if (amount := getattr(price, name)) is not None:
            check_number(amount, -MOST_MICROS, MOST_MICROS, f"the {name} of priced()")
    for step in all_of(price.steps, "priced()"):
        if type(step) is not PriceStep:
            raise TypeError(f"priced() yielded {step!r} in place of a step")
        if step.up_to is not None:
            check_number(step.up_to, -MOST_UNITS, MOST_UNITS, "the up_to of priced()")
        check_number(step.amount, -MOST_MICROS, MOST_MICROS, "an amount of priced()")
        check_number(step.flat, -MOST_MICROS, MOST_MICROS, "a flat of priced()")
    check_parts(price, "priced()")
    return price


def check_lots(price: Price) -> None:
    """Raise ValueError for a price by a count that no month can be charged."""
    for name, least in LEAST.items():
        check_number(getattr(price, name), least, MOST_UNITS, f"the {name} of priced()")


def sound_windows(windows: Iterable[Any]) -> tuple[CoverageWindow, ...]:
    """Return windows that a day can have, each with a name of its own."""
    found: dict[str, CoverageWindow] = {}
    for window in windows:
        if type(window) is not CoverageWindow:
            raise TypeError(f"widen() returned {window!r} among the windows")
        check_label(window.id, "widen()")
        if window.title is not None:
            sound_words(window.title, "widen()")
        if type(window.days) is not Days or type(window.hours) is not Hours:
            raise TypeError(f"widen() returned a window without days or hours: {window!r}")
        check_parts(window, "widen()")
        for day in window.days.numbers:
            check_number(day, 0, 7, "a day of widen()")
        check_number(window.hours.start, 0, MIDNIGHT - 1, "the start of a window of widen()")
        check_number(window.hours.end, window.hours.start + 1, MIDNIGHT, "the end of a window of widen()")
        if window.id in found:
            raise ValueError(f'widen() returned two windows "{window.id}"')
        found[window.id] = evolve(window)
    return tuple(found.values())


def sound_words(words: object, what: str) -> Words:
    """Return words that can be shown."""
    if type(words) is not Words:
        raise TypeError(f"{what} gave {words!r} in place of words")
    for text in (words.fr, words.en):
        check_text(text, what)
    return words


def sound_prices(option: Option) -> tuple[QuotedPrice, ...]:
    """Return every price that an option names, within a question to it: raises whatever its plugin raises."""
    return tuple(map(sound_price, all_of(option.prices(), "prices()")))


def sound_problem(problem: object) -> Problem:
    """Return what a plugin finds wrong with an offer, as it can be told."""
    what = "check_offer()"
    if type(problem) is not Problem or type(problem.where) is not Place:
        raise TypeError(f"{what} yielded {problem!r}")
    check_parts(problem.where, what)
    check_parts(problem, what)
    return evolve(problem, what=in_one_line(problem.what), hint=in_one_line(problem.hint))

"""What an offer's examples do not show, walked through: what an example can show, and what no invoice ever could."""

from collections.abc import Iterator
from itertools import chain, islice

from attrs import evolve, field, frozen

from ...bill.price.bands import Unpriceable
from ...bill.price.price_list import NotQuoted
from ...model.example import Example
from ...model.offer import Offer
from ...model.option_failed import OptionFailed
from ...model.problem import Place, Problem
from .choosing import with_needed
from .played import HeldMonth, Played, Unplayable, UnpricedMonth
from .player import Player
from .wanted import TRIED, Sign, Wanted, filled, signs
from .wanted_calls import wanted_calls
from .wanted_dates import wanted_dates
from .wanted_months import probes, wanted_months

FAULTS = (NotQuoted, OptionFailed)
"""Which month ever comes to one of these, the offer is wrong."""
NOT_BILLED = (Unpriceable, HeldMonth)
"""An offer whose bands or steps have a top is sold without a price past it: those months wait for staff."""


@frozen
class Missing:
    """Something that no example of an offer shows, and the smallest example that does."""

    what: str
    example: Example


@frozen
class Unshown:
    """What the examples of an offer do not show, each with an example of its own; and what no invoice could show."""

    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]


def unshown(player: Player) -> Unshown:
    """Return what the examples of a sound offer do not show, and a problem for what cannot be billed.

    A month that charges what no quote lists, or on which an option fails, is a problem wherever it is met; so is what
    can be shown by no example because each has no price or would wait. What no month can come to is left out: a rule
    that nothing can fire is no matter of examples.
    """
    offer = player.offer
    shown = _Shown()
    for example in offer.examples:
        shown.keep(example, player.own(example))
    missing, faults, unbilled = list[Missing](), list[Problem](), list[Problem]()
    wanted = (wanted_months(offer, player.decider), wanted_calls(offer, player.decider))
    for one in chain(*wanted, wanted_dates(offer, player.decider)):
        if shown.has(one):
            continue
        found = _tried(player, one, faults, unbilled)
        if found:
            example, played = found
            titled = evolve(example, title=shown.free_title(example.title))
            missing.append(Missing(one.what, titled))
            shown.keep(titled, played)
    faults += _failing(player)
    # Where a month charges what no quote lists, or an option fails, other months wait for that alone.
    problems = {(problem.where, problem.what): problem for problem in reversed(faults or unbilled)}
    return Unshown(tuple(missing), tuple(reversed(problems.values())))


@frozen
class _Shown:
    """Examples with what came out of them, found by their signs."""

    every: list[tuple[Example, Played]] = field(factory=list)
    by_sign: dict[Sign, list[tuple[Example, Played]]] = field(factory=dict)
    titles: set[str] = field(factory=set)

    def keep(self, example: Example, played: Played) -> None:
        self.titles.add(example.title)
        self.every.append((example, played))
        for sign in dict.fromkeys(signs(played)):
            self.by_sign.setdefault(sign, []).append((example, played))

    def has(self, one: Wanted) -> bool:
        """Tell whether some example shows something."""
        candidates = self.every if one.sign is None else self.by_sign.get(one.sign, [])
        return any(one.shown(example, played) for example, played in candidates)

    def free_title(self, title: str) -> str:
        """Return a title, with a number where an example has it already."""
        number, found = 2, title
        while found in self.titles:
            found, number = f"{title} ({number})", number + 1
        return found


def _tried(
    player: Player, one: Wanted, faults: list[Problem], unbilled: list[Problem]
) -> tuple[Example, Played] | None:
    """Return the smallest example that shows something, with what comes out of it; add what is wrong on the way.

    None where there is none: ``unbilled`` then has why, where it is that none has a price.
    """
    never: Problem | None = None
    for example in _tries(player.offer, one):
        try:
            played = player.play(example)
        except FAULTS as error:
            faults.append(_fault(player.offer, example, error))
        except UnpricedMonth:
            continue
        except NOT_BILLED as error:
            never = never or _never(player.offer, one, example, error)
        except Unplayable:
            continue
        else:
            said = filled(example, played, one.stage)
            if said and one.shown(said, played):
                return said, played
    unbilled += [never] if never else []
    return None


def _tries(offer: Offer, one: Wanted) -> Iterator[Example]:
    """Yield the examples that may show something, each first with what its options need of a contract."""
    for example in islice(one.tries, TRIED):
        needed = with_needed(offer, example)
        yield needed
        if needed is not example:
            yield example


def _failing(player: Player) -> Iterator[Problem]:
    """Yield what is wrong with the months of options that no example has to show."""
    for example in probes(player.offer):
        try:
            player.play(example)
        except FAULTS as error:
            yield _fault(player.offer, example, error)
        except (Unpriceable, Unplayable):
            continue


def _fault(offer: Offer, example: Example, error: NotQuoted | OptionFailed) -> Problem:
    told = _in_words(example)
    if isinstance(error, OptionFailed):
        return Problem(offer.option_places[error.option], str(error), f"it did in {told}: mend its plugin")
    what = f'"{error.line.label}" is charged, which no quote would list'
    todo = "name each price in prices() of its plugin" if "option." in error.line.code else "correct its price"
    return Problem(error.line.decision.rule.place, what, f"it is in {told}: {todo}")


def _never(offer: Offer, one: Wanted, example: Example, error: Unpriceable | HeldMonth) -> Problem:
    where = one.where if isinstance(one.where, Place) else offer.places.key_place(one.where)
    return Problem(where, f"no invoice can show {one.what}: {error}", f"it was tried with {_in_words(example)}")


def _in_words(example: Example) -> str:
    given = (f"{name} = {value}" for name, value in example.given.items())
    told: Iterator[str] = chain(given, (f"the option {name}" for name in example.options))
    return f"a month with {', '.join(told) or 'nothing particular'}" + (", with calls" if example.calls else "")

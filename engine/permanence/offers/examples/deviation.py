"""Examples from which something else comes out than they say: at which of their keys, and what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ...model.example import Example
from ...model.facts import Stage
from ...model.money import Cents
from ...model.offer import Offer
from ...model.problem import Place, Problem
from ...model.words.amounts import in_money
from .played import Played

NOTHING = (None, ())
ASKED: Mapping[str, Stage] = {"total": "month", "lines": "month", "counts": "call"}
"""What comes out at these keys only where rules of a stage were asked: a renewal alone has no total."""


@frozen
class Deviation:
    """A key of an example by its path, what it says, and what comes out; None where no value would say that."""

    path: tuple[str, ...]
    said: Any
    came: Any
    currency: str

    @property
    def name(self) -> str:
        """Return what the key is called."""
        return self.path[-1]

    def told(self, value: Any) -> str:
        """Return one of the two values as people read it."""
        if value is None:
            return "no line at all" if self.name == "lines" else f"no {self.name}"
        if self.path == ("total",):
            return in_money(Cents(value), self.currency)
        return " + ".join(value) if self.path == ("lines",) else str(value)


@frozen(kw_only=True)
class Broken(Problem):
    """The problem of an example, by its number in an offer, from which something else comes out than it says."""

    offer: Offer = field(eq=False, repr=False)
    number: int
    deviations: tuple[Deviation, ...]

    @property
    def example(self) -> Example:
        """Return the example."""
        return self.offer.examples[self.number]


def deviations(example: Example, played: Played, currency: str) -> tuple[Deviation, ...]:
    """Return each key of an example at which something else comes out than it says."""
    return tuple(
        Deviation(
            path,
            said,
            came if came not in NOTHING and ASKED.get(path[0]) in (None, *played.asked) else None,
            currency,
        )
        for path, said, came in _compared(example, played)
        if said not in NOTHING and said != came
    )


def _compared(example: Example, played: Played) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    yield ("total",), example.total, played.total
    yield ("lines",), example.lines, played.coded
    for name in ("ends", "holds_from", "renewed_until", "floor"):
        yield (name,), getattr(example, name), getattr(played, name)
    for name, count in example.counts.items():
        yield ("counts", name), count, played.counts.get(name, 0)


def broken(offer: Offer, number: int, played: Played, where: Place, found: Sequence[Deviation]) -> Broken:
    """Return the problem of an example that deviates: what comes out, from which lines, and what to do."""
    example = offer.examples[number]
    expected, made = (", ".join(_stated(one, value) for one, value in pairs) for pairs in _sides(found))
    hint = "correct the rule or the price, or the example"
    if all(one.came is not None for one in found):
        hint += f": `permanence check {offer.file} --correct-examples` writes what comes out, for review"
    if any(one.name == "total" for one in found):
        lines = (
            " + ".join(f"{line.label} {in_money(line.amount, offer.head.currency)}" for line in played.lines)
            or "no line at all"
        )
        hint = f"{lines}; {hint}"
    what = f'the example "{example.title}" expects {expected}, but the rules make {made}'
    return Broken(where, what, hint, offer=offer, number=number, deviations=tuple(found))


def _sides(found: Sequence[Deviation]) -> Iterator[list[tuple[Deviation, Any]]]:
    yield [(one, one.said) for one in found]
    yield [(one, one.came) for one in found]


def _stated(one: Deviation, value: Any) -> str:
    if value is None or one.path == ("total",):
        return one.told(value)
    return f"the lines {one.told(value)}" if one.path == ("lines",) else f"{one.name} = {one.told(value)}"

"""An option that answers otherwise when it is asked again is a problem of the offer that sells it."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from permanence import Charge, CoverageWindow, Hours, Micros, Option, Words, evolve
from permanence.model.scalars import Minutes
from permanence.offers.check.asked_again import asked_again

from tests.plugins.trays import tray_offer

TICKS = [0]


def tick() -> int:
    """Return one more each time that it is called."""
    TICKS[0] += 1
    return TICKS[0]


@pytest.fixture(autouse=True)
def at_the_beginning() -> None:
    TICKS[0] = 0


def found(**changed: Callable[..., Any]) -> list[str]:
    return [one.what for one in asked_again(tray_offer(**changed))]


def with_another_price(self: Option) -> Iterator[Any]:
    yield from self.sold(Micros(1_000_000 + tick()), Words("Plateau", "Tray"), "usage", unit="appels")


def later_and_later(self: Option, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
    return tuple(evolve(one, hours=Hours(one.hours.start, Minutes(one.hours.end + tick()))) for one in windows)


def first_five(self: Option, calls: Any) -> Any:
    return {"usage.tray": np.arange(len(calls)) < 5}


def every_other_time(self: Option, month: Any) -> Iterator[Charge]:
    for charge in Option.charge(self, month):
        yield evolve(charge, quantity=max(0, charge.quantity - tick()))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"measure": lambda _, calls: {"usage.tray": calls.talk > 100 * tick()}}, "measure()"),
        ({"measure": first_five}, "measure(), with the same calls in another order"),
        ({"prices": with_another_price}, "charge(), prices()"),
        ({"widen": later_and_later}, "widen()"),
        ({"charge": every_other_time}, "charge()"),
        ({"promises": lambda _: [Words(f"{tick()} fois")]}, "promises()"),
    ],
)
def test_an_option_that_remembers_is_a_problem_that_names_what_it_answers(
    changed: dict[str, Callable[..., Any]], told: str
) -> None:
    (what,) = found(**changed)
    assert what.endswith(f"answers otherwise when it is asked again: {told}")
    assert 'the option "tray"' in what


def test_an_option_that_keeps_all_of_it_is_none() -> None:
    assert found() == []


def test_one_that_fails_is_told_where_it_is_asked_in_earnest() -> None:
    def fails(self: Option, calls: Any) -> Any:
        raise ValueError("never")

    assert found(measure=fails) == []

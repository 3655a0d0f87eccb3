"""An option that answers otherwise when it is asked again is a problem of the offer that sells it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from permanence import Charge, CoverageWindow, FactField, Hours, Micros, Option, Words, evolve, frozen
from permanence.model.scalars import Minutes
from permanence.offers.check.asked_again import asked_again
from permanence.offers.form import read_offer
from permanence.testing import offer, option_of

from tests.installed import PLUGINS
from tests.offers.telling import FILES

TICKS = [0]


def tick() -> int:
    """Return one more each time that it is called."""
    TICKS[0] += 1
    return TICKS[0]


@pytest.fixture(autouse=True)
def at_the_beginning() -> None:
    TICKS[0] = 0


@frozen(kw_only=True)
class Tray(Option):
    """Counts long calls, and keeps all of it."""

    id = "tray"
    label = Words("Plateau", "Tray")
    facts = (FactField("usage.tray", "number", "Appels longs", "appels"),)
    counts = "usage.tray"

    def measure(self, calls: Any) -> Any:
        return {"usage.tray": calls.talk > 60}


def found(**changed: Callable[..., Any]) -> list[str]:
    kind = frozen(kw_only=True)(type("Tray", (Tray,), changed))
    return [one.what for one in asked_again(offer(option_of(kind, 'price = "1.00"\nkind = "usage"')))]


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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_none_of_our_options_answers_otherwise(path: Path) -> None:
    sold = read_offer(path, PLUGINS.options).offer
    assert sold
    assert list(asked_again(sold)) == []


def test_one_that_fails_is_told_where_it_is_asked_in_earnest() -> None:
    def fails(self: Option, calls: Any) -> Any:
        raise ValueError("never")

    assert found(measure=fails) == []

"""What the walk through an offer's kinds of day finds, and every minute of a year: they agree."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from attrs import evolve
from permanence.model.coverage import Coverage, CoverageWindow
from permanence.model.offer import Offer
from permanence.model.scalars import Days, Hours, Minutes
from permanence.offers.check.coverage_cases import day_cases
from permanence.offers.check.coverage_holes import Gap, gaps, left_out
from permanence.offers.form import read_offer

from tests.installed import PLUGINS
from tests.offers.coverage_oracle import REGIONS, covering, holidays_in, open_windows, wall_clock

RULES = Path(__file__).parents[2] / "rules"
YEAR = 2026
ZONES = ("Europe/Paris", "Europe/Paris", "Europe/Paris", "America/Miquelon")
TABLES = 200
Promise = Literal["windows", "always"]
Kind = date | tuple[int, bool]
Holes = tuple[frozenset[str] | None, ...]
"""Minute by minute of a day: the windows of a hole, none or several; None where there is no hole."""


def by_hand(offer: Offer, windows: tuple[tuple[str, int, int], ...]) -> Holes:
    """Return the holes of a day on which these windows are open, every minute looked at."""
    always = offer.coverage.promise == "always"
    return tuple(names if len(names) > 1 or (always and not names) else None for names in covering(windows))


def by_kind(walked: tuple[Gap, ...]) -> Holes:
    """Return the holes of a day of the kind that has these gaps."""
    found: list[frozenset[str] | None] = [None] * (24 * 60)
    for gap in walked:
        found[gap.start : gap.end] = [frozenset(gap.windows)] * (gap.end - gap.start)
    return tuple(found)


def kind_of(day: date, offer: Offer, region: str) -> Kind:
    """Return the kind of a day: itself where it is closed by date, else its weekday and whether it is a holiday."""
    if day in offer.coverage.extra_closed:
        return day
    return day.weekday(), day in holidays_in(YEAR, region) and day not in offer.coverage.extra_open


def compare(offer: Offer, region: str) -> int:
    """Return how many minutes of the year are holes; fail where the minutes and the kinds of day differ.

    Days that have the same windows, and the same kinds, are compared once.
    """
    walked: dict[Kind, tuple[Gap, ...]] = {}
    for gap in gaps(offer, offer.coverage.windows, day_cases(offer)):
        kind: Kind = gap.case.day if gap.case.alone else gap.case.kind
        walked[kind] = (*walked.get(kind, ()), gap)
    count = 0
    known: dict[tuple[object, ...], tuple[int, ...]] = {}
    for day, shown in wall_clock(YEAR, offer.head.timezone).items():
        open_ = tuple(open_windows(offer, day, region))
        mine = walked.get(kind_of(day, offer, region), ())
        if (open_, mine) not in known:
            holes = by_hand(offer, open_)
            assert by_kind(mine) == holes, (day, region)
            known[open_, mine] = tuple(minute for minute, names in enumerate(holes) if names is not None)
        found = known[open_, mine]
        whole = len(shown) == 24 * 60
        count += len(found) if whole else int(np.isin(shown, found).sum())
    return count


def empty_by_hand(offer: Offer, region: str) -> set[tuple[str, date]]:
    """Return the windows that are open on a day of the year which has no minute of them."""
    return {
        (name, day)
        for day, shown in wall_clock(YEAR, offer.head.timezone).items()
        if len(shown) < 24 * 60
        for name, start, end in open_windows(offer, day, region)
        if not any(start <= minute < end for minute in shown.tolist())
    }


def random_windows(dice: random.Random) -> tuple[CoverageWindow, ...]:
    found = []
    for number in range(dice.randint(1, 4)):
        start, end = sorted(dice.sample(range(24 * 4 + 1), 2))
        if dice.random() < 0.25:
            start, end = dice.choice([(8, 12), (8, 10), (9, 12), (4, 12)])
        days = Days(tuple(sorted(dice.sample(range(8), dice.randint(1, 8)))))
        hours = Hours(Minutes(start * 15), Minutes(end * 15))
        found.append(CoverageWindow(id=f"w{number}", days=days, hours=hours))
    return tuple(found)


def random_offer(dice: random.Random, basis: Offer) -> Offer:
    some = [date(YEAR, 1, 1) + timedelta(dice.randrange(365)) for _ in range(4)]
    holiday = dice.choice(sorted(holidays_in(YEAR, "FR")))
    coverage = Coverage(
        promise=dice.choice(["windows", "always"]),
        holidays=dice.choice(["closed", "as_weekday", "as_sunday"]),
        holiday_region=dice.choice(["customer", "FR", "FR-57", "FR-974"]),
        extra_closed=tuple(some[: dice.randint(0, 2)]),
        extra_open=tuple(dice.sample([holiday, some[3]], dice.randint(0, 2))),
        windows=random_windows(dice),
    )
    head = evolve(basis.head, timezone=dice.choice(ZONES), sold_from=date(dice.choice([2023, YEAR]), 1, 1))
    return evolve(basis, coverage=coverage, head=head)


def regions_of(offer: Offer) -> tuple[str, ...]:
    region = offer.coverage.holiday_region
    return tuple(REGIONS) if region == "customer" else (region,)


def shipped(name: str) -> Offer:
    offer = read_offer(RULES / name, PLUGINS.options).offer
    assert offer is not None
    return offer


def agree(offer: Offer) -> int:
    """Return how many holes both find in all regions; fail where one finds another."""
    count, windows = 0, offer.coverage.windows
    nights = [(windows[number].id, change) for number, change in left_out(offer) if change.forward]
    empty = {(name, change.day) for name, change in nights if change.day.year == YEAR}
    for region in regions_of(offer):
        count += compare(offer, region)
        assert empty == empty_by_hand(offer, region)
    return count


@pytest.mark.parametrize("name", sorted(path.name for path in RULES.glob("*.toml")))
def test_a_year_of_minutes_agrees_with_every_offer_on_file(name: str) -> None:
    assert agree(shipped(name)) == 0


@pytest.mark.parametrize("promise", ["windows", "always"])
def test_a_shipped_offer_without_its_sunday_has_the_holes_that_a_year_of_minutes_has(promise: Promise) -> None:
    offer = shipped("continue-2023-01-01.toml")
    coverage = evolve(offer.coverage, windows=offer.coverage.windows[:-1], promise=promise)
    holes = agree(evolve(offer, coverage=coverage))
    assert (holes > 50 * 24 * 60) == (promise == "always")


def test_two_hundred_random_tables_agree_with_a_year_of_minutes() -> None:
    dice, basis = random.Random(20261123), shipped("essentielle-2023-01-01.toml")
    found = [agree(random_offer(dice, basis)) for _ in range(TABLES)]
    assert min(sum(count > 0 for count in found), sum(count == 0 for count in found)) > TABLES / 10


def test_each_counter_example_of_a_random_table_is_one() -> None:
    dice, basis = random.Random(57), shipped("essentielle-2023-01-01.toml")
    for _ in range(TABLES // 4):
        offer = random_offer(dice, basis)
        region = regions_of(offer)[0]
        for gap in gaps(offer, offer.coverage.windows, day_cases(offer)):
            assert is_hole(offer, gap, region)


def is_hole(offer: Offer, gap: Gap, region: str) -> bool:
    names = covering(tuple(open_windows(offer, gap.case.day, region)))
    assert gap.case.holiday == (gap.case.day in holidays_in(gap.case.day.year, region))
    return all(names[minute] == frozenset(gap.windows) for minute in range(gap.start, gap.end))

"""Options that are wrong, each in one thing that an option must keep, and the words in which that is told."""

import os
import random
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve
from permanence import (
    ByMission,
    Calls,
    Charge,
    CoverageWindow,
    Days,
    FactField,
    Hours,
    Measured,
    Micros,
    Option,
    OptionKind,
    OptionMonth,
    QuotedPrice,
    Words,
    frozen,
    key,
)

SEEN: list[int] = []
EVER = count()
ANY = Words("Essai", "Trial")
WRONG: dict[str, tuple[type[Option], str]] = {}


@frozen(kw_only=True)
class Counting(Option):
    """Counts calls that bear a tag, at a price each; what the others break is one method of it."""

    id = "trial"
    label = ANY
    facts = (FactField("usage.trial", "number", "Appels comptés", "appels"),)
    counts = "usage.trial"
    kind: OptionKind = key("How the price is charged.", default="usage")

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.trial": calls.tagged("trial")}


def wrong(told: str, base: type[Option] = Counting, **parts: Any) -> None:
    """Put an option with these parts among the wrong ones, by what is told of it."""
    made: type[Option] = frozen(kw_only=True)(type("Trial", (base,), {"id": "trial", "label": ANY, **parts}))
    WRONG[f"{len(WRONG) + 1} {told}"] = made, told


def measuring(how: Any) -> dict[str, Any]:
    return {"measure": lambda self, calls: {"usage.trial": how(calls)}}


def charging(how: Any) -> dict[str, Any]:
    """Return a charge of its own, which changes each charge of the option's prices."""

    def charge(self: Option, month: OptionMonth) -> Iterator[Charge]:
        yield from (how(one, month) for one in Option.charge(self, month))

    return {"charge": charge}


def once_a_call(calls: Calls) -> Measured:
    SEEN.append(1)
    return calls.tagged("trial") & (len(SEEN) % 2 == 0)


def essai(option: Option, quantity: int = 1) -> Charge:
    price = option.price
    return Charge(label="Essai", quantity=quantity, unit_price=Micros(price if isinstance(price, int) else 0))


def quietly_late(calls: Calls) -> Measured:
    try:
        return calls.talk > min(60, time.time())
    except Exception:
        return calls.talk > 60


def online(charge: Charge, month: OptionMonth) -> Charge:
    with socket.socket():
        return charge


MONTHLY: dict[str, Any] = {"prices": lambda self: self.sold(self.price, ANY, "recurring")}

wrong("asked again for the same", **measuring(once_a_call))
wrong("asked again for the same", **measuring(lambda calls: np.full(len(calls), next(EVER))))
wrong("asked again for the same", **charging(lambda one, month: evolve(one, quantity=next(EVER))))
wrong("order and grouping of calls have an effect", **measuring(lambda calls: np.arange(len(calls))))
wrong("order and grouping of calls have an effect", **measuring(lambda calls: np.full(len(calls), len(calls))))
wrong(
    "order and grouping of calls have an effect", **measuring(lambda calls: calls.start == calls.start.max(initial=0))
)
wrong("no yes/no and no whole number per call", **measuring(lambda calls: calls.talk / 60))
wrong("no yes/no and no whole number per call", **measuring(lambda calls: [True] * len(calls)))
wrong("no yes/no and no whole number per call", **measuring(lambda calls: calls.tagged("trial")[1:]))
wrong("which is below zero", **measuring(lambda calls: calls.talk - 60))
wrong("measure() gives usage.other, not usage.trial", measure=lambda self, calls: {"usage.other": calls.talk})
wrong("measure() raised ZeroDivisionError", **measuring(lambda calls: calls.talk // (len(calls) // len(calls))))
wrong(
    "does not add up: it costs 78.00, and 39.00 in one piece",
    **charging(lambda one, month: evolve(one, quantity=min(1, one.quantity))),
)
wrong("does not add up", charge=lambda self, month: [essai(self)] if month.days and self.price else [], **MONTHLY)
wrong("which prices() does not name", **charging(lambda one, month: evolve(one, unit_price=one.unit_price + 1)))
wrong("which prices() does not name", **charging(lambda one, month: evolve(one, label="Divers")))
wrong("which prices() does not name", **charging(lambda one, month: evolve(one, for_each=60)))
wrong("though nothing was counted", charge=lambda self, month: [essai(self, month.count("usage.trial") + 1)])
wrong("though the contract has it on no day", Option, charge=lambda self, month: [essai(self)])
wrong(
    "though nothing falls due once",
    Option,
    prices=lambda self: self.sold(self.price, ANY, "one_off"),
    charge=lambda self, month: [essai(self)] if month.days and self.price else [],
)
wrong("charge() asks for -", **charging(lambda one, month: evolve(one, quantity=-one.quantity)))
wrong("31 of 30 days", Option, **charging(lambda one, month: evolve(one, days=one.days, of_days=30)))
wrong("declare credit = True", prices=lambda self: self.sold(Micros(-500_000), ANY, "usage"))
wrong("charge() raised KeyError", charge=lambda self, month: month.facts["usage.none"])
wrong("charge() yields 12, which is no Charge", charge=lambda self, month: [12])
wrong("with 0.15, which is no whole number", prices=lambda self: self.sold(0.15, Words("Pose", "Fitting"), "recurring"))
wrong("charge() raised SystemExit", charge=lambda self, month: sys.exit(3))
wrong("must be in both languages", label=Words("Essai"))
wrong("a price is not said in English: « Pose »", prices=lambda self: self.sold(Micros(1), Words("Pose"), "one_off"))
wrong('the unit "pagess" of option "trial" has no singular and plural', counted_in="pagess")
wrong(
    'the unit "bidules" of option "trial" has no singular',
    facts=(FactField("usage.trial", "number", "Appels", "bidules"),),
)
wrong('the fact "usage.trial" has no meaning', facts=(FactField("usage.trial", "number", "", "appels"),))
wrong("a promise is not said in English", promises=lambda self: [Words("langues")])
wrong("prices() raised TypeError", prices=lambda self: [Micros(1) / None])  # type: ignore[operator]
wrong("reads a clock (datetime.now)", **measuring(lambda calls: calls.talk > 60 * (datetime.now().year < 1)))
wrong("reads a clock (date.today)", **measuring(lambda calls: calls.talk > 60 * (date.today().year < 1)))
wrong("reads a clock (time)", **measuring(lambda calls: calls.talk > min(60, time.time())))
wrong("reads chance", **measuring(lambda calls: calls.talk > 60 + random.randint(0, 0)))
wrong("reads chance", **measuring(lambda calls: calls.talk > 60 + 0 * np.random.default_rng().random()))
wrong("reads a file (open)", **charging(lambda one, month: one if Path(__file__).read_text("utf-8") else one))
wrong("reads the environment (os.environ)", **measuring(lambda calls: calls.talk > int(os.environ.get("LONG", "60"))))
wrong("reads the network", **charging(online))
wrong("reads a clock (time)", **measuring(quietly_late))
wrong("reads a clock", widen=lambda self, windows: (*windows, *([] if time.time() else [])))


@frozen(kw_only=True)
class Delayed(Counting):
    """Takes a number that its prices cannot be worked out with."""

    minutes: int = key("Minutes.", default=5)

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(Micros(60_000_000 // self.minutes), ANY, "usage")


@frozen(kw_only=True)
class Capped(Counting):
    """Takes a most below zero."""

    at_most: int = key("Most that are charged.", default=5)

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        left = max(0, self.at_most - month.before.get("usage.trial", 0)) if self.at_most > 0 else self.at_most
        for one in Option.charge(self, month):
            yield evolve(one, quantity=min(one.quantity, left))


@frozen(kw_only=True)
class Narrow(Option):
    """Opens hours that it works out of a key that is no hour."""

    id = "trial"
    label = ANY
    hour: str = key("Hour.", default="19")

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        hours = Hours.parse(f"{self.hour}:00-24:00")
        return (*windows, CoverageWindow(id="trial", days=Days.parse("sat"), hours=hours))


@frozen(kw_only=True)
class NeedsKey(Option):
    """Needs a key, and has no example for it."""

    id = "trial"
    label = ANY
    fee: ByMission = key("Fee.")


WRONG |= {
    "0 minutes": (Delayed, "a bad table is not refused, and then raises ZeroDivisionError"),
    "a most below zero": (Capped, "charge() asks for -"),
    "no hour": (Narrow, "a bad table is not refused, and then raises ValueError"),
    "no example": (NeedsKey, "a table that sells it is refused"),
    "no option": (int, "its options could not be registered"),  # type: ignore[dict-item]
}

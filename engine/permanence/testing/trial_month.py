"""A month of an option that is being written: calls, an offer that sells it, a contract that has it, and its lines."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import attrs
from attrs import evolve

from ..bill.measure.judged import judged_alone
from ..bill.month import measure_month, price_month
from ..contracts.book import Book
from ..decide.decider import prove_rules
from ..hookspecs import hookimpl
from ..model.contract import Contract, Customer, OptionTaken
from ..model.coverage import CoverageWindow
from ..model.event import Event
from ..model.example import ExampleCall
from ..model.facts import FactValue
from ..model.invoice import ChargeLine
from ..model.judged_calls import JudgedCalls
from ..model.keys import is_key
from ..model.offer import Offer
from ..model.option import Option, OptionMonth
from ..model.period import Month
from ..model.problem import NoPlaces, Place, Problem, Refused, errors
from ..model.records import Records
from ..model.scalars import Days, Hours
from ..offers.check.coverage_cases import timetable_of
from ..offers.examples.called import call_columns
from ..offers.form import read_offer_text
from ..plugin_manager import Plugins

FILE = "trial.toml"
ZONE = "Europe/Paris"
NAME = "example"
OFFER = """format = 1

[offer]
id = "trial"
title = { fr = "Offre d'essai", en = "Trial offer" }
sold_from = 2026-01-01

[[coverage.window]]
id = "weekdays"
days = "mon-fri"
hours = "08:00-19:00"

[bands]
steps = [{ up_to = 100000, simple = "100.00" }]

[[rule]]
id = "subscription"
on = "month"
when = 'contract.active and customer.region != "FR-67"'
then = { charge = "bands" }
"""
"""It reads the region, so that a move cuts a month in two parts whose facts differ."""
WEEKDAYS = (CoverageWindow(id="weekdays", days=Days.parse("mon-fri"), hours=Hours.parse("08:00-19:00")),)


class Alone:
    """A plugin that offers one option."""

    def __init__(self, kind: type[Option]) -> None:
        self.kind = kind
        self.__name__ = kind.__name__

    @hookimpl
    def register_options(self) -> list[type[Option]]:
        """Return the option."""
        return [self.kind]


def call(
    at: str | datetime = "2026-10-05 10:00",
    *,
    count: int = 1,
    talk: int = 60,
    wait: int = 0,
    tags: Sequence[str] = (),
    numbers: Mapping[str, int] | None = None,
    words: Mapping[str, str] | None = None,
    **more: Any,
) -> ExampleCall:
    """Return so many calls that arrive at one moment, on the wall clock of Paris.

    ``talk`` and ``wait`` are in seconds, ``numbers`` and ``words`` what each call carries by a name. ``more`` are
    ``status``, ``direction``, ``language`` and ``called``. Raises ValueError for what is no moment.
    """
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return ExampleCall(
        at=moment,
        count=count,
        talk_seconds=talk,
        wait_seconds=wait,
        tags=tuple(tags),
        number=dict(numbers or {}),
        word=dict(words or {}),
        **more,
    )


def columns(*calls: ExampleCall, windows: Sequence[CoverageWindow] = ()) -> JudgedCalls:
    """Return calls as `measure` gets them: one entry for each, in order, in the windows of `offer` and in others."""
    own = _base(("simple",))
    return judged_alone(call_columns(calls, ZONE), timetable_of(own, (*own.coverage.windows, *windows)), own.count)


def option_month(
    counts: Mapping[str, FactValue] | None = None, *, days: int = 31, of_days: int = 31, starts: int = 0, **more: Any
) -> OptionMonth:
    """Return what `charge` gets: a whole month of 31 days in which so much was counted, and nothing falls due once.

    ``more`` are ``quantity`` and ``before``.
    """
    return OptionMonth(facts={"mission": "simple", **(counts or {})}, days=days, of_days=of_days, starts=starts, **more)


def option_of(kind: type[Option], table: str = "") -> Option:
    """Return an option with the keys of its table, as TOML writes them: ``price = "39.00"``.

    Raises Refused with every problem of the table, each at its line.
    """
    found, problems = read_table(kind, table)
    if found is None or errors(problems):
        raise Refused(problems)
    return found


def read_table(kind: type[Option], table: str) -> tuple[Option | None, tuple[Problem, ...]]:
    """Return the option that a table makes, None where it makes none, and what `permanence check` says of its form."""
    read = read_offer_text(f"{OFFER}\n[option.{kind.id}]\n{table}\n", FILE, {kind.id: kind})
    return (read.offer.options.get(kind.id) if read.offer else None), read.problems


def offer(option: Option, windows: Sequence[CoverageWindow] = ()) -> Offer:
    """Return an offer that sells the option, beside a subscription of 100.00 a month, on weekdays from 08:00 to 19:00.

    It has the missions for which the option has amounts, ``simple`` where it has none, and further ``windows``.
    """
    fields = [getattr(option, one.name) for one in attrs.fields(type(option)) if is_key(one)]
    missions = tuple(dict.fromkeys(name for one in fields if isinstance(one, Mapping) for name in one)) or ("simple",)
    own = _base(missions)
    coverage = evolve(own.coverage, windows=(*own.coverage.windows, *windows))
    return evolve(own, coverage=coverage, options={option.id: option}, places=NoPlaces(FILE))


@lru_cache
def _base(missions: tuple[str, ...]) -> Offer:
    names = ", ".join(f'"{name}"' for name in missions)
    amounts = ", ".join(f'{name} = "100.00"' for name in missions)
    text = OFFER.replace("sold_from = 2026-01-01", f"sold_from = 2026-01-01\nmission = [{names}]")
    read = read_offer_text(text.replace('simple = "100.00"', amounts), FILE, {})
    if read.offer is None or errors(read.problems):
        raise Refused(read.problems)
    return read.offer


def contract(
    option: Option,
    *,
    signed: date = date(2026, 1, 1),
    since: date | None = None,
    until: date | None = None,
    mission: str = "",
    moved: date | None = None,
    **settled: int | str | bool,
) -> Contract:
    """Return a contract that has the option, from a day on up to, but not including, another.

    ``settled`` is what it settles of the option's keys, and its ``quantity``; on the day on which it ``moved`` to
    another region the month falls into parts.
    """
    sold = offer(option)
    move = Event(contract=NAME, on=moved, what="region_moved", region="FR-57") if moved else None
    return Contract(
        id=NAME,
        customer=Customer(name=""),
        offer=sold.version,
        mission=mission or sold.head.mission[0],
        lines=(NAME,),
        signed=signed,
        live=signed,
        options=(evolve(OptionTaken.agreed(option.id, settled), since=since, until=until),),
        events=(move,) if move else (),
    )


def bill(
    option: Option,
    *calls: ExampleCall,
    month: str = "2026-10",
    windows: Sequence[CoverageWindow] = (),
    **agreed: Any,
) -> tuple[ChargeLine, ...]:
    """Return the lines of an option in a contract's invoice for a month in which these calls came in, in order.

    ``windows`` is as in `offer`, ``agreed`` as in `contract`. Raises Refused, with the reason, where the bill is on
    hold.
    """
    sold = contract(option, **agreed)
    decider = prove_rules(offer(option, windows))[0]
    if decider is None:
        raise Refused([Problem(Place(FILE), "its rules are not understood")])
    book = Book(Plugins.of(Alone(type(option))), {decider.offer.version: decider}, (sold,))
    asked = Month.parse(month)
    billed = price_month(book, asked, measure_month(book, asked, Records.alone(call_columns(calls, ZONE))))
    if billed.holds:
        raise Refused([Problem(Place("bill"), hold.reason) for hold in billed.holds])
    return tuple(line for one in billed.invoices for line in one.lines if line.code == f"option.{option.id}")

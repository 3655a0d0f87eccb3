"""What an option must keep, one check for each: it raises NotKept, with a sentence, where the option does not."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import evolve, frozen

from ..model.coverage import CoverageWindow
from ..model.example import ExampleCall
from ..model.facts import FactValue
from ..model.invoice import ChargeLine
from ..model.option import Charge, Option, OptionMonth
from ..model.problem import Refused, raised
from ..model.usage import Calls, Measured
from ..offers.check.purity import Impure, watched
from .option_cases import DAYS
from .trial_month import bill, columns

SINCE = date(2026, 10, 1)


class NotKept(Exception):  # noqa: N818 - named after what an option is
    """What an option does not keep, in a sentence."""


@frozen
class Case:
    """What an option is tried with: its table, some calls, a month that it charges, and where both are cut in two.

    ``windows`` are those that the offer has for it besides weekdays.
    """

    option: Option
    table: str
    calls: tuple[ExampleCall, ...]
    month: OptionMonth
    cut: int
    windows: tuple[CoverageWindow, ...] = ()

    def __str__(self) -> str:
        lines = [f"[option.{self.option.id}]", *self.table.splitlines()]
        lines += [f"a call: {_call_told(one)}" for one in self.calls]
        lines += [f"a month: {told}" for told in (_month_told(self.month),) if told]
        return "\n".join(f"    {line}" for line in lines)


def _call_told(one: ExampleCall) -> str:
    told = [str(one.at), f"wait {one.wait_seconds}", f"talk {one.talk_seconds}", one.status, one.direction]
    told += [*one.tags, one.language, one.called]
    told += [f"{name} = {value}" for name, value in {**one.number, **one.word}.items()]
    return ", ".join(filter(None, told))


def _month_told(month: OptionMonth) -> str:
    told = [f"{name} = {value}" for name, value in month.facts.items() if value and name != "mission"]
    told += [month.mission] if month.mission != "simple" else []
    told += [f"{month.days} of {month.of_days} days"] if month.days != month.of_days else []
    told += [f"{month.starts} × due once"] if month.starts else []
    return ", ".join(told + ([f"{month.quantity} of it"] if month.quantity != 1 else []))


def answer(what: str, ask: Callable[[], Any]) -> Any:
    """Return what an option answers; raise NotKept where it raises."""
    try:
        return ask()
    except Impure:
        raise
    except (Exception, SystemExit) as error:
        raise NotKept(f"{what} raised {raised(error)}") from error


def measured(option: Option, calls: Calls) -> Mapping[str, Measured]:
    """Return what an option measures; raise NotKept for what is no yes/no or number per call for each of its facts."""
    found: Mapping[str, Measured] = answer("measure()", lambda: option.measure(calls))
    wanted = {fact.name for fact in type(option).facts}
    if not isinstance(found, Mapping) or set(found) != wanted:
        raise NotKept(f"measure() gives {', '.join(sorted(found)) or 'nothing'}, not {', '.join(sorted(wanted))}")
    for name, each in found.items():
        if not isinstance(each, np.ndarray) or each.dtype.kind not in "biu" or each.shape != (len(calls),):
            raise NotKept(f"measure() gives no yes/no and no whole number per call for {name}")
        if len(each) and each.dtype.kind != "b" and int(each.min()) < 0:
            raise NotKept(f"measure() gives {int(each.min())} for {name}, which is below zero")
    return found


def charged(option: Option, month: OptionMonth) -> tuple[Charge, ...]:
    """Return what an option charges; raise NotKept where it raises, or yields what is no charge."""
    found = answer("charge()", lambda: tuple(option.charge(month)))
    for one in found:
        if not isinstance(one, Charge):
            raise NotKept(f"charge() yields {one!r}, which is no Charge")
        numbers = (one.quantity, one.unit_price, one.for_each, one.days, one.of_days)
        if wrong := [number for number in numbers if not isinstance(number, int)]:
            what = f"charge() asks for « {one.label} » with {wrong[0]!r}, which is no whole number"
            raise NotKept(f"{what}: a price is a key of the table, or Micros, millionths")
    return tuple(found)


def _asked(case: Case) -> tuple[Any, ...]:
    return asked_of(case.option, columns(*case.calls, windows=case.windows), case.month)


def asked_of(option: Option, calls: Calls, month: OptionMonth) -> tuple[Any, ...]:
    """Return all that an option answers: what it measures, charges, names as prices and promises, and opens."""
    found = measured(option, calls)
    told = answer("prices()", lambda: (*option.prices(), *option.priced(), *option.promises()))
    windows = answer("widen()", lambda: tuple(option.widen(())))
    return {name: each.tolist() for name, each in found.items()}, charged(option, month), told, windows


def same_again(case: Case) -> None:
    """The same input has the same answer, whatever was asked before it."""
    first = _asked(case)
    _compared(first, _asked(case))
    _asked(evolve(case, calls=(*case.calls, *case.calls), month=evolve(case.month, facts={"mission": "simple"})))
    _compared(first, _asked(case))


def _compared(first: tuple[Any, ...], again: tuple[Any, ...]) -> None:
    for was, now, what in zip(first, again, ("measures", "charges", "names as prices", "opens"), strict=True):
        if was != now:
            raise NotKept(f"asked again for the same, it {what} {now}, and before it {what} {was}")


def order_without_effect(case: Case) -> None:
    """What is measured in a call hangs on that call alone: on no other, and on no place among them."""
    calls = columns(*case.calls, windows=case.windows)
    if not len(calls):
        return
    whole = measured(case.option, calls)
    at = case.cut % len(calls)
    groups = {
        "in another order": np.arange(len(calls))[::-1],
        "with those after it alone": np.arange(at, len(calls)),
        "alone": np.array([at]),
    }
    for how, rows in groups.items():
        apart = measured(case.option, calls.take(rows))
        for name, each in apart.items():
            for row, value in zip(rows.tolist(), each.tolist(), strict=True):
                if value != whole[name][row]:
                    raise NotKept(
                        f"order and grouping of calls have an effect: {name} of call {row + 1} is "
                        f"{whole[name][row]} among all calls, and {value} {how}"
                    )


def _lines(case: Case, **agreed: Any) -> tuple[ChargeLine, ...]:
    try:
        return bill(
            case.option,
            *case.calls,
            windows=case.windows,
            since=SINCE,
            mission=case.month.mission,
            **agreed,
        )
    except Refused as refused:
        raise NotKept(f"its bill is on hold: {refused.problems[0].what}") from refused
    except (Exception, SystemExit) as error:
        raise NotKept(f"its bill cannot be made: {raised(error)}") from error


def adds_up(case: Case) -> None:
    """A month that falls in two parts costs what the whole month costs, but for a cent of rounding a line."""
    whole = _lines(case)
    day = SINCE + timedelta(days=1 + case.cut % (DAYS - 1))
    parts = _lines(case, moved=day)
    costs, costs_parts = (sum(line.amount for line in lines) for lines in (whole, parts))
    if abs(costs - costs_parts) > max(0, len(parts) - len(whole)):
        raise NotKept(
            f"a month that falls in two parts on {day} does not add up: it costs {_money(costs_parts)}, and "
            f"{_money(costs)} in one piece: take off what month.before has"
        )


def _money(cents: int) -> str:
    return f"{cents / 100:.2f}"


def quoted(case: Case) -> None:
    """Nothing is charged at a price that is not among prices()."""
    prices = answer("prices()", lambda: tuple(case.option.prices()))
    known = {(one.label, one.unit_price, one.for_each) for one in prices if one.percent is None}
    shares = {(one.label, one.percent) for one in prices if one.percent is not None}
    for one in charged(case.option, case.month):
        if (one.label, one.percent) not in shares and (one.label, one.unit_price, one.for_each) not in known:
            price = f"{one.percent / 100} %" if one.percent else f"{one.unit_price / 1_000_000} € for {one.for_each}"
            raise NotKept(f"charge() asks for « {one.label} » at {price}, which prices() does not name")


def none_outside(case: Case) -> None:
    """Nothing is charged for days on which the contract has not the option, and nothing of what was not counted."""
    nothing: dict[str, FactValue] = {
        "mission": case.month.mission,
        **dict.fromkeys((one for one in case.month.facts if one != "mission"), 0),
    }
    for days, starts in ((0, 0), (0, 1), (case.month.days, 0)):
        month = evolve(case.month, facts=nothing, days=days, starts=starts)
        due = {one.label: one.due for one in answer("prices()", lambda: tuple(case.option.prices()))}
        for one in charged(case.option, month):
            kind = due.get(one.label, "")
            owed = {"one_off": starts > 0, "recurring": days > 0, "share": days > 0, "usage": False}.get(kind, True)
            if not owed and _amount(one):
                why = {"one_off": "nothing falls due once", "usage": "nothing was counted"}.get(
                    kind, "the contract has it on no day"
                )
                raise NotKept(f"charge() asks for {one.quantity} × « {one.label} », though {why}")


def _amount(charge: Charge) -> Fraction:
    if charge.percent is not None:
        return Fraction(charge.percent * charge.days, charge.of_days)
    return Fraction(charge.quantity * charge.unit_price * charge.days, charge.for_each * charge.of_days)


def none_negative(case: Case) -> None:
    """Nothing is charged below zero unless the option says that it is a credit, and for no more days than there are."""
    for one in charged(case.option, case.month):
        if one.quantity < 0 or not 0 <= one.days <= one.of_days:
            raise NotKept(f"charge() asks for {one.quantity} × « {one.label} », {one.days} of {one.of_days} days")
        if _amount(one) < 0 and not type(case.option).credit and (case.option.percent or 0) >= 0:
            raise NotKept(f"charge() asks for less than nothing for « {one.label} »: declare credit = True")


def pure(case: Case) -> None:
    """It reads no clock, chance, file, network, process or environment."""
    calls = columns(*case.calls, windows=case.windows)
    every: Mapping[str, Callable[[], Any]] = {
        "measure()": lambda: case.option.measure(calls),
        "charge()": lambda: tuple(case.option.charge(case.month)),
        "prices()": lambda: (*case.option.prices(), *case.option.priced(), *case.option.promises()),
        "widen()": lambda: tuple(case.option.widen(())),
    }
    for what, ask in every.items():
        try:
            with watched():
                ask()
        except Impure as impure:
            raise NotKept(f"{what} reads {impure}: it is to depend on nothing but what it is given") from impure
        except (Exception, SystemExit) as error:
            raise NotKept(f"{what} raised {raised(error)}") from error

"""What an option is tried with: tables that sell it, calls that it looks for, months that it charges."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import attrs
import numpy as np
from hypothesis import strategies as st

from ..model.call_kinds import DIRECTIONS, STATUSES
from ..model.coverage import CoverageWindow
from ..model.example import ExampleCall
from ..model.facts import FactValue
from ..model.keys import EXAMPLE, is_key, key_name
from ..model.never_charged import ALWAYS
from ..model.option import Option, OptionMonth
from ..model.option_asked import windows_with
from ..model.option_failed import OptionFailed
from ..model.price import PriceStep
from ..model.problem import Refused, errors
from ..model.scalars import Days, Hours
from ..model.usage import Calls
from ..offers.check.looked_for import LookedFor, looked_for
from ..read.toml.written import braced, bracketed, quoted, written_key
from .trial_month import WEEKDAYS, call, columns, option_month, option_of, read_table

DAYS = 31
"""October has as many, and an hour twice."""
HOURS = (time(9, 30), time(12), time(15), time(18, 59, 59), time(20), time(0), time(2, 30))
NIGHT = tuple(Hours.parse(text) for text in ("19:00-24:00", "00:00-02:00", "02:00-08:00"))
SECONDS = (0, 1, 59, 60, 61, 300, 301, 3600)
COUNTS = st.sampled_from((0, 1, 2)) | st.integers(0, 200)
STEPS = ({"up_to": 2, "amount": "1.20"}, {"amount": "0.90"})
"""A table of steps, where an option needs one and its key has no example."""
AMOUNTS = ("0.00", "0.01", "0.125", "19.99", "1000.00")


def written(table: Mapping[str, Any]) -> str:
    """Return the keys of a table as TOML writes them, a line each."""
    return "\n".join(f"{written_key(name)} = {_value(value)}" for name, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return braced((name, _value(one)) for name, one in value.items())
    return bracketed(map(_value, value)) if isinstance(value, list | tuple) else str(value)


def first_tables(kind: type[Option], given: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """Return the tables that sell an option: those that are given, else one with a price and the keys that it needs.

    Raises ValueError for a text that is no table.
    """
    if given:
        return tuple(tomllib.loads(text) for text in given)
    needed = [one for one in attrs.fields(kind) if is_key(one) and one.default is attrs.NOTHING]
    own = {key_name(one): one.metadata[EXAMPLE] for one in needed if one.metadata[EXAMPLE] is not None}
    own |= {key_name(one): STEPS for one in needed if key_name(one) not in own and one.type == tuple[PriceStep, ...]}
    return ({**({} if STEPS in own.values() else {"price": "39.00"}), **own},)


def own_keys(kind: type[Option]) -> Iterator["attrs.Attribute[Any]"]:
    """Yield the keys that an option has besides those of every option."""
    every = {one.name for one in attrs.fields(Option)}
    yield from (one for one in attrs.fields(kind) if is_key(one) and one.name not in every)


def tables(kind: type[Option], table: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """Return tables that a rule file may hold: this one, with other amounts, whole numbers and conventions."""
    changed: dict[str, st.SearchStrategy[Any]] = {
        **{name: st.sampled_from((value, *AMOUNTS)) for name, value in table.items() if _amount(value)},
        **{name: st.integers(-3, 12) for name in _numbers(kind)},
        "proration": st.just("full"),
    }

    def text_of(other: Mapping[str, Any]) -> str:
        text = written({**table, **other})
        return text if is_sound(kind, text) else written(table)

    return st.fixed_dictionaries({}, optional=changed).map(text_of)


def at_bounds(kind: type[Option], table: Mapping[str, Any]) -> Iterator[str]:
    """Yield a table, and the same in full, and with each whole number at -1, 0 and 1, where it may be so."""
    yield written(table)
    changed: list[dict[str, Any]] = [
        {"proration": "full"},
        *({name: value} for name in _numbers(kind) for value in (-1, 0, 1)),
    ]
    for text in (written({**table, **one}) for one in changed):
        if is_sound(kind, text):
            yield text


def _numbers(kind: type[Option]) -> list[str]:
    return sorted(key_name(one) for one in own_keys(kind) if one.type is int or one.type == int | None)


def _amount(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdigit() and "." in value


def is_sound(kind: type[Option], table: str) -> bool:
    """Tell whether a rule file may hold a table of an option."""
    anything: Any = kind
    option, problems = _read_once(anything, table)
    return option is not None and not errors(problems)


def option_in(kind: type[Option], table: str) -> Option:
    """Return the option that a table makes; raise Refused where it makes none."""
    anything: Any = kind
    option, problems = _read_once(anything, table)
    if option is None or errors(problems):
        raise Refused(problems)
    return option


_read_once = lru_cache(maxsize=4096)(read_table)


def _looked_for(option: Option) -> LookedFor:
    return looked_for(option, columns(call()))


def windows_wanted(option: Option) -> tuple[CoverageWindow, ...]:
    """Return windows at night for those that an option looks for, and neither opens itself nor finds in the offer."""
    try:
        known = {one.id for one in windows_with(option, WEEKDAYS)}
    except OptionFailed:
        known = set()  # who asks for its windows tells it
    wanted = [name for name in _looked_for(option).of("window") if name not in known]
    every = Days.parse("mon-sun,holiday")
    return tuple(CoverageWindow(id=name, days=every, hours=hours) for name, hours in zip(wanted, NIGHT, strict=False))


def calls_of(option: Option) -> st.SearchStrategy[tuple[ExampleCall, ...]]:
    """Return some calls of October 2026, with what the option looks for, and without."""
    known = _looked_for(option)
    tags, words = known.every_tag, known.carried
    kept = [
        st.builds(datetime.combine, st.dates(date(2026, 10, 1), date(2026, 10, DAYS)), st.sampled_from(HOURS)),
        st.sampled_from(SECONDS) | st.integers(0, 7200),
        st.sampled_from(SECONDS),
        st.just(tags) | st.lists(st.sampled_from(tags), unique=True) if tags else st.just([]),
        st.fixed_dictionaries({}, optional={name: st.integers(0, 5) for name in sorted(known.numbers)}),
        st.fixed_dictionaries({}, optional={name: st.sampled_from(one) for name, one in words.items()}),
    ]
    more = {
        "status": st.just("answered") | st.sampled_from(tuple(STATUSES)),
        "direction": st.just("inbound") | st.sampled_from(tuple(DIRECTIONS)[:2]),
        "language": st.sampled_from(("", *sorted(known.words.get("language", ())))),
        "called": st.sampled_from(("", *sorted(known.words.get("number", ())))),
    }
    names = ("at", "talk", "wait", "tags", "numbers", "words")
    one = st.fixed_dictionaries({**dict(zip(names, kept, strict=True)), **more}).map(_called)
    return st.lists(one, max_size=6).map(tuple)


def _called(made: dict[str, Any]) -> ExampleCall:
    return call(**made)


def usual_calls(option: Option) -> tuple[ExampleCall, ...]:
    """Return calls with all that the option looks for, more of them in the second half of the month."""
    known = _looked_for(option)
    carried: dict[str, Any] = {
        "tags": known.every_tag,
        "numbers": dict.fromkeys(sorted(known.numbers), 3),
        "words": {name: one[0] for name, one in known.carried.items()},
        "language": next(iter(sorted(known.words.get("language", ()))), ""),
        "called": next(iter(sorted(known.words.get("number", ()))), ""),
        "talk": 301,
        "wait": 61,
    }
    days = ("2026-10-05 10:00", "2026-10-20 10:00", "2026-10-21 10:00")
    ways = ("inbound", "outbound")
    return (call("2026-10-22 10:00", talk=0), *(call(at, direction=way, **carried) for at in days for way in ways))


def usual_month(option: Option) -> OptionMonth:
    """Return a whole month in which what is due once falls due, with three of all that the option multiplies."""
    facts: dict[str, FactValue] = {
        "mission": _missions(option)[0],
        **dict.fromkeys(sorted(ALWAYS), 0),
        **dict.fromkeys(_counted(option), 3),
    }
    return option_month(facts, starts=1)


def months_of(option: Option) -> st.SearchStrategy[OptionMonth]:
    """Return months, or parts of one, with counts of all that the option multiplies."""
    mission: st.SearchStrategy[FactValue] = st.sampled_from(_missions(option))
    return st.builds(
        option_month,
        st.fixed_dictionaries({"mission": mission, **dict.fromkeys((*sorted(ALWAYS), *_counted(option)), COUNTS)}),
        days=st.sampled_from((DAYS, 30, 0)) | st.integers(0, DAYS),
        starts=st.integers(0, 1),
        quantity=st.integers(1, 3) if type(option).several else st.just(1),
    )


def _counted(option: Option) -> list[str]:
    """Return the facts that an option measures or multiplies."""
    counted = [*(one.name for one in type(option).facts), type(option).counts]
    with suppress(Exception, SystemExit):
        counted += [price.counts for price in option.prices()]
    return sorted({name for name in counted if name})


def _missions(option: Option) -> list[str]:
    """Return the missions that an option has amounts for, `simple` where it has none."""
    fields = [getattr(option, one.name) for one in attrs.fields(type(option)) if is_key(one)]
    return sorted({name for one in fields if isinstance(one, Mapping) for name in one}) or ["simple"]


@lru_cache
def many_calls(count: int) -> Calls:
    """Return so many calls, each third with a tag, each fifth with a number."""
    some = columns(
        call(talk=61, tags=["callback"], language="en"),
        call(talk=301, numbers={"pages": 3}),
        call(talk=5, direction="outbound"),
    )
    return some.take(np.arange(count, dtype=np.intp) % len(some))


def sells(kind: type[Option], given: Sequence[str]) -> str:
    """Return what is wrong with the tables that sell an option, nothing where all is well."""
    try:
        for table in first_tables(kind, given):
            option_of(kind, written(table))
    except (Refused, ValueError) as error:
        return str(error)
    return ""

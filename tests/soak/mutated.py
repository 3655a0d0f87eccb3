"""Values made of other values: of what a file says, some keys lost, said otherwise, said twice, or put elsewhere."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from permanence.read.toml.written import written_key

Step = str | int
ODD: Sequence[Any] = (
    *("", " ", "x", "é" * 300, "0", "-1", "1e9", "99999999999999999.99", "0.005", "FR", "2026-02-30", "24:00-00:00"),
    *("=1+1", "0 days", "-3 months", "1 month", "mon-fri", "sun-mon", "a and b", "usage.calls > 1", "\u2066x", "nan"),
    *(0, 1, -1, 7, 10**6, 2**63 - 1, -(2**63), 0.5, True, False, [], {}, [{}], [""], {"": ""}),
    *(
        date(1, 1, 1),
        date(2024, 2, 29),
        date(2026, 2, 1),
        date(9999, 12, 31),
        time(0, 0),
        datetime(2026, 2, 1, tzinfo=UTC),
    ),
)
"""Values that no key, or hardly any, has in practice."""


def places(value: Any, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield where every value below one stands."""
    if at:
        yield at
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, below in inner:
        yield from places(below, (*at, step))


def at(value: Any, path: Sequence[Step]) -> Any:
    """Return what stands at a place."""
    for step in path:
        value = value[step]
    return value


@st.composite
def mutated(draw: st.DrawFn, tables: Sequence[Mapping[str, Any]], most: int = 3) -> dict[str, Any]:
    """Draw one of the tables with so many of its values changed, or none; what is changed may come of another one."""
    whole = deepcopy(dict(draw(st.sampled_from(tables))))
    for _ in range(draw(st.integers(0, most))):
        there = list(places(whole))
        if not there:
            break
        path = draw(st.sampled_from(there))
        draw(st.sampled_from(WAYS))(draw, whole, path, tables)
    return whole


Way = Callable[[st.DrawFn, Any, tuple[Step, ...], Sequence[Mapping[str, Any]]], object]


def _lost(_: st.DrawFn, whole: Any, path: tuple[Step, ...], __: object) -> None:
    del at(whole, path[:-1])[path[-1]]


def _odd(draw: st.DrawFn, whole: Any, path: tuple[Step, ...], __: object) -> None:
    at(whole, path[:-1])[path[-1]] = deepcopy(draw(st.sampled_from(ODD)))


def _near(draw: st.DrawFn, whole: Any, path: tuple[Step, ...], __: object) -> None:
    """Put a value near to the one that is there: a number beside it, another day, a text with a sign less or more."""
    value = at(whole, path)
    if isinstance(value, bool):
        near: Any = not value
    elif isinstance(value, int | float):
        near = value + draw(st.sampled_from([-1, 1, -100, 100]))
    elif isinstance(value, date):
        days = draw(st.sampled_from([-366, -31, -1, 1, 27, 31, 365]))
        near = value + timedelta(days=days) if date(2, 1, 1) < _day(value) < date(9998, 1, 1) else value
    elif isinstance(value, str) and value:
        cut = draw(st.integers(0, len(value) - 1))
        near = value[:cut] + draw(st.sampled_from(["", "0", "9", " ", "-", "é", '"', "\n", "."])) + value[cut + 1 :]
    else:
        near = value
    at(whole, path[:-1])[path[-1]] = near


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _twice(draw: st.DrawFn, whole: Any, path: tuple[Step, ...], __: object) -> None:
    holder = at(whole, path[:-1])
    if isinstance(holder, list):
        holder.insert(draw(st.integers(0, len(holder))), deepcopy(holder[int(path[-1])]))
    else:
        holder[f"{path[-1]}{draw(st.sampled_from(['s', '_', '2']))}"] = deepcopy(holder[path[-1]])


def _swapped(draw: st.DrawFn, whole: Any, path: tuple[Step, ...], _: object) -> None:
    other = draw(st.sampled_from(list(places(whole))))
    shorter = min(len(path), len(other))
    if path[:shorter] != other[:shorter]:
        one, two = deepcopy(at(whole, path)), deepcopy(at(whole, other))
        at(whole, path[:-1])[path[-1]] = two
        at(whole, other[:-1])[other[-1]] = one


def _from_another(draw: st.DrawFn, whole: Any, path: tuple[Step, ...], tables: Sequence[Mapping[str, Any]]) -> None:
    """Put a table of another file in, or its value of the same name."""
    other = draw(st.sampled_from(tables))
    key = draw(st.sampled_from(sorted(other)))
    name = path[-1]
    named = [place for place in places(other) if place[-1] == name and isinstance(name, str)]
    by_name: bool = draw(st.booleans())
    if named and by_name:
        at(whole, path[:-1])[name] = deepcopy(at(other, draw(st.sampled_from(named))))
    else:
        whole[key] = deepcopy(other[key])


WAYS: Sequence[Way] = (_lost, _odd, _near, _near, _near, _twice, _swapped, _from_another, _from_another)


def toml_of(path: Path) -> dict[str, Any]:
    """Return what a file says."""
    return tomllib.loads(path.read_text("utf-8"))


def written(whole: Mapping[str, Any]) -> str:
    """Return a table as a TOML file: tables and lists of tables under headers, all below them in one line."""
    plain = {key: value for key, value in whole.items() if not _has_header(value)}
    lines = [f"{written_key(key)} = {_inline(value)}" for key, value in plain.items()]
    for key, value in whole.items():
        if not _has_header(value):
            continue
        many = isinstance(value, list)
        for table in value if many else [value]:
            lines += ["", f"[[{written_key(key)}]]" if many else f"[{written_key(key)}]"]
            lines += [f"{written_key(name)} = {_inline(inner)}" for name, inner in table.items()]
    return "\n".join(lines) + "\n"


def _has_header(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)
    )


def _inline(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(map(_inline, value))}]"
        case dict():
            return f"{{ {', '.join(f'{written_key(key)} = {_inline(one)}' for key, one in value.items())} }}"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)

"""What is wrong with how calls are billed by their length, and with the sets of numbers that they go to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ...model.called_numbers import PREFIX, CalledNumbers
from ...model.duration import OF_THE_CALL, CallLength, DurationRules
from ...model.facts import BILLED, BILLED_SECONDS
from ...model.fault import Fault
from ...model.line import OF_OVERSEAS, OVERSEAS
from ...model.offer import Rule
from ...model.option import Option
from ...model.problem import did_you_mean
from ..toml.located_toml import Path
from .rule_checks import tables_named

DAY = 24 * 60 * 60
FRENCH = len("+33199000010")
"""How long a French number is."""
READING = ("price", "plan", "rule")
"""The tables that may name what is counted."""


def check_duration(
    duration: DurationRules, table: Mapping[str, Any], rules: Iterable[Rule], options: Iterable[Option]
) -> Iterator[Fault]:
    """Yield what is wrong with how calls are billed by their length, and that nothing asks for it."""
    marks = list(dict.fromkeys(rule.then.mark for rule in rules if rule.then.mark))
    numbers = tables_named(table, "number")
    yield from _check_length(duration, numbers, ("duration",))
    for mark, length in duration.of.items():
        path = ("duration", "of", mark)
        yield from _check_mark(mark, marks, path)
        yield from _check_length(length, numbers, path)
    for mark, count in duration.free_marked.items():
        path = ("duration", "free_marked", mark)
        yield from _check_mark(mark, marks, path)
        if count < 1:
            yield Fault(path, f'"{mark}" is at least 1', "take it out where none is free")
    counts = [type(option).counts for option in options]
    if not any(BILLED.removeprefix("_") in text for text in (*_texts([table.get(name) for name in READING]), *counts)):
        hint = f'write per = "{BILLED_SECONDS}" in the [price.…] that is by length'
        yield Fault(("duration",), f'no price is per "{BILLED_SECONDS}", and no rule reads it', hint, at_key=True)


def _check_length(length: CallLength, numbers: Collection[str], path: Path) -> Iterator[Fault]:
    for name, least in (("free", 0), ("first", 1), ("further", 1), ("least", 0), ("after_call_most", 0)):
        value = getattr(length, name)
        if value is not None and not least <= value <= DAY:
            yield Fault((*path, name), f'"{name}" is {least} to {DAY} seconds')
    after = length.after_call
    if isinstance(after, int):
        if not 0 <= after <= DAY:
            yield Fault((*path, "after_call"), f'"after_call" is 0 to {DAY} seconds')
    elif not after.startswith(OF_THE_CALL) or length.number_after not in numbers:
        known = [f"{OF_THE_CALL}{name}" for name in numbers]
        hint = did_you_mean(after, known) or "write seconds, or number.<name> with a table [number.<name>]"
        yield Fault((*path, "after_call"), f'no call carries a number "{after}"', hint)
    if length.after_call_most is not None and not after:
        what = '"after_call_most" is without effect: no work after a call is counted'
        yield Fault((*path, "after_call_most"), what, 'write "after_call" too, or take it out')


def _check_mark(mark: str, marks: Collection[str], path: Path) -> Iterator[Fault]:
    if mark not in marks:
        hint = did_you_mean(mark, marks) or f'add a [[rule]] on = "call" with then = {{ mark = "{mark}" }}'
        yield Fault(path, f'no call rule sets the mark "{mark}"', hint, at_key=True)


def check_called(called: Mapping[str, CalledNumbers]) -> Iterator[Fault]:
    """Yield what is wrong with the sets of numbers called: beginnings that no number has, or that two sets have."""
    first: dict[str, str] = {}
    for name, one in called.items():
        if not one.prefixes:
            yield Fault(("called", name, "prefixes"), f'no number is in "{name}"', 'write prefixes = ["+336"]')
        for place, prefix in enumerate(one.prefixes):
            path = ("called", name, "prefixes", place)
            yield from _check_prefix(prefix, path)
            other = first.setdefault(prefix, name)
            if other != name:
                yield Fault(path, f'"{prefix}" begins the numbers of "{other}" too', "leave it in one of them")
            elif prefix in one.prefixes[:place]:
                yield Fault(path, f'"{prefix}" is there twice')


def _check_prefix(prefix: str, path: Path) -> Iterator[Fault]:
    if not PREFIX.fullmatch(prefix):
        hint = "numbers are compared in E.164: write +336 for numbers that are dialled 06"
        yield Fault(path, f'"{prefix}" begins no number', hint)
    elif moved := OF_OVERSEAS.match(prefix.ljust(FRENCH, "0")):
        hint = f'write "+{OVERSEAS[moved[1]]}{prefix.removeprefix("+33")}"'
        yield Fault(path, f'"{prefix}" begins no number: its country code is another', hint)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in tables and lists, but for the names of keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))

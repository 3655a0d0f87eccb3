"""What contradicts itself in examples, as far as it shows without playing any."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...model.customer_kind import KINDS
from ...model.example import Example
from ...model.facts import PLAN, WINDOW
from ...model.fault import Fault
from ...model.occurrence import OCCURRENCE
from ...model.problem import did_you_mean
from ...model.quantity import LINES_HELD, QUANTITY
from ...model.regions import REGIONS, one_code, region_hint
from ...model.work import WORK
from ..contracts.contract_checks import NO_NOTICE, YEARS
from ..contracts.event_checks import check_event
from ..toml.faults import Notes
from .rule_checks import tables_named

EXPECTED = ("total", "lines", "counts", "ends", "holds_from", "renewed_until", "floor")
OF_THE_CONTRACT = ("mission", PLAN, LINES_HELD, "customer.kind", "customer.region")
CHOSEN = (QUANTITY, WINDOW, WORK, OCCURRENCE)
"""What the contract of an example has, whatever comes in: facts by name, and by how their names begin."""
LINE = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)? -?[0-9]{1,12}\.[0-9]{2}")
LEAST: Mapping[str, int] = {"renewal": 1, "band": 1, "floor": 0}
MOST_CALLS, MOST_MONTHS, MOST_LINES = 10_000, 120, 1_000


def check_examples(
    examples: Iterable[Example], table: Mapping[str, Any], missions: tuple[str, ...] | None, notes: Notes
) -> Iterator[Fault]:
    """Yield examples with the title of another, or of an option or mission that the offer does not have."""
    first: dict[str, Example] = {}
    for example in examples:
        path, options = notes.path_of(example), tables_named(table, "option")
        other = first.setdefault(example.title, example)
        if other is not example:
            hint = f"the first stands at {other.place}"
            yield Fault((*path, "title"), f'the title "{example.title}" is there twice', hint)
        for number, option in enumerate(example.options):
            if option not in options:
                what = f'the offer has no option "{option}"'
                yield Fault((*path, "options", number), what, did_you_mean(option, options))
        mission = example.given.get("mission")
        if missions is not None and mission is not None and mission not in missions:
            what = f'the offer has no mission "{mission}"'
            yield Fault((*path, "given", "mission"), what, did_you_mean(str(mission), missions))
        unread = any(fault.path[: len(path)] == path for fault in notes.faults)
        if not (unread or any(getattr(example, name) not in (None, (), {}) for name in EXPECTED)):
            hint = f"write {', '.join(EXPECTED[:-1])} or {EXPECTED[-1]}"
            yield Fault(path, "the example does not say what must come out", hint)
        for fault in _check_one(example):
            yield fault.below(path)


def _check_one(example: Example) -> Iterator[Fault]:
    asked = next((name for name in ("calls", "past", "notice", "event", "renewal") if getattr(example, name)), "")
    for name in example.given if asked else ():
        if name not in OF_THE_CONTRACT and not name.startswith(CHOSEN):
            what = f'"{name}" cannot be given beside {asked}'
            hint = "it follows from calls and dates; what the contract has may be given, such as its mission and plan"
            yield Fault(("given", name), what, hint)
    yield from _check_choices(example)
    if example.group and asked:
        what, hint = f'"group" cannot be given beside {asked}', "give the facts that count the contract's own calls"
        yield Fault(("group",), what, hint)
    if any(count < 0 for count in example.group):
        yield Fault(("group",), "a count of calls is at least 0")
    region = str(example.given.get("customer.region", "FR"))
    if one_code(region) not in REGIONS:
        yield Fault(("given", "customer.region"), f'"{region}" is no region', region_hint(region))
    kind = example.given.get("customer.kind")
    if kind is not None and kind not in KINDS:
        yield Fault(("given", "customer.kind"), f'"{kind}" is no kind of customer', did_you_mean(str(kind), KINDS))
    for number, line in enumerate(example.lines):
        if not LINE.fullmatch(line):
            yield Fault(("lines", number), f'"{line}" is no line such as "bands 229.00"')
    for name, least in LEAST.items():
        value = getattr(example, name)
        if value is not None and value < least:
            yield Fault((name,), f'"{name}" is at least {least}')
    yield from _check_calls(example)
    yield from _check_dates(example)


def _check_choices(example: Example) -> Iterator[Fault]:
    lines = example.given.get(LINES_HELD, 1)
    if isinstance(lines, int) and not 1 <= lines <= MOST_LINES:
        yield Fault(("given", LINES_HELD), f"a contract of an example has 1 to {MOST_LINES:,} lines")
    for name, value in example.given.items():
        if name.startswith(QUANTITY) and isinstance(value, int) and value < 0:
            yield Fault(("given", name), f'"{name}" is at least 0')


def _check_calls(example: Example) -> Iterator[Fault]:
    for number, call in enumerate(example.calls):
        for name, least in (("count", 1), ("wait_seconds", 0), ("talk_seconds", 0)):
            value = getattr(call, name)
            if not least <= value <= 2**31 - 1:
                yield Fault(("calls", number, name), f'"{name}" is at least {least}, and no more than a call can have')
    if sum(call.count * len(call.moments) for call in example.calls) > MOST_CALLS:
        yield Fault(("calls",), f"an example has at most {MOST_CALLS:,} calls", "give the facts that count them")
    if len({(moment.year, moment.month) for call in example.calls for moment in call.moments}) > 1:
        yield Fault(("calls",), "the calls lie in two months", "an example shows one month")
    if len(example.past) > MOST_MONTHS or any(not 0 <= count <= MOST_CALLS * MOST_CALLS for count in example.past):
        yield Fault(("past",), f"past months are at most {MOST_MONTHS}, each with a count of calls")


def _check_dates(example: Example) -> Iterator[Fault]:
    for name in ("signed", "live", "notice", "notice_sent"):
        day = getattr(example, name)
        if day and day.year not in YEARS:
            yield Fault((name,), f'"{name}" is not in the years {YEARS[0]} to {YEARS[-1]}')
    if example.signed and example.live and example.live < example.signed:
        yield Fault(("live",), '"live" lies before "signed"')
    if example.notice_sent and (example.notice is None or example.notice_sent > example.notice):
        what = '"notice_sent" lies after "notice", on which it was received' if example.notice else NO_NOTICE
        yield Fault(("notice_sent",), what)
    if example.event:
        yield from (fault.below(("event",)) for fault in check_event(example.event, "example"))

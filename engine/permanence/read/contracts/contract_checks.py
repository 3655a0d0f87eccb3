"""What contradicts itself in contracts: each alone, and all together."""

import re
from collections.abc import Iterable, Iterator

from ...model.contract import Contract, OptionTaken
from ...model.line import one_spelling
from ...model.problem import Problem
from ...model.regions import REGIONS, region_hint
from ..toml.faults import Fault

ID = re.compile(r"\S+")
YEARS = range(1900, 2200)
"""Terms are counted from these days, by spans of up to a hundred years."""


def check_alone(contract: Contract) -> Iterator[Fault]:
    """Yield what is wrong with a contract, whatever its offer; paths begin in its own table."""
    if not ID.fullmatch(contract.id):
        yield Fault(("id",), f'"{contract.id}" is no contract number', "it has at least one sign, and no space")
    if not contract.customer.name.strip():
        yield Fault(("customer", "name"), "the customer has no name")
    if contract.customer.region not in REGIONS:
        what = f'"{contract.customer.region}" is no region of France'
        yield Fault(("customer", "region"), what, region_hint(contract.customer.region))
    yield from _check_lines(contract.lines)
    for name, day in (("signed", contract.signed), ("live", contract.live), ("notice", contract.notice)):
        if day and day.year not in YEARS:
            yield Fault((name,), f'"{name}" is not in the years {YEARS[0]} to {YEARS[-1]}')
    for name, day in (("live", contract.live), ("notice", contract.notice)):
        if day and day < contract.signed:
            yield Fault((name,), f'"{name}" is before the day of signature, {contract.signed}')
    for number, option in enumerate(contract.options):
        yield from _check_option(number, option, contract)


def _check_lines(lines: tuple[str, ...]) -> Iterator[Fault]:
    if not lines:
        yield Fault(("lines",), "the contract has no line", "no call would ever be its customer's")
    for number, line in enumerate(lines):
        if not line.strip():
            yield Fault(("lines", number), "the line is empty")
        elif line in lines[:number]:
            yield Fault(("lines", number), f'the line "{line}" is there twice')


def _check_option(number: int, option: OptionTaken, contract: Contract) -> Iterator[Fault]:
    period = contract.option_period(option)
    if period.end and period.end <= period.start:
        yield Fault(("option", number, "until"), f'"{option.id}" ends before it begins, on {period.start}')
    for earlier in contract.options[:number]:
        both = contract.option_period(earlier) & period
        if earlier.id == option.id and (both.end is None or both.days):
            yield Fault(("option", number, "id"), f'the contract has "{option.id}" twice on {both.start}')


def check_together(contracts: Iterable[Contract]) -> Iterator[Problem]:
    """Yield the problems that contracts make for each other: one number twice, one line with two holders.

    When a contract ends is not known here: it holds its lines for good, unless its notice was received before the
    other one starts, or an event takes the line away. Where both are in service all the same, such a line's calls are
    nobody's, and say so.
    """
    first: dict[str, Contract] = {}
    holders: dict[str, Contract] = {}
    for contract in contracts:
        other = first.setdefault(contract.id, contract)
        if other is not contract:
            yield Problem(contract.place, f'contract "{contract.id}" is there twice', f"the first: {other.place}")
            continue
        for line in _lines_for_good(contract):
            other = holders.get(one_spelling(line), contract)
            holders[one_spelling(line)] = contract
            if other is not contract and not _gives_way(other, contract):
                since = max(contract.start, other.start)
                what = f'"{contract.id}" and "{other.id}" both hold the line "{line}" from {since}'
                yield Problem(contract.place, what, f"the other: {other.place}")


def _lines_for_good(contract: Contract) -> Iterator[str]:
    """Yield the lines of a contract that no event takes away, those that an event added too."""
    removed = {event.line for event in contract.events if event.what == "line_removed"}
    added = (event.line for event in contract.events if event.what == "line_added")
    yield from (line for line in dict.fromkeys((*contract.lines, *added)) if line not in removed)


def _gives_way(one: Contract, other: Contract) -> bool:
    earlier, later = sorted((one, other), key=lambda contract: contract.start)
    received = [event.on for event in earlier.events if event.what == "notice_received"]
    return any(notice <= later.start for notice in (earlier.notice, *received) if notice)

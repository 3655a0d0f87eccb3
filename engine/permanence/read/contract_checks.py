"""What contradicts itself in contracts: each alone, all together, and against the offers that they name."""

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from ..model.contract import Contract, OptionTaken
from ..model.line import one_spelling
from ..model.offer import Bands, Offer
from ..model.problem import Problem, did_you_mean
from .faults import Fault
from .regions import REGIONS, region_hint

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


def check_contracts(contracts: Iterable[Contract], offers: Mapping[str, Offer]) -> tuple[Problem, ...]:
    """Return what contracts say against the offers that they name; ``offers`` are by version."""
    return tuple(problem for contract in contracts for problem in check_contract(contract, offers))


def check_contract(contract: Contract, offers: Mapping[str, Offer]) -> Iterator[Problem]:
    """Yield what one contract says against the offer that it names; ``offers`` are by version."""
    offer = offers.get(contract.offer)
    if offer is None:
        what, hint = f'there is no offer "{contract.offer}"', did_you_mean(contract.offer, offers)
        yield Problem(contract.place, f'contract "{contract.id}": {what}', hint)
        return
    for problem in _check_against(contract, offer):
        yield evolve(problem, what=f'contract "{contract.id}": {problem.what}')


def _check_against(contract: Contract, offer: Offer) -> Iterator[Problem]:
    if was_edited(contract, offer):
        hint = "put its text back: a new price is a new file with a later `sold_from`, and its own digest"
        yield Problem(contract.place, f"{offer.file} was edited after {contract.id} signed it", hint)
    if contract.mission not in offer.head.mission:
        what = f'{offer.version} has no mission "{contract.mission}"'
        yield Problem(contract.place, what, did_you_mean(contract.mission, offer.head.mission))
    for option in contract.options:
        if option.id not in offer.options:
            what = f'{offer.version} has no option "{option.id}"'
            yield Problem(contract.place, what, did_you_mean(option.id, offer.options))
    if contract.band is not None:
        if offer.bands is None:
            yield Problem(contract.place, f"{offer.version} has no bands", "take `band` out of the contract")
        elif not _is_band(contract.band, offer.bands):
            tops = ", ".join(str(step.up_to) for step in offer.bands.steps)
            what = f"{contract.band} is no band of {offer.version}"
            yield Problem(contract.place, what, f"bands: {tops}" + (" …" if offer.bands.then else ""))
    elif offer.bands and offer.bands.floor == "contracted":
        yield Problem(contract.place, f"{offer.version} bills at least the contracted band", "write `band = …`")


def was_edited(contract: Contract, offer: Offer) -> bool:
    """Tell whether the rule file is another than the one that a contract pins; one that pins none cannot tell."""
    return contract.digest not in ("", offer.digest)


def _is_band(band: int, bands: Bands) -> bool:
    tops = [step.up_to for step in bands.steps]
    return band in tops or (bands.then is not None and band > tops[-1] and (band - tops[-1]) % bands.then.every == 0)

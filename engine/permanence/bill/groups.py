"""Contracts of a group that share what one offer includes: what is beyond it, and whose it is, before any price.

Whose it is hangs on how many calls each contract has, and on nothing that an order of contracts or calls could change.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import evolve

from ..model.contract import Contract
from ..model.facts import GROUP_BEYOND, GROUP_CALLS
from ..model.invoice import Hold
from ..model.offer import Offer
from ..model.plan import Plan
from ..model.served import Served
from .measure.counts import Counted
from .measure.roster import BillFault, Roster

K = TypeVar("K", bound=Hashable)
Pool = tuple[str, str, str]
"""A group, and the offer and the plan of which its contracts share what is included; no plan where it is a package."""


def with_groups(counted: Counted, roster: Roster, holds: Iterable[Hold], offers: Mapping[str, Offer]) -> Counted:
    """Return what was counted with the calls of each contract's group, and which of those beyond are the contract's.

    Where a contract of a group waits, the others do: what is beyond is not known without its calls.
    """
    pools: dict[Pool, list[int]] = {}
    for number, one in enumerate(roster.served):
        if pool := _pool(one.contract.group, one.offer, one.contract.plan):
            pools.setdefault(pool, []).append(number)
    if not pools:
        return counted
    rows = list(counted.facts)
    for numbers in pools.values():
        for number, facts in _of_pool(roster, counted.facts, numbers):
            rows[number] = {**rows[number], **facts}
    return evolve(counted, facts=rows, faults=(*counted.faults, *_waiting(pools, counted, roster, holds, offers)))


def group_facts(included: int, calls: Mapping[K, int]) -> Mapping[K, Mapping[str, int]]:
    """Return what the lines of each contract of a group rest on, by its calls: all, and its own of those beyond."""
    together = sum(calls.values())
    beyond = shared_out(max(0, together - included), calls)
    return {one: {GROUP_CALLS.name: together, GROUP_BEYOND.name: beyond[one]} for one in calls}


def shared_out(beyond: int, calls: Mapping[K, int]) -> Mapping[K, int]:
    """Return how many calls beyond what is included are whose: by the share of the calls, whole calls, the sum exact.

    What is left over when shares are rounded down goes to the largest fractions, among equals to the first name.
    """
    together = sum(calls.values())
    if not together:
        return dict.fromkeys(calls, 0)
    found = {one: beyond * count // together for one, count in calls.items()}
    by_fraction = sorted(calls, key=lambda one: (-(beyond * calls[one] % together), str(one)))
    for one in by_fraction[: beyond - sum(found.values())]:
        found[one] += 1
    return found


def _pool(group: str, offer: Offer | None, plan: str) -> Pool | None:
    shared = offer.shared_by_groups(plan) if offer and group else None
    if offer is None or shared is None:
        return None
    return group, offer.head.id, plan if isinstance(shared, Plan) else ""


def _of_pool(
    roster: Roster, facts: Sequence[Mapping[str, int]], numbers: Sequence[int]
) -> Iterator[tuple[int, Mapping[str, int]]]:
    """Yield the facts of each part of a contract of a group, by number: they add up over the parts of its month."""
    served = roster.served
    calls = {number: _calls(served[number], facts[number]) for number in numbers}
    parts: dict[str, list[int]] = {}
    for number in numbers:
        parts.setdefault(served[number].contract.id, []).append(number)
    shared = (served[number].offer.shared_by_groups(served[number].contract.plan) for number in numbers)
    included = max(one.included for one in shared if one)
    each = group_facts(included, {name: sum(calls[number] for number in mine) for name, mine in parts.items()})
    for name, mine in parts.items():
        beyond = shared_out(each[name][GROUP_BEYOND.name], {number: calls[number] for number in mine})
        for number in mine:
            together = each[name][GROUP_CALLS.name] if number == mine[0] else 0
            yield number, {GROUP_CALLS.name: together, GROUP_BEYOND.name: beyond[number]}


def _calls(served: Served, facts: Mapping[str, int]) -> int:
    """Return the calls of a part of a month that use up what is included: none of a free trial, unless it says so."""
    return facts["usage.calls"] - (facts.get("usage.trial_calls", 0) if served.trial_rules.calls_apart else 0)


def _waiting(
    pools: Mapping[Pool, Sequence[int]],
    counted: Counted,
    roster: Roster,
    holds: Iterable[Hold],
    offers: Mapping[str, Offer],
) -> Iterator[BillFault]:
    """Yield that contracts of a group wait for one of it that waits itself."""
    waits = {pool: hold.contract.id for hold in holds for pool in _pools_of(hold.contract, offers)}
    at_fault = {number for fault in counted.faults for number in fault.contracts}
    for pool, numbers in pools.items():
        theirs = (roster.served[number].contract.id for number in numbers if number in at_fault)
        if other := waits.get(pool) or next(theirs, ""):
            mine = tuple(number for number in numbers if roster.served[number].contract.id != other)
            yield BillFault("", mine, _waits_for(pool[0], other))


def _pools_of(contract: Contract, offers: Mapping[str, Offer]) -> Iterator[Pool]:
    """Yield what a contract that waits may have a share in, by the plan that was signed and those it came to."""
    offer, later = offers.get(contract.offer), (event.plan for event in contract.events if event.plan)
    for plan in dict.fromkeys((contract.plan, *later)):
        if pool := _pool(contract.group, offer, plan):
            yield pool


def _waits_for(group: str, other: str) -> str:
    return f"Le contrat {other} du groupe « {group} » attend, et ses appels comptent pour les appels compris du groupe."

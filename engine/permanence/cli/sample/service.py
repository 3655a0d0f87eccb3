"""The whole sample, from a seed: customers, and each month's calls."""

from collections.abc import Iterable, Mapping
from random import Random

from attrs import frozen

from ...model.period import Month
from . import numbers
from .customers import SampleCustomer, customers, monthly_calls
from .traffic import SampleCall, calls_of_month

MOST_CONTRACTS = numbers.LINES - numbers.STRAY_LINES


@frozen
class Sample:
    """What an answering service has at hand: its customer list, and each month's calls in order of time."""

    customers: tuple[SampleCustomer, ...]
    calls: Mapping[Month, tuple[SampleCall, ...]]


def generate(seed: int, contracts: int, months: Iterable[Month]) -> Sample:
    """Return the sample that a seed makes: the same each time, whatever the machine.

    More contracts or later months leave the others' calls as they are.
    Raises ValueError for no month, no contract, or more contracts than there are fictional numbers.
    """
    wanted = sorted(set(months))
    if not wanted:
        raise ValueError("a sample has at least one month")
    if not 1 <= contracts <= MOST_CONTRACTS:
        raise ValueError(f"a sample has 1 to {MOST_CONTRACTS} contracts, not {contracts}")
    people = tuple(customers(seed, contracts, wanted[0].first))
    served = [(who, monthly_calls(Random(f"{seed} {who.account}"))) for who in people]
    return Sample(people, {month: calls_of_month(seed, month, served) for month in wanted})


def months_of(text: str) -> tuple[Month, ...]:
    """Return the months that ``2026-09..2026-10`` or ``2026-10`` names, in order.

    Raises ValueError when a month cannot be read, or the last comes before the first.
    """
    first, _, last = text.partition("..")
    month, end = Month.parse(first), Month.parse(last or first)
    if end < month:
        raise ValueError(f'"{text}" runs backwards')
    return tuple(month.until(end.next.first))

"""The month that is measured: contract files, and calls as Parquet."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from permanence.cli.sample.customers import SampleCustomer, customers
from permanence.cli.sample.traffic import hour_weights
from permanence.model.clock import month_bounds
from permanence.model.contract import Contract, Customer, OptionTaken
from permanence.model.money import PerCent
from permanence.model.own_terms import Discount
from permanence.model.period import Month
from permanence.model.records import CallBatch
from permanence.on_file import calls_between
from permanence.read.contracts.contract_text import write_contracts

from bench.size import MONTH, Size

PERIOD = Month.parse(MONTH)
SEED = 1
CALLS_PER_FILE, CALLS_PER_ROW_GROUP = 1_000_000, 250_000
ANSWERED, STRAY, LINKED = 0.8, 0.004, 0.01
TAGS = {"": 0.95, "urgent": 0.03, "spam": 0.015, "callback": 0.005}
LANGUAGES = {"": 0.9, "fr": 0.07, "en": 0.03}
BY_PLANS, TO_MEASURE = "formules@2023-01-01", "sur-mesure@2023-01-01"
ELSEWHERE = {0: BY_PLANS, 1: BY_PLANS, 2: TO_MEASURE, 3: TO_MEASURE}
"""Which customers of bands have another offer, by the last digit of their number."""
SOLD = {BY_PLANS: ("shared_agenda",), TO_MEASURE: ("round_the_clock", "bilingual")}
PLANS = ("start", "standard", "busy")
LOYAL = Discount(percent=PerCent(-500), of=("subscription",), why="Remise de fidélité.")


def write_month(folder: Path, size: Size) -> None:
    """Write contract files and calls into a folder that is there and empty."""
    (folder / "contracts").mkdir()
    (folder / "calls").mkdir()
    people = tuple(customers(SEED, size.contracts, PERIOD.first))
    text = write_contracts(tuple(map(_contract, people)))
    (folder / "contracts" / "contracts.toml").write_text(text, encoding="utf-8")
    for number, table in enumerate(_tables(people, size)):
        path = folder / "calls" / f"part-{number:03d}.parquet"
        pq.write_table(table, path, row_group_size=CALLS_PER_ROW_GROUP)


def month_records(folder: Path, month: Month) -> CallBatch:
    """Return the records of a month's calls out of the Parquet files in a folder."""
    return calls_between(f"{folder}/calls/*.parquet", *month_bounds(month, "Europe/Paris"))


def _contract(who: SampleCustomer) -> Contract:
    """Return a customer's contract: some of those of bands have a plan, or prices in per cent, and some a discount."""
    number = int(who.account[1:])
    bands = who.offer.startswith("essentielle@")
    offer = ELSEWHERE.get(number % 10, who.offer) if bands else who.offer
    return Contract(
        id=who.account,
        customer=Customer(name=who.customer, kind=who.kind, region=who.region),
        offer=offer,
        mission=who.mission,
        plan=PLANS[number // 10 % len(PLANS)] if offer == BY_PLANS else "",
        lines=(who.account, who.line),
        signed=date.fromisoformat(who.signed),
        live=date.fromisoformat(who.live),
        options=tuple(OptionTaken(id=option) for option in who.options.split() if option in SOLD.get(offer, (option,))),
        discounts=(LOYAL,) if number % 20 == 1 else (),
    )


def _tables(people: tuple[SampleCustomer, ...], size: Size) -> Iterator[pa.Table]:
    """Yield the month's calls in order of time, a file at a time."""
    random = np.random.default_rng(SEED)
    start = np.sort(_starts(random, people, size))
    holder = random.integers(0, len(people), size.calls, dtype=np.int32)
    holder[random.random(size.calls) < STRAY] = len(people)
    for first in range(0, size.calls, CALLS_PER_FILE):
        rows = slice(first, first + CALLS_PER_FILE)
        yield _table(random, people, start[rows], holder[rows], first)


def _starts(random: np.random.Generator, people: tuple[SampleCustomer, ...], size: Size) -> NDArray[np.int64]:
    """Return when calls come in; customers who are always open get some of theirs at any hour."""
    always = round(size.calls * sum(who.always_open for who in people) / len(people))
    parts = []
    for count, always_open in ((size.calls - always, False), (always, True)):
        hours = hour_weights(PERIOD, always_open=always_open)
        weights = np.array(tuple(hours.values()))
        chosen = random.choice(np.array(tuple(hours)), count, p=weights / weights.sum())
        parts.append(chosen + random.integers(0, 3_600, count))
    return np.concatenate(parts)


def _table(
    random: np.random.Generator,
    people: tuple[SampleCustomer, ...],
    start: NDArray[np.int64],
    holder: NDArray[np.int32],
    first: int,
) -> pa.Table:
    count = len(start)
    ids = pc.binary_join_element_wise(
        pc.cast(pa.array(start), pa.string()), pc.cast(pa.array(np.arange(first, first + count)), pa.string()), "."
    )
    linked = _link(random, holder)
    answered = random.random(count) < ANSWERED
    wait = random.exponential(np.where(answered, 16, 35)).astype(np.int32)
    talk = np.where(answered, np.maximum(1, random.lognormal(4.5, 0.8, count)), 0).astype(np.int32)
    return pa.table(
        {
            "source": _words(np.zeros(count, np.int32), ["bench"]),
            "call_id": ids,
            "linked_id": pc.take(ids, pa.array(linked, mask=linked < 0)),
            "account": _words(holder, [who.account for who in people]),
            "number": _words(holder, [*(who.line for who in people), "+33536499999"]),
            "caller": _words(random.integers(0, 10_000, count), [f"+3363998{n:04d}" for n in range(10_000)]),
            "start": pa.array(start, pa.timestamp("s", "UTC")),
            "wait_seconds": wait,
            "talk_seconds": talk,
            "status": _words(answered.astype(np.int32), ["no_answer", "answered"]),
            "direction": _words(np.zeros(count, np.int32), ["inbound"]),
            "language": _chosen(random, count, LANGUAGES),
            "tags": _chosen(random, count, TAGS),
        }
    )


def _link(random: np.random.Generator, holder: NDArray[np.int32]) -> NDArray[np.int64]:
    """Make some calls the second leg of the one before; return the row of the first leg per call, -1 for most."""
    linked = np.full(len(holder), -1)
    firsts = np.flatnonzero(random.random(len(holder) // 2) < LINKED) * 2
    linked[firsts] = linked[firsts + 1] = firsts
    holder[firsts + 1] = holder[firsts]
    return linked


def _chosen(random: np.random.Generator, count: int, shares: dict[str, float]) -> pa.DictionaryArray:
    words = list(shares)
    return _words(random.choice(len(words), count, p=list(shares.values())) - 1, words[1:])


def _words(codes: NDArray[np.integer], words: list[str]) -> pa.DictionaryArray:
    """Return a column of words; a code without a word is an empty one."""
    codes = codes.astype(np.int32)
    empty = (codes < 0) | (codes >= len(words))
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=empty), pa.array(words))

"""The page of an impact: what a new version would have billed, by month, by contract and by rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from ..model.distribution import Bin, movement
from ..model.money import Cents
from ..model.period import Month
from ..model.words.french import SHORT, from_to
from ..model.words.movements import bin_in_words, left_out_in_words, measuring_in_words, movement_in_words
from ..store.impact_tables import IMPACT_TABLES

TABLES = tuple(table.name for table in IMPACT_TABLES)
MONTHS = "select * from replay_month order by id"
BINS = "select * from replay_bin order by id"
BANDED = "select 1 from replay_bill where coalesce(band_before, band_after) is not null limit 1"
CHANGES = "select change_cents from replay_contract"
RULES = """
select rule, why, sum(change_cents) as change_cents, sum(bills) as bills from replay_rule
group by rule having sum(bills) > 0 order by min(id)
"""
LINES = "select * from replay_rule where bills > 0 order by id"
SAME = "select coalesce(sum(before_cents), 0) as before_cents from replay_rule where bills = 0"
RISES = "select * from replay_contract where change_cents > 0 order by change_cents desc, id limit 10"
FALLS = "select * from replay_contract where change_cents < 0 order by change_cents, id limit 10"
HOLDS = """
select why_before, why_after, count(*) as bills, count(distinct contract) as contracts
from replay_hold group by why_before, why_after order by bills desc limit 10
"""
LEFT_OUT = """
select count(*) as contracts, coalesce(sum(contract in (select id from replay_contract)), 0) as at_times
from (select distinct contract from replay_hold)
"""
MOST_LINES = 20
HEIGHT, LONGEST, RISE = 160, 100, 75
"""How high the columns of months may be, how wide the bars of the histogram, and how high or deep those of changes."""
MOST_NAMED = 12
"""So many months have room for their names below the columns; of more, only some are named."""


@frozen
class MonthColumn:
    """One month in the chart: what stands below it, what it came to both ways, and how high each is drawn.

    ``year`` is told with the first name, and where it is another one than that of the name before.
    """

    name: str
    year: str
    row: Mapping[str, Any]
    before: float
    after: float
    change: float


@frozen
class BinBar:
    """One bin of the histogram: what lies in it, how many contracts, and how wide that is drawn."""

    name: str
    contracts: int
    width: float


def columns(months: Sequence[Mapping[str, Any]]) -> tuple[MonthColumn, ...]:
    """Return the columns of rows of `replay_month`; the highest total and the largest change are as high as may be."""
    most = max((amount for row in months for amount in (row["before_cents"], row["after_cents"])), default=0)
    largest = max((abs(row["change_cents"]) for row in months), default=0)
    names = labels([row["id"] for row in months])
    return tuple(
        MonthColumn(
            *names.get(row["id"], ("", "")),
            row,
            _scaled(row["before_cents"], most, HEIGHT),
            _scaled(row["after_cents"], most, HEIGHT),
            _scaled(abs(row["change_cents"]), largest, RISE),
        )
        for row in months
    )


def bars(bins: Sequence[Mapping[str, Any]], currency: str) -> tuple[BinBar, ...]:
    """Return the bars of bins; the longest is as wide as may be."""
    most = max((row["contracts"] for row in bins), default=0)
    found = ((Bin(Cents(row["from_cents"]), Cents(row["to_cents"]), row["contracts"])) for row in bins)
    return tuple(BinBar(bin_in_words(one, currency), one.size, _scaled(one.size, most, LONGEST)) for one in found)


def labels(months: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Return what stands below those of some months that have room for it: ``oct.``, and the year where it begins."""
    named = months[:: -(-len(months) // MOST_NAMED) or 1]
    years = [month[:4] for month in named]
    return {
        month: (SHORT[int(month[5:]) - 1], year if year != before else "")
        for month, year, before in zip(named, years, ["", *years], strict=False)
    }


def _scaled(amount: int, most: int, size: int) -> float:
    return round(size * max(amount, 0) / most, 2) if most > 0 else 0


async def context(impact: Any) -> dict[str, Any]:
    """Return what the page shows of impact.db."""

    async def rows(sql: str) -> list[dict[str, Any]]:
        return [dict(row) for row in await impact.execute(sql)]

    moves = movement([row["change_cents"] for row in await rows(CHANGES)])
    (left,) = await rows(LEFT_OUT)
    (same,) = await rows(SAME)
    replay = next(iter(await rows("select * from replay")), None)
    currency = replay["currency"] if replay else ""
    return {
        "replay": replay,
        "when": from_to(*(Month.parse(replay[name]) for name in ("first_month", "last_month"))) if replay else "",
        "movement": movement_in_words(moves, currency),
        "left_out": left_out_in_words(left["contracts"] - left["at_times"], left["at_times"]),
        "measuring": measuring_in_words(replay["measured_again"]) if replay else "",
        "banded": bool(await rows(BANDED)),
        "months": columns(await rows(MONTHS)),
        "bars": bars(await rows(BINS), currency),
        "rules": _with_lines(await rows(RULES), await rows(LINES)),
        "same_cents": same["before_cents"],
        "lists": _named((await rows(RISES), moves.dearer), (await rows(FALLS), moves.cheaper)),
        "holds": await rows(HOLDS),
        "tables": TABLES,
    }


def _with_lines(rules: Sequence[Any], lines: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the rules, each with its first lines, and how many it has besides."""
    found = {rule["rule"]: [line for line in lines if line["rule"] == rule["rule"]] for rule in rules}
    return [
        {**rule, "lines": found[rule["rule"]][:MOST_LINES], "others": max(0, len(found[rule["rule"]]) - MOST_LINES)}
        for rule in rules
    ]


def _named(rises: tuple[list[Any], int], falls: tuple[list[Any], int]) -> list[dict[str, Any]]:
    return [
        {"name": name, "title": title, "contracts": contracts, "all": number, "where": where, "sort": sort}
        for name, title, where, sort, (contracts, number) in (
            ("rises", "Les plus fortes hausses", "change_cents__gt=0", "_sort_desc", rises),
            ("falls", "Les plus fortes baisses", "change_cents__lt=0", "_sort", falls),
        )
        if contracts
    ]

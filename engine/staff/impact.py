"""The page of an impact: what a new version would have billed, by month, by contract and by rule."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..model.distribution import Bin
from ..model.money import Cents
from ..store.impact_tables import IMPACT_TABLES

TABLES = tuple(table.name for table in IMPACT_TABLES)
MONTHS = "select * from replay_month order by id"
BINS = "select * from replay_bin order by id"
RULES = "select * from replay_rule order by id limit 20"
RISES = "select * from replay_contract where change_cents > 0 order by change_cents desc, id limit 10"
FALLS = "select * from replay_contract where change_cents < 0 order by change_cents, id limit 10"
HOLDS = """
select why_before, why_after, count(*) as bills, count(distinct contract) as contracts
from replay_hold group by why_before, why_after order by bills desc limit 10
"""
SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
HEIGHT, LONGEST = 160, 100
"""How high the columns of months may be, and how wide the bars of the histogram: in units of the drawing."""
MOST_NAMED = 12
"""So many months have room for their names below the columns; of more, only some are named."""


@frozen
class Column:
    """One month in the chart: what stands below it, what it came to both ways, and how high that is drawn.

    ``year`` is told with the first name, and where it is another one than that of the name before.
    """

    name: str
    year: str
    row: Mapping[str, Any]
    before: float
    after: float


@frozen
class Bar:
    """One bin of the histogram: what lies in it, how many contracts, and how wide that is drawn."""

    name: str
    contracts: int
    width: float


def columns(months: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """Return the columns of months with `before_cents` and `after_cents`; the highest is as high as may be."""
    most = max((amount for row in months for amount in (row["before_cents"], row["after_cents"])), default=0)
    names = labels([row["id"] for row in months])
    return tuple(
        Column(
            *names.get(row["id"], ("", "")),
            row,
            _scaled(row["before_cents"], most, HEIGHT),
            _scaled(row["after_cents"], most, HEIGHT),
        )
        for row in months
    )


def bars(bins: Sequence[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """Return the bars of bins; the longest is as wide as may be."""
    most = max((row["contracts"] for row in bins), default=0)
    found = ((Bin(Cents(row["from_cents"]), Cents(row["to_cents"]), row["contracts"])) for row in bins)
    return tuple(Bar(one.in_words, one.size, _scaled(one.size, most, LONGEST)) for one in found)


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

    months = await rows(MONTHS)
    return {
        "replay": next(iter(await rows("select * from replay")), None),
        "months": columns(months),
        "bars": bars(await rows(BINS)),
        "rules": await rows(RULES),
        "lists": _named(await rows(RISES), await rows(FALLS)),
        "holds": await rows(HOLDS),
        "tables": TABLES,
    }


def _named(rises: Iterable[Any], falls: Iterable[Any]) -> Sequence[tuple[str, str, list[Any]]]:
    lists = (("rises", "Les plus fortes hausses", rises), ("falls", "Les plus fortes baisses", falls))
    return [(name, title, found) for name, title, contracts in lists if (found := list(contracts))]

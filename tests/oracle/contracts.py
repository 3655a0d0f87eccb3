"""What was signed, as the oracle reads it out of the very rule files and contract files: tomllib and nothing else."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

Table = Mapping[str, Any]
Days = tuple[date, date]
"""From a first day up to, but not including, a last."""


class Signed(NamedTuple):
    """One contract: its offer's tables, who holds which line when, when it is served, with which options.

    ``held`` is the day from which it waits, as far as is known; ``options`` are in no order.
    """

    id: str
    offer: Table | None
    mission: str
    region: str
    lines: Sequence[tuple[str, Days]]
    served: Sequence[Days]
    options: Sequence[tuple[str, Days]]
    held: bool


def one_spelling(line: str) -> str:
    """Return a telephone number as +33…, however it is spelt, and an account code as it is."""
    bare = re.sub(r"[\s.()-]", "", line.replace("(0)", ""))
    if not re.fullmatch(r"\+?\d{6,}", bare):
        return line
    if re.fullmatch(r"0[1-9]\d{8}", bare):
        return "+33" + bare[1:]
    return "+" + bare[2:] if bare.startswith("00") else bare


def read_offers(texts: Iterable[str]) -> Mapping[str, Table]:
    """Return the tables of rule files by the version that contracts name."""
    tables = [tomllib.loads(text) for text in texts]
    return {f"{table['offer']['id']}@{table['offer']['sold_from']}": table for table in tables}


def read_contracts(text: str, offers: Mapping[str, Table]) -> list[Signed]:
    """Return the contracts of a file; requests hold from their day, a notice ends a contract the day after."""
    file = tomllib.loads(text)
    events = file.get("event", [])
    return [
        _signed(table, [one for one in events if one["contract"] == table["id"]], offers) for table in file["contract"]
    ]


def _signed(table: Table, events: Sequence[Table], offers: Mapping[str, Table]) -> Signed:
    offer = offers.get(table["offer"])
    noted = [one["on"] for one in events if one["what"] == "go_live"]
    live = table.get("live") or min(noted, default=None)
    ends = [one["on"] + timedelta(days=1) for one in events if one["what"] == "notice_received"]
    service = [(live or date.max, min(ends, default=date.max))]
    for one in sorted(events, key=lambda one: one["on"]):
        if one["what"] == "suspended":
            service = [piece for days in service for piece in _without(days, (one["on"], _resumed(events, one["on"])))]
    return Signed(
        id=table["id"],
        offer=offer,
        mission=table.get("mission", "simple"),
        region=table["customer"].get("region", "FR"),
        lines=list(_lines(table, events)),
        served=service,
        options=list(_options(table, events)),
        held=live is None or offer is None,
    )


def _resumed(events: Sequence[Table], after: date) -> date:
    return min((one["on"] for one in events if one["what"] == "resumed" and one["on"] > after), default=date.max)


def _without(days: Days, gap: Days) -> Iterator[Days]:
    for piece in ((days[0], min(days[1], gap[0])), (max(days[0], gap[1]), days[1])):
        if piece[0] < piece[1]:
            yield piece


def _lines(table: Table, events: Sequence[Table]) -> Iterator[tuple[str, Days]]:
    removed = {one_spelling(one["line"]): one["on"] for one in events if one["what"] == "line_removed"}
    for line in map(one_spelling, table["lines"]):
        yield line, (date.min, removed.get(line, date.max))
    for one in events:
        if one["what"] == "line_added":
            line = one_spelling(one["line"])
            yield line, (one["on"], removed.get(line, date.max))


def _options(table: Table, events: Sequence[Table]) -> Iterator[tuple[str, Days]]:
    removed = {one["option"]: one["on"] for one in events if one["what"] == "option_removed"}
    for one in table.get("option", []):
        yield one["id"], (one.get("from", date.min), one.get("until", removed.get(one["id"], date.max)))
    for one in events:
        if one["what"] == "option_added":
            yield one["option"], (one["on"], removed.get(one["option"], date.max))


def read_customers(rows: Iterable[Mapping[str, str]], offer: Table, ends: Mapping[str, date]) -> list[Signed]:
    """Return the contracts of a customer list, served from their signature; some ``ends`` are known."""
    return [
        Signed(
            id=row["account"],
            offer=offer,
            mission=row["mission"],
            region=row["region"],
            lines=[(line, (date.min, date.max)) for line in (row["account"], one_spelling(row["line"]))],
            served=[(date.fromisoformat(row["signed"]), ends.get(row["account"], date.max))],
            options=[(name, (date.min, date.max)) for name in row["options"].split()],
            held=False,
        )
        for row in rows
    ]

"""What measuring must come to, worked out the slow way: one call at a time, with zoneinfo and nothing of engine/rate.

A call is a mapping with ``start`` (UTC seconds), ``wait`` and ``talk`` (seconds), ``account``, ``number``, ``status``,
``direction`` and ``tags`` (words, "" for none), ``linked`` (-1 for a record alone) and ``row``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from permanence.model.contract import Contract
from permanence.model.offer import Offer
from permanence.model.served import Served

from tests.oracle.days import legal_holidays

Call = Mapping[str, Any]


class Verdict(NamedTuple):
    """What became of one call: contract id, outcome, reason and window; "" where there is none."""

    contract: str
    outcome: str
    reason: str
    window: str


def options_on(day: date, contract: Contract, offer: Offer) -> list[str]:
    """Return the options that a contract has on a day, in the rule file's order."""
    held = set()
    for option in contract.options:
        since = option.since or contract.live or contract.signed
        if since <= day and (option.until is None or day < option.until):
            held.add(option.id)
    return [name for name in offer.options if name in held]


def window_of(instant: int, day_of_service: date, contract: Contract, offer: Offer) -> str:
    """Return the window that an instant falls in, "" outside all, with the options of a day of service."""
    there = datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(offer.head.timezone))
    windows = offer.coverage.windows
    for name in options_on(day_of_service, contract, offer):
        windows = offer.options[name].widen(windows)
    rules, day = offer.coverage, there.date()
    if day in rules.extra_closed:
        return ""
    region = contract.customer.region if rules.holiday_region == "customer" else rules.holiday_region
    as_days = {day.weekday()}
    if day in legal_holidays(region, day.year) and day not in rules.extra_open:
        as_days = {7} | {"closed": set[int](), "as_weekday": {day.weekday()}, "as_sunday": {6}}[rules.holidays]
    for window in windows:
        opens, closes = re.findall(r"\d\d:\d\d", str(window.hours))
        if as_days & set(window.days.numbers) and opens <= f"{there:%H:%M}" < closes:
            return window.id
    return ""


def why_not(call: Call, offer: Offer) -> str:
    """Return the first reason for which a call does not count, "" when it does."""
    rules = offer.count
    if rules.direction != "any" and call["direction"] != rules.direction:
        return "direction"
    if rules.status == "answered" and call["status"] != "answered":
        return "status"
    if call["talk"] < rules.min_talk_seconds:
        return "too_short"
    if any(tag in rules.exclude_tags for tag in call["tags"].split()):
        return "tag"
    return ""


def local_day(call: Call, offer: Offer) -> date:
    """Return the day on which a call starts, on the offer's wall clock."""
    return datetime.fromtimestamp(call["start"], UTC).astimezone(ZoneInfo(offer.head.timezone)).date()


def judge(call: Call, contract: Contract, offer: Offer) -> tuple[str, str]:
    """Return what becomes of a call that is the contract's, by itself: outcome ("counted" …) and window."""
    instant = call["start"] + (call["wait"] if offer.count.instant == "answer" else 0)
    window = window_of(instant, local_day(call, offer), contract, offer)
    if why_not(call, offer):
        return "excluded", window
    return ("counted" if window or offer.count.outside == "count" else "outside"), window


def holder(call: Call, served: Sequence[Served], idle: Sequence[Contract]) -> Served | str:
    """Return whose call it is, or the reason why it is nobody's."""
    words = {call["account"], call["number"]} - {""}
    named = [one for one in served if words & set(one.contract.lines)]
    if not named and not any(words & set(contract.lines) for contract in idle):
        return "unknown_line"
    there = [one for one in named if local_day(call, one.offer) in one.served]
    if len(there) > 1:
        return "ambiguous"
    return there[0] if there else "not_in_service"


DAY = 86_400


def grouped(records: Sequence[Call]) -> list[list[Call]]:
    """Return the records of each call, in order of start: those of a link, but for those more than a day later."""
    found: list[list[Call]] = []
    latest: dict[int, list[Call]] = {}
    for record in sorted(records, key=lambda one: one["start"]):
        legs = latest.get(record["linked"], [])
        if record["linked"] < 0 or not legs or record["start"] - legs[-1]["start"] > DAY:
            found.append(legs := [])
        latest[record["linked"]] = legs
        legs.append(record)
    return found


def joined(legs: Sequence[Call], lines: set[str]) -> Call:
    """Return the one call that some records are; ``lines`` are those of every contract."""
    answered = [leg for leg in legs if leg["status"] == "answered"]
    named = next((leg for leg in legs if ({leg["account"], leg["number"]} - {""}) & lines), legs[0])
    until = min((leg["start"] + leg["wait"] for leg in answered), default=None)
    last = max(leg["start"] + leg["wait"] for leg in legs)
    return {
        **{name: named[name] for name in ("account", "number", "direction")},
        "row": legs[0]["row"],
        "start": legs[0]["start"],
        "wait": (last if until is None else until) - legs[0]["start"],
        "talk": sum(leg["talk"] for leg in answered),
        "status": "answered" if answered else legs[-1]["status"],
        "language": next((leg["language"] for leg in legs if leg["language"]), ""),
        "tags": " ".join(sorted({tag for leg in legs for tag in leg["tags"].split()})),
        "linked": -1,
    }


def calls_of(records: Sequence[Call], served: Sequence[Served], idle: Sequence[Contract] = ()) -> list[Call]:
    """Return the calls that records are, in order of their earliest record among the others."""
    lines = {line for one in served for line in one.contract.lines} | {line for one in idle for line in one.lines}
    place = {id(record): number for number, record in enumerate(records)}
    groups = sorted(grouped(records), key=lambda legs: place[id(legs[0])])
    return [joined(legs, lines) for legs in groups]


def verdicts(records: Sequence[Call], served: Sequence[Served], idle: Sequence[Contract] = ()) -> list[Verdict]:
    """Return what becomes of each call of a month, in the order of their earliest records."""
    found = []
    for call in calls_of(records, served, idle):
        one = holder(call, served, idle)
        if isinstance(one, str):
            found.append(Verdict("", "unassigned", one, ""))
            continue
        outcome, window = judge(call, one.contract, one.offer)
        found.append(Verdict(one.contract.id, outcome, why_not(call, one.offer), window))
    return found


def month_counts(found: Iterable[Verdict]) -> dict[str, dict[str, int]]:
    """Return how many calls each contract ("" for nobody) has of each outcome."""
    counts: dict[str, dict[str, int]] = {}
    for verdict in found:
        mine = counts.setdefault(verdict.contract, {})
        mine[verdict.outcome] = mine.get(verdict.outcome, 0) + 1
    return counts

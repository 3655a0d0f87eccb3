"""What becomes of each call, judged one at a time by the sentences of the trade, and the two equations of a month.

A call arrives with its earliest record. It is answered if any of its records is; the wait is from arrival to the first
answer, or to the end where nobody answers; the talk is that of all answered records; tags are united; language is that
of the first record that has one; direction, account and number are those of the first record that names a contract's
line. Whose it is, is settled by the day on which it arrives; its month and its window by the offer's instant. A call
that is answered more than a day after it arrives, or when its contract is not in service any more, is of the month of
its arrival all the same.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple

from tests.oracle.contracts import Days, Signed, Table, one_spelling
from tests.oracle.days import HOLIDAY, SUNDAY, day_numbers, legal_holidays, wall_clock
from tests.oracle.records import DAY, Intake, Record, calls_of

ZONE = "Europe/Paris"
ALL_DAY = {"days": "mon-sun,holiday"}
ROUND_THE_CLOCK = {"id": "round_the_clock", "hours": "00:00-24:00", **ALL_DAY}
NIGHT_DUTY = (
    {"id": "night_duty_evening", "hours": "19:00-24:00", **ALL_DAY},
    {"id": "night_duty_morning", "hours": "00:00-08:00", **ALL_DAY},
)
AS_WELL: Mapping[str, Callable[[date], tuple[int, ...]]] = {
    "closed": lambda _: (),
    "as_weekday": lambda day: (day.weekday(),),
    "as_sunday": lambda _: (SUNDAY,),
}
"""What a public holiday counts as besides itself."""
COMPARED = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
OUTCOMES = ("counted", "outside", "excluded", "unassigned", "held")
BILLED = OUTCOMES[:3]
Kinds = Counter[tuple[str, ...]]
Months = tuple[int, int]
Lines = Mapping[str, Sequence[Signed]]
"""Every line of every contract, with the contracts that ever hold it."""


class Call(NamedTuple):
    """One call, put together from its records; ``start`` in UTC seconds, ``wait`` and ``talk`` in seconds."""

    records: tuple[Record, ...]
    start: int
    wait: int
    talk: int
    status: str
    direction: str
    account: str
    number: str
    language: str
    tags: frozenset[str]
    details: Mapping[str, Any]


class Verdict(NamedTuple):
    """What became of a call: contract, outcome, reason, window and marks, "" where there is none; and its month."""

    call: Call
    month: Months
    contract: str
    outcome: str
    reason: str
    window: str
    marks: str

    @property
    def what(self) -> tuple[str, str, str, str, str]:
        """Return all that is said of the call."""
        return self.contract, self.outcome, self.reason, self.window, self.marks


class Closing(NamedTuple):
    """The two equations of a month, number by number."""

    came_in: int
    duplicates: int
    refused: int
    of_calls: int
    calls: int
    by_outcome: Mapping[str, int]

    @property
    def holds(self) -> bool:
        """Tell whether both equations close."""
        both = self.duplicates + self.refused + self.of_calls, sum(self.by_outcome.values())
        return (self.came_in, self.calls) == both


def put_together(records: Sequence[Record], lines: Lines) -> Call:
    """Return the call that records are, the earliest first."""
    arrival = records[0].start
    answered = [one for one in records if one.status == "answered"]
    until = min((one.start + one.wait for one in answered), default=max(one.start + one.wait for one in records))
    named = next(
        (one for one in records if {one_spelling(one.account), one_spelling(one.number)} & lines.keys()), records[0]
    )
    return Call(
        records=tuple(records),
        start=arrival,
        wait=until - arrival,
        talk=sum(one.talk for one in answered),
        status="answered" if answered else records[0].status,
        direction=named.direction,
        account=named.account,
        number=named.number,
        language=next((one.language for one in records if one.language), ""),
        tags=frozenset(word for one in records for word in one.tags.split()),
        details=carried(records),
    )


def carried(records: Sequence[Record]) -> Mapping[str, Any]:
    """Return what a call carries: the sum of a number of its records, and the first of their words."""
    found: dict[str, Any] = {}
    for name, value in (one for record in records for one in json.loads(record.details or "{}").items()):
        if name not in found:
            found[name] = value
        elif isinstance(value, int):
            found[name] += value
    return found


def judged(records: Iterable[Record], signed: Sequence[Signed], zone: str = ZONE) -> list[Verdict]:
    """Return what becomes of every call that records are parts of, in order of arrival, by a zone's wall clock."""
    lines: dict[str, list[Signed]] = {}
    for one in signed:
        for line in {line for line, _ in one.lines}:
            lines.setdefault(line, []).append(one)
    found: list[Verdict] = []
    for mine in calls_of(records):
        call = put_together(mine, lines)
        whose, _ = holder(call, lines, zone)
        if whose and not whose.held and whose.offer and whose.offer.get("count", {}).get("dedupe") == "call":
            found += [judge(put_together([record], lines), lines, zone) for record in mine]
        else:
            found.append(judge(call, lines, zone))
    return found


def within(day: date, days: Days) -> bool:
    """Tell whether a day is one of some days."""
    return days[0] <= day < days[1]


def month_at(instant: int, zone: str = ZONE) -> Months:
    """Return the civil month of an instant."""
    there = wall_clock(instant, zone)
    return there.year, there.month


def holder(call: Call, lines: Lines, zone: str) -> tuple[Signed | None, str]:
    """Return whose a call is, or the reason why it is nobody's: "held" where its contract has to wait.

    The account says it, and the number where the account says nothing; two contracts in service contradict each other.
    """
    day = wall_clock(call.start, zone).date()
    words = {one_spelling(call.account): 0, one_spelling(call.number): 0}
    named = list({one.id: one for word in words for one in lines.get(word, ())}.values())
    here = [one for one in named if any(line in words and within(day, days) for line, days in one.lines)]
    there = [one for one in here if not one.held and is_served(one, day)]
    if len(there) > 1:
        return None, "ambiguous"
    if there:
        return there[0], ""
    waiting = [one for one in here if one.held]
    if waiting:
        return waiting[0], "held"
    return None, "not_in_service" if named else "unknown_line"


def judge(call: Call, lines: Lines, zone: str) -> Verdict:
    """Return what becomes of one call."""
    whose, why = holder(call, lines, zone)
    if whose is None:
        return Verdict(call, month_at(call.start, zone), "", "unassigned", why, "", "")
    if whose.held or whose.offer is None:
        return Verdict(call, month_at(call.start, zone), whose.id, "held", "on_hold", "", "")
    rules = {"instant": "start", "outside": "ignore", **whose.offer.get("count", {})}
    instant = call.start + (call.wait if rules["instant"] == "answer" else 0)
    window = window_of(wall_clock(instant, zone), wall_clock(call.start, zone).date(), whose, whose.offer)
    reason, marks = why_not(call, rules), ""
    outcome = "excluded" if reason else "counted" if window or rules["outside"] == "count" else "outside"
    if outcome == "counted":
        reason, marks = by_call_rules(call, window, whose)
        outcome = "excluded" if reason else outcome
    decides = call.start if call.wait > DAY or not is_served(whose, wall_clock(instant, zone).date()) else instant
    return Verdict(call, month_at(decides, zone), whose.id, outcome, reason, window, marks)


def is_served(whose: Signed, day: date) -> bool:
    """Tell whether a contract is in service on a day."""
    return any(within(day, days) for days in whose.served)


def why_not(call: Call, rules: Table) -> str:
    """Return the first reason for which a call does not count, "" when it does."""
    if rules.get("direction", "inbound") not in ("any", call.direction):
        return "direction"
    if rules.get("status", "answered") == "answered" and call.status != "answered":
        return "status"
    if call.talk < rules.get("min_talk_seconds", 0):
        return "too_short"
    return "tag" if call.tags & set(rules.get("exclude_tags", ("wrong_number", "test", "spam"))) else ""


def window_of(there: datetime, day_of_arrival: date, whose: Signed, offer: Table) -> str:
    """Return the window that a wall-clock time falls in, "" outside all, with the options of the day of arrival."""
    coverage = offer["coverage"]
    windows: list[Mapping[str, Any]] = list(coverage["window"])
    having = {name for name, days in whose.options if within(day_of_arrival, days)}
    for name in offer.get("option", {}):
        if name in having and name == "round_the_clock":
            windows = [ROUND_THE_CLOCK]
        if name in having and name == "night_duty":
            windows += NIGHT_DUTY
    kinds = day_kinds(there.date(), coverage, whose.region)
    for window in windows:
        opens, _, closes = window["hours"].partition("-")
        if kinds & day_numbers(window["days"]) and opens <= f"{there:%H:%M}" < closes:
            return str(window["id"])
    return ""


def day_kinds(day: date, coverage: Table, region: str) -> set[int]:
    """Return what a day counts as, none where all is closed."""
    if day in coverage.get("extra_closed", ()):
        return set()
    asked = coverage.get("holiday_region", "customer")
    holidays = legal_holidays(region if asked == "customer" else asked, day.year)
    if day not in holidays or day in coverage.get("extra_open", ()):
        return {day.weekday()}
    return {HOLIDAY, *AS_WELL[coverage.get("holidays", "closed")](day)}


def by_call_rules(call: Call, window: str, whose: Signed) -> tuple[str, str]:
    """Return why an offer's own rules leave a call out, and the marks that they set on one that stays."""
    offer = whose.offer or {}
    facts = {
        "call.wait_seconds": call.wait,
        "call.talk_seconds": call.talk,
        "call.urgent": "urgent" in call.tags,
        "call.covered": bool(window),
        "call.window": window,
        "call.language": call.language,
        "call.direction": call.direction,
        "call.called": called(call.number, offer),
        "mission": whose.mission,
        **{f"call.tag.{name}": name in call.tags for name in offer.get("tag", {})},
        **{f"call.number.{name}": int(call.details.get(name, 0)) for name in offer.get("number", {})},
        **{f"call.word.{name}": str(call.details.get(name, "")) for name in offer.get("word", {})},
    }
    rules = offer.get("rule", [])
    then = [one["then"] for one in rules if one["on"] == "call" and holds(one["when"], facts)]
    excluded = next((one["exclude"] for one in then if "exclude" in one), "")
    return excluded, "" if excluded else " ".join(sorted({one["mark"] for one in then if "mark" in one}))


def called(number: str, offer: Table) -> str:
    """Return the set of numbers that a number is in: the one with the longest beginning that it has."""
    spelt = one_spelling(number)
    begins = {begin: name for name, one in offer.get("called", {}).items() for begin in one["prefixes"]}
    return max(((len(begin), name) for begin, name in begins.items() if spelt.startswith(begin)), default=(0, ""))[1]


def holds(when: str, facts: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds: facts, or facts compared with one value, joined by `and`."""
    return all(_compared(*part.split(), facts=facts) for part in when.split(" and "))


def _compared(name: str, sign: str = "", value: str = "", *, facts: Mapping[str, Any]) -> bool:
    fact = facts[name]
    if not sign:
        return bool(fact)
    wanted = value.strip('"') if isinstance(fact, str) else int(value)
    held: bool = COMPARED[sign](fact, wanted)
    return held


def of_month(verdicts: Iterable[Verdict], month: Months) -> Iterator[Verdict]:
    """Yield the verdicts of a month's calls."""
    return (one for one in verdicts if one.month == month)


def kinds_judged(verdicts: Iterable[Verdict]) -> tuple[Kinds, Kinds]:
    """Return how many calls of each kind are on contracts' bills, and how many seconds of talk."""
    calls, talk = Kinds(), Kinds()
    for one in verdicts:
        if one.outcome in BILLED:
            calls[one.what] += 1
            talk[one.what] += one.call.talk
    return calls, talk


def closing(verdicts: Iterable[Verdict], came: Intake, month: Months, zone: str = ZONE) -> Closing:
    """Return the two equations of a month: what came again or was refused belongs to the month of its own start."""
    mine = list(of_month(verdicts, month))
    duplicates = sum(month_at(one.start, zone) == month for one in came.duplicates)
    refused = sum(month_at(one.start, zone) == month for one in came.refused)
    records = sum(len(one.call.records) for one in mine)
    counts = Counter(one.outcome for one in mine)
    return Closing(
        came_in=duplicates + refused + records,
        duplicates=duplicates,
        refused=refused,
        of_calls=records,
        calls=len(mine),
        by_outcome={outcome: counts[outcome] for outcome in OUTCOMES},
    )

"""Months full of legs, for Hypothesis: contracts as a TOML file, and records in any order and any split into files."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st

from tests.oracle.days import instant_of
from tests.oracle.offers import LONG_WAIT, SHORT, URGENT, offer
from tests.oracle.records import Record

REGIONS = ("FR", "FR-57", "FR-67", "FR-971", "FR-972", "FR-974", "FR-75")
ZONES = ("Europe/Paris", "Indian/Reunion", "America/Martinique")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
LINES = ("C1", "C2", "C3", "+33199000010", "+33199000020", "+33199000030")
SPELLINGS = {"+33199000010": ("+33199000010", "0199000010", "01 99 00 00 10", "0033199000010")}
MOBILES = ("+33639980001", "06 39 98 00 01", "+33639980002")
HOLIDAY_OR_SUNDAY = ("2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-26", "2027-03-29", "2026-10-25")


class Around(NamedTuple):
    """A turn of two months, and the clock change that is near it: days in ISO."""

    turn: str
    change: str

    @property
    def first(self) -> date:
        """Return the first day on which anything happens: two months before the turn."""
        return date.fromisoformat(self.turn) - timedelta(days=40)

    @property
    def last(self) -> date:
        """Return the last day on which anything happens."""
        return date.fromisoformat(self.turn) + timedelta(days=40)

    @property
    def months(self) -> list[tuple[int, int]]:
        """Return every month that a call of these days can lie in."""
        days = (self.first - timedelta(days=10) + timedelta(days=place) for place in range(160))
        return sorted({(day.year, day.month) for day in days})


AUTUMN, SPRING = Around("2026-11-01", "2026-10-25"), Around("2027-04-01", "2027-03-28")


@st.composite
def rule_files(draw: st.DrawFn, around: Around, zone: str) -> list[str]:
    """Draw two offers of one zone: hours and days in any way, no two windows of one minute, any rules of counting."""
    return [draw(_rule_files(around, zone, f"drawn-{number}")) for number in range(2)]


@st.composite
def _rule_files(draw: st.DrawFn, around: Around, zone: str, name: str) -> str:
    minute = st.integers(0, 1440) | st.sampled_from((0, 120, 150, 180, 480, 1440))
    edges = sorted(draw(st.sets(minute, min_size=2, max_size=6)))
    hours = [f"{one // 60:02}:{one % 60:02}-{two // 60:02}:{two % 60:02}" for one, two in pairwise(edges)]
    days = [",".join(sorted(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1)))) for _ in hours]
    special = draw(st.lists(st.dates(around.first, around.last), max_size=4, unique=True))
    closed, opened = (", ".join(map(str, sorted(some))) for some in (special[:2], special[2:]))
    coverage = {
        "holidays": draw(st.sampled_from(("closed", "as_weekday", "as_sunday"))),
        "holiday_region": draw(st.sampled_from(("customer", "FR", "FR-57"))),
    }
    count = {
        "direction": draw(st.sampled_from(("inbound", "outbound", "any"))),
        "status": draw(st.sampled_from(("answered", "any"))),
        "dedupe": draw(st.sampled_from(("linked", "call"))),
        "instant": draw(st.sampled_from(("start", "answer"))),
        "outside": draw(st.sampled_from(("ignore", "count"))),
    }
    return offer(
        name,
        [f"w{place} {one} {two}" for place, (one, two) in enumerate(zip(days, hours, strict=True))],
        "; ".join((*_words(coverage), f"extra_closed = [{closed}]", f"extra_open = [{opened}]")),
        "; ".join((*_words(count), f"min_talk_seconds = {draw(st.sampled_from((0, 10)))}")),
        *draw(st.lists(st.sampled_from((LONG_WAIT, SHORT, URGENT)), max_size=2, unique=True)),
        zone=zone,
    )


def _words(table: Mapping[str, str]) -> list[str]:
    return [f'{key} = "{value}"' for key, value in table.items()]


class Plan(NamedTuple):
    """One contract to be: its lines, why it waits ("" where it does not), its first day and the one after its last."""

    name: str
    lines: tuple[str, ...]
    waits: str
    began: date
    ends: date | None

    def has(self, day: date) -> bool:
        """Tell whether something may happen to it on a day: it is served then, and was the day before."""
        return not self.waits and self.began < day and (self.ends is None or day < self.ends)


@st.composite
def contract_files(draw: st.DrawFn, around: Around, editions: Sequence[str]) -> str:
    """Draw a contract file: some begin and end within the months, some wait, lines go from one to another."""
    lines = list(draw(st.permutations(LINES)))
    plans = []
    for number in range(draw(st.integers(1, 4))):
        mine = tuple(lines.pop() for _ in range(draw(st.integers(1, 2))) if lines)
        plans.append(draw(_plans(around, f"K{number}", mine or (f"C8{number}",))))
    tables = [draw(_contracts(around, plan, editions)) for plan in plans]
    events = [event for plan in plans if not plan.waits for event in draw(_events(around, plan, plans))]
    return "format = 1\n" + "".join(tables) + "".join(events)


@st.composite
def _plans(draw: st.DrawFn, around: Around, name: str, lines: tuple[str, ...]) -> Plan:
    waits = draw(st.sampled_from(("", "", "", "", "", "not live", "no offer")))
    long_ago = st.just(date(2026, 1, 5))
    began = draw(long_ago if waits else long_ago | long_ago | st.dates(around.first, around.last))
    ends = draw(st.none() | st.dates(began + timedelta(days=2), max(around.last, began + timedelta(days=3))))
    return Plan(name, lines, waits, began, None if waits else ends)


@st.composite
def _contracts(draw: st.DrawFn, around: Around, plan: Plan, editions: Sequence[str]) -> str:
    day = st.dates(around.first, around.last)
    first = draw(st.sampled_from(SPELLINGS.get(plan.lines[0], (plan.lines[0],))))
    spelt = ", ".join(f'"{line}"' for line in (first, *plan.lines[1:]))
    offer = "nothing@2023-01-01" if plan.waits == "no offer" else draw(st.sampled_from(editions))
    live = "" if plan.waits == "not live" else f"live = {plan.began}"
    options = draw(st.lists(st.sampled_from(("round_the_clock", "night_duty", "bilingual")), max_size=2, unique=True))
    taken = ""
    for option in options:
        since, until = draw(st.none() | day), draw(st.none() | day)
        since = max(since, plan.began) if since else None
        taken += f'\n[[contract.option]]\nid = "{option}"\n' + (f"from = {since}\n" if since else "")
        if until and until > (since or plan.began):
            taken += f"until = {until}\n"
    return f"""
[[contract]]
id = "{plan.name}"
customer = {{ name = "Garage du Parc", region = "{draw(st.sampled_from(REGIONS))}" }}
offer = "{offer}"
mission = "{draw(st.sampled_from(("simple", "complex")))}"
lines = [{spelt}]
signed = {plan.began}
{live}
{taken}"""


@st.composite
def _events(draw: st.DrawFn, around: Around, plan: Plan, plans: Sequence[Plan]) -> list[str]:
    found = []
    day = st.dates(around.first, around.last)
    if plan.ends:
        found.append(_event(plan.name, plan.ends - timedelta(days=1), "notice_received"))
    gap = draw(day)
    back = gap + timedelta(days=draw(st.integers(1, 20)))
    if draw(st.integers(0, 4)) == 0 and plan.has(gap) and plan.has(back):
        found += [_event(plan.name, gap, "suspended"), _event(plan.name, back, "resumed")]
    gone = draw(day)
    if draw(st.integers(0, 2)) == 0 and len(plan.lines) > 1 and plan.has(gone):
        found.append(_event(plan.name, gone, "line_removed", f'line = "{plan.lines[-1]}"'))
        after = gone + timedelta(days=draw(st.sampled_from((0, 0, 1, 5))))
        others = [one for one in plans if one is not plan and one.has(after)]
        if others:
            other = draw(st.sampled_from(others))
            found.append(_event(other.name, after, "line_added", f'line = "{plan.lines[-1]}"'))
    return found


def _event(contract: str, on: date, what: str, more: str = "") -> str:
    return f'\n[[event]]\ncontract = "{contract}"\non = {on}\nwhat = "{what}"\n{more}\n'


@st.composite
def arrivals(draw: st.DrawFn, around: Around) -> int:
    """Draw when a call arrives: near a month's end, a change of the clocks, an edge of hours, or at any time."""
    first, last = instant_of(f"{around.first} 00:00:00"), instant_of(f"{around.last} 00:00:00")
    turn = instant_of(f"{around.turn} 00:00:00")
    change = instant_of(f"{around.change} 00:00:00")
    days = (last - first) // 86_400
    feasts = [instant_of(f"{day} 09:59:00") for day in HOLIDAY_OR_SUNDAY]
    near = st.sampled_from((-90_000, -86_401, -86_400, -60, -1, 0, 1, 30, 3_600))
    return draw(
        st.integers(turn - 600, turn + 600)
        | st.builds(int.__add__, st.just(turn), near)
        | st.integers(change, change + 4 * 3_600)
        | st.builds(
            lambda day, hour, off: first + day * 86_400 + hour * 1_800 + off,
            st.integers(0, days),
            st.integers(0, 47),
            st.integers(-2, 2),
        )
        | st.sampled_from([feast for feast in feasts if first <= feast < last])
        | st.integers(first, last)
    )


GAPS = (0, 0, 1, 5, 20, 30, 60, 300, 3_600, 40_000, 86_399, 86_400, 86_401, 100_000, 200_000)


@st.composite
def records(draw: st.DrawFn, around: Around) -> list[Record]:
    """Draw records of some calls, most of which have several legs; a few come again, or say otherwise."""
    found: list[Record] = []
    for call in range(draw(st.integers(1, 8))):
        link = draw(st.sampled_from(("own", "none", "first", "again")))
        start, legs = draw(arrivals(around)), draw(st.integers(1, 4))
        line = st.sampled_from((*LINES, "", "C9"))
        account, number = draw(line), draw(line | st.sampled_from(MOBILES))
        for leg in range(legs):
            if leg:
                start += draw(st.sampled_from(GAPS))
            linked = {"own": f"L{call}", "none": "", "first": "" if not leg else f"r{call}-0", "again": "L-again"}[link]
            other = draw(st.integers(0, 3)) == 0
            found.append(
                Record(
                    source=draw(st.sampled_from(("a", "a", "a", "b"))) if link == "again" else "a",
                    call_id=f"r{call}-{leg}",
                    linked_id=linked,
                    account=draw(line) if other else account,
                    number=draw(st.sampled_from((*SPELLINGS["+33199000010"], *MOBILES)) | line) if other else number,
                    caller=f"063998{call:04d}",
                    start=start,
                    wait=draw(st.sampled_from((0, 1, 5, 30, 61, 1_800, 80_000))),
                    talk=draw(st.sampled_from((0, 9, 10, 60, 600))),
                    status=draw(st.sampled_from(("answered", "answered", "no_answer", "busy", "failed"))),
                    direction=draw(st.sampled_from(("inbound", "inbound", "inbound", "outbound", "internal"))),
                    language=draw(st.sampled_from(("", "", "fr", "en"))),
                    tags=draw(st.sampled_from(("", "", "urgent", "spam", "transfer urgent", "wrong_number", "booked"))),
                    details=draw(st.sampled_from(("", "", '{"wrapup":30}', '{"agent":"a7","wrapup":50}'))),
                )
            )
    for record in draw(st.lists(st.sampled_from(found), max_size=2)):
        later = draw(st.sampled_from((0, 0, 86_400, 86_400 * 31)))
        longer = draw(st.sampled_from((0, 0, 1)))
        found.append(record._replace(start=record.start + later, talk=record.talk + longer))
    return found


@st.composite
def files_of(draw: st.DrawFn, found: Sequence[Record]) -> list[list[Record]]:
    """Draw the records in any order, split into files in any way."""
    order = draw(st.permutations(found))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=3)))
    return [mine for first, last in zip([0, *cuts], [*cuts, len(order)], strict=True) if (mine := order[first:last])]

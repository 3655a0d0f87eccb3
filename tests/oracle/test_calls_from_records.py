"""Small situations, worked out by hand: what the records of a call come to, by the oracle and by the engine."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from permanence.model.period import Month
from permanence.offers.proved import Proved

from tests.oracle.contracts import read_contracts, read_offers
from tests.oracle.days import instant_of
from tests.oracle.engine import billed, book_of, closing_told, kinds_told, proved
from tests.oracle.offers import LONG_WAIT, URGENT, WEEK, offer
from tests.oracle.records import Record, intake
from tests.oracle.verdicts import closing, judged
from tests.oracle.ways import WAYS

OCTOBER, NOVEMBER = (2026, 10), (2026, 11)
ENGLISH = ("english", 'call.language == "en"', 'mark = "english"')
RULES = (LONG_WAIT, URGENT, ENGLISH)
OFFERS = (
    offer("linked", WEEK, 'holidays = "closed"', "min_talk_seconds = 100", *RULES),
    offer("answer", WEEK, 'holidays = "closed"', 'instant = "answer"; outside = "count"', *RULES),
    offer("each", WEEK, 'holidays = "closed"', 'dedupe = "call"', *RULES),
    offer("any", WEEK, 'holidays = "closed"', 'status = "any"; outside = "count"', *RULES),
)
CONTRACTS = "format = 1\n" + "".join(
    f"""
[[contract]]
id = "{name}"
customer = {{ name = "Garage du Parc" }}
offer = "{version}@2023-01-01"
lines = ["{line}"]
signed = 2026-01-05
{live}
"""
    for name, version, line, live in (
        ("LINKED", "linked", "+33199000010", "live = 2026-01-05"),
        ("ANSWER", "answer", "+33199000020", "live = 2026-01-05"),
        ("EACH", "each", "+33199000030", "live = 2026-01-05"),
        ("ANY", "any", "+33199000040", "live = 2026-01-05"),
        ("WAITING", "linked", "+33199000050", ""),
    )
)
NUMBERS = {"LINKED": "+33199000010", "ANSWER": "+33199000020", "EACH": "+33199000030", "ANY": "+33199000040"}
NUMBERS |= {"WAITING": "+33199000050", "nobody": "+33199000099"}


class Leg(NamedTuple):
    """One record, told shortly: when on the wall clock, whom it calls, what it has that others have not."""

    at: str
    whom: str = "LINKED"
    talk: int = 0
    wait: int = 5
    link: str = "L"
    id: str = ""
    direction: str = "inbound"
    language: str = ""
    tags: str = ""
    status: str = ""
    fold: int = 0


class Situation(NamedTuple):
    """Records, and what they are: month, contract, outcome, reason, window, marks, seconds of wait and of talk."""

    title: str
    legs: Sequence[Leg]
    calls: Sequence[tuple[tuple[int, int], str, str, str, str, str, int, int]]


DAY = "2026-10-05"
SITUATIONS = (
    Situation(
        "the talk of a call that is put through is that of both records",
        [Leg(f"{DAY} 10:00:00", talk=60), Leg(f"{DAY} 10:01:05", talk=120, wait=0)],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "", 5, 180)],
    ),
    Situation(
        "a call that arrives before opening is outside, whenever it is put through",
        [Leg(f"{DAY} 07:59:30", talk=50), Leg(f"{DAY} 08:00:30", talk=118)],
        [(OCTOBER, "LINKED", "outside", "", "", "", 5, 168)],
    ),
    Situation(
        "a phone that rings out before another is answered is one call, and waits until then",
        [Leg(f"{DAY} 09:00:00", wait=20), Leg(f"{DAY} 09:00:20", wait=3, talk=100)],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "", 23, 100)],
    ),
    Situation(
        "three phones that ring and nobody answers are one lost call, which waits to its end",
        [Leg(f"{DAY} 09:00:00", wait=20), Leg(f"{DAY} 09:00:00", wait=65), Leg(f"{DAY} 09:00:20", wait=20)],
        [(OCTOBER, "LINKED", "excluded", "status", "weekdays", "", 65, 0)],
    ),
    Situation(
        "of phones that ring together the first that is answered ends the wait",
        [Leg(f"{DAY} 09:00:00", wait=90, talk=100), Leg(f"{DAY} 09:00:10", wait=51, talk=10)],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "long_wait", 61, 110)],
    ),
    Situation(
        "a call that nobody answers and that counts all the same waits to its end",
        [Leg(f"{DAY} 09:00:00", "ANY", wait=20), Leg(f"{DAY} 09:00:30", "ANY", wait=31)],
        [(OCTOBER, "ANY", "counted", "", "weekdays", "long_wait", 61, 0)],
    ),
    Situation(
        "a call over the month's end is the earlier month's, once, with what was said after midnight",
        [Leg("2026-10-31 23:59:50", "ANY", talk=60), Leg("2026-11-01 00:00:55", "ANY", talk=120, wait=0)],
        [(OCTOBER, "ANY", "counted", "", "", "", 5, 180)],
    ),
    Situation(
        "where the answer decides, a call over the month's end is the later month's, once, with its first record",
        [Leg("2026-10-31 23:59:30", "ANSWER", wait=20), Leg("2026-10-31 23:59:50", "ANSWER", talk=60, wait=20)],
        [(NOVEMBER, "ANSWER", "counted", "", "", "", 40, 60)],
    ),
    Situation(
        "where the answer decides, so does it for the window",
        [Leg(f"{DAY} 07:59:30", "ANSWER", wait=20), Leg(f"{DAY} 07:59:50", "ANSWER", talk=60, wait=20)],
        [(OCTOBER, "ANSWER", "counted", "", "weekdays", "", 40, 60)],
    ),
    Situation(
        "a link that is used again more than a day later is another call's",
        [Leg(f"{DAY} 10:00:00", talk=100), Leg("2026-10-06 10:00:01", talk=100)],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "", 5, 100)] * 2,
    ),
    Situation(
        "a day later to the second it is the same call",
        [Leg(f"{DAY} 10:00:00", talk=100), Leg("2026-10-06 10:00:00", talk=100)],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "", 5, 200)],
    ),
    Situation(
        "a day between is counted from one record to the next, however long the call goes on",
        [Leg(f"2026-10-{day} 20:00:00", "ANY", talk=10) for day in range(27, 32)]
        + [Leg(f"2026-11-{day:02} 20:00:00", "ANY", talk=10) for day in range(1, 7)],
        [(OCTOBER, "ANY", "counted", "", "", "", 5, 110)],
    ),
    Situation(
        "a record without a link belongs to the records whose link is its id",
        [Leg(f"{DAY} 10:00:00", talk=60, link="", id="head"), Leg(f"{DAY} 10:01:05", talk=120, link="head")],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "", 5, 180)],
    ),
    Situation(
        "records without a link are calls of their own",
        [Leg(f"{DAY} 10:00:00", talk=100, link=""), Leg(f"{DAY} 10:00:00", talk=100, link="")],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "", 5, 100)] * 2,
    ),
    Situation(
        "an offer that takes each record for a call does so",
        [
            Leg(f"{DAY} 18:59:59", "EACH", talk=60),
            Leg(f"{DAY} 19:00:00", "EACH", talk=120, wait=90),
            Leg(f"{DAY} 10:00:00", "EACH"),
        ],
        [
            (OCTOBER, "EACH", "excluded", "status", "weekdays", "", 5, 0),
            (OCTOBER, "EACH", "counted", "", "weekdays", "", 5, 60),
            (OCTOBER, "EACH", "outside", "", "", "", 90, 120),
        ],
    ),
    Situation(
        "a tag of the second record is the call's",
        [Leg(f"{DAY} 10:00:00", talk=60), Leg(f"{DAY} 10:01:05", talk=120, tags="transfer wrong_number")],
        [(OCTOBER, "LINKED", "excluded", "tag", "weekdays", "", 5, 180)],
    ),
    Situation(
        "tags of all records are united",
        [Leg(f"{DAY} 10:00:00", talk=60, tags="transfer"), Leg(f"{DAY} 10:01:05", talk=120, tags="urgent")],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "urgent", 5, 180)],
    ),
    Situation(
        "the language is that of the first record that has one",
        [
            Leg(f"{DAY} 10:00:00", talk=60),
            Leg(f"{DAY} 10:01:05", talk=60, language="en"),
            Leg(f"{DAY} 10:02:05", talk=60, language="fr"),
        ],
        [(OCTOBER, "LINKED", "counted", "", "weekdays", "english", 5, 180)],
    ),
    Situation(
        "direction and line are those of the first record that has a contract's line, arrival that of the very first",
        [
            Leg(f"{DAY} 07:59:59", "nobody", direction="internal"),
            Leg(f"{DAY} 08:00:05", "ANY", talk=60),
            Leg(f"{DAY} 08:01:05", "LINKED", talk=60, direction="outbound"),
        ],
        [(OCTOBER, "ANY", "counted", "", "", "", 11, 120)],
    ),
    Situation(
        "the line of a contract that waits is a contract's line",
        [Leg(f"{DAY} 10:00:00", "WAITING", talk=60), Leg(f"{DAY} 10:01:05", "LINKED", talk=120)],
        [(OCTOBER, "WAITING", "held", "on_hold", "", "", 5, 180)],
    ),
    Situation(
        "a call that has no contract's line on any record is nobody's, once",
        [Leg("2026-10-31 23:59:00", "nobody", talk=60), Leg("2026-11-01 00:01:05", "nobody", talk=120)],
        [(OCTOBER, "", "unassigned", "unknown_line", "", "", 5, 180)],
    ),
    Situation(
        "talk of a record that nobody answered is none",
        [Leg(f"{DAY} 10:00:00", talk=99), Leg(f"{DAY} 10:00:30", talk=50, status="busy")],
        [(OCTOBER, "LINKED", "excluded", "too_short", "weekdays", "", 5, 99)],
    ),
    Situation(
        "a call goes on while clocks go back: its answer is ten seconds after its arrival, though its hour reads less",
        [
            Leg("2026-10-25 02:59:50", "ANY", wait=5),
            Leg("2026-10-25 02:00:00", "ANY", talk=60, wait=0, fold=1),
        ],
        [(OCTOBER, "ANY", "counted", "", "", "", 10, 60)],
    ),
)


def records_of(legs: Sequence[Leg]) -> list[Record]:
    return [
        Record(
            source="s",
            call_id=leg.id or f"r{place}",
            linked_id=leg.link,
            account="",
            number=NUMBERS[leg.whom],
            caller="0639980001",
            start=instant_of(leg.at, fold=leg.fold),
            wait=leg.wait,
            talk=leg.talk,
            status=leg.status or ("answered" if leg.talk else "no_answer"),
            direction=leg.direction,
            language=leg.language,
            tags=leg.tags,
        )
        for place, leg in enumerate(legs)
    ]


@cache
def offers() -> Proved:
    return proved(OFFERS)


@pytest.mark.parametrize("situation", SITUATIONS, ids=[one.title for one in SITUATIONS])
def test_the_oracle_comes_to_what_was_worked_out_by_hand(situation: Situation) -> None:
    found = judged(records_of(situation.legs), read_contracts(CONTRACTS, read_offers(OFFERS)))
    assert [(one.month, *one.what, one.call.wait, one.call.talk) for one in found] == list(situation.calls)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("situation", SITUATIONS, ids=[one.title for one in SITUATIONS])
def test_the_engine_comes_to_what_was_worked_out_by_hand(situation: Situation, way: str, tmp_path: Path) -> None:
    source, written = WAYS[way](tmp_path, [records_of(situation.legs)])
    came = intake(written)
    verdicts = judged(came.kept, read_contracts(CONTRACTS, read_offers(OFFERS)))
    for month in ((2026, 9), OCTOBER, NOVEMBER, (2026, 12)):
        run = billed(book_of(offers(), CONTRACTS), source, Month(*month))
        wanted = [one for one in situation.calls if one[0] == month]
        calls, talk = kinds_told(run)
        assert sorted(calls.elements()) == sorted(one[1:6] for one in wanted if one[1] not in ("", "WAITING"))
        assert sum(talk.values()) == sum(one[7] for one in wanted if one[1] not in ("", "WAITING"))
        assert closing_told(run) == closing(verdicts, came, month)

"""A contract's calendar for a diary: iCalendar (RFC 5545), one all-day event for each date."""

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

from icalendar import Calendar, Event

from ..model.period import ONE_DAY

Record = dict[str, Any]

RECURRENT = {
    "term_last_day",
    "notice_last_day",
    "reminder_opens",
    "reminder_closes",
    "renewal",
    "price_notice_last_day",
    "price_change",
    "price_revised",
    "quality_call",
    "anniversary",
}
"""Kinds that come again with each term: their identifier holds the date too."""


def as_diary(summary: Record) -> bytes:
    """Return a calendar's dates as an iCalendar file: the same bytes for the same contract and day.

    A date that moves keeps its identifier, so that a diary which reads the file again moves the event.
    """
    diary = Calendar()
    diary.add("prodid", "-//Permanence//Calendrier de contrat//FR")
    diary.add("version", "2.0")
    stamp = datetime.combine(date.fromisoformat(summary["on"]), time(), UTC)
    told: Counter[str] = Counter()
    for row in summary["dates"]:
        day = date.fromisoformat(row["date"])
        kind = _kind(row)
        told[kind] += 1
        kind += f"-{told[kind]}" if told[kind] > 1 else ""
        event = Event()
        event.add("uid", f"{summary['contract']}-{kind}@permanence")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + ONE_DAY)
        event.add("summary", f"{summary['contract']} : {row['what']}")
        event.add("description", f"{summary['customer']}, {summary['offer']} · {row['because']}")
        event.add("transp", "TRANSPARENT")
        diary.add_component(event)
    text: bytes = diary.to_ical()
    return text


def _kind(row: Record) -> str:
    """Return what tells a date from the others of its contract; an event is told by the day on which it was noted."""
    if row["event"]:
        return "-".join(filter(None, (row["event"]["what"], row["event"]["name"], row["event"]["on"])))
    return f"{row['kind']}-{row['date']}" if row["kind"] in RECURRENT else str(row["kind"])

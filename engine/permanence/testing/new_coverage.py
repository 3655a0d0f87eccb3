"""The hours that a new option of coverage opens, as its module writes them: those past midnight are two windows."""

import re

from attrs import frozen

from ..model.scalars import HOLIDAY, Days, Hours

EVERY_DAY, EVERY_NIGHT = "mon-sun,holiday", "20:00-07:00"
"""What is proposed: every night, holidays included."""
MIDNIGHT = ("24:00", "00:00")


@frozen
class NewWindow:
    """One of them: what its key is called and says, on which days, from when to when."""

    key: str
    told: str
    days: str
    hours: str


def new_windows(days: str, hours: str) -> tuple[NewWindow, ...]:
    """Return the windows of some hours on some days; raise ValueError for what are none.

    Hours that end earlier than they begin go on past midnight, on the day after; that after a public holiday is told
    as one.
    """
    on = Days.parse(days)
    begins, _, ends = hours.partition("-")
    if not re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", hours) or ends in MIDNIGHT or begins < ends:
        whole = f"{begins}-{MIDNIGHT[0]}" if ends in MIDNIGHT else hours
        return (NewWindow("hours", "Hours of the window.", days, str(Hours.parse(whole))),)
    evening, morning = Hours.parse(f"{begins}-24:00"), Hours.parse(f"00:00-{ends}")
    after = Days(tuple(sorted(day if day == HOLIDAY else (day + 1) % HOLIDAY for day in on.numbers)))
    return (
        NewWindow("evening", "Hours until midnight.", days, str(evening)),
        NewWindow(
            "morning", "Hours after midnight, of the days after.", days if after == on else str(after), str(morning)
        ),
    )

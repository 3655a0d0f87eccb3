"""Rule files for months full of legs: each differs from the others in what decides which calls count, and where."""

from itertools import chain

HEAD = """format = 1

[offer]
id = "{name}"
title = "Permanence"
sold_from = 2023-01-01
mission = ["simple", "complex"]

[coverage]
{coverage}

{windows}

[count]
{count}

[package]
included = 0
price = {{ simple = "10.00", complex = "20.00" }}
per_call = {{ simple = "1.00", complex = "2.00" }}

[option.bilingual]
price = "39.00"
languages = ["en"]

[option.round_the_clock]
price = "120.00"

[option.transfer]
price = "0.35"

[option.night_duty]
price = "70.00"

[[rule]]
id = "package"
on = "month"
when = "contract.active"
then = {{ charge = "package" }}

[[rule]]
id = "asked-for"
on = "event"
when = 'event.what != "offer_changed"'
then = {{ effect = "at_once" }}

[[rule]]
id = "new-offer"
on = "event"
when = 'event.what == "offer_changed"'
then = {{ effect = "refused" }}

[[rule]]
id = "leave"
on = "notice"
when = "notice.received"
then = {{ end = "notice_day" }}
{rules}"""
WEEK = ("weekdays mon-fri 08:00-19:00", "saturday sat 09:00-12:00")
NIGHTS = ("small-hours mon-sun 00:00-02:30", "half-past mon-sun 02:30-03:00", "evening mon-sun 22:00-24:00")
FEASTS = ("weekdays mon-fri 08:00-19:00", "sunday sun 02:00-23:59", "holiday holiday 10:00-16:00")


def offer(
    name: str, windows: tuple[str, ...], coverage: str = "", count: str = "", *rules: tuple[str, str, str]
) -> str:
    """Return a rule file; coverage and count are `key = value` joined by semicolons, a rule is id, when and then."""
    tables = (one.split() for one in windows)
    opened = "\n".join(
        f'[[coverage.window]]\nid = "{one}"\ndays = "{days}"\nhours = "{hours}"' for one, days, hours in tables
    )
    told = "".join(
        f'\n[[rule]]\nid = "{one}"\non = "call"\nwhen = \'{when}\'\nthen = {{ {then} }}\n' for one, when, then in rules
    )
    lines = (text.replace("; ", "\n") for text in (coverage, count))
    coverage, count = chain(lines)
    return HEAD.format(name=name, windows=opened, coverage=coverage, count=count, rules=told)


LONG_WAIT = ("long-wait", "call.wait_seconds > 60", 'mark = "long_wait"')
SHORT = ("courtesy", "call.talk_seconds < 20 and call.wait_seconds < 5", 'exclude = "courtesy"')
URGENT = ("urgent", "call.urgent", 'mark = "urgent"')
OFFERS = (
    offer("week", WEEK, 'holidays = "closed"'),
    offer("answered", WEEK, 'holidays = "as_weekday"', 'instant = "answer"', LONG_WAIT, URGENT),
    offer("each-record", WEEK, 'holidays = "closed"', 'dedupe = "call"', LONG_WAIT),
    offer("each-answer", NIGHTS, 'holidays = "as_weekday"', 'dedupe = "call"; instant = "answer"; status = "any"'),
    offer("nights", NIGHTS, 'holidays = "as_sunday"', "min_talk_seconds = 10", URGENT),
    offer(
        "all-count", FEASTS, 'holidays = "closed"', 'outside = "count"; direction = "any"; status = "any"', LONG_WAIT
    ),
    offer("courteous", FEASTS, 'holidays = "as_sunday"', 'exclude_tags = ["spam"]; instant = "answer"', SHORT, URGENT),
    offer("moselle", WEEK, 'holidays = "closed"; holiday_region = "FR-57"; extra_open = [2026-11-11]', ""),
    offer("shut", NIGHTS, 'holidays = "closed"; extra_closed = [2026-10-31, 2026-11-30]', 'direction = "outbound"'),
)
"""Both instants, both dedupes, every treatment of public holidays, calls outside counted, and rules on calls."""
EDITIONS = tuple(text.split('id = "', 1)[1].split('"', 1)[0] + "@2023-01-01" for text in OFFERS)

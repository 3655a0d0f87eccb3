"""Rule files for months full of legs: each differs from the others in what decides which calls count, and where."""

from collections.abc import Iterable

HEAD = """format = 1

[offer]
id = "{name}"
title = "Permanence"
sold_from = 2023-01-01
mission = ["simple", "complex"]
timezone = "{zone}"

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
WINDOW = """
[[coverage.window]]
id = "{}"
days = "{}"
hours = "{}"
"""
RULE = """
[[rule]]
id = "{}"
on = "call"
when = '{}'
then = {{ {} }}
"""
WEEK = ("weekdays mon-fri 08:00-19:00", "saturday sat 09:00-12:00")
NIGHTS = ("small-hours mon-sun 00:00-02:30", "half-past mon-sun 02:30-03:00", "evening mon-sun 22:00-24:00")
FEASTS = ("weekdays mon-fri 08:00-19:00", "sunday sun 02:00-23:59", "holiday holiday 10:00-16:00")


def offer(
    name: str,
    windows: Iterable[str],
    coverage: str = "",
    count: str = "",
    *rules: tuple[str, str, str],
    zone: str = "Europe/Paris",
    more: str = "",
) -> str:
    """Return a rule file; coverage and count are `key = value` joined by semicolons, a rule is id, when and then."""
    return HEAD.format(
        name=name,
        zone=zone,
        windows="\n".join(WINDOW.format(*one.split()) for one in windows),
        coverage=coverage.replace("; ", "\n"),
        count=count.replace("; ", "\n"),
        rules="".join(RULE.format(*one) for one in rules) + more,
    )


LONG_WAIT = ("long-wait", "call.wait_seconds > 60", 'mark = "long_wait"')
SHORT = ("courtesy", "call.talk_seconds < 20 and call.wait_seconds < 5", 'exclude = "courtesy"')
BOOKED = ("booked", "call.tag.booked", 'mark = "booked"')
MOBILE = ("mobile", 'call.direction == "outbound" and call.called == "mobile"', 'mark = "mobile"')
BRIEF = ("brief", "call.talk_seconds < 20 and call.number.wrapup < 40", 'mark = "brief"')
LENGTHS = """
[tag.booked]
title = "Rendez-vous pris"

[number.wrapup]
title = "Traitement"

[called.mobile]
title = "Mobiles"
prefixes = ["+336"]

[called.elsewhere]
title = "Ailleurs"
prefixes = ["+", "+33639980002"]

[duration]
after_call = "number.wrapup"
after_call_most = 45
free = 5
least = 7
first = 30
further = 6

[duration.of.mobile]
first = 60
further = 60

[duration.free_marked]
brief = 2
booked = 1
"""
SECONDS = {
    f"seconds-{number}": fact
    for number, fact in enumerate(
        f"usage.{mark}{of}_seconds" for mark in ("", "booked_", "mobile_", "brief_") for of in ("talk", "billed")
    )
}
"""The prices of an offer by the length of calls, and what they count."""
PRICED = LENGTHS + "".join(
    f"""
[price.{name}]
title = "Secondes {name}"
amount = "0.01"
per = "{fact}"

[[rule]]
id = "{name}"
on = "month"
when = "{fact} > 0"
then = {{ charge = "price.{name}" }}
"""
    for name, fact in SECONDS.items()
)
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
    offer("moselle", WEEK, 'holidays = "closed"; holiday_region = "FR-57"; extra_open = [2026-11-11]'),
    offer(
        "lengths",
        WEEK,
        'holidays = "as_weekday"',
        'direction = "any"; outside = "count"',
        BOOKED,
        MOBILE,
        BRIEF,
        more=PRICED,
    ),
    offer("shut", NIGHTS, 'holidays = "closed"; extra_closed = [2026-10-31, 2026-11-30]', 'direction = "outbound"'),
)
"""Both instants, both dedupes, every treatment of public holidays, calls outside counted, and rules on calls."""


def edition(text: str) -> str:
    """Return the version by which contracts name a rule file."""
    return text.split('id = "', 1)[1].split('"', 1)[0] + "@2023-01-01"

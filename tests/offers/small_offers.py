"""Small offers with everything that an example can show, drawn at random; and every price in them, one dearer."""

import re
from collections.abc import Iterator

from hypothesis import strategies as st

from tests.bill.months import rule

HEAD = """format = 1

[offer]
id = "small"
title = "Permanence"
sold_from = 2026-0{month}-0{day}
mission = [{missions}]
customers = ["professional"]

[term]
trial = "{trial}"
commitment = "{commitment}"
renewal_period = "{renewal}"
notice = "{notice}"
{fee}

[coverage]
holidays = "{holidays}"
window = [
{windows}
]
"""
NOTICES = """
[[rule]]
id = "leave-in-trial"
on = "notice"
when = "contract.in_trial"
then = { end = "trial_end" }

[[rule]]
id = "leave-in-time"
on = "notice"
when = "not contract.in_trial and notice.in_time"
then = { end = "term_end" }

[[rule]]
id = "leave-late"
on = "notice"
when = "not contract.in_trial and not notice.in_time"
then = { end = "next_term_end" }

[[rule]]
id = "asked-for"
on = "event"
when = 'event.what in ("option_added", "mission_changed", "suspended")'
then = { effect = "next_month" }

[[rule]]
id = "renewed"
on = "renewal"
when = "renewal.number >= 3"
then = { renew = "open_ended" }
"""
BY_DAY = ('days = "mon-fri", hours = "08:00-19:00"', 'days = "sat", hours = "09:00-12:00"')
ROUND = (
    'days = "mon-sat", hours = "07:30-20:00"',
    'days = "mon-sat", hours = "20:00-24:00"',
    'days = "mon-sun,holiday", hours = "00:00-07:30"',
)
OPTIONS = (
    '[option.bilingual]\nprice = "{}"\n',
    '[option.svi]\nprice = "{}"\n',
    '[option.callback]\nprice = "{}"\ninstallation = "{}"\n',
    '[option.shared_agenda]\nprice = "{}"\ncreation = "{}"\n',
    '[option.transfer]\nprice = "{}"\n',
    '[option.night_duty]\nprice = "{}"\n',
)
AMOUNT = re.compile(r'"([0-9]+)\.([0-9]{2})"')

amounts = st.integers(100, 40_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
MONTH_LEAST, LEAST, MOST = "46000.00", "45000.00", "0.50"
"""Above every month without a call, and below every first call, so that each of them can be shown."""


@st.composite
def small_offers(draw: st.DrawFn) -> str:
    """Return the text of an offer without an example."""
    missions = draw(st.sampled_from([("simple",), ("simple", "complex")]))
    hours = draw(st.sampled_from([BY_DAY[:1], BY_DAY, ROUND]))
    text = HEAD.format(
        month=draw(st.integers(1, 9)),
        day=draw(st.integers(1, 9)),
        missions=", ".join(f'"{mission}"' for mission in missions),
        trial=draw(st.sampled_from(["0 days", "14 days", "1 month"])),
        commitment=draw(st.sampled_from(["3 months", "12 months"])),
        renewal=draw(st.sampled_from(["12 months", "6 months"])),
        notice=draw(st.sampled_from(["1 month", "2 months"])),
        fee=f'setup_fee = "{draw(amounts)}"' if draw(st.booleans()) else "",
        holidays=draw(st.sampled_from(["closed", "as_weekday", "as_sunday"])),
        windows="\n".join(f'    {{ id = "w{number}", {one} }},' for number, one in enumerate(hours)),
    )
    if draw(st.booleans()):
        text += f'\n[billing]\nleast = "{MONTH_LEAST}"\n'
    charge = draw(st.sampled_from(["bands", "package", "price.calls"]))
    text += "\n" + draw(_priced(charge, missions))
    text += rule(charge.replace(".", "-"), "month", "contract.active", f'charge = "{charge}"')
    for option in draw(st.lists(st.sampled_from(OPTIONS), max_size=3, unique=True)):
        text += "\n" + option.format(draw(amounts), draw(amounts))
    if draw(st.booleans()):
        text += draw(_marked())
    return text + NOTICES


@st.composite
def _priced(draw: st.DrawFn, charge: str, missions: tuple[str, ...]) -> str:
    def by_mission() -> str:
        return ", ".join(f'{mission} = "{draw(amounts)}"' for mission in missions)

    if charge == "package":
        included = draw(st.integers(0, 60))
        return f"[package]\nincluded = {included}\nprice = {{ {by_mission()} }}\nper_call = {{ {by_mission()} }}\n"
    tops = sorted(draw(st.lists(st.integers(1, 400), min_size=1, max_size=3, unique=True)))
    if charge == "bands":
        steps = "".join(f"    {{ up_to = {top}, {by_mission()} }},\n" for top in tops)
        then = f"then = {{ every = {draw(st.integers(1, 200))}, {by_mission()} }}\n" if draw(st.booleans()) else ""
        return f"[bands]\nsteps = [\n{steps}]\n{then}"
    steps = "".join(f'    {{ up_to = {top}, amount = "{draw(amounts)}", flat = "{draw(amounts)}" }},\n' for top in tops)
    last = f'    {{ amount = "{draw(amounts)}" }},\n' if draw(st.booleans()) else ""
    model = draw(st.sampled_from(["graduated", "volume"]))
    included = draw(st.integers(0, 20))
    limits = draw(st.sampled_from(["", f'least = "{LEAST}"\n', f'most = "{MOST}"\n']))
    head = f'[price.calls]\ntitle = "Appels"\nper = "usage.calls"\nmodel = "{model}"\nincluded = {included}\n'
    return f"{head}steps = [\n{steps}{last}]\n{limits}"


@st.composite
def _marked(draw: st.DrawFn) -> str:
    wait, free = draw(st.integers(0, 200)), draw(st.integers(0, 6))
    urgent = f'call.urgent and (call.wait_seconds > {wait} or call.window == "w0")'
    return (
        f'\n[price.urgent]\ntitle = "Appels urgents"\namount = "{draw(amounts)}"\n'
        f'per = "usage.urgent"\nincluded = {free}\n'
        + rule("urgent", "call", urgent, 'mark = "urgent"')
        + rule("courtesy", "call", "call.talk_seconds < 5", 'exclude = "courtesy"')
        + rule("urgent-calls", "month", f"usage.urgent > {free}", 'charge = "price.urgent"')
    )


def dearer(text: str) -> Iterator[tuple[str, str]]:
    """Yield an offer once for each price before its examples, with that one a euro dearer, and its line in words."""
    head, first, tail = text.partition("[[example]]")
    for found in AMOUNT.finditer(head):
        price = f'"{int(found[1]) + 1}.{found[2]}"'
        line = head[: found.start()].count("\n") + 1
        yield f"{line}: {found[0]} → {price}", head[: found.start()] + price + head[found.end() :] + first + tail

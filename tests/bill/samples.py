"""Offers, contracts and calls for tests, with everything at its default but what a test is about."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from permanence.bill.measure.one_call import naming_records, one_call_each
from permanence.bill.measure.outcomes import Classified, classify
from permanence.bill.measure.roster import Roster
from permanence.model.contract import Contract, Customer, OptionTaken
from permanence.model.count_rules import CountRules
from permanence.model.coverage import Coverage, CoverageWindow
from permanence.model.money import Micros
from permanence.model.offer import Offer
from permanence.model.offer_head import OfferHead
from permanence.model.option import Option
from permanence.model.outcome import Outcome
from permanence.model.period import Month
from permanence.model.records import Records
from permanence.model.scalars import Days, Hours, Words
from permanence.model.served import Served
from permanence.model.usage import Calls, WordColumn
from permanence_options.bilingual import Bilingual
from permanence_options.callback import Callback
from permanence_options.night_duty import NightDuty
from permanence_options.round_the_clock import RoundTheClock

from tests.bill.oracle import Call, Verdict

OCTOBER, MARCH = Month(2026, 10), Month(2026, 3)
OPTIONS: tuple[Option, ...] = (
    Bilingual(price=Micros(39_000_000)),
    Callback(price=Micros(900_000)),
    RoundTheClock(price=Micros(120_000_000)),
    NightDuty(price=Micros(70_000_000)),
)


def window(name: str, days: str, hours: str) -> CoverageWindow:
    return CoverageWindow(id=name, days=Days.parse(days), hours=Hours.parse(hours))


BASIC = (window("weekdays", "mon-fri", "08:00-19:00"), window("saturday", "sat", "09:00-12:00"))


def make_offer(
    windows: Sequence[CoverageWindow] = BASIC,
    count: CountRules | None = None,
    name: str = "essentielle",
    zone: str = "Europe/Paris",
    options: Sequence[Option] = OPTIONS,
    **coverage: Any,
) -> Offer:
    return Offer(
        format=1,
        head=OfferHead(id=name, title=Words("Permanence"), sold_from=date(2026, 1, 1), timezone=zone),
        coverage=Coverage(windows=tuple(windows), **coverage),
        count=count or CountRules(),
        options={type(option).id: option for option in options},
        rules=(),
    )


def make_contract(
    name: str = "C1", lines: Sequence[str] = (), region: str = "FR", options: Sequence[OptionTaken] = ()
) -> Contract:
    return Contract(
        id=name,
        customer=Customer(name="Garage du Parc", region=region),
        offer="essentielle@2026-01-01",
        lines=tuple(lines) or (name,),
        signed=date(2026, 1, 1),
        live=date(2026, 1, 1),
        options=tuple(options),
    )


def all_month(contract: Contract, offer: Offer, month: Month = OCTOBER) -> Served:
    return Served(contract, offer, month.period)


def at(text: str, zone: str = "Europe/Paris", fold: int = 0) -> int:
    """Return the UTC seconds of a wall-clock time such as ``2026-10-05 08:00:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


def make_call(start: str | int, **fields: Any) -> Call:
    instant = at(start) if isinstance(start, str) else start
    default = {"wait": 5, "talk": 60, "account": "C1", "number": "", "status": "answered", "direction": "inbound"}
    return {"row": 0, "start": instant, **default, "language": "", "tags": "", "details": "", "linked": -1, **fields}


def columns(calls: Sequence[Mapping[str, Any]]) -> Calls:
    words = {
        name: WordColumn.of([call[name] for call in calls])
        for name in ("account", "number", "status", "direction", "language", "tags", "details")
    }
    numbers = {
        name: np.array([call[name] for call in calls], np.int32 if name in ("wait", "talk") else np.int64)
        for name in ("row", "start", "wait", "talk")
    }
    return Calls(**numbers, **words)  # type: ignore[arg-type]


def records(calls: Sequence[Mapping[str, Any]]) -> Records:
    """Return records in the order of their rows, which stands for that of their ids."""
    calls = sorted(calls, key=lambda call: call["row"])
    return Records(columns(calls), np.array([call["linked"] for call in calls], np.int64))


def joined(came_in: Sequence[Call], roster: Roster) -> Calls:
    """Return the calls that records are, joined the fast way."""
    read = records(came_in)
    return one_call_each(read.each, read.legs, naming_records(read, roster.lines))


def spelt(classified: Classified, roster: Roster) -> list[Verdict]:
    """Return what became of each call in words, as the oracle says it."""
    return [
        Verdict(
            roster.served[contract].contract.id if contract >= 0 else "",
            Outcome(outcome).name.lower(),
            classified.reasons[reason],
            classified.windows[window] if window >= 0 else "",
        )
        for contract, outcome, reason, window in zip(
            classified.contract.tolist(),
            classified.outcome.tolist(),
            classified.reason.tolist(),
            classified.window.tolist(),
            strict=True,
        )
    ]


def measured(came_in: Sequence[Call], roster: Roster) -> list[Verdict]:
    """Return what becomes of each call, measured the fast way."""
    return spelt(classify(joined(came_in, roster), roster), roster)

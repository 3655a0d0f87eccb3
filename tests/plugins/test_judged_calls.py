"""An option asks in which window a call falls, and when that was on the wall clock, as the bill has judged it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from permanence import Calls, CoverageWindow, Days, FactField, Hours, Measured, Option, Words, frozen, key
from permanence.model.contract import Customer
from permanence.model.judged_calls import on_the_wall
from permanence.offers.proved import prove_offers
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.plugin_manager import Plugins
from permanence.testing import bill as billed
from permanence.testing import call, columns, option_of
from permanence.testing.trial_month import Alone

from tests.bill.months import bill, calls, charged, contract, offer, on_file, rule, taken

NIGHT = """
[[coverage.window]]
id = "night"
title = { fr = "de nuit" }
days = "mon-sun"
hours = "19:00-24:00"

[option.night_supplement]
price = "0.50"
kind = "usage"
"""
SEEN: list[tuple[list[str], list[str], list[int], list[int]]] = []


@frozen(kw_only=True)
class NightSupplement(Option):
    """A supplement for each call in a window; it notes what it is told of the calls."""

    id = "night_supplement"
    label = Words("Supplément de nuit", "Night supplement")
    facts = (FactField("usage.at_night", "number", "Appels comptés la nuit", "appels"),)
    counts = "usage.at_night"

    window: str = key("Window.", default="night")

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        windows = [calls.window[row] for row in range(len(calls))]
        clock = calls.local_date.astype(str).tolist(), calls.local_minute.tolist(), calls.weekday.tolist()
        SEEN.append((windows, *clock))
        return {"usage.at_night": calls.window.is_in([self.window])}


@frozen(kw_only=True)
class AllReceived(NightSupplement):
    """The same, of all that came in."""

    measures = "received"


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    SEEN.clear()


def month(kind: type[Option] = NightSupplement, more: str = NIGHT, **tables: str) -> Callable[..., Any]:
    return lambda *came_in: bill(
        on_file(offer(more, **tables), contract("C1", taken("night_supplement")), Plugins.of(Alone(kind))),
        [one for some in came_in for one in some],
    )


def test_a_supplement_is_charged_for_the_calls_of_one_window() -> None:
    run = month()(calls(3), calls(2, "2026-10-05 21:00:00"), calls(4, "2026-10-06 02:00:00"))
    assert charged(run) == [("bands", 5900), ("option.night_supplement", 100)]
    assert [sorted(windows) for windows, *_ in SEEN] == [["night"] * 2 + ["weekdays"] * 3]


def test_each_call_has_the_day_and_the_minute_of_its_offers_clock() -> None:
    month()(calls(1, "2026-10-24 20:00:00"), calls(1, "2026-10-26 20:30:00"), calls(1, "2026-10-31 23:59:59"))
    ((_, dates, minutes, weekdays),) = SEEN
    assert sorted(zip(dates, minutes, weekdays, strict=True)) == [
        ("2026-10-24", 20 * 60, 5),
        ("2026-10-26", 20 * 60 + 30, 0),
        ("2026-10-31", 23 * 60 + 59, 5),
    ]


def test_an_offer_of_another_zone_has_another_clock() -> None:
    text = offer(NIGHT).replace("sold_from", 'timezone = "Indian/Reunion"\nsold_from', 1)
    book = on_file(text, contract("C1", taken("night_supplement")), Plugins.of(Alone(NightSupplement)))
    bill(book, calls(1, "2026-10-05 17:00:00"))
    assert [(windows, minutes) for windows, _, minutes, _ in SEEN] == [(["night"], [19 * 60])]


@pytest.mark.parametrize(("instant", "window", "minute"), [("start", "weekdays", 1139), ("answer", "night", 1141)])
def test_the_moment_is_the_one_that_decides_the_window(instant: str, window: str, minute: int) -> None:
    month(count=f'instant = "{instant}"')(calls(1, "2026-10-05 18:59:30", wait=90))
    assert [(windows, minutes) for windows, _, minutes, _ in SEEN] == [([window], [minute])]


def test_of_all_that_came_in_each_has_the_window_that_it_would_have_counted_in() -> None:
    came_in = (calls(1), calls(1, "2026-10-05 20:00:00", status="no_answer"), calls(1, "2026-10-06 03:00:00"))
    month(AllReceived)(*came_in)
    assert [sorted(windows) for windows, *_ in SEEN] == [["", "night", "weekdays"]]


def test_who_is_measured_alone_has_the_same_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = NightSupplement.measure

    def fails_together(self: NightSupplement, calls: Calls) -> Mapping[str, Measured]:
        if len(set(calls.account.codes.tolist())) > 1 or calls.account.is_in(["C3"]).any():
            raise ValueError("too many")
        return honest(self, calls)

    monkeypatch.setattr(NightSupplement, "measure", fails_together)
    book = on_file(
        offer(NIGHT),
        [contract(name, taken("night_supplement")) for name in ("C1", "C2", "C3")],
        Plugins.of(Alone(NightSupplement)),
    )
    night = "2026-10-05 20:00:00"
    run = bill(book, [*calls(2, night), *calls(1, account="C2"), *calls(1, night, account="C3"), *calls(1, night)])
    assert [hold.contract.id for hold in run.holds] == ["C3"]
    assert [sorted(windows) for windows, *_ in SEEN] == [["night"] * 3, ["weekdays"]]


def test_the_clock_of_a_zone_is_that_of_each_moment() -> None:
    # The last Sunday of October 2026 in Paris: 02:30 comes twice.
    before = 1_792_888_200
    local = on_the_wall(np.array([before, before + 3600, before + 7200]), "Europe/Paris")
    assert (local // 60 % 1440).tolist() == [150, 150, 210]
    assert on_the_wall(np.zeros(0, np.int64), "Europe/Paris").tolist() == []


def test_calls_that_no_offer_has_judged_say_so() -> None:
    for name in ("window", "local_minute", "local_date", "weekday"):
        with pytest.raises(LookupError, match="no offer has judged these calls"):
            getattr(Calls.at(np.zeros(1, np.int64)), name)


def test_the_kit_has_calls_in_windows() -> None:
    option = option_of(NightSupplement, 'price = "0.50"\nkind = "usage"')
    night = CoverageWindow(id="night", days=Days.parse("mon-fri"), hours=Hours.parse("19:00-24:00"))
    some = call("2026-10-05 10:00"), call("2026-10-05 21:00"), call("2026-10-10 21:00")
    judged = columns(*some, windows=[night])
    assert [judged.window[row] for row in range(3)] == ["weekdays", "night", ""]
    assert judged.take(np.array([1])).local_minute.tolist() == [21 * 60]
    assert option.measure(judged)["usage.at_night"].tolist() == [False, True, False]
    assert [line.amount for line in billed(option, *some, windows=[night])] == [50]


def test_a_quote_is_asked_about_calls_in_the_windows_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "offer.toml"
    notice = rule("notice", "notice", "notice.received", 'end = "notice_end"')
    path.write_text(f"{offer(NIGHT)}\n{notice}", "utf-8")
    plugins = Plugins.of(Alone(NightSupplement))
    (decider,) = prove_offers([path], plugins).deciders.values()
    asked = Asked(
        customer=Customer(name="X"),
        mission="simple",
        calls=40,
        options=("night_supplement",),
        made=date(2026, 10, 1),
        valid_until=date(2026, 11, 1),
    )
    make_quote(decider, asked, plugins)
    assert SEEN
    assert {window for windows, *_ in SEEN for window in windows} == {"night", "weekdays"}

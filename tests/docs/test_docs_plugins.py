"""docs/plugins.md: the whole plugin shown works, and the test that it shows passes."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from permanence import CoverageWindow, Days, Hours, Micros, OptionMonth
from permanence.model.usage import Calls, WordColumn
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins

from tests.docs.documents import ROOT, blocks

PAGE = ROOT / "docs" / "plugins.md"
NAME = "saturday_afternoon"
WINDOW = CoverageWindow(id="weekdays", days=Days.parse("mon-fri"), hours=Hours.parse("08:00-19:00"))


def run(text: str, name: str) -> ModuleType:
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(text, f"{PAGE.name} {name}", "exec"), module.__dict__)
    return module


@pytest.fixture
def plugin() -> Iterator[Any]:
    yield run(blocks(PAGE, "python")[0].text, NAME)
    del sys.modules[NAME]


def calls(talk: list[int]) -> Calls:
    return Calls.at(np.zeros(len(talk), np.int64), talk=np.array(talk, np.int32))


def test_the_plugin_shown_counts_widens_and_charges(plugin: Any) -> None:
    option = plugin.SaturdayAfternoon(price=Micros(30_000_000), supplement=Micros(500_000))
    assert option.measure(calls([300, 301]))["usage.long"].tolist() == [False, True]
    assert [window.id for window in option.widen((WINDOW,))] == ["weekdays", NAME]


def test_the_test_shown_passes(plugin: Any) -> None:
    shown = run(blocks(PAGE, "python")[-1].text, "shown_test")
    tests = [function for name, function in vars(shown).items() if name.startswith("test_")]
    assert len(tests) == 1
    tests[0]()
    del sys.modules["shown_test"]


def test_the_option_shown_that_only_declares_its_prices_charges_them() -> None:
    shown: Any = run(blocks(PAGE, "python")[2].text, "hotline")
    option = shown.Hotline(price=Micros(9_000_000), installation=Micros(40_000_000))
    months = (OptionMonth(facts={}, days=days, of_days=30, starts=days == 10) for days in (10, 30))
    charged = [[(charge.unit_price, charge.days, charge.of_days) for charge in option.charge(m)] for m in months]
    assert charged == [[(40_000_000, 1, 1), (9_000_000, 10, 30)], [(9_000_000, 30, 30)]]
    del sys.modules["hotline"]


def test_the_option_shown_that_measures_seconds_counts_them_in_begun_stretches() -> None:
    shown: Any = run(blocks(PAGE, "python")[1].text, "calls_out")
    option = shown.CallsOut(minute=Micros(150_000))
    out = evolve(calls([1, 6, 61]), direction=WordColumn.of(["outbound", "outbound", "outbound"]))
    assert option.measure(out)["usage.out_seconds"].tolist() == [6, 6, 66]
    month = OptionMonth(facts={"usage.out_seconds": 78}, days=30, of_days=30, starts=0)
    assert [(one.quantity, one.unit_price, one.for_each) for one in option.charge(month)] == [(78, 150_000, 60)]
    del sys.modules["calls_out"]


OFFER = """\
format = 1
[offer]
id = "accueil"
title = "Permanence Accueil"
sold_from = 2026-01-01
[[coverage.window]]
id = "week"
days = "{days}"
hours = "09:00-13:00"
[bands]
steps = [{{ up_to = 100, simple = "90.00" }}]
[option.saturday_afternoon]
price = "30.00"
supplement = "0.50"
at_most = 10
hours = "12:00-19:00"
[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = {{ charge = "bands" }}
[[example]]
title = "ten long calls at most are charged"
given = {{ "usage.long" = 12 }}
options = ["saturday_afternoon"]
total = "125.00"
"""


def found(plugin: Any, days: str, path: Path) -> list[str]:
    path.write_text(OFFER.format(days=days), encoding="utf-8")
    problems = prove_offers([path], Plugins.of(plugin)).problems
    return [f"{evolve(problem.where, file='', text='')} {problem.what}" for problem in problems]


def test_an_offer_can_sell_the_plugin_shown(plugin: Any, tmp_path: Path) -> None:
    assert found(plugin, "mon-fri", tmp_path / "offer.toml") == []


def test_the_plugin_shown_refuses_an_offer_that_is_open_anyway(plugin: Any, tmp_path: Path) -> None:
    assert found(plugin, "mon-sat", tmp_path / "offer.toml") == [
        ':12:1 the window "week" is open on Saturday afternoon already'
    ]

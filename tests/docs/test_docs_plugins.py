"""docs/plugins.md: every option that it shows keeps what an option must keep, and each session and test is run."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from permanence import CoverageWindow, Days, Hours, Micros, Option, OptionMonth, frozen
from permanence.model.usage import Calls, WordColumn
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins
from permanence.testing import bill, call, conform, option_of

from tests.docs.documents import ROOT, Block, blocks, commands
from tests.docs.documents import run as typed

PAGE = ROOT / "docs" / "plugins.md"
NAME = "saturday_afternoon"
WINDOW = CoverageWindow(id="weekdays", days=Days.parse("mon-fri"), hours=Hours.parse("08:00-19:00"))
TABLES = {
    "Fax": 'price = "0.20"',
    "SaturdayAfternoon": 'price = "30.00"\nsupplement = "0.50"\nat_most = 2',
    "NightSupplement": 'price = "0.50"',
    "CallsOut": 'minute = "0.15"',
    "FridayNight": 'price = "20.00"',
    "Hotline": 'price = "9.00"\ninstallation = "40.00"',
    "Letters": 'included = 1\nsteps = [{ up_to = 2, amount = "2.00" }, { amount = "1.50" }]',
}
"""How each option of the page is sold."""


def run(text: str, name: str) -> ModuleType:
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(text, f"{PAGE.name} {name}", "exec"), module.__dict__)
    return module


def shown(name: str) -> Block:
    """Return the block of the page that has the class of an option."""
    (found,) = [block for block in blocks(PAGE, "python") if f"class {name}(" in block.text]
    return found


@pytest.fixture
def plugin() -> Iterator[Any]:
    yield run(shown("SaturdayAfternoon").text, NAME)
    del sys.modules[NAME]


def option(name: str) -> type[Option]:
    found: type[Option] = vars(run(shown(name).text, f"shown_{name.lower()}"))[name]
    del sys.modules[f"shown_{name.lower()}"]
    return found


def calls(talk: list[int]) -> Calls:
    return Calls.at(np.zeros(len(talk), np.int64), talk=np.array(talk, np.int32))


def test_every_option_of_the_page_is_tried() -> None:
    classes = [block for block in blocks(PAGE, "python") if "(Option):" in block.text]
    assert len(classes) == len(TABLES) == sum(block.text.count("(Option):") for block in classes)


@pytest.mark.parametrize("name", TABLES)
def test_each_option_shown_keeps_what_an_option_must_keep(name: str) -> None:
    conform(option(name), TABLES[name], examples=5, calls=1000)


def test_a_distribution_is_started_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = [one for block in blocks(PAGE, "console") for one in commands(block) if "new-option" in one.text]
    assert tuple(typed(command.text, tmp_path)) == command.printed
    written = Path("permanence-fax/permanence_fax.py").read_text("utf-8")
    assert written[written.index("from collections") :] == shown("Fax").text
    assert Path("permanence-fax/option.toml").read_text("utf-8") in "".join(one.text for one in blocks(PAGE, "toml"))


def test_the_plugin_shown_counts_widens_and_charges(plugin: Any) -> None:
    option = plugin.SaturdayAfternoon(price=Micros(30_000_000), supplement=Micros(500_000))
    assert option.measure(calls([300, 301]))["usage.long"].tolist() == [False, True]
    assert [window.id for window in option.widen((WINDOW,))] == ["weekdays", NAME]


def test_the_tests_shown_pass(plugin: Any) -> None:
    tests = vars(run(blocks(PAGE, "python")[-1].text, "shown_test"))
    tests["conform"] = partial(conform, examples=3, calls=1000)
    ran = [tests[name]() for name in tests if name.startswith("test_")]
    assert len(ran) == 4
    del sys.modules["shown_test"]


def test_the_option_shown_that_only_declares_its_prices_charges_them() -> None:
    hotline = option("Hotline")(price=Micros(9_000_000), installation=Micros(40_000_000))  # type: ignore[call-arg]
    months = (OptionMonth(facts={}, days=days, of_days=30, starts=days == 10) for days in (10, 30))
    charged = [[(charge.unit_price, charge.days, charge.of_days) for charge in hotline.charge(m)] for m in months]
    assert charged == [[(40_000_000, 1, 1), (9_000_000, 10, 30)], [(9_000_000, 30, 30)]]


def test_the_option_shown_that_asks_for_a_window_charges_the_calls_in_it() -> None:
    night = CoverageWindow(id="night", days=Days.parse("mon-fri"), hours=Hours.parse("19:00-24:00"))
    supplement = option_of(option("NightSupplement"), TABLES["NightSupplement"])
    came_in = call("2026-10-05 10:00"), call("2026-10-05 20:00", count=3), call("2026-10-04 20:00")
    assert [(line.quantity, line.amount) for line in bill(supplement, *came_in, windows=[night])] == [(3, 150)]


def test_the_option_shown_that_measures_seconds_counts_them_in_begun_stretches() -> None:
    calls_out = option_of(option("CallsOut"), TABLES["CallsOut"])
    out = evolve(calls([1, 6, 61]), direction=WordColumn.of(["outbound", "outbound", "outbound"]))
    assert calls_out.measure(out)["usage.out_seconds"].tolist() == [6, 6, 66]
    month = OptionMonth(facts={"usage.out_seconds": 78}, days=30, of_days=30, starts=0)
    assert [(one.quantity, one.unit_price, one.for_each) for one in calls_out.charge(month)] == [(78, 150_000, 60)]


def test_the_option_shown_that_opens_a_night_opens_it_past_midnight() -> None:
    night = option_of(option("FridayNight"), TABLES["FridayNight"])
    opened = [f"{window.days} {window.hours}" for window in night.widen(())]
    assert opened == ["fri 20:00-24:00", "sat 00:00-03:00"]


def test_the_option_shown_with_steps_is_charged_step_by_step() -> None:
    letters = option_of(option("Letters"), TABLES["Letters"])
    lines = bill(letters, call(numbers={"letters": 2}, count=2))
    assert [(line.quantity, line.amount) for line in lines] == [(2, 400), (1, 150)]


def test_a_month_has_the_facts_that_the_page_names() -> None:
    read: list[dict[str, Any]] = []

    def charge(self: Option, month: OptionMonth) -> Iterator[Any]:
        read.append(dict(month.facts))
        yield from Option.charge(self, month)

    reading = frozen(kw_only=True)(type("Fax", (option("Fax"),), {"charge": charge}))
    bill(option_of(reading, TABLES["Fax"]), call(numbers={"pages": 3}), call(), call("2026-10-05 22:00"))
    facts = read[0]
    assert (facts["mission"], facts["usage.fax"], facts["usage.calls"]) == ("simple", 3, 2)
    assert (facts["usage.received"], facts["usage.outside"], facts["usage.talk_seconds"]) == (3, 1, 120)
    assert "contract.months" not in facts
    # What a rule of the offer reads is there.
    assert facts["customer.region"] == "FR"


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
{option}
[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = {{ charge = "bands" }}
"""
SATURDAY = """\
[option.saturday_afternoon]
price = "30.00"
supplement = "0.50"
at_most = 10
hours = "12:00-19:00"

[[example]]
title = "ten long calls at most are charged"
given = { "usage.long" = 12 }
options = ["saturday_afternoon"]
total = "125.00"
"""


def found(plugin: Any, days: str, path: Path, option: str = SATURDAY) -> list[str]:
    path.write_text(OFFER.format(days=days, option=option), encoding="utf-8")
    problems = prove_offers([path], Plugins.of(plugin)).problems
    return [f"{evolve(problem.where, file='', text='')} {problem.what}" for problem in problems]


def test_an_offer_can_sell_the_plugin_shown(plugin: Any, tmp_path: Path) -> None:
    assert found(plugin, "mon-fri", tmp_path / "offer.toml") == []


def test_an_offer_can_sell_the_one_that_was_started(tmp_path: Path) -> None:
    (snippet,) = [block.text for block in blocks(PAGE, "toml") if block.text.startswith("[option.fax]")]
    fax = run(shown("Fax").text, "shown_fax")
    assert found(fax, "mon-fri", tmp_path / "offer.toml", snippet) == []
    wrong = snippet.replace("90.60", "90.61")
    assert len(found(fax, "mon-fri", tmp_path / "offer.toml", wrong)) == 1
    del sys.modules["shown_fax"]


def test_the_plugin_shown_refuses_an_offer_that_is_open_anyway(plugin: Any, tmp_path: Path) -> None:
    assert found(plugin, "mon-sat", tmp_path / "offer.toml") == [
        ':12:1 the window "week" is open on Saturday afternoon already'
    ]

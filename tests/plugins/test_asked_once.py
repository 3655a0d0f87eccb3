"""An option that fails to measure calls, or reads what no bill may hang on, is a problem of the offer that sells it."""

import logging
import os
import random
import time
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from permanence import Option, Words
from permanence.model.problem import errors
from permanence.offers.check.asked_once import asked_once
from permanence.offers.check.files import check_files
from permanence.offers.check.finding import Finding
from permanence.plugin_manager import Plugins
from permanence_options import bilingual

from tests.bill.months import offer as text_of
from tests.installed import PLUGINS
from tests.offers.telling import FILES
from tests.plugins.hostile import CASES, parcel
from tests.plugins.test_hostile import OPTIONS, behave
from tests.plugins.trays import tray_offer

MEASURING = [case for case in CASES if "def measure" in case["code"]]
WRONG = [case for case in MEASURING if case["held"]]
HARMLESS = [case for case in MEASURING if not case["held"]]
Case = Mapping[str, Any]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Case], list[str]]:
    """Return what `check` says of an offer that sells a hostile option, of its form and rules alone."""
    path = tmp_path / "offer.toml"
    path.write_text(text_of(OPTIONS), "utf-8")

    def check(case: Case) -> list[str]:
        behave(monkeypatch, case["code"])
        checked = check_files([path], tmp_path, tmp_path / "none", Plugins.of(parcel, bilingual), examples=False)
        return [str(one) for one in errors(checked.problems) if one.where.file == str(path) and one.where.line]

    return check


@pytest.mark.parametrize("case", WRONG, ids=[case["name"] for case in WRONG])
def test_each_way_to_fail_in_measuring_is_found_by_check(case: Case, told: Callable[[Case], list[str]]) -> None:
    said = [one for one in told(case) if 'the option "parcel" cannot measure calls: ' in one]
    assert len(said) == 1
    assert case["says"].partition(": ")[0].removeprefix("is not from -1000000000") in said[0]


CHARGING = [case for case in CASES if "def charge" in case["code"] and "Error: " in case.get("says", "")]
CHARGING = [case for case in CHARGING if "come to more than" not in case["says"]]  # told of the line, not the charge


@pytest.mark.parametrize("case", CHARGING, ids=[case["name"] for case in CHARGING])
def test_each_way_to_fail_in_charging_is_found_by_check(case: Case, told: Callable[[Case], list[str]]) -> None:
    said = [one for one in told(case) if 'the option "parcel" cannot charge a month: ' in one]
    assert (case["name"], len(said)) == (case["name"], 1)


@pytest.mark.filterwarnings("ignore:hello")
@pytest.mark.parametrize("case", HARMLESS, ids=[case["name"] for case in HARMLESS])
def test_what_does_no_harm_in_measuring_is_no_problem(case: Case, told: Callable[[Case], list[str]]) -> None:
    assert [one for one in told(case) if 'option "parcel"' in one] == []


def found(**changed: Any) -> list[Finding]:
    return list(asked_once(tray_offer(**changed)))


def measuring(how: Callable[[Any], Any]) -> dict[str, Any]:
    return {"measure": lambda _, calls: {"usage.tray": how(calls)}}


def charging(how: Callable[[], object]) -> dict[str, Any]:
    def charge(self: Option, month: Any) -> Any:
        for one in Option.charge(self, month):
            how()
            yield one

    return {"charge": charge}


READS: Mapping[str, tuple[dict[str, Any], str]] = {
    "a clock of whole seconds": (
        measuring(lambda calls: calls.start < int(time.time())),
        "a clock (time) in measure()",
    ),
    "the day": (
        measuring(lambda calls: calls.talk > int(str(datetime.now(UTC))[:1])),
        "a clock (datetime.now) in measure()",
    ),
    "chance": (measuring(lambda calls: calls.talk > random.randint(0, 0)), "chance ("),
    "a file": (
        measuring(lambda calls: calls.talk > len(Path(__file__).read_text("utf-8"))),
        "a file (open) in measure()",
    ),
    "the environment": (
        measuring(lambda calls: calls.talk > int(os.environ.get("LONG", "60"))),
        "the environment (os.environ) in measure()",
    ),
    "the environment by os.getenv": (charging(lambda: os.getenv("LONG")), "the environment (os.environ) in charge()"),
    "the environment as a whole": (charging(lambda: dict(os.environ)), "the environment (os.environ) in charge()"),
    "a clock in its charge": (charging(time.time), "a clock (time) in charge()"),
    "a clock in its promises": (
        {"promises": lambda _: [Words(f"{'x' if time.time() else 'y'}")]},
        "a clock (time) in promises()",
    ),
    "a clock in its windows": (
        {"widen": lambda _, windows: windows if time.time() else ()},
        "a clock (time) in widen()",
    ),
}


@pytest.mark.parametrize("name", READS)
def test_an_option_that_reads_what_no_bill_may_hang_on_is_told(name: str) -> None:
    changed, says = READS[name]
    (one,) = found(**changed)
    assert one.what.startswith(f'the option "tray" reads {says}')
    assert (one.where, one.warning) == (("option", "tray"), False)


def test_what_a_plugin_tells_of_its_work_is_no_reading() -> None:
    def talkative(calls: Any) -> Any:
        logging.getLogger("tray").warning("%s calls", len(calls))
        warnings.warn("calls", stacklevel=2)
        return calls.talk > 60

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert found(**measuring(talkative)) == []


def test_a_window_that_no_contract_has_is_a_doubt() -> None:
    (one,) = found(**measuring(lambda calls: calls.window.is_in(["weekday"])))
    assert (one.what, one.hint, one.warning) == (
        'the option "tray" looks for calls in the window "weekday", which no contract has',
        'did you mean "weekdays"?',
        True,
    )
    assert found(**measuring(lambda calls: calls.window.is_in(["weekdays"]))) == []


def test_an_option_gets_no_call_that_the_offer_does_not_count() -> None:
    seen: list[Any] = []

    def note(calls: Any) -> Any:
        seen.append(calls)
        return calls.talk > 60

    assert found(**measuring(note)) == []
    assert all(len(calls) and calls.window.is_in(["weekdays"]).all() for calls in seen)
    seen.clear()
    assert found(**measuring(note), measures="received") == []
    assert not all(calls.window.is_in(["weekdays"]).all() for calls in seen)
    assert {*seen[0].status.words} > {"answered", "no_answer"}
    assert np.unique(seen[0].weekday).tolist() == list(range(7))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_none_of_our_options_fails_reads_anything_or_answers_otherwise(path: Path) -> None:
    checked = check_files([path], path.parent, path.parent / "none", PLUGINS, examples=False)
    told = ("cannot", "reads", "answers otherwise")
    assert not [one for one in checked.problems if any(word in one.what for word in told)]

"""Files of records as telephone systems write them, imported and billed: what was one call for the caller is one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, values

FILES = Path(__file__).with_name("legs")
RULES = Path(__file__).parents[2] / "rules"
CONTRACT = """format = 1

[[contract]]
id = "C1"
customer = {{ name = "Garage du Parc" }}
offer = "{offer}@2023-01-01"
lines = ["C1", "+33199000001"]
signed = 2025-11-01
live = 2025-11-01
{more}
"""
OPTIONS = '[[contract.option]]\nid = "callback"\n\n[[contract.option]]\nid = "transfer"\n'
ON = ("--on", "2026-12-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the rules and one contract, the current one."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RULES, "rules")
    signed("essentielle", OPTIONS)
    return tmp_path


def signed(offer: str, more: str = "") -> None:
    Path("contracts").mkdir(exist_ok=True)
    Path("contracts/c1.toml").write_text(CONTRACT.format(offer=offer, more=more), "utf-8")


def came(name: str, text: str = "") -> None:
    path = FILES / name
    if text:
        path = Path(name)
        path.write_text(text, "utf-8")
    out("calls", "import", str(path), "--format", "asterisk" if name in ASTERISK else "generic")


ASTERISK = ("queue.csv", "transfer.csv", "month-end.csv")


def billed(month: str = "2026-10") -> Any:
    found = values("bill", month, *ON, "--incomplete")
    records, calls = found["records"], found["calls"]
    assert records["came_in"] == records["duplicate"] + records["refused"] + records["of_calls"]
    assert calls["all"] == sum(calls[name] for name in ("counted", "outside", "excluded", "unassigned", "held"))
    return found


def listed(month: str = "2026-10") -> list[tuple[Any, ...]]:
    calls = values("explain", f"{month}-C1", "--calls")["calls_behind"]
    return [
        (one["arrived"][8:19], one["records"], one["wait_seconds"], one["talk_seconds"], one["outcome"], one["reason"])
        for one in calls
    ]


def test_a_queue_that_rings_three_agents_answers_one_call_and_loses_one() -> None:
    came("queue.csv")
    found = billed()
    assert (found["records"]["of_calls"], found["calls"]["counted"], found["calls"]["excluded"]) == (5, 1, 1)
    assert listed() == [
        ("02 09:00:00", 3, 10, 60, "counted", ""),
        ("02 09:10:00", 2, 16, 0, "excluded", "status"),
    ]


def test_the_talk_and_the_tags_of_every_record_count() -> None:
    came("transfer.csv")
    assert billed()["calls"] == {
        "all": 3,
        "counted": 2,
        "outside": 0,
        "excluded": 1,
        "unassigned": 0,
        "held": 0,
    }
    assert listed() == [
        ("02 09:00:00", 2, 10, 180, "counted", ""),
        ("02 09:20:00", 1, 10, 60, "counted", ""),
        ("02 09:30:00", 2, 5, 63, "excluded", "tag"),
    ]


def test_a_tag_on_the_second_record_is_charged_once() -> None:
    came("tag-on-second-leg.csv")
    assert billed()["offers"][0]["net_cents"] == 5935
    assert listed() == [("02 09:00:00", 2, 10, 180, "counted", "")]


def test_a_call_that_arrives_before_opening_is_outside_though_it_is_put_through_later() -> None:
    came("arrives-before-opening.csv")
    assert billed()["calls"]["outside"] == 1
    assert listed() == [("02 07:59:30", 2, 10, 168, "outside", "")]


def test_a_call_that_rang_out_first_waits_until_somebody_answers() -> None:
    came("rang-then-answered.csv")
    billed()
    assert listed() == [("02 09:00:00", 2, 23, 90, "counted", "")]


def test_a_call_put_through_over_the_month_s_end_is_counted_once_in_the_month_of_its_arrival() -> None:
    signed("continue")
    came("month-end.csv")
    assert [billed(month)["calls"]["counted"] for month in ("2026-09", "2026-10", "2026-11")] == [0, 3, 0]
    assert listed()[-1] == ("31 23:59:30", 2, 10, 168, "counted", "")
    assert listed("2026-11") == []


LATE = """call_id,linked_id,account,start,wait_seconds,talk_seconds,status
{name},{link},C1,{start},2,60,answered
"""


def to_be_done_again() -> dict[str, str]:
    return {row["month"]: row["why"] for row in values("months", *ON)["months"] if row["state"] == "to_be_done_again"}


def test_a_record_that_comes_later_joins_its_call_and_marks_the_month_of_its_arrival() -> None:
    signed("continue")
    came("october.csv", LATE.format(name="a", link="", start="2026-10-31T23:59:30+01:00"))
    came("november.csv", LATE.format(name="b", link="", start="2026-11-10T10:00:00+01:00"))
    billed("2026-10")
    billed("2026-11")
    assert to_be_done_again() == {}
    came("late.csv", LATE.format(name="c", link="a", start="2026-11-01T00:00:30+01:00"))
    assert to_be_done_again() == {"2026-10": "d'autres appels"}
    assert billed("2026-10")["calls"]["counted"] == 1
    assert listed()[-1] == ("31 23:59:30", 2, 2, 120, "counted", "")
    assert to_be_done_again() == {}


def test_an_earlier_record_that_comes_later_takes_its_call_to_the_month_before() -> None:
    signed("continue")
    came("november.csv", LATE.format(name="c", link="a", start="2026-11-01T00:00:30+01:00"))
    billed("2026-10")
    billed("2026-11")
    came("late.csv", LATE.format(name="a", link="", start="2026-10-31T23:59:30+01:00"))
    assert set(to_be_done_again()) == {"2026-10", "2026-11"}
    assert [billed(month)["calls"]["all"] for month in ("2026-10", "2026-11")] == [1, 0]


def test_a_record_of_another_call_marks_the_month_that_it_starts_in_alone() -> None:
    signed("continue")
    came("october.csv", LATE.format(name="a", link="", start="2026-10-31T23:59:30+01:00"))
    billed("2026-10")
    billed("2026-11")
    came("late.csv", LATE.format(name="c", link="", start="2026-11-01T00:00:30+01:00"))
    assert to_be_done_again() == {
        "2026-11": "1 appel de plus (C1), sans les appels habituels du 1er au 30 novembre 2026"
    }


def test_suspended_months_are_billed_by_their_days_and_an_ended_contract_never_again() -> None:
    shutil.rmtree("contracts")
    shutil.copytree(FILES / "suspended", "contracts")
    heading, _, record = LATE.strip().partition("\n")
    record = record.replace("C1", "SUS")
    came_in = [
        record.format(name=f"{day}-{number}", link="", start=f"2026-{day}T10:00:{number:02d}+01:00")
        for day in ("01-05", "03-25")
        for number in range(60)
    ]
    came("suspended.csv", "\n".join([heading, *came_in]) + "\n")
    for month in ("2026-01", "2026-02", "2026-03"):
        billed(month)
    with closing(sqlite3.connect("billing.db")) as database:
        net = dict(database.execute("SELECT id, net_cents FROM invoice WHERE contract <> 'L31'"))
    assert net == {"2026-01-SUS": 4326, "2026-01-END": 5900, "2026-03-SUS": 5768}

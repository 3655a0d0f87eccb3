"""Contracts as offices have them, typed at the terminal: three years and then one by one; Good Friday in Moselle."""

import shutil
from pathlib import Path

import pytest

from tests.cli.typed import out, values

RULES = Path(__file__).parents[2] / "rules"
CONTRACT = """
[[contract]]
id = "{name}"
customer = {{ name = "Garage du Parc", region = "{region}" }}
offer = "{offer}@{since}"
lines = ["{name}"]
signed = {signed}
live = {signed}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the rules."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RULES, "rules")
    Path("contracts").mkdir()
    return tmp_path


def signed(*contracts: str) -> None:
    Path("contracts/c.toml").write_text("format = 1\n" + "".join(contracts), "utf-8")


@pytest.mark.parametrize(
    ("begun", "on", "last_day"),
    [
        ("2018-09-27", "2021-01-01", "2021-07-27"),
        ("2020-02-15", "2022-06-01", "2022-12-15"),
        ("2024-01-01", "2026-06-01", "2026-11-01"),
    ],
)
def test_a_notice_ends_three_years_when_it_comes_three_months_before(begun: str, on: str, last_day: str) -> None:
    text = Path("rules/essentielle-2023-01-01.toml").read_text("utf-8")
    text = text[: text.index("\n[[example]]")].replace('id = "essentielle"', 'id = "trois-ans"')
    text = text.replace("sold_from = 2023-01-01", "sold_from = 2018-01-01").replace('trial = "1 month"', "")
    Path("rules/trois-ans-2018-01-01.toml").write_text(
        text.replace('commitment = "12 months"', 'commitment = "36 months"'), "utf-8"
    )
    signed(CONTRACT.format(name="G", region="FR", offer="trois-ans", since="2018-01-01", signed=begun))
    days = values("calendar", "G", "--on", on)["dates"]
    assert next(one["date"] for one in days if one["kind"] == "notice_last_day") == last_day


def test_good_friday_is_closed_in_the_departments_of_alsace_and_moselle_alone() -> None:
    regions = {"M57": "FR-57", "M67": "FR-67", "M6AE": "FR-6AE", "M54": "FR-54", "MFR": "FR"}
    signed(
        *(
            CONTRACT.format(name=name, region=region, offer="essentielle", since="2023-01-01", signed="2025-01-01")
            for name, region in regions.items()
        )
    )
    days = ("2026-04-03", "2026-04-06", "2026-04-07")
    heading = "call_id,account,start,wait_seconds,talk_seconds,status\n"
    calls = [f"{name}-{day},{name},{day}T10:00:00+02:00,5,60,answered\n" for name in regions for day in days]
    Path("calls.csv").write_text(heading + "".join(calls), "utf-8")
    out("calls", "import", "calls.csv", "--format", "generic")
    values("bill", "2026-04", "--on", "2026-12-01", "--incomplete")
    counted = {
        name: [
            call["arrived"][:10]
            for call in values("explain", f"2026-04-{name}", "--calls")["calls_behind"]
            if call["outcome"] == "counted"
        ]
        for name in regions
    }
    assert counted == {
        "M57": ["2026-04-07"],
        "M67": ["2026-04-07"],
        "M6AE": ["2026-04-07"],
        "M54": ["2026-04-03", "2026-04-07"],
        "MFR": ["2026-04-03", "2026-04-07"],
    }

"""`permanence calendar` and `check` of contracts that change: what is in force on the day, and what is planned."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, typed, values

ROOT = Path(__file__).parents[2]
SIGNED = """format = 1

[[contract]]
id = "C0001"
customer = {{ name = "Garage du Parc", kind = "{kind}" }}
offer = "{offer}"
lines = ["C0001"]
signed = {signed}
"""
ESSENTIELLE, A_LA_CARTE = "essentielle@2023-01-01", "a-la-carte@2023-01-01"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the offers on sale, and nothing signed yet."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "contracts").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def on_file(signed: str, *more: str, offer: str = ESSENTIELLE, kind: str = "professional") -> None:
    text = SIGNED.format(signed=signed, offer=offer, kind=kind)
    Path("contracts", "c.toml").write_text(text + "\n".join(more) + "\n", encoding="utf-8")


def event(on: str, what: str, **names: str) -> str:
    keys = "".join(f'{key} = "{value}"\n' for key, value in names.items())
    return f'\n[[event]]\non = {on}\nwhat = "{what}"\n{keys}'


def calendar(on: str) -> dict[str, Any]:
    found: dict[str, Any] = values("calendar", "C0001", "--on", on)
    return found


def basis(summary: dict[str, Any]) -> dict[str, str]:
    return {row["kind"]: row["because"] for row in summary["dates"]}


def test_a_planned_resumption_is_part_of_what_is_still_to_be_billed() -> None:
    on_file("2025-07-10", "live = 2025-07-15", event("2026-11-20", "suspended"), event("2026-12-07", "resumed"))
    left = calendar("2026-11-25")["if_notice"]
    # 59.00 a month, of November 19 days of 30, of December 25 of 31, seven whole months, and 14 days of August's 31
    least = round(5900 * 19 / 30) + round(5900 * 25 / 31) + 7 * 5900 + round(5900 * 14 / 31)
    assert left["to_bill"] == {
        "from": "2026-11-01",
        "months": 9,
        "days": 14,
        "least_net_cents": least,
        "currency": "EUR",
    }


def test_what_is_planned_for_after_the_end_keeps_no_calendar_from_being_shown() -> None:
    on_file("2024-01-10", "live = 2024-01-10", event("2024-02-01", "suspended"), event("2024-02-20", "resumed"))
    left = calendar("2024-02-05")["if_notice"]
    assert (left["end"], left["to_bill"]["least_net_cents"]) == ("2024-02-10", 0)


def test_a_notice_that_comes_later_is_not_planned() -> None:
    on_file("2025-07-10", event("2026-04-01", "notice_received"))
    assert calendar("2026-03-01")["if_notice"]["received"] is False
    assert calendar("2026-04-02")["if_notice"]["notice"] == "2026-04-01"


@pytest.mark.parametrize("began", ["live = 2024-03-22", event("2024-03-22", "go_live")])
def test_a_calendar_may_be_asked_for_before_service_begins(began: str) -> None:
    on_file("2024-02-03", began, offer=A_LA_CARTE, kind="consumer")
    early, late = calendar("2024-02-03")["if_notice"], calendar("2024-02-25")["if_notice"]
    assert (early["end"], early["to_bill"]["months"], early["to_bill"]["days"]) == ("2024-03-03", 0, 0)
    # 24.00 a month, of March three days of 31
    assert late["end"] == "2024-03-25"
    assert late["to_bill"] == {
        "from": "2024-03-22",
        "months": 0,
        "days": 3,
        "least_net_cents": round(2400 * 3 / 31),
        "currency": "EUR",
    }


def test_without_a_term_nothing_is_renewed_and_nobody_is_reminded() -> None:
    on_file("2024-02-03", "live = 2024-06-22", offer=A_LA_CARTE, kind="consumer")
    for day in ("2024-02-10", "2024-06-21", "2024-06-22", "2024-09-01"):
        assert set(basis(calendar(day))) == {"signed", "go_live_promised", "go_live"}


def test_from_an_offer_without_a_term_into_one_with_a_term_the_term_begins_with_the_change() -> None:
    change = event("2024-06-01", "offer_changed", offer=ESSENTIELLE)
    on_file("2024-01-10", "live = 2024-01-10", change, offer=A_LA_CARTE)
    before, after = calendar("2024-06-15"), calendar("2024-08-01")
    assert (before["offer"], after["offer"]) == (A_LA_CARTE, ESSENTIELLE)
    assert before["if_notice"]["end"] == "2024-07-15"
    assert "term_last_day" not in basis(before)
    days = {row["kind"]: row["date"] for row in after["dates"]}
    assert (days["commitment_last_day"], days["term_last_day"]) == ("2025-06-30", "2025-06-30")
    assert (days["notice_last_day"], days["price_notice_last_day"]) == ("2025-04-01", "2025-04-01")
    assert basis(after)["commitment_last_day"] == '[term] commitment = "12 months" · A10, A11, A18'
    assert basis(after)["quality_call"] == '[term] quality_calls = "3 months" · R28'
    assert (after["if_notice"]["end"], after["if_notice"]["rule"]["id"]) == ("2025-07-01", "leave-at-term")
    assert after["if_notice"]["to_bill"]["least_net_cents"] == 11 * 5900
    assert calendar("2025-04-02")["if_notice"]["end"] == "2026-07-01"


def test_from_a_term_into_an_offer_without_one_the_heading_names_what_is_in_force() -> None:
    on_file("2024-01-10", "live = 2024-01-10", event("2024-06-01", "offer_changed", offer=A_LA_CARTE))
    before, after = calendar("2024-07-01"), calendar("2025-02-10")
    assert (before["offer"], after["offer"]) == (ESSENTIELLE, A_LA_CARTE)
    assert (before["if_notice"]["end"], after["if_notice"]["end"]) == ("2025-02-10", "2025-03-10")
    assert "quality_call" not in basis(after)
    assert not {"term_last_day", "notice_last_day", "renewal"} & set(basis(after))
    assert "None" not in out("calendar", "C0001", "--on", "2024-07-01")


def test_a_go_live_is_promised_by_the_holidays_of_the_region_that_the_customer_signed_in() -> None:
    on_file("2024-12-18", event("2025-03-01", "region_moved", region="FR-974"))
    promised = {row["date"] for row in calendar("2025-03-02")["dates"] if row["kind"] == "go_live_promised"}
    # 20 December is a public holiday in La Réunion alone
    assert promised == {"2024-12-20"}


def test_a_slip_is_refused_by_check_at_its_own_place_and_stops_no_other_calendar() -> None:
    added = event("2024-05-01", "line_added", contract="C0002", line="C0001")
    other = SIGNED.format(signed="2024-01-20", offer=ESSENTIELLE, kind="professional").replace("C0001", "C0002")
    on_file("2024-01-10", other.removeprefix("format = 1\n"), added)
    checked = typed("check")
    assert checked.exit_code == 1
    told = '"C0002" and "C0001" both hold the line "C0001" from 2024-05-01; the other: contracts/c.toml:3:1'
    assert checked.stderr.splitlines()[0] == f"contracts/c.toml:18:1: {told}"
    assert calendar("2024-06-01")["contract"] == "C0001"
    waiting = typed("calendar", "C0002", "--on", "2024-06-01")
    assert (waiting.exit_code, waiting.stderr.splitlines()[0]) == (1, f"contracts/c.toml:18:1: {told}")
    due = values("deadlines", "--on", "2024-06-01")["holds"]
    assert [(one["contract"], one["reason"]) for one in due] == [
        ("C0002", "La ligne « C0001 » est à la fois celle de C0001 et de C0002 à compter du 1er mai 2024.")
    ]


def test_what_is_granted_after_the_signature_says_where_its_event_stands() -> None:
    on_file(
        "2026-01-12",
        '\n[[contract.discount]]\npercent = "-5"\nwhy = "Bienvenue."\n',
        '\n[[event]]\non = 2026-04-16\nwhat = "discount_granted"',
        'discount = { percent = "-10", until = 2026-12-01, why = "Geste commercial." }',
    )
    places = {(row["date"], row["because"]) for row in calendar("2026-06-01")["dates"] if row["kind"].startswith("own")}
    assert places == {
        ("2026-01-12", "contracts/c.toml:3"),
        ("2026-04-16", "contracts/c.toml:15"),
        ("2026-11-30", "contracts/c.toml:15"),
    }


def test_the_last_day_of_a_discount_that_an_event_ends_says_where_that_stands() -> None:
    on_file(
        "2026-01-12",
        '\n[[contract.discount]]\npercent = "-5"\nwhy = "Bienvenue."\n',
        '\n[[event]]\non = 2026-04-16\nwhat = "discount_granted"',
        'discount = { percent = "-10", until = 2026-12-01, why = "Geste commercial." }',
        '\n[[event]]\non = 2026-07-01\nwhat = "discount_ended"\nended = "Geste commercial."',
        '\n[[event]]\non = 2026-08-01\nwhat = "discount_ended"\nended = "Bienvenue"',
    )
    places = {(row["date"], row["because"]) for row in calendar("2026-08-02")["dates"] if row["kind"].startswith("own")}
    assert places == {
        ("2026-01-12", "contracts/c.toml:3"),
        ("2026-04-16", "contracts/c.toml:15"),
        ("2026-06-30", "contracts/c.toml:20"),
        ("2026-07-31", "contracts/c.toml:25"),
    }

"""An offer that remembers, as commands show it: months in order, the reason on the invoice, and the hold."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.bill.floors import rules
from tests.bill.months import contract, offer
from tests.cli.typed import out, refused, values
from tests.docs.documents import ROOT, SPACES

HEAD = "call_id,start,wait_seconds,talk_seconds,status,account"
MONTHS = {"2026-06": 160, "2026-07": 160, "2026-08": 160, "2026-09": 40}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a service of one contract in service since June, its calls taken in, nothing billed."""
    monkeypatch.chdir(tmp_path)
    for folder, text in (("rules", offer(rules())), ("contracts", f"format = 1\n{contract(signed='2026-06-01')}")):
        Path(folder).mkdir()
        Path(folder, "one.toml").write_text(text, encoding="utf-8")
    rows = [
        f"{month}-{number},{month}-10T10:00:00+02:00,5,60,answered,C1"
        for month, count in MONTHS.items()
        for number in range(count)
    ]
    Path("calls.csv").write_text("\n".join([HEAD, *rows]), "utf-8")
    out("calls", "import", "calls.csv", "--format", "generic")


def billed(month: str, *words: str) -> Any:
    return values("bill", month, "--on", "2026-11-01", *words)


def test_a_month_whose_past_was_not_billed_waits_and_says_which_month_comes_first() -> None:
    text = out("bill", "2026-09", "--on", "2026-11-01").translate(SPACES)
    assert "facturez d'abord juin 2026 (permanence bill 2026-06)" in " ".join(text.split())
    billed("2026-06")
    run = billed("2026-09")
    assert [(hold["contract"], "juillet 2026" in hold["reason"]) for hold in run["holds"]] == [("C1", True)]


def test_months_billed_in_order_make_the_floor_and_the_invoice_says_why() -> None:
    for month in MONTHS:
        assert billed(month)["holds"] == []
    record = values("explain", "2026-09-C1", "--calls")
    (line,) = record["lines"]
    assert (record["calls"], record["band"], line["amount_cents"]) == (40, 250, 22900)
    assert line["sentence"].endswith("Plancher : forfait jusqu'à 250 appels : Dépassé 3 mois de suite.")
    facts = {fact["name"]: fact["value"] for fact in line["facts"]}
    before, _, _ = Path("rules/one.toml").read_text("utf-8").partition('id = "up"')
    place = f"rules/one.toml:{before.count(chr(10))}"
    assert facts["history.rule"] == f"up, {place}"
    assert (facts["history.floor"], facts["history.months_above"], facts["history.since"]) == ("250", "3", "2026-09")
    assert all(fact["meaning"] for fact in line["facts"])
    assert len(record["calls_behind"]) == 40
    text = out("explain", "2026-09-C1").translate(SPACES)
    assert f"Règle qui a fixé le plancher, et sa place : up, {place} (history.rule)" in text


def test_a_month_billed_before_it_ended_is_billed_again_before_the_next() -> None:
    values("bill", "2026-06", "--on", "2026-06-20")
    assert "juin 2026" in billed("2026-07")["holds"][0]["reason"]
    billed("2026-06")
    assert billed("2026-07")["holds"] == []


def test_a_life_played_remembers_its_own_months() -> None:
    months = values("simulate-life", "C1", "--until", "2026-11-30", "--calls", "160,160,160,40,40,40/month")["months"]
    assert [month["band"] for month in months] == [250, 250, 250, 250, 250, 50]


def test_correcting_a_month_on_which_later_ones_rested_lists_their_invoices() -> None:
    shutil.copytree(ROOT / "sellers", "sellers")
    address = '{ lines = ["1 rue de l\'Exemple"], postcode = "59000", town = "Lille" }'
    legal = f'legal = {{ address = {address}, siren = "none", vat_number = "none" }}'
    Path("contracts/one.toml").write_text(f"format = 1\n{contract(more=legal, signed='2026-06-01')}", "utf-8")
    for month in MONTHS:
        billed(month)
        out("issue", month, "--on", "2026-11-01")
    late = [f"late-{number},2026-08-20T10:00:00+02:00,5,60,answered,C1" for number in range(3)]
    Path("late.csv").write_text("\n".join([HEAD, *late, ""]), "utf-8")
    out("calls", "import", "late.csv", "--format", "generic")
    billed("2026-08")
    words = ("correct", "F-2026-00003", "--why", "Des appels tardifs.", "--on", "2026-11-02")
    assert values(*words)["later"] == ["F-2026-00004"]
    billed("2026-09")
    (said,) = refused("correct", "F-2026-00004", "--why", "x", "--on", "2026-11-02")
    assert "it says what its month comes to now: there is nothing to correct" in said

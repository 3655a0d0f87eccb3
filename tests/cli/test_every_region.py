"""What a file may name as its region goes through every command: checked, billed, explained, dated, quoted, signed."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from permanence.contracts.holidays import public_holidays
from permanence.model.countries import COUNTRIES
from permanence.model.regions import REGIONS, WRITTEN, country_of, one_code, region_of
from permanence.staff.french import shown

from tests.cli.typed import out, typed, values
from tests.docs.documents import ROOT, blocks

OFFER = next(block.text for block in blocks(ROOT / "docs" / "offers.md", "toml") if 'id = "accueil"' in block.text)
CONTRACT = """
[[contract]]
id = "{number}"
customer = {{ name = "Client de {region}", kind = "consumer", region = "{region}" }}
offer = "{offer}@2026-01-01"
lines = ["{number}"]
signed = 2026-01-12
live = 2026-09-01
"""
NUMBERS = {region: f"C-{region}" for region in WRITTEN}
CALL = "call_id,account,start,wait_seconds,talk_seconds,status\n1,C-FR,2026-10-05T10:00:00+02:00,5,60,answered\n"
NET = 9000
PLAYED = [
    region
    for region in WRITTEN
    if country_of(region) == "FR"
    or one_code(region) in COUNTRIES
    or region.partition("-")[2] in COUNTRIES[country_of(region)].apart
]
"""Regions that are played to the end one by one: of other countries each whole one, and what is taxed apart there."""
TRIED = (
    PLAYED if "SOAK" in os.environ else [*dict.fromkeys(("FR", "FR-57", "FR-971", "FR-973", "FR-974", *PLAYED[::9]))]
)
"""Those of them that are tried each time, SOAK=1 all: laws differ by a few, and each costs a second."""


def offer_in(country: str) -> str:
    """Return the id of the offer that is sold in a country; all have the clock of Paris, so that one run bills them."""
    return "accueil" if country == "FR" else f"accueil-{country.lower()}"


def text_of(country: str) -> str:
    abroad = f'id = "{offer_in(country)}"\ncountry = "{country}"\ntimezone = "Europe/Paris"'
    # Epiphany is a public holiday in some countries: the examples of the page go by the week after.
    return OFFER if country == "FR" else OFFER.replace('id = "accueil"', abroad).replace("2026-01-06", "2026-01-13")


def on_file(contracts: str = "") -> None:
    """Write the current folder: one offer for each country, these contracts."""
    Path("rules").mkdir()
    for country in COUNTRIES:
        Path("rules", f"{offer_in(country)}.toml").write_text(text_of(country), encoding="utf-8")
    Path("contracts").mkdir()
    if contracts:
        Path("contracts", "all.toml").write_text(f"format = 1\n{contracts}", encoding="utf-8")


@pytest.fixture
def everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a folder the current one in which each region has a contract, by every code that a file may have."""
    monkeypatch.chdir(tmp_path)
    on_file(
        "".join(
            CONTRACT.format(number=number, region=region, offer=offer_in(country_of(region)))
            for region, number in NUMBERS.items()
        )
    )
    Path("calls.csv").write_text(CALL, encoding="utf-8")
    out("calls", "import", "calls.csv", "--format", "generic")


@pytest.mark.usefixtures("everywhere")
def test_a_contract_of_every_region_passes_check_is_billed_explained_and_has_deadlines() -> None:
    out("contracts", "pin")
    assert [one for one in values("check")["problems"] if one["severity"] != "warning"] == []
    run = values("bill", "2026-10", "--on", "2026-11-01")
    assert run["holds"] == []
    due = values("deadlines", "--on", "2026-02-01", "--within", "2 years")
    assert due["holds"] == []
    with closing(sqlite3.connect("billing.db")) as database:
        rows = database.execute("SELECT invoice, rate_bp, base_cents, amount_cents, reason FROM vat")
        billed = {invoice.removeprefix("2026-10-"): tuple(row) for invoice, *row in rows}
    for region, number in NUMBERS.items():
        vat, place = region_of(region).vat_on(date(2026, 10, 31)), region_of(region)
        rate = vat.rates["normal"]
        assert billed[number] == (rate, NET, NET * rate // 10_000, vat.reason.format(place.where))
        assert NET * rate % 10_000 == 0
    for region in TRIED:
        (line,) = values("explain", f"2026-10-{NUMBERS[region]}")["vat"]
        assert (
            tuple(line[name] for name in ("rate_bp", "base_cents", "amount_cents", "reason")) == billed[NUMBERS[region]]
        )
    late = {
        one["contract"]: date.fromisoformat(one["date"]) for one in due["deadlines"] if one["kind"] == "go_live_late"
    }
    assert set(late) == set(NUMBERS.values())
    assert not [number for region, number in NUMBERS.items() if late[number] in public_holidays(region, 2026)]


@pytest.mark.usefixtures("everywhere")
def test_a_contract_of_every_region_changes_to_the_next_version() -> None:
    out("new-offer", "--from", "accueil@2026-01-01", "--sold-from", "2027-01-01")
    amend = ("contracts", "amend", "--offer", "accueil@2026-01-01", "--to", "accueil@2027-01-01", "--yes")
    there, elsewhere = (
        {row["contract"] for row in values(*amend, "--announced", "2026-12-01", *where)["changes"]}
        for where in (("--where", "region=FR-971"), ())
    )
    assert there == {NUMBERS["FR-971"], NUMBERS["FR-GP"]}
    assert there | elsewhere == {number for region, number in NUMBERS.items() if country_of(region) == "FR"}
    assert typed("check").exit_code == 0


@pytest.mark.parametrize("region", TRIED)
def test_every_region_is_quoted_signed_dated_and_played(
    region: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    on_file()
    place, day = region_of(region), ("--on", "2026-10-01")
    asked = (offer_in(place.country), "--for", "Garage du Parc", "--calls", "10", "--region", region)
    quoted: Mapping[str, Any] = values("quote", *asked, *day, "--save", "quotes", "--html", "quote.html")
    assert quoted["customer"]["region"] == place.code
    vat = place.vat_on(date(2026, 10, 1))
    assert quoted["vat"] == {"rate_bp": vat.rates["normal"], "reason": vat.reason.format(place.where)}
    assert place.name in unescape(Path("quote.html").read_text("utf-8"))
    out("sign", f"quotes/{quoted['number']}.toml", "--line", "+33199000042", *day, "--contract", "C1")
    dates = values("calendar", "C1", "--on", "2026-11-02", "--ics", "C1.ics")["dates"]
    assert "signed" in {row["kind"] for row in dates}
    assert Path("C1.ics").read_bytes().count(b"BEGIN:VEVENT") == len(dates)
    played = values("simulate-life", "C1", "--until", "2026-10-31", "--calls", "10/month")["total"]
    assert (played["net_cents"], played["vat_cents"]) == (NET, NET * vat.rates["normal"] // 10_000)


def test_staff_read_the_name_of_every_region() -> None:
    assert {code: shown("region", code) for code in REGIONS} == {code: place.name for code, place in REGIONS.items()}

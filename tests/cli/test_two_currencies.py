"""A month of two countries: each amount in its own currency, and no sum across two of them, wherever sums are shown."""

import asyncio
import csv
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from permanence.model.words.amounts import in_money
from permanence.staff.application import application

from tests.cli.typed import found_wrong, out, typed, values
from tests.docs.documents import ROOT, blocks

OFFER = next(block.text for block in blocks(ROOT / "docs" / "offers.md", "toml") if 'id = "accueil"' in block.text)
SWISS = OFFER.replace('id = "accueil"', 'id = "accueil-ch"\ncountry = "CH"')
CONTRACT = """
[[contract]]
id = "{number}"
customer = {{ name = "Client {number}", region = "{region}" }}
offer = "{offer}@2026-01-01"
lines = ["{number}"]
signed = 2026-01-12
live = 2026-01-14
"""
HEAD = "call_id,account,start,wait_seconds,talk_seconds,status\n"
MIXED = 9000 + 9000
"""What the two invoices' totals excluding VAT would come to together: nobody may ever read that."""


@pytest.fixture
def two_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder the current one with an offer, a contract and a call in France, and the same in Switzerland."""
    monkeypatch.chdir(tmp_path)
    for folder, texts in {
        "rules": {"accueil": OFFER, "accueil-ch": SWISS},
        "contracts": {
            "all": "format = 1\n"
            + CONTRACT.format(number="C1", region="FR-57", offer="accueil")
            + CONTRACT.format(number="C2", region="CH-GE", offer="accueil-ch")
        },
    }.items():
        Path(folder).mkdir()
        for name, text in texts.items():
            Path(folder, f"{name}.toml").write_text(text, encoding="utf-8")
    rows = [f"{n},{who},2026-10-05T10:0{n}:00+02:00,5,60,answered\n" for n, who in enumerate(("C1", "C2"))]
    Path("calls.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    out("calls", "import", "calls.csv", "--format", "generic")
    out("contracts", "pin")
    return tmp_path


@pytest.mark.usefixtures("two_countries")
def test_a_run_is_summed_for_each_currency_and_never_across() -> None:
    assert found_wrong() == []
    run = values("bill", "2026-10", "--on", "2026-11-02")
    assert run["holds"] == []
    assert [(one["currency"], one["net_cents"], one["vat_cents"]) for one in run["totals"]] == [
        ("CHF", 9000, 729),
        ("EUR", 9000, 1800),
    ]
    (month,) = (one for one in values("months", "--on", "2026-11-02")["months"] if one["month"] == "2026-10")
    assert [(one["currency"], one["net_cents"]) for one in month["totals"]] == [("CHF", 9000), ("EUR", 9000)]
    for screen in (out("bill", "2026-10", "--on", "2026-11-02"), out("months", "--on", "2026-11-02")):
        assert "90,00\u00a0CHF" in screen
        assert "90,00\u00a0€" in screen
        assert not any(in_money(MIXED, one) in screen for one in ("CHF", "EUR", ""))  # type: ignore[arg-type]


@pytest.mark.usefixtures("two_countries")
def test_each_document_of_a_contract_is_in_its_currency() -> None:
    out("bill", "2026-10", "--on", "2026-11-02")
    explained = out("explain", "2026-10-C2")
    assert "sur 90,00\u00a0CHF : 7,29\u00a0CHF" in explained
    lived = out("simulate-life", "C2", "--until", "2026-10-31", "--calls", "10/month")
    left = out("calendar", "C2", "--on", "2026-11-02")
    asked = ("accueil-ch", "--for", "Boulangerie", "--calls", "10", "--on", "2026-10-01")
    quoted = out("quote", *asked, "--html", "quote.html")
    page = Path("quote.html").read_text("utf-8")
    for told in (explained, lived, left, quoted, page):
        assert "CHF" in told
        assert "€" not in told
        assert "L215-1" not in told
    assert values("quote", *asked)["currency"] == "CHF"


@pytest.mark.usefixtures("two_countries")
def test_an_impact_is_told_in_the_currency_of_its_offer() -> None:
    out("bill", "2026-10", "--on", "2026-11-02")
    dearer = SWISS.replace("sold_from = 2026-01-01", "sold_from = 2027-01-01").replace('"90.00"', '"95.00"')
    assert dearer != SWISS
    Path("next.toml").write_text(dearer, encoding="utf-8")
    asked = ("impact", "next.toml", "--against", "accueil-ch@2026-01-01", "--months", "2026-10")
    assert "€" not in out(*asked)
    assert values(*asked)["currency"] == "CHF"
    in_euros = dearer.replace('country = "CH"', 'country = "CH"\ncurrency = "EUR"')
    Path("next.toml").write_text(in_euros, encoding="utf-8")
    refused = typed(*asked)
    assert refused.exit_code == 1
    assert "its prices are in EUR, those of accueil-ch@2026-01-01 in CHF" in refused.output


def test_staff_pages_sum_each_currency_by_itself(two_countries: Path) -> None:
    out("bill", "2026-10", "--on", "2026-11-02")
    assert asyncio.run(_read(application(two_countries / "billing.db", None))) == []


async def _read(pages: Datasette) -> list[str]:
    """Return the pages on which an amount is not in its currency, or two currencies are summed."""
    wrong = []
    for path in ("/", "/billing/revenue", "/billing/invoice"):
        page = (await pages.client.get(path)).text
        if "90,00\u00a0CHF" not in page or "90,00\u00a0€" not in page or in_money(MIXED, "") in page:  # type: ignore[arg-type]
            wrong.append(path)
    swiss = (await pages.client.get("/billing/invoice/2026-10-C2")).text
    exported: list[dict[str, Any]] = list(
        csv.DictReader((await pages.client.get("/billing/invoice.csv")).text.splitlines())
    )
    if "€" in swiss or "97,29\u00a0CHF" not in swiss:
        wrong.append("/billing/invoice/2026-10-C2")
    if {row["currency"] for row in exported} != {"CHF", "EUR"}:
        wrong.append("/billing/invoice.csv")
    return wrong


@pytest.mark.usefixtures("two_countries")
def test_a_customer_in_another_country_is_refused_in_a_sentence() -> None:
    refused = typed("quote", "accueil-ch", "--for", "Boulangerie", "--calls", "10", "--region", "FR")
    assert 'accueil-ch@2026-01-01 is sold in Switzerland, and the region is "FR"' in refused.output
    text = Path("contracts", "all.toml").read_text("utf-8").replace("CH-GE", "GB")
    Path("contracts", "all.toml").write_text(text, encoding="utf-8")
    refused = typed("check")
    assert refused.exit_code == 1
    assert 'sold in Switzerland, and the customer\'s region is "GB"' in " ".join(refused.output.split())


@pytest.mark.usefixtures("two_countries")
@pytest.mark.parametrize(
    ("event", "told"),
    [
        ('what = "region_moved"\nregion = "FR"', 'the customer\'s region is "FR"'),
        ('what = "offer_changed"\noffer = "accueil-eur@2026-01-01"', "billed in another currency"),
    ],
)
def test_a_contract_moves_to_no_other_country_and_to_no_other_currency(event: str, told: str) -> None:
    in_euros = SWISS.replace('"accueil-ch"', '"accueil-eur"\ncurrency = "EUR"')
    Path("rules", "accueil-eur.toml").write_text(in_euros, encoding="utf-8")
    with Path("contracts", "all.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[event]]\ncontract = "C2"\non = 2026-06-01\n{event}\n')
    refused = typed("check")
    assert refused.exit_code == 1
    assert told in " ".join(refused.output.split())


@pytest.mark.usefixtures("two_countries")
def test_a_number_abroad_is_signed_with_its_country() -> None:
    words = ("quote", "accueil-ch", "--for", "Boulangerie", "--calls", "10", "--region", "CH-GE")
    quoted = typed(*words, "--on", "2026-09-01", "--save", "quotes")
    assert quoted.exit_code == 0, quoted.output
    (file,) = Path("quotes").glob("*.toml")
    refused = typed("sign", str(file), "--on", "2026-09-02", "--line", "022 555 00 10")
    assert '--line: "022 555 00 10" has no country' in " ".join(refused.output.split())
    assert "write +41225550010" in " ".join(refused.output.split())
    signed = typed("sign", str(file), "--on", "2026-09-02", "--line", "+41225550010")
    assert signed.exit_code == 0, signed.output

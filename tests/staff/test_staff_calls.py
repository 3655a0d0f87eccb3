"""The calls of a contract's month, one by one: what became of each, its lines, choices, exports, and who reads them."""

import csv
import io
from typing import Any

import pytest
from permanence.staff import calls_told

from tests.docs.documents import SPACES
from tests.staff.conftest import CALLER, KEPT
from tests.staff.reading import get, words

PAGE = "/appels/2026-11/C0001"
LINE = '<a href="/billing/invoice/2026-11-C0001#line-1">Forfait mensuel</a>'


async def shown(pages: Any, url: str) -> str:
    return words(await get(pages, url)).translate(SPACES)


async def test_each_call_of_a_month_says_when_it_came_and_what_became_of_it(pages: Any) -> None:
    page = await shown(pages, PAGE)
    assert "Cabinet d'infirmières des Tilleuls" in page
    assert "01/11/2026 10:00:00 compté en semaine escalated 1 min 35 s Forfait mensuel 11" in page
    assert "02/11/2026 11:00:00 hors plage 6 min 40 s 13" in page
    assert "14" not in page.split("Appel ")[-1].split("Exporter")[0].split()


async def test_a_counted_call_leads_to_the_lines_that_it_is_behind_and_no_other_call_does(pages: Any) -> None:
    page = await get(pages, PAGE)
    assert page.count(LINE) == 3
    assert 'id="line-1"' in await get(pages, "/billing/invoice/2026-11-C0001")


async def test_calls_of_a_contract_that_waits_say_why(pages: Any) -> None:
    page = await shown(pages, "/appels/2026-11/C0006")
    assert "Contrat en attente : L'offre « ancienne@2024-01-01 » n'existe pas" in page
    assert "en attente 1 min 01 s 14" in page


async def test_calls_that_are_nobody_s_have_a_page_of_their_own(pages: Any) -> None:
    page = await shown(pages, "/appels/2026-11")
    assert "non attribué ligne inconnue 1 min 02 s 15" in page
    assert "compté" not in page


async def test_calls_are_chosen_by_outcome_and_by_day(pages: Any) -> None:
    outside = await shown(pages, f"{PAGE}?outcome=outside")
    assert "hors plage 6 min 40 s" in outside
    assert "en semaine" not in outside
    assert "comptés 3" in outside
    first = await shown(pages, f"{PAGE}?day=2026-11-01")
    assert "comptés 1" in first
    assert "11:00:00" not in first
    assert "ne répond à ces choix" in await shown(pages, f"{PAGE}?day=2026-11-01&outcome=outside")


@pytest.mark.parametrize(
    "typed", ["?outcome=none", "?day=1er+novembre", "?page=x", "?page=0", "?page=99", "?day=9999-12-31"]
)
async def test_what_cannot_be_understood_in_an_address_is_left_out(pages: Any, typed: str) -> None:
    assert (await get(pages, PAGE + typed)).count(LINE) == 3


async def test_many_calls_stand_on_several_pages(pages: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls_told, "PAGE", 3)
    assert "page 1 sur 2" in await get(pages, PAGE)
    last = await get(pages, f"{PAGE}?page=2")
    assert "page 2 sur 2" in last
    assert last.count(LINE) == 1
    assert "Page suivante" not in last


async def test_a_month_that_was_billed_before_calls_were_kept_says_so(pages: Any) -> None:
    assert "par une version qui ne gardait pas les appels" in await shown(pages, "/appels/2026-10/C0001")


async def test_the_exports_have_what_the_page_shows(pages: Any) -> None:
    rows = (await pages.client.get(f"{PAGE}.json?outcome=counted")).json()
    assert rows[0] == {
        "call": 11,
        "arrived": 1793523600,
        "outcome": "counted",
        "reason": "",
        "window": "weekdays",
        "marks": "escalated",
        "talk_seconds": 95,
        "facts": "",
        "invoice": "2026-11-C0001",
        "lines": [1],
    }
    text = (await pages.client.get(f"{PAGE}.csv")).text
    read = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["call"]) for row in read] == [11, 12, 13, 16]
    assert [row["lines"] for row in read] == ["1", "1", "", "1"]


@pytest.mark.parametrize("url", ["/appels/2026-12/C0001", "/appels/2026-11/C9999", "/appels/2026-12"])
async def test_a_month_or_a_contract_that_is_not_there_is_no_page(pages: Any, url: str) -> None:
    assert (await pages.client.get(url)).status_code == 404


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("/billing/invoice/2026-11-C0001", PAGE),
        ("/billing/contract/C0001", PAGE),
        ("/billing/contract/C0001", "/appels/2026-10/C0001"),
        ("/billing/hold/2026-11-C0006", "/appels/2026-11/C0006"),
        ("/billing/run/2026-11", "/appels/2026-11"),
    ],
)
async def test_the_page_is_reached_from_invoice_contract_hold_and_month(pages: Any, url: str, link: str) -> None:
    assert f'href="{link}"' in await get(pages, url)


async def test_no_call_is_on_a_page_with_a_telephone_number(pages: Any) -> None:
    for url in (PAGE, f"{PAGE}.json", f"{PAGE}.csv"):
        assert CALLER not in await get(pages, url)
    assert len(KEPT) == 6

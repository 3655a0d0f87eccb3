"""Lists and rows: labels for keys, words for values, choices, filters, exports, and what is said of nothing."""

import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.database import QueryInterrupted
from datasette.facets import ColumnFacet
from permanence.staff.application import application, close
from permanence.staff.cells import heading, key_text
from permanence.staff.databases import BILLING, SCHEMAS

from tests.staff.reading import get, words

WHY = "Le forfait correspond au nombre d&#39;appels traités dans le mois."
RULE = f'<a href="/billing/rule/eeeeeeeeeeee-subscription">{WHY}</a>'


async def test_foreign_keys_show_labels_on_lists_rows_and_queries(pages: Any) -> None:
    contract = '<a href="/billing/contract/C0001">Cabinet d&#39;infirmières des Tilleuls</a> <span class="key">C0001'
    assert contract in await get(pages, "/billing/invoice")
    assert contract in await get(pages, "/billing/next_band")
    assert RULE in await get(pages, "/billing/line/2026-10-C0001-1")
    assert '<a href="/calls/import/1">calls/2026-11.csv</a>' in await get(pages, "/calls/call")
    assert '<a href="/calls/import/1">calls/2026-11.csv</a>' in await get(pages, "/calls/call/1")
    assert '<a href="/billing/run/2026-10">octobre 2026</a>' in await get(pages, "/billing/invoice")


async def test_lists_name_rows_by_what_people_call_them_not_by_digests(pages: Any) -> None:
    assert '<a href="/billing/run/2026-11">novembre 2026</a>' in await get(pages, "/billing/run")
    assert f'<a href="/billing/offer/{"e" * 64}">essentielle@2026-01-01</a>' in await get(pages, "/billing/offer")
    assert RULE in await get(pages, "/billing/rule")
    assert '<a href="/billing/line/2026-10-C0001-1">1</a>' in await get(pages, "/billing/line")
    for table in SCHEMAS[BILLING]:
        assert "e" * 12 not in words(await get(pages, f"/billing/{table.name}"))


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("/billing/run/2026-11", "novembre 2026"),
        ("/billing/contract/C0006", "Vétérinaires du Vallon"),
        ("/billing/line/2026-10-C0002-1", "Forfait mensuel"),
        ("/billing/fact/usage~2Ecalls", "Appels traités, comptés dans le forfait"),
        ("/calls/call/1", "Enregistrement"),
    ],
)
async def test_a_rows_page_is_headed_by_what_people_call_it(pages: Any, url: str, heading: str) -> None:
    assert f"<h1>{heading} <span" in await get(pages, url)


async def test_what_a_rule_read_is_told_in_words_on_each_page(pages: Any) -> None:
    facts = words(await get(pages, "/billing/line_fact"))
    assert "Le contrat est en service au moins un jour du mois contract.active oui" in facts
    why = words(await get(pages, "/billing/why_this_line?line=2026-11-C0001-1"))
    assert "Le contrat est en service au moins un jour du mois : oui" in why
    assert "Appels traités, comptés dans le forfait : 145 appels" in why
    assert "comptés : 145" in why


async def test_numbers_stand_right_and_keys_left(pages: Any) -> None:
    page = await get(pages, "/calls/call")
    assert 'class="col-talk_seconds number"' in page
    assert 'class="col-id"' in page
    assert 'class="col-import"' in page


async def test_why_a_line_is_there_is_one_click_from_the_invoice_and_the_rule_one_more(pages: Any) -> None:
    page = await get(pages, "/billing/invoice/2026-11-C0001")
    address = re.findall(r'href="([^"]+)">Pourquoi cette ligne', page)[0]
    assert f'/billing/offer/{"e" * 64}#L8">rules/essentielle.toml:8</a>' in await get(pages, address)
    assert f'/billing/offer/{"e" * 64}#L8"' in await get(pages, f"/billing/rule/{'e' * 12}-subscription")


async def test_no_link_of_an_invoice_is_dead(pages: Any) -> None:
    page = await get(pages, "/billing/invoice/2026-11-C0001")
    for address in re.findall(r'<a [^>]*href="(/[^"#]*)', page):
        await get(pages, address)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/billing/invoice?month=2027-01", "Aucune ligne ne répond à ces filtres."),
        ("/billing/hold?month=2026-10", "Aucune ligne ne répond à ces filtres."),
        ("/billing/on_hold?month=2026-10", "Aucun contrat n'est en attente."),
        ("/billing/next_band?margin=0", "Aucun contrat n'est si près de la tranche suivante."),
        ("/billing/invoices_of_contract", "Indiquez un contrat, ou choisissez-le dans la liste : Contrats"),
        ("/billing/invoices_of_contract?contract=C0006", "Ce contrat n'a pas de facture."),
        ("/billing/why_this_line", "Indiquez une ligne, ou choisissez-la dans la liste : Lignes de facture"),
        ("/billing/why_this_line?line=x", "Il n'y a pas de ligne de facture de ce nom."),
    ],
)
async def test_a_page_with_nothing_to_show_says_why(pages: Any, url: str, sentence: str) -> None:
    assert sentence in words(await get(pages, url))


async def test_an_empty_table_says_what_that_means(billing_db: Path, tmp_path: Path) -> None:
    with sqlite3.connect(shutil.copy(billing_db, tmp_path / "billing.db")) as writer:
        writer.execute("delete from hold")
    writer.close()
    served_pages = application(tmp_path / "billing.db", None)
    page = words(await get(served_pages, "/billing/hold"))
    close(served_pages)
    assert "Aucun contrat n'est en attente." in page
    assert "Mois" not in page.split("Filtrer")[0].split("Contrats en attente")[-1]


async def test_choices_that_take_too_long_to_count_are_missed_aloud(pages: Any, monkeypatch: Any) -> None:
    async def too_long(*_asked: Any, **_how: Any) -> Any:
        raise QueryInterrupted(Exception("interrupted"), "select", ())

    counted = ColumnFacet.facet_results

    async def out_of_time(facet: Any) -> Any:
        monkeypatch.setattr(facet.ds, "execute", too_long)
        try:
            return await counted(facet)
        finally:
            monkeypatch.undo()

    monkeypatch.setattr(ColumnFacet, "facet_results", out_of_time)
    assert "trop de lignes pour compter les choix par « Issue »" in words(await get(pages, "/billing/usage"))


async def test_facets_speak_french_and_can_be_chosen(pages: Any) -> None:
    page = words(await get(pages, "/billing/invoice?status=draft"))
    assert "brouillon × , retirer ce choix 5" in page
    assert "Factures 5 lignes" in page


async def test_a_filter_becomes_an_address_and_keeps_its_place_in_the_form(pages: Any) -> None:
    form = "_filter_column=calls&_filter_op=gte&_filter_value=100"
    answer = await pages.client.get(f"/billing/invoice?{form}", follow_redirects=False)
    assert answer.status_code == 302
    page = await get(pages, answer.headers["location"])
    assert '<option value="gte" selected>supérieur ou égal à</option>' in page
    assert "Factures 4 lignes" in words(page)


async def test_more_than_a_page_goes_on(pages: Any) -> None:
    page = await get(pages, "/billing/invoice?_size=4")
    following = re.search(r'class="next" href="http://localhost([^"]+)"', page)
    assert following
    assert "2026-10-C0005" in await get(pages, following[1].replace("&amp;", "&"))


async def test_an_export_has_every_row(pages: Any) -> None:
    page = await get(pages, "/billing/usage")
    export = re.search(r'href="([^"]+)">CSV', page)
    assert export
    answer = await pages.client.get(export[1].replace("&amp;", "&"))
    assert answer.headers["content-disposition"] == 'attachment; filename="usage.csv"'
    assert len(answer.text.splitlines()) == 21


async def test_offers_stand_in_the_order_of_their_versions(billing_db: Path, calls_db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "billing.db"
    shutil.copy(billing_db, copy)
    database = sqlite3.connect(copy)
    database.execute(
        "insert into offer select ?, 'zen@2026-01-01', title, sold_from, file, text from offer limit 1", ("0" * 64,)
    )
    database.commit()
    database.close()
    served = application(copy, calls_db)
    await served.invoke_startup()
    page = words(await get(served, "/billing/offer"))
    close(served)
    assert page.index("essentielle@2026-01-01") < page.index("zen@2026-01-01")


@pytest.mark.parametrize("start", [1_790_920_802_000, -(10**15), 2**62])
async def test_a_stored_call_of_no_year_that_there_is_makes_no_page_fail(
    billing_db: Path, calls_db: Path, tmp_path: Path, start: int
) -> None:
    copy = tmp_path / "calls.db"
    shutil.copy(calls_db, copy)
    database = sqlite3.connect(copy)
    database.execute("update call set start = ?, wait_seconds = ?, talk_seconds = -7", (start, 2**62))
    database.execute("update set_aside set start = ?", (start,))
    database.commit()
    database.close()
    served = application(billing_db, copy)
    await served.invoke_startup()
    pages = [words(await get(served, url)) for url in ("/calls/call", "/calls/call/1", "/calls/set_aside/1")]
    close(served)
    assert all("s depuis 1970" in page for page in pages)


def test_a_rule_without_a_sentence_goes_by_its_name() -> None:
    row = {"id": "eeeeeeeeeeee-night-calls", "name": "night-calls", "why": ""}
    assert key_text("rule", row) == heading("rule", row) == "Règle night-calls"

"""What staff find on each page, in French, with the way from an amount to its rule."""

import re
from typing import Any

import pytest
from permanence.staff.cells import cell, known_in_words
from permanence.staff.databases import SCHEMAS
from permanence.staff.home import bars
from permanence.staff.invoice_told import fact_in_words, served
from permanence.staff.queries import canned_queries
from permanence.staff.titles import KEYS, OWN_TITLES, TITLES
from permanence.store.layouts import STEPS_TAKEN
from permanence.store.table import Table

from tests.docs.documents import SPACES
from tests.staff.reading import get, words

TABLES = [table for tables in SCHEMAS.values() for table in tables]
LISTS = [f"/{database}/{table.name}" for database, tables in SCHEMAS.items() for table in tables]
ROWS = [
    "/billing/run/2026-11",
    f"/billing/offer/{'e' * 64}",
    "/billing/rule/eeeeeeeeeeee-subscription",
    "/billing/contract/C0002",
    "/billing/contract_term/C0002,1",
    "/billing/invoice/2026-10-C0002",
    "/billing/line/2026-10-C0002-1",
    "/billing/fact/usage~2Ecalls",
    "/billing/line_fact/2026-10-C0002-1,2",
    "/billing/vat/2026-10-C0002,2000",
    "/billing/usage/2026-10-C0002,1",
    "/billing/call_kind/2026-11-0",
    "/billing/hold/2026-11-C0006",
    "/billing/basis/2026-10",
    "/billing/basis_contract/2026-10-C0001",
    "/billing/basis_part/2026-10-option-svi",
    "/calls/import/1",
    "/calls/call/1",
    "/calls/set_aside/1",
    "/impact/replay/essentielle~402026-12-01",
    "/impact/replay_month/2026-10",
    "/impact/replay_contract/C0001",
    "/impact/replay_bill/2026-10-C0004",
    "/impact/replay_rule/1",
    "/impact/replay_reason/2026-10-C0004-1",
    "/impact/replay_bin/1",
    "/impact/replay_hold/2026-10-C0099",
]
QUERIES = {
    "revenue": ("", "Permanence Essentielle"),
    "calls_by_outcome": ("", "juste"),
    "next_band": ("", "2026-11-C0001"),
    "invoices_of_contract": ("?contract=C0001", "1\u202f481,40\u00a0€"),
    "why_this_line": ("?line=2026-11-C0001-1", "rules/essentielle.toml:8"),
    "on_hold": ("", "Vétérinaires du Vallon"),
}
CALLS = ["/appels/2026-11/C0001", "/appels/2026-11/C0006", "/appels/2026-11", "/appels/2026-10/C0001"]
ALL = ["/", "/billing", "/calls", "/impact", *LISTS, *ROWS, *CALLS]
ALL += [f"/billing/{name}{arguments}" for name, (arguments, _found) in QUERIES.items()]
ENGLISH = re.compile(
    r"\b(row|rows|where|home|apply|next page|this data as|export|advanced|column|sort|sorted|custom|query|search|"
    r"view|edit|powered|links? from|results?|hidden|tables? actions?|download|and|the|draft|counted|invoices?|"
    r"lines?)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("url", ALL)
async def test_each_page_is_a_french_page_for_readers_and_screen_readers(pages: Any, url: str) -> None:
    page = await get(pages, url)
    assert '<html lang="fr">' in page
    assert page.count("<h1") == 1
    assert "– Permanence</title>" in page
    assert 'href="#content"' in page


@pytest.mark.parametrize("url", ALL)
async def test_no_english_word_of_datasettes_own_pages_is_left(pages: Any, url: str) -> None:
    quoted = r"(rules/\S+|[\w-]+@\S+|subscription|contract\.\w+|usage\.\w+|charge = bands|weekdays|\w+_\w+)"
    assert set(ENGLISH.findall(re.sub(quoted, "", words(await get(pages, url))))) == set()


@pytest.mark.parametrize("url", ["/nothing", "/billing/nothing", "/billing/invoice/none", "/billing/run/none"])
async def test_a_page_that_is_not_there_says_so_in_french(pages: Any, url: str, capfd: Any) -> None:
    answer = await pages.client.get(url)
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text
    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize("url", ["/billing/run/2026-10", "/calls/import/1", "/impact/replay/essentielle~402026-12-01"])
async def test_a_result_says_which_version_of_the_product_made_it(pages: Any, url: str) -> None:
    page = words(await get(pages, url))
    assert "Version du logiciel" in page
    assert ("0.1.0" in page) == ("impact" not in url)


@pytest.mark.parametrize("url", ["/", "/billing", "/calls", "/impact", "/.json", "/billing.json"])
async def test_what_only_upgrades_read_is_on_no_page(pages: Any, url: str) -> None:
    assert STEPS_TAKEN not in await get(pages, url)


async def test_a_sort_that_is_not_offered_is_a_request_not_understood(pages: Any) -> None:
    answer = await pages.client.get("/billing/invoice?_sort=band")
    assert answer.status_code == 400
    assert "Demande incomprise" in answer.text
    assert (await pages.client.get("/billing/invoice.json?_sort=band")).json()["status"] == 400


async def test_what_nobody_foresaw_is_logged_and_excused(pages: Any, caplog: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("permanence.staff.home.MONTHS", "select * from no_such_table")
    answer = await pages.client.get("/")
    assert answer.status_code == 500
    assert "Page en échec" in answer.text
    assert "no_such_table" in caplog.text


@pytest.mark.parametrize("url", ALL)
async def test_no_page_asks_anything_of_another_host(pages: Any, url: str) -> None:
    page = await get(pages, url)
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!localhost)[^"]*', page) == []


def test_every_column_of_every_table_has_a_french_title() -> None:
    columns = [(table.name, column.name) for table in TABLES for column in table.columns]
    untitled = [
        (table, name)
        for table, name in columns
        if not (name == "id" and table in KEYS) and (table, name) not in OWN_TITLES and name not in TITLES
    ]
    assert untitled == []


@pytest.mark.parametrize(("url", "table"), list(zip(LISTS, TABLES, strict=True)))
async def test_each_table_bears_its_french_title(pages: Any, url: str, table: Table) -> None:
    assert f"<h1>{table.title}" in await get(pages, url)


@pytest.mark.parametrize("name", QUERIES)
async def test_each_canned_query_answers(pages: Any, name: str) -> None:
    arguments, found = QUERIES[name]
    page = await get(pages, f"/billing/{name}{arguments}")
    assert found in page
    assert canned_queries()[name]["title"].split("'")[0] in page
    assert 'class="error"' not in page


def test_each_canned_query_is_tried_above() -> None:
    assert set(canned_queries()) == set(QUERIES)


async def test_the_margin_says_how_near_the_next_band_is_near(pages: Any) -> None:
    url = "/billing/next_band.json?_shape=array&month=2026-10"
    near = {margin: (await pages.client.get(f"{url}&margin={margin}")).json() for margin in ("", "2", "9")}
    assert {margin: [row["invoice"] for row in rows] for margin, rows in near.items()} == {
        "": ["2026-10-C0002", "2026-10-C0001"],
        "2": ["2026-10-C0002"],
        "9": ["2026-10-C0002", "2026-10-C0001"],
    }


async def test_records_and_outcomes_are_held_against_what_came_in(pages: Any) -> None:
    rows = (await pages.client.get("/billing/calls_by_outcome.json?_shape=array")).json()
    assert [row["balance"] for row in rows] == ["facturé par une version antérieure", "juste"]


async def test_the_months_and_their_turnover_stand_on_the_home_page(pages: Any) -> None:
    page = await get(pages, "/")
    assert "novembre 2026" in page
    assert page.count("incomplet<") == 1
    assert "1\u202f901,50\u00a0€" in page
    assert "64\u202f943" in page
    assert '<svg class="chart"' in page
    assert "Permanence Essentielle 1\u202f293,50\u00a0€, " in page
    assert "Vétérinaires du Vallon" in page
    assert "12 appels en attente" in page


def test_the_longest_bar_fills_the_chart_and_a_credit_has_none() -> None:
    drawn = bars(
        [
            {"title": "A", "net_cents": 500, "before_cents": 1000},
            {"title": "B", "net_cents": -200, "before_cents": 0},
        ]
    )
    assert [(bar.width, bar.before_width) for bar in drawn] == [(50, 100), (0, 0)]
    assert bars([]) == ()
    assert [bar.width for bar in bars([{"title": "A", "net_cents": 0, "before_cents": 0}])] == [0]


async def test_a_price_for_many_units_says_for_what_it_is(pages: Any) -> None:
    shown = words(await get(pages, "/billing/invoice/2026-10-C0005")).translate(SPACES)
    assert "4 530 s 1,40 € la minute 105,70 €" in shown
    assert "1 mois 310,00 € 310,00 €" in shown
    assert "Prix pour (unités)" in await get(pages, "/billing/line")


async def test_an_invoice_shows_amounts_rules_and_calls(pages: Any) -> None:
    page = words(await get(pages, "/billing/invoice/2026-11-C0001"))
    for text in (
        "Cabinet d'infirmières des Tilleuls",
        "Facture de novembre 2026",
        "provisoire",
        "Facturé sans les appels habituels le 5 novembre 2026, du 9 au 13 novembre 2026 : ils n'ont pas été importés.",
        "du 1er au 30 novembre 2026 (30 jours)",
        "145 appels traités : forfait jusqu'à 150 appels",
        "Appels traités, comptés dans le forfait : 145 appels",
        "Le contrat est en service au moins un jour du mois : oui",
        "TVA 20\u00a0% sur 1\u202f234,50\u00a0€",
        "1\u202f481,40\u00a0€",
        "hors plage",
    ):
        assert " ".join(text.split()) in page


async def test_an_amount_leads_to_its_line_in_the_rule_file_as_it_stood(pages: Any) -> None:
    page = await get(pages, "/billing/invoice/2026-11-C0001")
    address, line = re.findall(r'href="(/billing/offer/\w+)#L(\d+)"', page)[0]
    assert f'<li id="L{line}"><code>[[rule]]</code>' in await get(pages, address)


async def test_what_customers_wrote_is_never_markup(pages: Any) -> None:
    for url in ("/billing/invoice", "/billing/contract", "/billing/invoice/2026-10-C0002", "/billing/contract/C0002"):
        page = await get(pages, url)
        assert "&lt;SARL&gt;" in page
        assert "<SARL>" not in page


@pytest.mark.parametrize(
    ("first", "days", "text"),
    [
        ("2026-10-12", 20, "du 12 au 31 octobre 2026 (20 jours)"),
        ("2026-10-31", 1, "le 31 octobre 2026 (1 jour)"),
        ("2026-10-01", 0, "aucun jour"),
    ],
)
def test_the_days_served_read_as_a_sentence(first: str, days: int, text: str) -> None:
    assert served({"served_from": first, "served_days": days}) == text


def test_a_fact_goes_with_its_meaning_and_its_unit() -> None:
    assert fact_in_words("usage.escalated", "3", "Appels marqués « escalated »", "appels") == {
        "name": "usage.escalated",
        "meaning": "Appels marqués « escalated »",
        "value": "3 appels",
    }
    assert fact_in_words("mission", "complex", "Mission", "")["value"] == "complexe"
    assert fact_in_words("contract.days", "31", "Jours", "jours")["value"] == "31 jours"
    assert fact_in_words("option.svi", "1", "Le contrat a l'option « SVI »", "")["value"] == "oui"


async def test_an_invoice_shows_the_work_of_its_month_and_what_nobody_pays_for(pages: Any) -> None:
    page = words(await get(pages, "/billing/invoice/2026-10-C0003"))
    assert "letters compté 12 2" in page
    assert "leters compté, sans prix : l'offre n'en fait rien 3 1" in page
    assert "Travaux du mois" not in words(await get(pages, "/billing/invoice/2026-10-C0002"))


def test_a_record_that_was_known_already_says_so_in_french() -> None:
    assert known_in_words("known already: line 3 of a.csv") == "déjà connu : ligne 3 de a.csv"
    other = "known with other content: talk 3 is now 4: line 3 of a.csv"
    assert known_in_words(other) == "déjà connu, avec un autre contenu : talk 3 is now 4 : ligne 3 de a.csv"


def test_what_came_of_a_command_is_told_in_words_as_the_log_tells_it() -> None:
    noted = '{"documents": 2, "first": "F-1", "head": "2:ab", "last": "F-2", "month": "2026-10"}'
    assert cell("came_of", noted, "") == "octobre 2026 · 2 documents, de F-1 à F-2 · fin du registre 2:ab"


async def test_a_contracts_page_shows_what_was_agreed_with_this_customer_with_days_and_reason(pages: Any) -> None:
    page = words(await get(pages, "/billing/contract/C0002"))
    assert "Choix et conditions propres Nature Condition À compter du Jusqu'à la veille du Motif" in page
    assert "remise Remise de 10 % de la formule mise en service 30/06/2027 Remise de bienvenue." in page.translate(
        SPACES
    )
    assert "quantité Praticiens : 3 01/03/2026 sans fin" in page
    assert "prix convenu Prix convenu pour « Nuit » : 0,45 €" in page.translate(SPACES)
    assert "Choix et conditions propres Nature" not in words(await get(pages, "/billing/contract/C0001"))

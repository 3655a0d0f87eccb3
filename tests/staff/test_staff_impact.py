"""The page of an impact: both charts, each with its figures in words beside it, and who changes most."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve
from permanence.model.impact import Amounts
from permanence.model.money import Cents
from permanence.model.period import Month
from permanence.model.problem import Refused
from permanence.staff.application import application, close
from permanence.staff.impact_told import HEIGHT, LONGEST, RISE, bars, columns, labels
from permanence.store.impacts import write_database
from permanence.store.migrations import IMPACT
from permanence.store.opening import open_to_write
from sqlite_utils import Database

from tests.docs.documents import SPACES
from tests.staff.conftest import an_impact
from tests.staff.reading import get, words

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def charts(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(drawn) for drawn in SVG.findall(page)]


def table(page: str, heading: str) -> str:
    """Return the words of the table under a heading."""
    found = re.search(rf'id="{heading}".*?<table>(.*?)</table>', page, re.DOTALL)
    assert found
    return words(found[1]).translate(SPACES)


async def test_the_page_says_what_is_compared_with_what_and_what_it_comes_to(pages: Any) -> None:
    text = words(await get(pages, "/impact")).translate(SPACES)
    assert "essentielle@2026-12-01 à la place de essentielle@2026-01-01" in text
    assert "8 contrats, 24 factures, de septembre 2026 à novembre 2026 : + 37,50 € hors taxes" in text
    assert "3 contrats paient plus (+ 72,00 €), 2 paient moins (− 34,50 €), 3 inchangés." in text
    assert "1 contrat n'est pas comparé : voir plus bas." in text
    assert "mesurés à nouveau, car la nouvelle version change [count]." in text
    assert "Les nombres d'appels affichés sont ceux de l'ancienne version." in text
    assert "1 contrat, 3 mois Après : L'offre essentielle@2026-12-01 n'a pas d'option « svi »." in text


async def test_each_chart_is_drawn_in_the_page_and_told_to_those_who_do_not_see_it(pages: Any) -> None:
    months, changes, bins = charts(await get(pages, "/impact"))
    for chart in (months, changes, bins):
        title, said = chart[0], chart[1]
        assert chart.attrib["aria-labelledby"].split() == [title.attrib["id"], said.attrib["id"]]
        assert title.text
    told = "".join(months[1].itertext()).translate(SPACES)
    assert told.startswith("septembre 2026 : 1 196,80 € avant, 1 209,30 € après ; octobre 2026")
    changed = "".join(changes[1].itertext()).translate(SPACES)
    assert changed == "septembre 2026 : + 12,50 € ; octobre 2026 : + 12,50 € ; novembre 2026 : + 12,50 €."
    spread = "".join(bins[1].itertext()).translate(SPACES)
    assert "inchangé : 3 contrats" in spread
    assert "de + 30,00 € à + 40,00 € : 1 contrat" in spread


async def test_the_columns_stand_on_one_line_and_the_bars_begin_on_one(pages: Any) -> None:
    months, _, bins = charts(await get(pages, "/impact"))
    rects = [{name: float(rect.attrib[name]) for name in ("x", "y", "width", "height")} for rect in months.iter("rect")]
    named = [text.text or "" for text in months.iter("text") if text.attrib.get("class") != "amount"]
    assert named == ["sept.", "2026", "oct.", "nov."]
    assert len(rects) == 6
    assert {rect["y"] + rect["height"] for rect in rects} == {200}
    assert all(one["x"] + one["width"] <= other["x"] for one, other in pairwise(rects))
    assert {rect.attrib["x"] for rect in bins.iter("rect")} == {"280"}


async def test_the_same_figures_stand_in_tables_beside_the_charts(pages: Any) -> None:
    page = await get(pages, "/impact")
    assert "octobre 2026 1 196,80 € 1 209,30 € + 12,50 € 3 1" in table(page, "months")
    assert "Total 3 590,40 € 3 627,90 € + 37,50 € 9 3" in table(page, "months")
    assert "inchangé 3" in table(page, "bins")


async def test_the_largest_rises_and_falls_and_each_rule_are_listed(pages: Any) -> None:
    page = await get(pages, "/impact")
    assert table(page, "rises").index("Client 6 C0006") < table(page, "rises").index("Client 4 C0004")
    assert "Client 8 C0008 448,80 € 421,80 € − 27,00 € − 6,02 %" in table(page, "falls")
    assert "C0001" not in table(page, "rises") + table(page, "falls")
    why = table(page, "rules")
    assert "Le forfait correspond au nombre d'appels traités. + 37,50 €" in why
    assert "Essentielle, jusqu'à 150 appels 15 3 576,00 € 3 613,50 € + 37,50 €" in why
    assert "Nuit" not in why
    assert "Le reste des factures, 14,40 €, ne change pas." in words(page).translate(SPACES)
    assert "sur" not in table(page, "rises")


async def test_bills_that_change_band_say_so_on_every_page(pages: Any) -> None:
    for path in ("/impact", "/impact/replay_month", "/impact/replay_contract", "/impact/replay_contract/C0006"):
        text = words(await get(pages, path))
        assert "Montent de tranche" in text
        assert "Descendent de tranche" in text
    assert "Appels (ancienne version)" in words(await get(pages, "/impact/replay_contract"))
    assert "− 6,02 %" in words(await get(pages, "/impact/replay_contract/C0008")).translate(SPACES)


async def test_an_offer_without_bands_has_no_columns_of_bands(billing_db: Path, tmp_path: Path) -> None:
    impact = an_impact([100, -100])
    bills = tuple(evolve(bill, band_before=None, band_after=None) for bill in impact.bills)
    write_database(tmp_path / "impact.db", evolve(impact, bills=bills))
    pages = application(billing_db, None, tmp_path / "impact.db")
    text = words(await get(pages, "/impact"))
    assert "Avant et après, par mois" in text
    assert "tranche" not in text
    close(pages)


async def test_more_rises_falls_and_lines_than_are_listed_have_a_way_to_all(billing_db: Path, tmp_path: Path) -> None:
    crowd = an_impact([*range(100, 112), -100])
    bills = [
        evolve(bill, charged={("bands", "subscription", f"Ligne {number}"): Amounts(Cents(100), Cents(100 + number))})
        for number, bill in enumerate(crowd.bills, 1)
    ]
    write_database(tmp_path / "impact.db", evolve(crowd, bills=tuple(bills), whys={}))
    pages = application(billing_db, None, tmp_path / "impact.db")
    page = await get(pages, "/impact")
    assert "10 sur 13 : voir tous les contrats" in words(page).translate(SPACES)
    assert "19 autres lignes" in words(page)
    assert "Règle subscription" in words(page)
    for link in re.findall(r'href="(/impact/replay_(?:rule|contract)\?[^"]+)"', page):
        await get(pages, link.replace("&amp;", "&"))
    close(pages)


async def test_a_month_that_falls_is_drawn_below_the_line(billing_db: Path, tmp_path: Path) -> None:
    write_database(tmp_path / "impact.db", an_impact([-100]))
    pages = application(billing_db, None, tmp_path / "impact.db")
    _, changes, _ = charts(await get(pages, "/impact"))
    assert {(rect.attrib["y"], rect.attrib["height"]) for rect in changes.iter("rect")} == {("100", str(float(RISE)))}
    close(pages)


async def test_the_ways_from_the_page_lead_somewhere(pages: Any) -> None:
    page = await get(pages, "/impact")
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/impact[^"]+)"', page)}
    assert any("why_after__exact" in link for link in links)
    for link in links:
        await get(pages, link)
    (held,) = [link for link in links if "why_after__exact" in link]
    assert "Client 99" in await get(pages, held)


async def test_without_impact_db_there_is_no_way_to_it(billing_db: Path) -> None:
    pages = application(billing_db, None, billing_db.with_name("impact.db"))
    assert "Incidence" not in (await pages.client.get("/")).text
    assert (await pages.client.get("/impact")).status_code == 404
    close(pages)


async def test_an_impact_of_nothing_says_so(billing_db: Path, tmp_path: Path) -> None:
    open_to_write(tmp_path / "impact.db", IMPACT).close()
    pages = application(billing_db, None, tmp_path / "impact.db")
    assert "Aucune version n'a encore été comparée." in await get(pages, "/impact")
    close(pages)


@pytest.mark.parametrize(
    ("first", "count", "named"),
    [
        (Month(2026, 5), 1, "mai 2026"),
        (Month(2026, 10), 3, "oct. 2026 nov. déc."),
        (
            Month(2025, 11),
            12,
            "nov. 2025 déc. janv. 2026 févr. mars avr. mai juin juil. août sept. oct.",
        ),
        (Month(2025, 11), 13, "nov. 2025 janv. 2026 mars mai juil. sept. nov."),
        (Month(2025, 1), 36, "janv. 2025 avr. juil. oct. janv. 2026 avr. juil. oct. janv. 2027 avr. juil. oct."),
        (Month(2020, 1), 0, ""),
    ],
)
def test_twelve_months_at_most_are_named_below_the_columns_with_each_new_year(
    first: Month, count: int, named: str
) -> None:
    months = [first]
    while len(months) < count:
        months.append(months[-1].next)
    told = labels([str(month) for month in months][:count])
    assert " ".join(word for label in told.values() for word in label if word) == named


def test_the_highest_column_and_the_longest_bar_fill_the_chart_and_nothing_draws_nothing() -> None:
    drawn = columns([{"id": "2026-10", "before_cents": 500, "after_cents": 1000, "change_cents": 500}])
    assert [(one.before, one.after, one.change) for one in drawn] == [(HEIGHT / 2, HEIGHT, RISE)]
    empty = columns([{"id": "2026-10", "before_cents": 0, "after_cents": 0, "change_cents": 0}])
    assert [(one.before, one.after, one.change) for one in empty] == [(0, 0, 0)]
    counts = [{"from_cents": 0, "to_cents": 0, "contracts": 4}, {"from_cents": 0, "to_cents": 100, "contracts": 1}]
    assert [one.width for one in bars(counts, "EUR")] == [LONGEST, LONGEST / 4]
    assert (columns([]), bars([], "EUR")) == ((), ())


def test_an_impact_of_a_later_version_is_told_by_who_would_read_or_write_it(billing_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "impact.db"
    write_database(path, an_impact([0, 100]))
    database = Database(path)
    database.execute("PRAGMA user_version = 9")
    database.close()
    for use in (lambda: write_database(path, an_impact([0])), lambda: application(billing_db, None, path)):
        with pytest.raises(Refused) as refused:
            use()
        assert str(refused.value) == (
            "impact.db: a later version of Permanence made this database: its tables are version 9; "
            f"this one knows version {IMPACT.version}: install the later Permanence, or name another file"
        )

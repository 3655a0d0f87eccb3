"""The page of an impact: both charts, each with its figures in words beside it, and who changes most."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlite_utils import Database

from engine.model.period import Month
from engine.staff.application import application, close
from engine.staff.impact import HEIGHT, LONGEST, bars, columns, labels
from engine.store.impact_tables import IMPACT_TABLES
from engine.store.schema import create
from tests.docs.documents import SPACES
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
    assert "La moitié des contrats changent de - 7,50 € à + 18,00 €, médiane 0,00 €." in text
    assert "Les appels ont été mesurés à nouveau" in text
    assert "1 contrat, 3 mois Après : L'offre essentielle@2026-12-01 n'a pas d'option « svi »." in text


async def test_each_chart_is_drawn_in_the_page_and_told_to_those_who_do_not_see_it(pages: Any) -> None:
    months, bins = charts(await get(pages, "/impact"))
    for chart in (months, bins):
        title, said = chart[0], chart[1]
        assert chart.attrib["aria-labelledby"].split() == [title.attrib["id"], said.attrib["id"]]
        assert title.text
    told = "".join(months[1].itertext()).translate(SPACES)
    assert told.startswith("septembre 2026 : 1 196,80 € avant, 1 209,30 € après ; octobre 2026")
    spread = "".join(bins[1].itertext()).translate(SPACES)
    assert "inchangé : 3 contrats" in spread
    assert "de + 30,00 € à + 40,00 € : 1 contrat" in spread


async def test_the_columns_stand_on_one_line_and_the_bars_begin_on_one(pages: Any) -> None:
    months, bins = charts(await get(pages, "/impact"))
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
    assert "Client 8 C0008 448,80 € 421,80 € - 27,00 € -6,02 %" in table(page, "falls")
    assert "C0001" not in table(page, "rises") + table(page, "falls")
    assert "forfait par tranches 3 576,00 € 3 613,50 € + 37,50 €" in table(page, "rules")


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
    database = Database(tmp_path / "impact.db")
    create(database, IMPACT_TABLES)
    database.close()
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
    drawn = columns([{"id": "2026-10", "before_cents": 500, "after_cents": 1000}])
    assert [(one.before, one.after) for one in drawn] == [(HEIGHT / 2, HEIGHT)]
    empty = columns([{"id": "2026-10", "before_cents": 0, "after_cents": -5}])
    assert [(one.before, one.after) for one in empty] == [(0, 0)]
    counts = [{"from_cents": 0, "to_cents": 0, "contracts": 4}, {"from_cents": 0, "to_cents": 100, "contracts": 1}]
    assert [one.width for one in bars(counts)] == [LONGEST, LONGEST / 4]
    assert (columns([]), bars([])) == ((), ())

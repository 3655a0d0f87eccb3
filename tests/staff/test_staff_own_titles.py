"""Staff read the titles of an offer, never the names of its file: on every page, and in what `explain` prints."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from permanence.read.toml.located_toml import read_toml
from permanence.staff.application import application, close
from permanence.staff.own_titles import READ
from permanence.store.migrations import BILLING
from permanence.store.table import Table

from tests.cli.typed import out, typed, values
from tests.staff.reading import get

OFFER, LATER = Path("rules/cabinets-2026-01-01.toml"), Path("later.toml")
TITLED = ("mission", "plan", "mark", "reason", "price", "option", "quantity", "work", "number", "occurrence")
BILL = ("bill", "2026-10", "--on", "2026-11-02", "--incomplete")


@pytest.fixture(scope="module")
def billed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a folder the current one in which a month is billed and replayed: all in the offer has a title."""
    here = tmp_path_factory.mktemp("titles") / "here"
    shutil.copytree(Path(__file__).parent / "cabinets", here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        out("calls", "import", "calls.csv", "--format", "generic")
        out("usage", "import", "work.csv")
        out(*BILL)
        text = OFFER.read_text("utf-8").replace("sold_from = 2026-01-01", "sold_from = 2026-12-01")
        LATER.write_text(text.replace('amount = "0.80"', 'amount = "0.95"'), "utf-8")
        typed("check", str(LATER), "--correct-examples")
        months = ("--months", "2026-10..2026-10")
        out("impact", str(LATER), "--against", "cabinets@2026-01-01", *months, "--database", "impact.db")
        yield here


@pytest.fixture
async def served(billed: Path) -> AsyncIterator[Any]:
    """Return the application over what was billed."""
    pages = application(billed / "billing.db", billed / "calls.db", billed / "impact.db")
    await pages.invoke_startup()
    yield pages
    close(pages)


def ids(path: Path) -> frozenset[str]:
    """Return every name that an offer's file gives to something of its own."""
    table = read_toml(path).table
    named = {name for kind in TITLED for name in table.get(kind, {})}
    named |= {window["id"] for window in table["coverage"]["window"]}
    return frozenset(named | {rule["id"] for rule in table["rule"]})


class Shown(HTMLParser):
    """What a page shows at first sight: no tooltip, no key beside a title, nothing quoted from a rule file."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.beside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self.beside or tag in ("code", "pre", "style") or "key" in (found.get("class") or "").split():
            self.beside += [tag] if tag not in ("br", "input", "img", "meta", "link") else []
        if tag == "a":
            self.links.append(found.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.beside:
            self.beside.pop()

    def handle_data(self, data: str) -> None:
        if not self.beside:
            self.text.append(data)


def read_ids(text: str, named: frozenset[str]) -> set[str]:
    """Return the ids that stand in a text as words of their own."""
    return {name for name in named if re.search(rf"(?<![\w@-]){re.escape(name)}(?![\w@-])", text)}


def followed(link: str) -> str:
    """Return what a link leads to, where it is a page that no other choice of a list shows; nothing for a file."""
    path = link.partition("#")[0]
    query = path.partition("?")[2]
    page = path.startswith("/") and not re.search(r"\.(csv|json)", path)
    return path if page and (not query or query.startswith("line=")) else ""


async def test_every_page_that_can_be_reached_shows_titles(served: Any, billed: Path) -> None:
    named = ids(billed / OFFER)
    asked, seen, found = ["/"], set[str](), dict[str, set[str]]()
    while asked:
        url = asked.pop()
        shown = Shown()
        shown.feed(await get(served, url))
        if read := read_ids(" ".join(shown.text), named):
            found[url] = read
        seen.add(url)
        asked += [link for link in dict.fromkeys(map(followed, shown.links)) if link and link not in {*seen, *asked}]
    assert "\n".join(f"{url}: {sorted(read)}" for url, read in found.items()) == ""
    assert {"/billing/invoice/2026-10-C0001", "/appels/2026-10/C0001", "/billing/contract/C0001", "/impact"} <= seen


async def test_an_invoice_says_what_its_offer_calls_things(served: Any) -> None:
    page = await get(served, "/billing/invoice/2026-10-C0001")
    for title in ("mission Courrier", "Appels du soir", "Démarchage", "Courriers dactylographiés", "Étendue"):
        assert title in page


async def test_what_no_invoice_has_is_no_column_and_a_deposit_is_one(served: Any) -> None:
    page = await get(served, "/billing/invoice")
    assert "Tranche jusqu'à" not in page.partition("<table>")[2]
    assert "Dépôt de garantie" in page
    assert "Dépôt de garantie" not in (await get(served, "/billing/invoice?contract=C0001")).partition("<table>")[2]
    assert "Marques" not in await get(served, "/billing/invoice/2026-10-C0002")


async def test_a_list_of_lines_says_what_is_charged_and_shares_in_per_cent(served: Any) -> None:
    shown = Shown()
    shown.feed(await get(served, "/billing/line"))
    text = " ".join(" ".join(shown.text).split()).replace("\u00a0", " ")
    for said in ("Supplément de soirée", "dépôt de garantie", "remise convenue n° 1", "− 5 %", "+ 25 %"):
        assert said in text
    assert "deposit" not in text
    assert "10\u202f000" not in text


@pytest.mark.parametrize(
    "table", [*(table for table in BILLING.tables if table.name in READ)], ids=lambda one: one.name
)
async def test_a_list_that_leaves_out_whose_a_row_is_is_shown_all_the_same(served: Any, table: Table) -> None:
    keys = table.key or (table.columns[0].name,)
    without = [name for name in (*READ[table.name], *(["unit"] if table.name == "line" else [])) if name not in keys]
    address = "&".join(f"_nocol={name}" for name in without)
    assert "<table>" in await get(served, f"/billing/{table.name}?{address}")


async def test_a_title_is_chosen_and_typed_as_it_is_read(served: Any) -> None:
    chosen = await get(served, "/billing/contract?mission__exact=courrier_simple")
    assert 'value="Mission Courrier"' in chosen
    form = "_filter_column_1=mission&_filter_op_1=exact&_filter_value_1=accueil+et+conseil"
    answer = await served.client.get(f"/billing/contract?{form}", follow_redirects=True)
    assert "C0002" in answer.text
    assert "C0001" not in answer.text
    known = await served.client.get(f"/billing/contract?{form.replace('accueil+et+conseil', 'conseil_plus')}")
    assert known.headers["location"].endswith("mission__exact=conseil_plus")


async def test_a_contract_says_what_its_offer_is_called(served: Any) -> None:
    page = await get(served, "/billing/contract/C0001")
    assert 'Secrétariat des cabinets <span class="key">cabinets@2026-01-01</span>' in page


def told(text: str) -> str:
    """Return what is printed but for what is quoted of a rule's text, and what stands in brackets at the end."""
    lines = (line for line in text.splitlines() if not line.startswith("    "))
    return "\n".join(re.sub(r"\((règle de \S+, )?[\w., -]+\)$", "", line.rstrip()) for line in lines)


@pytest.mark.parametrize("contract", ["C0001", "C0002", "C0004"])
def test_an_explanation_says_titles_and_where_the_rule_is(billed: Path, contract: str) -> None:
    text = out("explain", f"2026-10-{contract}", "--calls")
    assert read_ids(told(text), ids(OFFER)) == set()
    assert f"règle de {OFFER}:" in text


def test_for_scripts_the_ids_stand_beside_their_titles(billed: Path) -> None:
    explained = values("explain", "2026-10-C0001", "--calls")
    assert (explained["mission"], explained["mission_title"]) == ("courrier_simple", "mission Courrier")
    assert explained["titles"]["mark"] == {"apres_19h": "Appels du soir"}
    evening = {(row["marks"], row["marks_title"]) for row in explained["usage"]}
    assert evening == {("", ""), ("apres_19h", "Appels du soir")}
    assert {call["reason_title"] for call in explained["calls_behind"]} == {"", "sans réponse", "Démarchage"}


def test_calls_that_are_found_and_work_that_waits_go_by_titles(billed: Path) -> None:
    for asked in (("calls", "find", "--contract", "C0001", "--at", "2026-10-13"), BILL):
        assert read_ids(told(out(*asked)), ids(OFFER)) == set()
    assert "Courriers dactylographiés, 4" in out(*BILL)


async def test_what_a_later_version_calls_things_leaves_the_page_of_an_earlier_month_alone(served: Any) -> None:
    later = Path("rules", LATER.name)
    text = LATER.read_text("utf-8").replace("Appels du soir", "Appels tardifs").replace("Démarchage", "Vente")
    later.write_text(text, "utf-8")
    out("bill", "2026-09", "--on", "2026-11-02", "--incomplete")
    for told in (await get(served, "/billing/invoice/2026-10-C0001"), out("explain", "2026-10-C0001")):
        assert "Appels du soir" in told
        assert "Démarchage" in told
        assert "Vente" not in told
    assert "Vente" in await get(served, "/billing/title?thing=reason")
    later.unlink()

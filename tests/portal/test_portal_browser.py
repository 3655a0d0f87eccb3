"""A customer's page in a real browser, on a telephone and on a desk: nothing is cut off, nothing is refused."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from permanence.portal.serving import listening
from playwright.sync_api import Browser, Page, sync_playwright

from tests.portal.conftest import Portal

REQUIRED = "PERMANENCE_BROWSER" in os.environ
"""Set by `.ci/run`, which installs one: without it these tests are left out, and `make test` says so in a line."""
CHROMIUM = os.environ.get("PERMANENCE_BROWSER") or shutil.which("chromium") or ""
STARTED_WITH = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTHS = {"telephone": (390, 844), "desk": (1440, 900)}
BEYOND = """() => [...document.querySelectorAll('body *')].filter(one => !one.closest('svg, .scroll'))
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length"""

pytestmark = pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).is_file(), "no browser, and PERMANENCE_BROWSER asks for one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(STARTED_WITH))
        yield browser
        browser.close()


@pytest.fixture
def address(portal: Portal) -> Iterator[str]:
    """Yield where the pages are served, by a server as `permanence portal` runs it."""
    with listening("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(portal.client.app, log_level="warning", lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/c/{portal.tokens['C0001']}"
        server.should_exit = True
        thread.join()


def opened(browser: Browser, width: str) -> tuple[Page, list[str]]:
    """Return a page of a width, with a list that grows by what the browser complains of and asks of others."""
    wide, high = WIDTHS[width]
    page, said = browser.new_page(viewport={"width": wide, "height": high}), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.extend([] if asked.url.startswith("http://127.0.0.1:") else [asked.url]))
    return page, said


@pytest.mark.parametrize("width", WIDTHS)
def test_a_customer_reads_his_month_and_follows_an_invoice_to_its_reasons(
    browser: Browser, address: str, width: str
) -> None:
    page, said = opened(browser, width)
    try:
        page.goto(address)
        assert page.locator("h1").inner_text() == page.title() == "Vos appels en février 2026"
        gauge = page.get_by_role("img", name="1 appel sur 2 à ce prix")
        bar, track = (gauge.locator(f".{mark}").bounding_box() for mark in ("so-far", "track"))
        assert bar
        assert track
        assert bar["width"] == pytest.approx(track["width"] / 2, rel=0.01)
        assert page.locator("main").evaluate("one => getComputedStyle(one).maxWidth") != "none"
        assert page.evaluate(BEYOND) == 0
        page.get_by_role("link", name="Tous les appels du mois").click()
        assert page.locator("h1").inner_text() == page.title() == "Tous vos appels en février 2026"
        assert page.locator("table.calls tbody tr").count() == 1
        assert page.evaluate(BEYOND) == 0
        page.get_by_role("link", name="Retour").click()
        page.get_by_role("link", name="F-2026-00001").click()
        assert "12,00" in page.locator("table").inner_text()
        assert page.evaluate(BEYOND) == 0
        assert said == []
        assert page.evaluate("document.referrer") == ""
        answer = page.goto(f"{address}x")
        assert answer
        assert answer.status == 404
        assert page.locator("h1").inner_text() == "Cette page n'est pas disponible"
        assert page.evaluate(BEYOND) == 0
    finally:
        page.close()

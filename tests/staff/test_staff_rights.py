"""Who may see what: the machine itself looks, everybody else is refused, and nobody reads a caller's number."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.plugins import pm
from permanence.staff.rights import HERE, permission_allowed

PAGES = [
    "/",
    "/.json",
    "/billing",
    "/billing.json",
    "/billing/invoice",
    "/billing/invoice.json",
    "/billing/invoice.csv",
    "/billing/invoice/2026-11-C0001",
    "/billing/invoice/2026-11-C0001.json",
    "/billing/revenue",
    "/appels/2026-11/C0001",
    "/appels/2026-11/C0001.json",
    "/appels/2026-11/C0001.csv",
    "/calls/call",
    "/calls/call.json",
    "/calls/call.csv",
    "/impact",
    "/impact/replay_bill",
    "/impact/replay_bill.csv",
]
NEVER = [
    "/billing?sql=select+1",
    "/billing.json?sql=select+1",
    "/billing/invoice.json?_where=1=1",
    "/billing.db",
    "/calls.db",
    "/impact.json?sql=select+1",
    "/impact.db",
    "/billing/_sqlite_migrations",
    "/billing/call_kept",
    "/billing/call_kept.json",
    "/calls/_sqlite_migrations.json",
    "/_internal/tables.json",
    "/-/metadata.json",
    "/-/plugins.json",
    "/-/databases.json",
    "/-/permissions",
    "/-/auth-token?token=x",
    "/-/allow-debug",
    "/-/actor.json",
]


@pytest.mark.parametrize("url", PAGES)
async def test_the_machine_itself_sees_the_page(pages: Any, url: str) -> None:
    assert (await pages.client.get(url)).status_code == 200


@pytest.mark.parametrize("url", PAGES)
async def test_another_address_is_refused(stranger: httpx.AsyncClient, url: str) -> None:
    refused = await stranger.get(url)
    assert refused.status_code == 403
    assert "C0001" not in refused.text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "x-forwarded-host"])
async def test_what_a_proxy_passes_on_is_refused(pages: Any, header: str) -> None:
    assert (await pages.client.get("/billing/invoice", headers={header: "127.0.0.1"})).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8001", "[", ""])
async def test_a_foreign_host_name_is_refused(pages: Any, host: str) -> None:
    assert (await pages.client.get("/billing/invoice", headers={"Host": host})).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8001", "127.0.0.1:8001", "[::1]:8001", "[::1]"])
async def test_the_machine_may_go_by_any_of_its_own_names(pages: Any, host: str) -> None:
    assert (await pages.client.get("/billing/invoice", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("127.8.9.1", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),
        ("192.168.1.10", 403),
        ("::ffff:10.0.0.5", 403),
        ("2001:db8::1", 403),
        ("testclient", 403),
    ],
)
async def test_only_loopback_addresses_are_the_machine_itself(pages: Any, address: str, status: int) -> None:
    transport = httpx.ASGITransport(app=pages.app(), client=(address, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get("/billing/invoice")).status_code == status


@pytest.mark.parametrize("url", NEVER)
async def test_free_sql_downloads_and_service_pages_are_closed_to_all(
    pages: Any, stranger: httpx.AsyncClient, url: str
) -> None:
    answers = [await pages.client.get(url), await stranger.get(url)]
    assert [answer.status_code for answer in answers] == [403, 403]


async def test_a_signed_cookie_of_another_actor_opens_nothing_from_afar(
    pages: Any, stranger: httpx.AsyncClient
) -> None:
    stranger.cookies.set("ds_actor", pages.sign({"a": {"id": "root"}}, "actor"))
    assert (await stranger.get("/billing/invoice")).status_code == 403


async def test_nobody_but_our_plugin_and_the_core_answers_for_permissions(pages: Any) -> None:
    names = {implementation.plugin_name for implementation in pm.hook.permission_allowed.get_hookimpls()}
    assert names == {"datasette.default_permissions", "permanence.staff.rights"}


@pytest.mark.parametrize("action", ["view-database-download", "permissions-debug", "debug-menu", "whatever-comes"])
def test_an_action_that_nobody_thought_of_is_refused(action: str) -> None:
    assert permission_allowed(actor=HERE, action=action, resource="billing") is False


@pytest.mark.parametrize(
    "url",
    [
        "/calls/call",
        "/calls/call.json",
        "/calls/call.json?_shape=array",
        "/calls/call.csv",
        "/calls/call.csv?_stream=1",
        "/calls/call/1",
        "/calls/call.json?_facet=caller",
        "/calls/call.json?_col=caller&_col=call_id",
    ],
)
async def test_no_page_and_no_export_shows_a_callers_number(pages: Any, url: str, caller: str) -> None:
    answer = await pages.client.get(url)
    assert answer.status_code == 200
    assert "A1" in answer.text or "1793523600" in answer.text
    assert caller not in answer.text


async def test_a_callers_number_cannot_be_guessed_by_filtering(pages: Any, caller: str) -> None:
    answer = await pages.client.get("/calls/call.json", params={"caller__startswith": caller[:4]})
    assert answer.json()["filtered_table_rows_count"] == 0


async def test_a_strangers_refusal_shows_no_way_in(stranger: httpx.AsyncClient) -> None:
    page = (await stranger.get("/")).text
    assert "Accès refusé" in page
    assert "/billing" not in page


async def test_browsing_writes_nothing(pages: Any, billing_db: Path) -> None:
    before = billing_db.read_bytes()
    for url in PAGES:
        await pages.client.get(url)
    assert billing_db.read_bytes() == before

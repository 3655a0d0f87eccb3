"""Rows of which the key has two columns now: the addresses that they had lead to the pages that they have."""

import json
from typing import Any

import pytest
from permanence.staff.former_addresses import KEYS

from tests.staff.reading import get, words

FORMER = {
    "/billing/usage/2026-10-C0002-1": "/billing/usage/2026-10-C0002,1",
    "/billing/usage/2026-10-C0002-1.json?_shape=array": "/billing/usage/2026-10-C0002,1.json?_shape=array",
    "/billing/vat/2026-10-C0002-2000": "/billing/vat/2026-10-C0002,2000",
    "/billing/line_fact/2026-10-C0002-1-usage~2Ecalls": "/billing/line_fact/2026-10-C0002-1,2",
}


def test_each_table_whose_key_changed_is_asked_for() -> None:
    assert {address.split("/")[2] for address in FORMER} == set(KEYS)


@pytest.mark.parametrize(("former", "now"), FORMER.items())
async def test_the_address_that_a_row_had_leads_to_its_page(pages: Any, former: str, now: str) -> None:
    answer = await pages.client.get(former)
    assert (answer.status_code, answer.headers["location"]) == (301, now)
    assert (await pages.client.get(now)).status_code == 200


@pytest.mark.parametrize("table", KEYS)
async def test_where_there_never_was_such_a_row_there_is_no_page(pages: Any, table: str) -> None:
    answer = await pages.client.get(f"/billing/{table}/2026-10-C0002-77")
    assert answer.status_code == 404


async def test_the_page_of_a_row_is_headed_by_the_key_that_it_had(pages: Any) -> None:
    assert '<span class="key">2026-10-C0002-1</span>' in await get(pages, "/billing/usage/2026-10-C0002,1")
    assert "2026-10-C0002-1" in words(await get(pages, "/billing/usage/2026-10-C0002,1"))


@pytest.mark.parametrize("table", KEYS)
async def test_a_list_in_the_order_of_the_former_key_is_in_the_order_of_todays(pages: Any, table: str) -> None:
    async def listed(query: str) -> list[str]:
        rows = json.loads(await get(pages, f"/billing/{table}.json?_shape=array&{query}"))
        return [row["id"] for row in rows]

    plain = await listed("")
    assert sorted(plain) == sorted(await listed("_sort_desc=id"))
    assert await listed("_sort=id") == await listed("_next=2026-10-C0002-1") == plain
    firsts = [name.rpartition("-")[0] for name in await listed("_sort_desc=id")]
    assert firsts[0] > firsts[-1]


@pytest.mark.parametrize("table", KEYS)
async def test_no_list_shows_a_column_that_only_makes_up_a_key(pages: Any, table: str) -> None:
    page = await get(pages, f"/billing/{table}")
    assert [name for name in ("Link", "id", "number") if f'class="col-{name}' in page] == []

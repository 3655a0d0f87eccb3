"""Serving: what is refused before a page is shown, and one real visit over the network."""

import shutil
import socket
import sqlite3
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from permanence.model.problem import Refused
from permanence.staff.application import application, close, serve


def test_without_billing_db_there_is_nothing_to_browse(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is nothing to browse yet; run `permanence bill"):
        application(tmp_path / "billing.db", None)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "example.org"])
def test_a_host_beyond_this_machine_is_refused(billing_db: Path, host: str) -> None:
    with pytest.raises(Refused, match="is not this machine; there are no roles yet"):
        serve(billing_db, None, host=host)


def test_a_port_that_is_taken_is_refused(billing_db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"port {port} of 127.0.0.1 cannot be opened; .*--port {port + 1}"):
            serve(billing_db, None, port=port)


async def test_without_calls_db_there_is_no_way_to_it(billing_db: Path, tmp_path: Path) -> None:
    pages = application(billing_db, tmp_path / "calls.db")
    assert "Appels</a>" not in (await pages.client.get("/")).text
    assert (await pages.client.get("/calls")).status_code == 404
    close(pages)


async def test_a_month_that_is_billed_again_shows_without_a_restart(billing_db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "billing.db"
    shutil.copy(billing_db, copy)
    pages = application(copy, None)
    await pages.client.get("/billing/invoice/2026-10-C0001")
    with sqlite3.connect(copy) as writer:
        writer.execute("update invoice set total_cents = 4242 where id = '2026-10-C0001'")
    writer.close()
    assert "42,42\u00a0€" in (await pages.client.get("/billing/invoice/2026-10-C0001")).text
    close(pages)


def test_the_pages_are_served_to_this_machine_and_end_with_the_server(
    billing_db: Path, calls_db: Path, monkeypatch: Any
) -> None:
    opened: list[str] = []
    servers: list[uvicorn.Server] = []
    begin = uvicorn.Server.__init__

    def listed(server: uvicorn.Server, config: uvicorn.Config) -> None:
        begin(server, config)
        servers.append(server)

    monkeypatch.setattr(uvicorn.Server, "__init__", listed)
    monkeypatch.setattr("webbrowser.open", opened.append)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    visited: list[str] = []

    def visit() -> None:
        while not servers or not servers[0].started:
            threading.Event().wait(0.02)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/billing/invoice") as answer:
            visited.append(answer.read().decode())
        servers[0].should_exit = True

    visitor = threading.Thread(target=visit)
    visitor.start()
    serve(billing_db, calls_db, port=port, open_browser=True)
    visitor.join()
    assert opened == [f"http://127.0.0.1:{port}/"]
    assert "2026-11-C0001" in visited[0]

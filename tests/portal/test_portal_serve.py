"""`permanence portal`: on this machine alone, until Ctrl-C; what keeps the month from being counted is told once."""

import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from permanence.cli.commands.portal.serve import refreshed

from tests.cli.typed import refused
from tests.portal.conftest import Portal

DAY = ("--on", "2026-02-02")


@pytest.mark.usefixtures("portal")
def test_pages_are_for_this_machine_alone_and_a_port_that_is_taken_is_named() -> None:
    for host in ("0.0.0.0", "192.0.2.1", "portail.example", "::"):
        assert refused("portal", "serve", "--host", host, *DAY)[0].startswith(f'--host: "{host}" is not this machine')
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refused("portal", "serve", "--port", str(port), *DAY)[0].startswith(f"--port: port {port} of 127.0.0.1")


def test_it_is_served_until_ctrl_c(portal: Portal) -> None:
    command = [sys.executable, "-m", "permanence", "portal", "serve", "--port", "0", *DAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        assert served.stdout
        address = served.stdout.readline().split()[0]
        with urllib.request.urlopen(f"{address}/c/{portal.tokens['C0001']}") as page:
            assert "server" not in page.headers
            assert "Café du Port" in page.read().decode()
        served.send_signal(signal.SIGINT)
        _, errors = served.communicate(timeout=60)
    assert (served.returncode, errors) == (0, "")


def test_what_is_wrong_with_a_file_is_told_once_and_the_pages_stay(
    portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = Path("rules/small.toml")
    whole, before = rules.read_text("utf-8"), portal.month.last

    def steps() -> Iterator[Callable[[], object]]:
        yield lambda: rules.write_text("format = ", "utf-8")
        yield lambda: None
        yield lambda: rules.write_text(f"{whole}\n", "utf-8")
        yield lambda: None

    turns = steps()

    def over() -> bool:
        step = next(turns, None)
        if step:
            step()
        return step is None

    refreshed(portal.month, over)
    told = capsys.readouterr().err
    assert told.count("rules/small.toml") == 1
    assert "the pages show what was counted before" in told
    assert portal.month.last is not before

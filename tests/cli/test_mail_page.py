"""docs/mail.md: its sessions print what it shows, by a server that refuses, puts off and is cut off."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.mail_server import DROP, TAKEN, Box, in_turn, serving
from tests.docs.documents import ROOT, repeat

AT = datetime(2026, 10, 15, 5, 5, tzinfo=UTC)


@pytest.mark.usefixtures("folder")
def test_the_page_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("permanence.cli.commands.mail.clock", lambda: int(AT.timestamp()))
    box = Box(
        rcpt=in_turn(TAKEN, "550 5.1.1 boite inconnue", "451 4.7.1 revenez plus tard"),
        ended=in_turn(TAKEN, DROP),
        keeps_what_it_cuts=True,
    )
    with serving(box) as port:
        Path("permanence.toml").write_text(f'[mail]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n', "utf-8")
        repeat(ROOT / "docs" / "mail.md", Path())
    assert len(box.taken) == 10

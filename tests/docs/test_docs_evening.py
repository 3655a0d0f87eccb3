"""docs/evening.md: a month's last evening as it is typed, mails in a mailbox, and every sum beside its source."""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from aiosmtpd.handlers import Mailbox

from tests.cli.mail_server import FreePort
from tests.docs.documents import ROOT, Block, agrees, blocks, commands, run

PAGE = ROOT / "docs" / "evening.md"
PORT = re.compile(r"^port = (\d+)$", re.MULTILINE)


def test_an_evening_typed_from_the_page_reconciles_to_the_cent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    mailbox = Mailbox(Path("courrier"))
    server = FreePort(mailbox, hostname="127.0.0.1", port=0)
    server.start()
    try:
        for block in blocks(PAGE, "toml", "xml", "console"):
            typed(block, server.port)
    finally:
        server.stop()

    mails = [mail["Message-ID"] for mail in mailbox.mailbox]
    assert len(mails) == len(set(mails)) == 12
    month = json.loads("\n".join(run("permanence reconcile 2026-10 --json", tmp_path, well=True)))
    (total,) = month["totals"]
    assert month["differences"] == []
    assert month["calls"]["came_in"] == month["calls"]["calls"]
    assert month["calls"]["counted"] == total["calls"]
    for row in (*month["contracts"], total):
        sums = {name: row[f"{name}_cents"] for name in ("draft", "issued", "filed", "booked")}
        assert set(sums.values()) == {row["issued_cents"]}, row
        assert row["issued_cents"] == row["asked_cents"] + row["paid_cents"] + row["left_cents"], row
    assert sum(row["issued_cents"] for row in month["contracts"]) == total["issued_cents"] == booked()
    assert (total["asked_cents"], total["paid_cents"]) == (asked(2), asked(1) - asked(2))


def typed(block: Block, port: int) -> None:
    """Write the file that a block shows, with the port of the server that is there; or type its commands."""
    if block.language == "toml":
        Path("permanence.toml").write_text(PORT.sub(f"port = {port}", block.text), "utf-8")
    elif block.language == "xml":
        Path("camt.054.xml").write_text(block.text, "utf-8")
    for shown in commands(block) if block.language == "console" else ():
        printed = run(shown.text, Path())
        assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)


def booked() -> int:
    """Return what the journal has customers owe, in cents."""
    (file,) = Path("accounts").glob("*.txt")
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
    return sum(cents(row[11]) - cents(row[12]) for row in rows if row[4] == "411000")


def asked(message: int) -> int:
    """Return what the bank is asked to collect by one file, debit by debit, in cents."""
    (file,) = Path("debits").glob(f"*-{message:06d}.xml")
    amounts: list[Any] = Xml.parse(file).findall(".//{*}DrctDbtTxInf/{*}InstdAmt")
    return sum(cents(amount.text) for amount in amounts)


def cents(amount: str) -> int:
    return int(re.sub("[,.]", "", amount))

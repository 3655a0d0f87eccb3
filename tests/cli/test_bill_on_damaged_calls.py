"""`permanence bill` on a calls.db with a flipped bit: the same bill, or a sentence; never another bill."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, typed

DATABASES = 40
CALLS = 300
HEADER = "call_id,linked_id,start,wait_seconds,talk_seconds,status,line\n"
BILLED = ("bill", "2026-02", "--on", "2026-03-05", "--incomplete")


def calls_of_a_month() -> str:
    """Return calls of both contracts on every day of a month, some of two legs, some refused, one that came twice."""
    lines = []
    for number in range(CALLS):
        link = f"c{number - number % 7}" if number % 7 < 2 else ""
        start = f"2026-02-{number % 28 + 1 - (number % 7 == 1 and number % 28 > 0):02}T10:{number % 60:02}:00+01:00"
        talk = -1 if number % 90 == 89 else 30 + number
        status = "no_answer" if number % 5 == 4 else "answered"
        talk = 0 if status == "no_answer" and talk > 0 else talk
        lines.append(f"c{number},{link},{start},3,{talk},{status},+3319900000{number % 2 + 1}\n")
    return HEADER + "".join([*lines, lines[0]])


def bill_of(database: str, billing: Path) -> Any:
    """Return how a month's bill ends: its exit code, what it prints, and every invoice as it is stored."""
    ended = typed(*BILLED, "--calls", database, "--billing", str(billing))
    if ended.exit_code or not billing.exists():
        return ended.exit_code, ended.stderr, None
    with closing(sqlite3.connect(billing)) as stored:
        stored.text_factory = bytes
        names = [name.decode() for (name,) in stored.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {
            name: stored.execute(f"SELECT * FROM [{name}]").fetchall()
            for name in names
            if name.startswith(("invoice", "usage", "outcome", "kept"))
        }
    return ended.exit_code, ended.stdout.replace(str(billing), "billing.db").replace(database, "calls.db"), kept


def test_of_forty_databases_with_a_flipped_bit_none_bills_another_month(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(small, tmp_path / "service")
    monkeypatch.chdir(tmp_path / "service")
    Path("month.csv").write_text(calls_of_a_month(), encoding="utf-8")
    out("calls", "import", "month.csv", "--format", "generic")
    with closing(sqlite3.connect("calls.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode = DELETE")
    sound, chance = bill_of("calls.db", tmp_path / "sound.db"), random.Random(11)
    assert sound[0] == 0
    assert sound[2]["invoice"]
    content = Path("calls.db").read_bytes()
    used = [at for at, byte in enumerate(content) if byte]
    told = 0
    for number, at in enumerate(chance.sample(used, DATABASES)):
        damaged = bytearray(content)
        damaged[at] ^= 1 << chance.randrange(8)
        Path(f"damaged-{number}.db").write_bytes(damaged)
        code, said, kept = bill_of(f"damaged-{number}.db", tmp_path / f"{number}.db")
        if code:
            told += 1
            assert (code, "Traceback" in said, bool(said.strip())) == (1, False, True), f"byte {at}: {said}"
        else:
            assert kept == sound[2], f"byte {at} is another: another bill"
            assert said == sound[1], f"byte {at} is another: another bill is shown"
    assert told

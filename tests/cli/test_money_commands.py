"""Invoices are asked for once, whatever happens between; what the bank answers is told; the books agree to the cent."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from permanence.read.settings import settings_in

from tests.cli.typed import out, refused, typed, values

ON = ("--on", "2026-03-03")
BILLING = Path("billing.db")


@pytest.fixture(autouse=True)
def here(richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(richer, here)
    monkeypatch.chdir(here)
    return here


def total(sql: str) -> int:
    with closing(sqlite3.connect(BILLING)) as database:
        return int(database.execute(sql).fetchone()[0] or 0)


def test_an_invoice_is_asked_for_once_and_its_file_is_the_same_each_time() -> None:
    first = values("debits", "2026-02", *ON)
    (asked,) = first["asked"]
    assert (asked["contract"], asked["sequence"], asked["amount_cents"]) == ("C0001", "FRST", 1200)
    assert [one["contract"] for one in first["left"]] == ["C0002"]
    assert "pas de mandat" in first["left"][0]["why"]
    (file,) = (Path(one["file"]) for one in first["files"])
    content = file.read_bytes()
    file.unlink()
    again = values("debits", "2026-02", "--on", "2026-03-20")
    assert (again["asked"], again["files"], file.read_bytes()) == ([], first["files"], content)
    assert total("SELECT sum(amount_cents) FROM debit") == 1200
    assert out("log", "--command", "debits").count("PERM-000001") == 1


def test_what_was_asked_is_kept_though_its_file_could_not_be_written() -> None:
    in_its_place = Path("debits/exemple-2026-02-PERM-000001.xml")
    in_its_place.mkdir(parents=True)
    result = typed("debits", "2026-02", *ON)
    assert (result.exit_code, total("SELECT count(*) FROM debit")) == (1, 1)
    assert result.stderr.splitlines()[-1] == "1 problem; février 2026 was asked for: 1 debit."
    in_its_place.rmdir()
    assert values("debits", "2026-02", *ON)["asked"] == []
    assert in_its_place.stat().st_size > 1000


def test_what_was_asked_cannot_be_changed_and_no_document_is_asked_twice_at_one_time() -> None:
    out("debits", "2026-02", *ON)
    with closing(sqlite3.connect(BILLING)) as database:
        for table in ("debit_message", "debit", "debit_part"):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info([{table}])")]
            row = database.execute(f"SELECT {', '.join(columns)} FROM [{table}]").fetchone()
            put = f"INSERT OR REPLACE INTO [{table}] ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            for statement, given in ((f"DELETE FROM [{table}]", ()), (put, row)):
                with pytest.raises(sqlite3.DatabaseError):
                    database.execute(statement, given)
            with pytest.raises(sqlite3.DatabaseError):
                database.execute(f"UPDATE [{table}] SET amount_cents = 1")
    assert values("verify")["documents"] == 2


def test_a_month_of_which_nothing_is_issued_is_not_asked_for() -> None:
    assert refused("debits", "2026-01", *ON) == [
        "2026-01: nothing is issued of this month; run `permanence issue 2026-01` first"
    ]


def test_days_and_notice_that_cannot_be_are_refused_at_their_place() -> None:
    Path("permanence.toml").write_text("[debits]\nday = 32\n", "utf-8")
    assert refused("debits", "2026-02", *ON)[0].startswith('permanence.toml:1:1: "day" is at most 31')
    Path("permanence.toml").write_text("[debits]\nday = 12\nprenotification = 2\nlead = 2\n", "utf-8")
    assert settings_in(Path()).debits.day == 12

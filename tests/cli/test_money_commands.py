"""Invoices are asked for once, whatever happens between; what the bank answers is told; the books agree to the cent."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from permanence.read.settings import settings_in
from permanence.staff.application import application, close

from tests.cli.conftest import CALLS
from tests.cli.faults import killed_at, run_apart
from tests.cli.typed import out, refused, typed, values
from tests.money.camt import camt, entry, transaction

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
    assert (again["asked"], file.read_bytes()) == ([], content)
    assert again["files"] == [{**one, "asked_before": True} for one in first["files"]]
    assert total("SELECT sum(amount_cents) FROM debit") == 1200
    assert out("log", "--command", "debits").count("PERM-000001") == 1


def test_a_file_that_the_bank_may_have_already_is_told_apart_from_a_new_one() -> None:
    first, again = (out("debits", "2026-02", *ON).splitlines()[-1] for _ in range(2))
    assert again == f"{first}, déjà demandé · à ne remettre à la banque qu'une fois"


def test_what_was_asked_is_kept_though_its_file_could_not_be_written() -> None:
    in_its_place = Path("debits/exemple-2026-02-PERM-000001.xml")
    in_its_place.mkdir(parents=True)
    result = typed("debits", "2026-02", *ON)
    assert (result.exit_code, total("SELECT count(*) FROM debit")) == (1, 1)
    assert result.stderr.splitlines()[-1] == "1 problem; février 2026 was asked for: 1 debit."
    in_its_place.rmdir()
    assert values("debits", "2026-02", *ON)["asked"] == []
    assert in_its_place.stat().st_size > 1000


def test_whatever_call_kills_the_command_the_next_one_asks_once_and_writes_the_same_file(here: Path) -> None:
    words, code, number = ("debits", "2026-02", *ON), None, 0
    while code is None:
        there = here.with_name(f"killed{number}")
        shutil.copytree(here, there)
        code = run_apart(words, there, killed_at(number)).code
        assert run_apart(words, there).code == 0
        with closing(sqlite3.connect(there / "billing.db")) as database:
            kept = database.execute("SELECT content FROM debit_message").fetchall()
            assert database.execute("SELECT count(*), sum(amount_cents) FROM debit").fetchone() == (1, 1200)
            assert database.execute("SELECT count(*) FROM audit WHERE command = 'debits'").fetchone() == (1,)
        assert [(file.read_text("utf-8"),) for file in (there / "debits").iterdir()] == kept
        number += 1
    assert number > 5


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


def answers(*entries: str) -> str:
    Path("answers.xml").write_text(camt("camt.054.001.08", entries), "utf-8")
    return "answers.xml"


def test_what_came_back_is_asked_for_again_once_and_settled_is_settled() -> None:
    (asked,) = values("debits", "2026-02", *ON)["asked"]
    back = entry("-12.00", "2026-03-20", inner=transaction(asked["reference"], reason="AM04"))
    found = values("payments", "import", answers(back, entry("5.00", inner=transaction("", said="merci"))))
    (returned,) = found["returned"]
    assert (returned["reason"], returned["again_on"]) == ("AM04", "2026-04-07")  # the 5th is Easter Sunday
    assert [one["said"] for one in found["entries"] if one["kind"] == "unknown"] == ["merci"]
    assert values("payments", "import", "answers.xml")["files"][0]["already"]
    assert total("SELECT count(*) FROM payment") == 2
    later = values("debits", "2026-02", "--again", "--on", "2026-03-21")
    assert [(one["reference"], one["collect_on"]) for one in later["asked"]] == [
        (f"{asked['reference']}-2", "2026-04-07")
    ]
    assert values("debits", "2026-02", "--again", "--on", "2026-03-21")["asked"] == []
    paid = entry("12.00", "2026-04-07", inner=transaction(f"{asked['reference']}-2"))
    assert values("payments", "import", answers(paid))["files"][0]["settled"] == 1
    again = values("payments", "import", answers(paid, entry("1.00", status="<Sts>PDNG</Sts>")))["files"][0]
    assert (again["settled"], again["known"], again["pending"]) == (0, 1, 1)
    listed = values("payments", "list", "C0001")
    assert [one["state"] for one in listed["documents"]] == ["settled"]
    assert {one["contract"]: one["balance_cents"] for one in values("payments", "list")["accounts"]}["C0001"] == 0
    assert "réglée" in out("payments", "list", "C0001")


def test_a_payment_that_nobody_knew_is_assigned_once() -> None:
    number = values("payments", "list", "C0001")["documents"][0]["number"]
    out("payments", "import", answers(entry("12.00", inner=transaction("", said="merci"))))
    (unknown,) = values("payments", "list", "--unknown")["unknown"]
    assert "no issued document" in refused("payments", "assign", unknown["id"], "F-9")[0]
    assert "no such entry" in refused("payments", "assign", "x", number)[0]
    assert "imputé" in out("payments", "assign", unknown["id"], number)
    assert "known already" in refused("payments", "assign", unknown["id"], number)[0]
    assert out("payments", "list", "--unknown") == "Aucune référence inconnue.\n"
    assert values("payments", "list", "C0001")["documents"][0]["state"] == "settled"
    assert "1 réglée" in out("months", "--on", "2026-03-31").replace("\n", " ")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("payment", "relevé answers.xml : tous ses mouvements n'y sont pas"),
        ("bank_file", "relevé n° 1 : tous ses mouvements n'y sont pas"),
        ("debit_message", "message PERM-000001 : ses prélèvements n'en font pas la somme"),
    ],
)
def test_what_was_taken_out_of_what_was_asked_and_paid_is_told(table: str, told: str) -> None:
    values("debits", "2026-02", *ON)
    out("payments", "import", answers(entry("12.00", inner=transaction("F-2026-00001")), entry("1.00")))
    with closing(sqlite3.connect(BILLING)) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER [{name}]")
        database.execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    ended = typed("reconcile", "2026-02", "--json")
    assert ended.exit_code == 1
    assert any(one.startswith(told) for one in json.loads(ended.stdout)["differences"])


def test_francs_pay_no_invoice_in_euros() -> None:
    number = values("payments", "list", "C0001")["documents"][0]["number"]
    out("payments", "import", answers(entry("12.00", inner=transaction("", said=number)).replace("EUR", "CHF")))
    (unknown,) = values("payments", "list", "--unknown")["unknown"]
    assert "it is in EUR, and the entry in CHF" in refused("payments", "assign", unknown["id"], number)[0]
    assert values("payments", "list", "--unknown")["unknown"] == [unknown]


def test_a_debit_that_came_back_without_a_reason_is_neither_with_the_bank_nor_paid() -> None:
    values("debits", "2026-02", *ON)
    told = out("payments", "import", answers(entry("-12.00", inner=transaction("F-2026-00001"))))
    assert "sans motif de la banque · demander le motif à la banque, ou un virement" in told
    (document,) = values("payments", "list", "C0001")["documents"]
    assert (document["state"], document["asked_cents"], document["left_cents"]) == ("returned", 0, 1200)


def test_of_a_payment_that_nobody_knew_the_documents_are_named_of_which_as_much_is_left_to_pay() -> None:
    numbers = [values("payments", "list", one)["documents"][0]["number"] for one in ("C0001", "C0002")]
    out("payments", "import", answers(entry("12.00", inner=transaction("", said="merci"))))
    (unknown,) = values("payments", "list", "--unknown")["unknown"]
    assert [one["document"] for one in unknown["owing_as_much"]] == numbers
    assert "autant" not in out("payments", "import", answers(entry("11.00", inner=transaction("", said="moins"))))
    assert f"assign {unknown['id']} FACTURE" in out("payments", "list", "--unknown")
    out("payments", "assign", unknown["id"], numbers[0])
    told = out("payments", "import", answers(entry("12.00", "2026-03-21", inner=transaction("", said="encore"))))
    assert f"· autant à payer : {numbers[1]} (Bar du Port) · permanence payments assign " in told
    assert told.endswith(f"{numbers[1]}\n")
    other = values("payments", "list", "--unknown")["unknown"][-1]
    out("payments", "assign", other["id"], numbers[1])
    assert "autant" not in out("payments", "import", answers(entry("12.00", "2026-03-22", inner=transaction(""))))


def test_a_month_agrees_from_its_calls_to_its_entries() -> None:
    """One invoice is corrected, one debit returned and paid by transfer; each sum is the one it comes from."""
    first = values("debits", "2026-02", *ON)["asked"][0]["reference"]
    answers(entry("-12.00", "2026-03-20", inner=transaction(first, reason="AC04")))
    out("payments", "import", "answers.xml")
    out("documents", "2026-02")
    assert values("reconcile", "2026-02")["differences"] == []
    later = CALLS.splitlines()
    Path("later.csv").write_text(
        "\n".join([later[0], *(later[1].replace("1,", f"{one},", 1) for one in (8, 9))]), "utf-8"
    )
    out("calls", "import", "later.csv", "--format", "generic")
    out("bill", "2026-02")
    ended = typed("reconcile", "2026-02", "--json")
    (difference,) = json.loads(ended.stdout)["differences"]
    assert (ended.exit_code, difference.split(" : ")[0]) == (1, "C0001")
    assert difference.endswith(f'· permanence correct {first} --why "…"')
    out("correct", first, "--why", "Un appel tardif.", "--on", "2026-03-25")
    asked = values("debits", "2026-02", "--on", "2026-03-26")
    assert "AC04" not in str(asked["left"])
    (corrected,) = (one["amount_cents"] for one in asked["asked"])
    assert corrected == 1440
    out("documents", "2026-02")
    after = values("reconcile", "2026-02")
    assert after["differences"] == []
    total_of = after["totals"][0]
    sums = {total_of[f"{name}_cents"] for name in ("draft", "issued", "filed", "booked")}
    assert sums == {total_of["issued_cents"]}
    assert total_of["issued_cents"] == total_of["asked_cents"] + total_of["paid_cents"] + total_of["left_cents"]
    assert total_of["asked_cents"] == corrected
    books = values("accounts", "2026-03")["journals"][0]
    assert books["debit_cents"] == books["credit_cents"]
    assert books["accounts"][0]["debit_cents"] - books["accounts"][0]["credit_cents"] == total_of["issued_cents"]
    assert "Tout concorde" in out("reconcile", "2026-02")


def test_the_books_have_a_month_by_the_days_on_which_it_was_issued() -> None:
    told = values("accounts", "2026-03")
    text = Path(told["files"][0]).read_bytes().decode()
    head, *rows = [line.split("\t") for line in text.removesuffix("\r\n").split("\r\n")]
    assert len(head) == 18
    assert {len(row) for row in rows} == {18}
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)
    assert {row[3] for row in rows} == {row[15] for row in rows} == {"20260302"}
    assert sum(int(row[11].replace(",", "")) for row in rows) == sum(int(row[12].replace(",", "")) for row in rows)
    assert refused("accounts", "2026-02") == [
        "billing.db: nothing was issued from 2026-02-01 to 2026-02-28; "
        "the invoices of 2026-02 were issued later: `permanence accounts 2026-03`"
    ]
    assert refused("accounts", "2026-13")[0].endswith(
        'is neither a month nor a year; write "2026-11", or "2026" for the year'
    )
    assert "accounts" in out("log", "--command", "accounts")


def test_what_is_overdue_is_listed_with_what_the_law_allows() -> None:
    seller = Path("sellers/exemple.toml")
    assert [one["penalties_cents"] for one in values("reminders", "--on", "2026-05-01")["overdue"]] == [None, None]
    rate = 'penalties = { late_per_cent = "12.15", '
    seller.write_text(seller.read_text("utf-8").replace("penalties = { ", rate), "utf-8")
    (one, _) = values("reminders", "--on", "2026-05-01")["overdue"]
    assert f"{date.fromisoformat(one['due_on']):%d/%m/%Y}" in out("reminders", "--on", "2026-05-01")
    assert (one["due_on"], one["days"], one["left_cents"]) == ("2026-04-01", 30, 1200)
    assert (one["penalties_cents"], one["indemnity_cents"], one["total_cents"]) == (12, 4000, 5212)
    assert values("reminders", "--on", "2026-04-01")["overdue"] == []


def test_what_an_invoice_says_of_its_payment_holds_though_settings_are_others_now() -> None:
    Path("permanence.toml").write_text("[payments]\ndue_days = 10\n", "utf-8")
    overdue = values("reminders", "--on", "2026-05-01")["overdue"]
    assert {one["contract"]: one["due_on"] for one in overdue} == {"C0001": "2026-03-12", "C0002": "2026-04-01"}


async def test_staff_read_how_an_issued_invoice_stands() -> None:
    (asked,) = values("debits", "2026-02", *ON)["asked"]
    out("payments", "import", answers(entry("-12.00", inner=transaction(asked["reference"], reason="AM04"))))
    pages = application(BILLING, Path("calls.db"))
    await pages.invoke_startup()
    addresses = (f"issued/{asked['reference']}", "debit", "debit_message", "payment", f"debit/{asked['reference']}")
    issued, debits, files, payments, debit = [
        (await pages.client.get(f"/billing/{address}")).text for address in addresses
    ]
    close(pages)
    assert "revenue impayée" in issued
    assert "AM04 : provision insuffisante" in issued
    assert "premier prélèvement" in debits
    assert "Version du message" in files
    assert "prélèvement rejeté" in payments
    assert "RUM-C0001" in debit


def test_days_and_notice_that_cannot_be_are_refused_at_their_place() -> None:
    Path("permanence.toml").write_text("[debits]\nday = 32\n", "utf-8")
    assert refused("debits", "2026-02", *ON)[0].startswith('permanence.toml:1:1: "day" is a day of the month')
    Path("permanence.toml").write_text("[debits]\nday = 12\nprenotification = 2\nlead = 2\n", "utf-8")
    assert settings_in(Path()).debits.day == 12


def test_settings_that_lead_nowhere_are_not_taken_for_none() -> None:
    Path("permanence.toml").symlink_to("nowhere.toml")
    assert refused("debits", "2026-02", *ON)[0] == "permanence.toml: cannot be read: No such file or directory"

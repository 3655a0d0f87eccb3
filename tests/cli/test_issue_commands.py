"""Invoices are issued once, numbered without a gap, and never changed: corrected by a credit note and a new one."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from permanence.bill.ledger_verified import first_wrong
from permanence.model.issued import BEFORE_THE_FIRST, digest_after, encoded, written
from permanence.staff.application import application, close
from permanence.store.ledger import entries, issued_texts

from tests.cli.conftest import CUSTOMERS as LISTED
from tests.cli.conftest import SMALL_OFFER, moved_to
from tests.cli.ledger import VALUES, documents, tampered, unguarded, wrong
from tests.cli.typed import out, refused, values

DAY, LATER = ("--on", "2026-11-05"), ("--on", "2026-11-06")
BILLING = Path("billing.db")
LATE = """call_id,start,wait_seconds,talk_seconds,status,account
late-1,2026-09-14T10:00:00+02:00,5,60,answered,C0004
late-2,2026-09-14T10:10:00+02:00,5,60,answered,C0004
"""
CUSTOMERS = Path("contracts/customers.toml")


@pytest.fixture(scope="module")
def issued_before(billed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small answering service with September issued."""
    here = tmp_path_factory.mktemp("issued") / "service"
    shutil.copytree(billed, here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        out("issue", "2026-09", *DAY)
    return here


@pytest.fixture
def issued(issued_before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return moved_to(issued_before, tmp_path, monkeypatch)


def came_late() -> None:
    Path("late.csv").write_text(LATE, "utf-8")
    out("calls", "import", "late.csv", "--format", "generic")
    out("bill", "2026-09", *DAY)


def number_of(contract: str) -> str:
    return next(str(one["number"]) for one in documents(BILLING) if one["contract"] == contract)


@pytest.mark.usefixtures("after_billing")
def test_a_month_is_issued_in_one_series_without_a_gap_and_each_invoice_once() -> None:
    first, again = values("issue", "2026-09", *DAY), values("issue", "2026-09", *DAY)
    second = values("issue", "2026-10", *LATER)
    numbers = [one["number"] for summary in (first, second) for one in summary["issued"]]
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, len(numbers) + 1))
    assert len(first["issued"]) == 12
    assert again["issued"] == []
    assert {one["why"] for one in again["left"]} == {"issued"}
    assert again["head"] == first["head"]
    assert wrong(BILLING) is None
    assert values("verify") == {"documents": len(numbers), "head": second["head"], "warnings": []}
    assert values("verify", "--head", first["head"])["documents"] == len(numbers)


@pytest.mark.usefixtures("after_billing")
def test_an_issued_invoice_says_what_its_draft_said_and_what_it_was_made_from() -> None:
    draft = values("explain", "2026-09-C0004")
    out("issue", "2026-09", *DAY)
    invoice = next(one for one in documents(BILLING) if one["contract"] == "C0004")
    assert [line["amount_cents"] for line in invoice["lines"]] == [line["amount_cents"] for line in draft["lines"]]
    assert invoice["total_cents"] == draft["total_cents"]
    assert (invoice["month"], invoice["issued_on"]) == ("2026-09", "2026-11-05")
    assert invoice["mission"]["name"] == draft["mission"]
    kept = dict(sqlite3.connect(BILLING).execute("SELECT id, text FROM issued_text"))
    assert kept[invoice["contract_text"]].count("C0004") >= 1
    assert json.loads(kept[invoice["made_with"]])["permanence"]
    assert all(kept[digest] for digest in invoice["offers"].values())


@pytest.mark.usefixtures("issued")
def test_what_is_issued_cannot_be_changed_taken_away_or_put_elsewhere() -> None:
    with closing(sqlite3.connect(BILLING)) as database:
        row = database.execute("SELECT id, position, content, digest FROM issued WHERE position = 3").fetchone()
        text = database.execute("SELECT id, kind, text FROM issued_text LIMIT 1").fetchone()
        for statement, given in (
            ("UPDATE issued SET content = replace(content, '9', '8')", ()),
            ("UPDATE issued_text SET kind = 'x'", ()),
            ("DELETE FROM issued WHERE position = 12", ()),
            ("DELETE FROM issued_text", ()),
            ("INSERT OR REPLACE INTO issued (id, position, content, digest) VALUES (?, ?, ?, ?)", row),
            ("INSERT INTO issued (id, position, content, digest) VALUES (?, 99, ?, ?)", (*row[:1], *row[2:])),
            ("INSERT OR REPLACE INTO issued_text (id, kind, text) VALUES (?, ?, ?)", text),
        ):
            with pytest.raises(sqlite3.DatabaseError):
                database.execute(statement, given)
    assert wrong(BILLING) is None


@pytest.mark.usefixtures("issued")
def test_any_one_value_that_was_changed_is_found() -> None:
    chance, found, texts = random.Random(14), tuple(entries(BILLING)), issued_texts(BILLING)
    assert first_wrong(found, texts) is None
    for _ in range(1000):
        assert first_wrong(*tampered(found, texts, chance))


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(("table", "column"), [(table, column) for table in VALUES for column in VALUES[table]])
def test_a_value_that_was_changed_in_the_database_is_found(table: str, column: str) -> None:
    with unguarded(BILLING) as database:
        (value,) = database.execute(f"SELECT [{column}] FROM [{table}] WHERE rowid = 2").fetchone()
        changed = value + 40 if isinstance(value, int) else value.replace("a", "b").replace("-0000", "-8000")
        database.execute(f"UPDATE [{table}] SET [{column}] = ? WHERE rowid = 2", (changed,))
    assert changed != value
    assert refused("verify")


@pytest.mark.usefixtures("issued")
def test_a_chain_that_was_written_anew_is_found_by_the_head_that_was_printed() -> None:
    printed = values("verify")["head"]
    with unguarded(BILLING) as database:
        before = BEFORE_THE_FIRST
        for number, content in database.execute("SELECT id, content FROM issued ORDER BY position").fetchall():
            document = json.loads(content)
            if document["contract"] == "C0004":
                document["customer"]["name"] = "Quelqu'un d'autre"
            before = digest_after(before, encoded(document))
            database.execute(
                "UPDATE issued SET content = ?, digest = ? WHERE id = ?", (written(document), before, number)
            )
    assert wrong(BILLING) is None
    assert "was printed" in refused("verify", "--head", printed)[0]
    assert "than the one that the log (table audit) says was issued" in refused("verify")[0]


@pytest.mark.usefixtures("issued")
def test_documents_taken_from_the_end_are_found_by_the_head_that_was_printed() -> None:
    printed = values("verify")["head"]
    with unguarded(BILLING) as database:
        database.execute("DELETE FROM issued WHERE position = 12")
        database.execute("DELETE FROM issued_text WHERE kind = 'contract' AND text LIKE '%C0012%'")
    assert wrong(BILLING) is None
    assert "were taken away" in refused("verify", "--head", printed)[0]
    assert "in the log (table audit) at 12: documents were taken away" in refused("verify")[0]


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(
    "guard", ["issued_no_update", "issued_no_delete", "issued_in_order", "issued_text_once", "audit_no_delete"]
)
def test_a_guard_that_is_missing_is_found(guard: str) -> None:
    with closing(sqlite3.connect(BILLING)) as database:
        database.execute(f"DROP TRIGGER [{guard}]")
    assert guard in refused("verify")[0]


@pytest.mark.usefixtures("issued")
def test_late_calls_change_nothing_that_is_issued_and_are_told() -> None:
    before = documents(BILLING)
    came_late()
    assert documents(BILLING) == before
    (told,) = values("bill", "2026-09", *DAY)["issued_otherwise"]
    assert (told["number"], told["contract"]) == (number_of("C0004"), "C0004")
    assert told["calls"]["now"] == told["calls"]["issued"] + 2
    left = values("issue", "2026-09", *DAY)["left"]
    assert [one["contract"] for one in left if one["why"] == "otherwise"] == ["C0004"]


@pytest.mark.usefixtures("issued")
def test_a_correction_is_a_credit_note_and_a_new_invoice_explained_call_by_call() -> None:
    number = number_of("C0004")
    came_late()
    told = values("correct", number, "--why", "Deux appels reçus après la facture.", *LATER)
    note, invoice = documents(BILLING)[-2:]
    original = next(one for one in documents(BILLING) if one["number"] == number)
    assert note["corrects"] == {"number": number, "issued_on": "2026-11-05"}
    assert invoice["replaces"] == note["corrects"]
    for rows, amount in (("lines", "amount_cents"), ("vat", "amount_cents"), ("vat", "base_cents")):
        sums = [one[amount] + other[amount] for one, other in zip(original[rows], note[rows], strict=True)]
        assert set(sums) == {0}
    assert note["total_cents"] == -original["total_cents"]
    assert [call["arrived"][:16] for call in told["calls_since"]] == ["2026-09-14 10:00", "2026-09-14 10:10"]
    assert values("bill", "2026-09", *LATER)["issued_otherwise"] == []
    assert wrong(BILLING) is None
    for one in (number, note["number"], invoice["number"]):
        assert values("rebill", one)["same"]
    assert "no invoice that stands" in refused("correct", number, "--why", "Encore.")[0]


@pytest.mark.usefixtures("issued")
def test_an_invoice_of_nothing_any_more_has_a_credit_note_alone() -> None:
    number = number_of("C0004")
    paused = '\n[[event]]\ncontract = "C0004"\non = 2026-09-01\nwhat = "suspended"\n'
    CUSTOMERS.write_text(CUSTOMERS.read_text("utf-8") + paused, "utf-8")
    (told,) = values("bill", "2026-09", *DAY)["issued_otherwise"]
    assert (told["number"], told["now_cents"]) == (number, 0)
    (note,) = values("correct", number, "--why", "Le service était suspendu.", *LATER)["issued"]
    assert (note["kind"], note["total_cents"]) == ("credit_note", -told["issued_cents"])
    assert values("issue", "2026-09", *LATER)["issued"] == []
    assert wrong(BILLING) is None


@pytest.mark.usefixtures("issued")
def test_an_invoice_whose_contract_waits_is_not_taken_back() -> None:
    CUSTOMERS.write_text(CUSTOMERS.read_text("utf-8").replace('mission = "simple"', 'mission = "simpel"', 1), "utf-8")
    held = [one["contract"] for one in values("bill", "2026-09", *DAY)["holds"]]
    assert len(held) == 1
    assert values("bill", "2026-09", *DAY)["issued_otherwise"] == []
    assert "on hold" in refused("correct", number_of(held[0]), "--why", "Pour voir.")[0]


@pytest.mark.usefixtures("issued")
def test_a_month_of_which_every_invoice_is_issued_is_so_in_the_list_of_months() -> None:
    assert {row["month"]: row["state"] for row in values("months", *DAY)["months"]} == {
        "2026-09": "issued",
        "2026-10": "draft",
    }


@pytest.mark.usefixtures("issued")
def test_an_invoice_that_is_right_is_not_corrected() -> None:
    assert "nothing to correct" in refused("correct", number_of("C0004"), "--why", "Pour voir.")[0]
    assert "no issued document" in refused("correct", "F-99999", "--why", "Pour voir.")[0]


@pytest.mark.usefixtures("issued")
def test_a_bill_that_is_to_be_made_again_is_neither_issued_nor_corrected() -> None:
    Path("late.csv").write_text(LATE.replace("2026-09", "2026-10"), "utf-8")
    out("calls", "import", "late.csv", "--format", "generic")
    summary = values("issue", "2026-10", *LATER)
    assert [(one["contract"], one["why"]) for one in summary["left"]] == [("C0004", "outdated")]
    assert len(summary["issued"]) == 11
    number = next(
        one["number"] for one in documents(BILLING) if one["month"] == "2026-09" and one["contract"] == "C0004"
    )
    Path("later.csv").write_text(LATE.replace("late-", "later-"), "utf-8")
    out("calls", "import", "later.csv", "--format", "generic")
    assert "billed again first" in refused("correct", number, "--why", "Deux appels.")[0]


@pytest.mark.usefixtures("issued")
def test_every_issued_invoice_is_worked_out_again_from_what_it_keeps_alone() -> None:
    for name in ("calls.db", "rules", "contracts"):
        shutil.rmtree(name, ignore_errors=True)
    Path("calls.db").unlink(missing_ok=True)
    for document in documents(BILLING):
        assert values("rebill", document["number"]) == {"invoice": document["number"], "same": True, "versions": {}}


@pytest.mark.usefixtures("issued")
def test_an_invoice_made_with_another_version_says_which() -> None:
    document = documents(BILLING)[0]
    with unguarded(BILLING) as database:
        database.execute('UPDATE issued_text SET text = replace(text, \'"holidays": "\', \'"holidays": "0.\')')
    assert list(values("rebill", document["number"])["versions"]) == ["holidays"]


@pytest.mark.usefixtures("issued")
def test_numbers_follow_the_days_of_issue() -> None:
    assert "the last document was issued on 2026-11-05" in refused("issue", "2026-10", "--on", "2026-11-04")[0]
    assert "is to come" in refused("issue", "2026-10", "--on", "2126-11-04")[0]
    assert len(documents(BILLING)) == 12


@pytest.mark.usefixtures("after_billing")
def test_a_month_that_had_ended_is_never_provisional_again() -> None:
    assert "it had ended when it was billed" in refused("bill", "2026-10", "--on", "2026-10-20")[0]


@pytest.mark.usefixtures("after_billing")
def test_a_month_of_which_nothing_is_whole_is_not_issued() -> None:
    assert "was not billed" in refused("issue", "2026-08", *DAY)[0]
    BILLING.unlink()
    out("bill", "2026-10", "--on", "2026-10-20")
    assert "before it had ended" in refused("issue", "2026-10", *DAY)[0]


@pytest.mark.usefixtures("after_billing")
def test_two_who_issue_at_once_leave_no_gap_and_issue_nothing_twice() -> None:
    command = [sys.executable, "-m", "permanence", "issue"]
    asked = [["2026-09"], ["2026-10"], ["2026-09"], ["2026-10"]]
    running = [subprocess.Popen([*command, *words, *DAY], stdout=-3, stderr=subprocess.PIPE) for words in asked]
    assert [(process.communicate()[1] and process.returncode) or 0 for process in running] == [0, 0, 0, 0]
    found = documents(BILLING)
    assert [one["count"] for one in found] == list(range(1, 25))
    assert len({(one["month"], one["contract"]) for one in found}) == 24
    assert wrong(BILLING) is None


@pytest.mark.skipif("SOAK" not in os.environ, reason="a thousand invoices take a minute")
def test_two_who_issue_a_thousand_invoices_at_once_leave_no_gap(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved_to(small, tmp_path, monkeypatch)
    shutil.rmtree("contracts")
    rows = (
        f"C{one:04},+331990{one:05},Client {one},professional,FR,simple,2026-01-02,2026-01-02,,,1 quai,59000,Lille,none"
        for one in range(1, 1_001)
    )
    Path("customers.csv").write_text("\n".join([LISTED.splitlines()[0], *rows, ""]), "utf-8")
    out("contracts", "import", "customers.csv", "--offer", SMALL_OFFER)
    out("bill", "2026-02", "--incomplete")
    words = [sys.executable, "-m", "permanence", "issue", "2026-02", "--incomplete", *DAY]
    running = [subprocess.Popen(words, stdout=-3, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(process.communicate()[1] and process.returncode) or 0 for process in running] == [0, 0]
    found = documents(BILLING)
    assert [one["count"] for one in found] == list(range(1, 1_001))
    assert len({one["contract"] for one in found}) == 1_000
    assert wrong(BILLING) is None


@pytest.mark.usefixtures("issued")
async def test_staff_see_an_issued_document_as_it_was_issued_and_what_corrects_it() -> None:
    number = number_of("C0004")
    came_late()
    out("correct", number, "--why", "Deux appels reçus après la facture.", *LATER)
    note, invoice = (one["number"] for one in documents(BILLING)[-2:])
    pages = application(BILLING, Path("calls.db"))
    await pages.invoke_startup()
    first, credit, draft, table, none = [
        (await pages.client.get(f"/billing/{address}")).text
        for address in (
            f"issued/{number}",
            f"issued/{note}",
            "invoice/2026-09-C0004",
            "issued",
            "issued/F-2026-99999",
        )
    ]
    close(pages)
    assert f'Annulée par l\'avoir <a href="/billing/issued/{note}">{note}</a>, remplacée par la facture' in first
    assert "Permanence Exemple" in first
    assert "émise le 5 novembre 2026, pour septembre 2026" in first
    assert f'Annule la facture <a href="/billing/issued/{number}">{number}</a> émise le 5 novembre 2026' in credit
    assert [one in draft for one in (number, note, invoice)] == [True, True, True]
    assert "Factures émises" in table
    assert "Page introuvable" in none

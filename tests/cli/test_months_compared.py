"""A month that was billed is compared with what is known later, and every command and page says so alike."""

import gzip
import html
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from permanence import on_file
from permanence.cli.compared_again import ComparedAgain
from permanence.cli.plugins_in_use import plugins_in_use
from permanence.contracts.book import Book
from permanence.model.basis import MonthsOutdated
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.words.outdated import outdated_in_words
from permanence.staff.application import application, close

from tests.cli.conftest import unsigned
from tests.cli.typed import out, refused, typed, values
from tests.store.small_databases import restore

LATE = """call_id,start,wait_seconds,talk_seconds,status,account
late-1,2026-10-14T10:00:00+02:00,5,60,answered,C0004
"""
DAY = ("--on", "2026-11-05")
RULE = Path("rules/a-la-carte-2023-01-01.toml")
CUSTOMERS = Path("contracts/customers.toml")
ONE_CALL = "octobre 2026 est à refaire : 1 appel de plus (C0004)"
BOTH = f"{ONE_CALL}, 1 contrat changé (C0007)"


def import_late(text: str = LATE) -> str:
    Path("late.csv").write_text(text, "utf-8")
    return out("calls", "import", "late.csv", "--format", "generic")


def happen(what: str, on: str = "2026-10-12", more: str = "", contract: str = "C0007") -> None:
    """Write what happened to a contract at the end of the contract file."""
    event = f'\n[[event]]\ncontract = "{contract}"\non = {on}\nwhat = "{what}"\n{more}\n'
    CUSTOMERS.write_text(CUSTOMERS.read_text("utf-8") + event, "utf-8")


def said(text: str) -> list[str]:
    """Return the months that a command says are to be done again."""
    return [line.partition(" · ")[0] for line in text.splitlines() if " est à refaire : " in line]


def states() -> dict[str, tuple[str, str]]:
    return {row["month"]: (row["state"], row["why"]) for row in values("months", *DAY)["months"]}


async def on_pages(*addresses: str) -> list[str]:
    compare = ComparedAgain(
        Path("billing.db"), Path("calls.db"), Path("rules"), Path("contracts"), plugins_in_use(), Path("sellers")
    )
    pages = application(Path("billing.db"), Path("calls.db"), compare=compare)
    await pages.invoke_startup()
    texts = [(await pages.client.get(address)).text for address in addresses]
    close(pages)
    return texts


async def test_a_late_call_and_a_back_dated_event_are_told_alike_by_every_command_and_page(after_billing: Path) -> None:
    assert said(import_late()) == [ONE_CALL]
    happen("mission_changed", more='mission = "complex"')
    for words in (("deadlines", *DAY), ("explain", "2026-10-C0001"), ("bill", "2026-09", *DAY)):
        assert said(out(*words)) == [BOTH], words
        (told,) = values(*words)["to_be_done_again"]
        assert told["sentence"] == BOTH
        assert (told["calls"], told["contracts"]["changed"]) == ({"C0004": 1}, ["C0007"])
    assert said(out("calls", "import", "late.csv", "--format", "generic")) == [BOTH]
    assert said(out("explain", "2026-09-C0001")) == []
    assert states() == {"2026-09": ("draft", ""), "2026-10": ("to_be_done_again", BOTH.partition(" : ")[2])}
    addresses = (
        "/",
        "/billing/run/2026-10",
        "/billing/invoice/2026-10-C0004",
        "/billing/invoice/2026-09-C0004",
        "/calls",
    )
    pages = list(await on_pages(*addresses))
    assert all(BOTH in page for page in pages)
    assert [page.count("à refaire</span>") for page in pages] == [1, 0, 0, 0, 0]
    assert ["Cette facture est de celles qui peuvent changer" in page for page in pages] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert said(out("bill", "2026-10", *DAY)) == said(out("deadlines", *DAY)) == []
    assert {state for state, _ in states().values()} == {"draft"}


def test_a_back_dated_go_live_marks_the_months_that_waited_for_it(after_billing: Path) -> None:
    waiting = 'id = "N1"\ncustomer = { name = "Café du Port" }\nlines = ["N1"]\nsigned = 2026-09-10\n'
    text = f'format = 1\n\n[[contract]]\noffer = "essentielle@2023-01-01"\n{waiting}'
    Path("contracts", "N1.toml").write_text(text, encoding="utf-8")
    for month in ("2026-09", "2026-10"):
        out("bill", month, "--on", "2026-11-01")
    happen("go_live", on="2026-10-12", contract="N1")
    assert said(out("deadlines", *DAY)) == [
        "septembre 2026 est à refaire : 1 contrat de moins (N1)",
        "octobre 2026 est à refaire : 1 contrat changé (N1)",
    ]


def test_what_changes_no_bill_marks_no_month(after_billing: Path) -> None:
    happen("quality_call")
    happen("option_added", on="2026-11-02", more='option = "sms"', contract="C0002")
    CUSTOMERS.write_text(f"# relu\n{CUSTOMERS.read_text('utf-8')}", "utf-8")
    assert said(import_late(LATE.replace("2026-10-14", "2026-11-14"))) == said(out("deadlines", *DAY)) == []


def test_a_contract_that_was_left_out_of_the_file_is_told(after_billing: Path) -> None:
    text = CUSTOMERS.read_text("utf-8")
    CUSTOMERS.write_text(text[: text.index('\n[[contract]]\nid = "C0012"')], "utf-8")
    assert said(out("deadlines", *DAY))[1] == "octobre 2026 est à refaire : 1 contrat de moins (C0012)"


def test_explain_never_prints_one_count_and_lists_another(after_billing: Path) -> None:
    before = values("explain", "2026-10-C0004", "--calls")
    assert len(before["calls_behind"]) == sum(row["calls"] for row in before["usage"])
    import_late()
    record = values("explain", "2026-10-C0004", "--calls")
    assert record["calls_behind"] is None
    assert record["calls_differ"]["billed"]["counted"] == record["calls"]
    assert record["calls_differ"]["now"]["counted"] == record["calls"] + 1
    shown = out("explain", "2026-10-C0004", "--calls")
    assert "Ce ne sont plus les appels de la facture : " in shown
    assert "Arrivée" not in shown
    assert "Arrivée" in out("explain", "2026-10-C0005", "--calls")
    out("bill", "2026-10", *DAY)
    after = values("explain", "2026-10-C0004", "--calls")
    assert len(after["calls_behind"]) == len(before["calls_behind"]) + 1


def test_a_version_that_has_billed_with_one_text_and_would_bill_with_another_is_refused_naming_both(
    after_billing: Path,
) -> None:
    unsigned(CUSTOMERS)
    with closing(sqlite3.connect("billing.db")) as database:
        ((old, kept),) = database.execute("SELECT id, text FROM offer WHERE version LIKE 'a-la-carte@%'")
    RULE.write_text(f"# relu\n{kept}", "utf-8")
    (told,) = [line for line in refused("bill", "2026-10", *DAY) if line.startswith("rules/")]
    assert told.startswith(
        "rules/a-la-carte-2023-01-01.toml:9:13: a-la-carte@2023-01-01 has billed 2026-09, 2026-10 "
        f"with the text {old[:12]}, and the file is "
    )
    assert "`permanence new-offer --from a-la-carte@2023-01-01`" in told
    assert typed("check").exit_code == typed("check", str(RULE)).exit_code == 1
    assert told in typed("check").stderr
    assert said(out("deadlines", *DAY)) == [
        f"{month} 2026 est à refaire : 1 offre modifiée (a-la-carte@2023-01-01)" for month in ("septembre", "octobre")
    ]
    RULE.write_text(kept, "utf-8")
    assert typed("check").exit_code == 0
    assert said(out("bill", "2026-10", *DAY)) == []


def test_a_text_that_billed_one_month_alone_is_a_warning_of_check_until_that_month_is_billed_again(
    folder: Path,
) -> None:
    unsigned(CUSTOMERS)
    out("bill", "2026-10", *DAY)
    RULE.write_text(f"# relu\n{RULE.read_text('utf-8')}", "utf-8")
    checked = typed("check", str(RULE))
    assert checked.exit_code == 0
    assert "bill 2026-10 again with it, `permanence bill 2026-10`, or make it the next version" in checked.stderr
    assert refused("bill", "2026-09", *DAY)
    out("bill", "2026-10", *DAY)
    assert typed("check", str(RULE)).stderr == ""
    assert out("bill", "2026-09", *DAY)


def in_parquet() -> None:
    """Write the calls of calls.db to Parquet files."""
    names = [column.name for column in CALL_COLUMNS]
    with closing(sqlite3.connect("calls.db")) as database:
        records = database.execute(f"SELECT {', '.join(names)} FROM call").fetchall()
    Path("calls").mkdir()
    pq.write_table(pa.table(dict(zip(names, zip(*records, strict=True), strict=True))), "calls/0.parquet")


def test_parquet_files_are_compared_as_long_as_they_are_there(after_billing: Path) -> None:
    in_parquet()
    out("bill", "2026-10", *DAY, "--calls", "calls/*.parquet")
    assert said(out("deadlines", *DAY)) == []
    os.utime("calls/0.parquet", (0, 0))
    assert said(out("deadlines", *DAY)) == []
    late: dict[str, list[Any]] = {column.name: [None] for column in CALL_COLUMNS}
    late |= {"source": ["pbx"], "call_id": ["late"], "account": ["C0004"], "start": [1_792_000_000]}
    late |= {"wait_seconds": [5], "talk_seconds": [60], "status": ["answered"], "direction": ["inbound"]}
    pq.write_table(pa.table(late), "calls/1.parquet")
    assert said(out("deadlines", *DAY)) == [ONE_CALL]
    shutil.rmtree("calls")
    assert said(out("deadlines", *DAY)) == []


def test_a_database_of_calls_that_was_made_anew_is_compared_call_by_call(after_billing: Path) -> None:
    Path("calls.db").unlink()
    out("calls", "import", "cdr-2026-10.csv.gz", "--format", "asterisk")
    out("calls", "import", "cdr-2026-09.csv.gz", "--format", "asterisk")
    assert said(out("deadlines", *DAY)) == []
    Path("calls.db").unlink()
    october = gzip.decompress(Path("cdr-2026-10.csv.gz").read_bytes()).decode().splitlines(keepends=True)
    october.remove([record for record in october if record.startswith('"C0004"') and '"ANSWERED"' in record][-1])
    Path("october.csv").write_text("".join(october), "utf-8")
    out("calls", "import", "october.csv", "cdr-2026-09.csv.gz", "--format", "asterisk")
    assert said(out("deadlines", *DAY)) == ["octobre 2026 est à refaire : 1 appel de moins (C0004)"]
    Path("calls.db").unlink()
    assert said(out("deadlines", *DAY)) == []


def test_each_month_is_listed_with_its_state(folder: Path) -> None:
    came = {"2026-09": "3\u202f667 enregistrements d'appels", "2026-10": "3\u202f688 enregistrements d'appels"}
    assert states() == {month: ("none", why) for month, why in came.items()}
    out("bill", "2026-09", *DAY)
    out("bill", "2026-10", "--on", "2026-10-20")
    import_late()
    more = "1 appel de plus (C0004)"
    during = values("months", "--on", "2026-10-20")["months"]
    assert [(row["state"], row["why"]) for row in during] == [("draft", ""), ("provisional", more)]
    assert states()["2026-10"] == ("to_be_done_again", f"le mois s'est terminé depuis, {more}")
    shown = out("months", "--on", "2026-12-01").splitlines()
    assert [" ".join(line.split()[:4]) for line in shown[2:]] == [
        "septembre 2026 brouillon 12",
        "octobre 2026 à refaire",
        "novembre 2026 pas facturé",
    ]


def test_without_calls_or_bills_there_is_no_month_to_list(folder: Path) -> None:
    Path("calls.db").unlink()
    assert values("months", *DAY)["months"] == []
    assert out("months", *DAY).startswith("Aucun mois : il n'y a encore ni appel, ni travail, ni facture.")


def test_a_month_that_an_earlier_version_billed_is_listed_and_not_compared(folder: Path) -> None:
    restore("billing.3.sql", Path("billing.db"))
    assert refused("months", *DAY)[0].startswith("billing.db: an earlier version of Permanence made this database")
    assert "an earlier version of Permanence made this database" in typed("deadlines", *DAY).stderr
    out("upgrade", "billing.db")
    assert states()["2026-10"] == ("draft", "facturé par une version antérieure, donc pas comparé")
    assert said(out("deadlines", *DAY)) == []


def test_where_rules_cannot_be_read_calls_alone_are_compared_and_it_is_said(after_billing: Path) -> None:
    import_late()
    happen("mission_changed", more='mission = "complex"')
    RULE.write_text("format = ", "utf-8")
    ended = typed("explain", "2026-10-C0004")
    assert (ended.exit_code, said(ended.stdout)) == (0, [ONE_CALL])
    assert ended.stderr.startswith(
        "contracts and offers were not compared with the months billed: rules/a-la-carte-2023-01-01"
    )
    shutil.rmtree("rules")
    (told,) = json.loads(typed("explain", "2026-10-C0004", "--json").stdout)["to_be_done_again"]
    assert told["sentence"] == ONE_CALL


def test_pages_compare_again_only_when_something_has_changed(
    after_billing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_book(rules: Path, *what: Any, **named: Any) -> Book:
        opened.append(rules)
        return on_file.open_book(rules, *what, **named)

    monkeypatch.setattr("permanence.cli.compared.open_book", open_book)
    compare = ComparedAgain(
        Path("billing.db"), Path("calls.db"), Path("rules"), Path("contracts"), plugins_in_use(), Path("sellers")
    )
    assert (compare(), compare(), len(opened)) == (MonthsOutdated(), MonthsOutdated(), 1)
    import_late()
    assert [outdated_in_words(one) for one in compare().outdated] == [ONE_CALL]
    happen("mission_changed", more='mission = "complex"')
    opened.clear()
    assert [outdated_in_words(one) for one in compare().outdated] == [BOTH]
    assert len(opened) == 1


async def test_a_page_says_when_rules_cannot_be_read_and_months_were_not_compared(after_billing: Path) -> None:
    told = "les mois facturés n'ont pas été comparés avec eux"
    assert told not in html.unescape((await on_pages("/"))[0])
    Path("rules/draft.toml").write_text("format = 1\n", "utf-8")
    assert told in html.unescape((await on_pages("/"))[0])

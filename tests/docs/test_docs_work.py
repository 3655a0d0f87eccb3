"""docs/work.md: the records shown are read, the tables shown are an offer's, and the sentences about them are true."""

from datetime import date
from pathlib import Path

from permanence.bill.month import bill_month
from permanence.model.carried import details_text
from permanence.model.records import CallBatch
from permanence.read.calls.work_records import COLUMNS, read_work

from tests.bill.months import OCTOBER, calls, charged, contract, offer, on_file
from tests.bill.samples import records
from tests.docs.documents import ROOT, blocks

PAGE = ROOT / "docs" / "work.md"
WORK, CARRIED = (block.text for block in blocks(PAGE, "toml"))


def test_the_records_shown_are_read_and_billed_by_the_tables_shown(tmp_path: Path) -> None:
    path = tmp_path / "october.csv"
    path.write_text(blocks(PAGE, "csv")[0].text, encoding="utf-8")
    file = read_work(path, date(2026, 11, 2))
    assert (file.rows, len(file.refused)) == (3, 0)
    book = on_file(offer(WORK), contract("C0001"))
    batch = CallBatch(records=records([]), work=tuple(record.work for record in file.records))
    run = bill_month(book, OCTOBER, batch)
    assert charged(run) == [("bands", 5900), ("price.letter", 5 * 250)]
    assert [one.what for one in run.work.unpriced] == ["appointments"]


def test_what_calls_carry_is_priced_by_the_tables_shown() -> None:
    book = on_file(offer(CARRIED), contract())
    carried = details_text({"pages": 21, "agent": "a7"})
    faxes = records(calls(3, account="C1", details=carried))
    run = bill_month(book, OCTOBER, CallBatch(records=faxes))
    assert charged(run)[-1] == ("price.page", 63 * 20)
    assert sum(row.calls for row in run.invoices[0].usage if row.marks == "long_fax") == 3


def test_every_column_of_work_is_listed() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in (*COLUMNS, "id") if f"\n| `{name}` |" not in text] == []

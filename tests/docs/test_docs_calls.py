"""docs/calls.md: the mapping shown reads the records shown, and every key and column is listed."""

from pathlib import Path

from attrs import fields
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.keys import is_key, key_name
from permanence.read.calls.mapping import CallFormat
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

from tests.docs.documents import ROOT, blocks

PAGE = ROOT / "docs" / "calls.md"


def test_the_mapping_shown_reads_the_records_shown(tmp_path: Path) -> None:
    mapping, records = tmp_path / "freeswitch.toml", tmp_path / "cdr.csv"
    mapping.write_text(blocks(PAGE, "toml")[0].text, encoding="utf-8")
    records.write_text(blocks(PAGE, "csv")[0].text, encoding="utf-8")
    file = read_calls(records, load_format(str(mapping)))
    names = [column.name for column in CALL_COLUMNS]
    found = [dict(zip(names, record[1:], strict=True)) for batch in file.batches for record in batch]
    assert file.refused == ()
    assert [(call["status"], call["wait_seconds"], call["talk_seconds"]) for call in found] == [
        ("answered", 5, 60),
        ("no_answer", 20, 0),
    ]
    assert found[0]["start"] == 1790920802


def test_what_systems_write_otherwise_is_read_as_the_page_says(tmp_path: Path) -> None:
    mapping, records = tmp_path / "statement.toml", tmp_path / "statement.csv"
    mapping.write_text(blocks(PAGE, "toml")[1].text, encoding="utf-8")
    records.write_text(blocks(PAGE, "csv")[1].text, encoding="utf-8")
    file = read_calls(records, load_format(str(mapping)))
    names = [column.name for column in CALL_COLUMNS]
    found = [dict(zip(names, record[1:], strict=True)) for batch in file.batches for record in batch]
    assert file.refused == ()
    shown = ("start", "number", "caller", "wait_seconds", "talk_seconds", "status", "direction", "details")
    assert [tuple(call[name] for name in shown) for call in found] == [
        (1790920802, "+33199000001", "+33639980001", 5, 65, "answered", "inbound", '{"agent":"a7","pages":3}'),
        (1790939702, "+33199000001", "+33639980002", 20, 10, "no_answer", "inbound", None),
        (1790940000, "+33639980003", "+33199000001", 9, 30, "answered", "outbound", '{"agent":"a7"}'),
    ]


def test_every_key_of_a_mapping_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    keys = [key_name(attribute) for attribute in fields(CallFormat) if is_key(attribute)]
    assert [name for name in keys if f"`{name}`" not in text and f"`[{name}]`" not in text] == []


def test_every_column_of_a_call_is_listed() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [column.name for column in CALL_COLUMNS if f"\n| `{column.name}` |" not in text] == []

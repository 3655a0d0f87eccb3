"""A mapping that is drafted from a file reads what a person sees in it; what no file tells is left to be decided."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from permanence.model.call_file import CALL_COLUMNS
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls
from permanence.read.formats.drafted import draft_format
from permanence.read.formats.head import read_head

DRAFTS = Path(__file__).parent / "call_drafts"
LINE = "+33199000001"
SEEN = {
    "statement.csv": [
        ("2026-10-01 08:00:02", LINE, "+33639980001", 5, 65, "answered", "inbound"),
        ("2026-10-13 09:15:00", LINE, "Anonyme", 31, 0, "no_answer", "inbound"),
        ("2026-10-13 09:20:00", "+33639980003", LINE, 0, 80, "answered", "outbound"),
        ("2026-10-14 15:00:00", LINE, "+33639980006", 8, 3723, "answered", "inbound"),
    ],
    "nested.jsonl": [
        ("2026-10-01 08:00:02", LINE, "+33639980001", 5, 60, "answered", "inbound"),
        ("2026-10-01 09:00:00", LINE, "anonymous", 25, 0, "no_answer", "inbound"),
        ("2026-10-01 09:10:00", "+33639980003", LINE, 8, 90, "answered", "outbound"),
    ],
    "minutes.txt": [
        ("2026-10-01 08:00:00", LINE, "+33639980001", 5, 90, "answered", "inbound"),
        ("2026-10-13 08:10:00", LINE, "Inconnu", 30, 0, "no_answer", "inbound"),
        ("2026-10-13 09:10:00", "+33639980003", LINE, 8, 135, "answered", "outbound"),
    ],
    "milliseconds.csv": [
        ("2026-10-01 08:12:05", LINE, "+33639980001", 5, 61, "answered", "inbound"),
        ("2026-10-13 09:12:05", LINE, "+33639980003", 23, 0, "no_answer", "inbound"),
        ("2026-10-13 10:12:05", "+33639980003", LINE, 0, 9, "answered", "outbound"),
    ],
}
"""What a person sees in each file, on the clock of Paris."""
COMPARED = ("start", "number", "caller", "wait_seconds", "talk_seconds", "status", "direction")


def drafted(name: str, folder: Path) -> tuple[str, str]:
    """Return the path of the mapping that is drafted from a file, and what is left to be decided."""
    draft = draft_format(read_head(DRAFTS / name))
    path = folder / "drafted.toml"
    path.write_text(draft.text, encoding="utf-8")
    return str(path), "\n".join(draft.left)


@pytest.mark.parametrize("name", SEEN)
def test_a_draft_reads_what_a_person_sees(name: str, tmp_path: Path) -> None:
    file = read_calls(DRAFTS / name, load_format(drafted(name, tmp_path)[0]))
    assert [one.problem.what for one in file.refused] == []
    found = []
    for record in (record for batch in file.batches for record in batch):
        values = dict(zip((column.name for column in CALL_COLUMNS), record[1:], strict=True))
        local = datetime.fromtimestamp(int(str(values["start"])), ZoneInfo("Europe/Paris"))
        found.append((local.strftime("%Y-%m-%d %H:%M:%S"), *(values[one] for one in COMPARED[1:])))
    assert found == SEEN[name]


def test_the_titles_above_a_table_and_the_total_below_it_are_no_records(tmp_path: Path) -> None:
    form = load_format(drafted("statement.csv", tmp_path)[0])
    assert (form.skip_before, form.encoding, len(form.skip_lines)) == (3, "cp1252", 1)


def test_a_value_within_another_is_a_column(tmp_path: Path) -> None:
    assert load_format(drafted("nested.jsonl", tmp_path)[0]).names.account == "vars.account"


def test_a_guess_at_milliseconds_is_left_to_be_decided(tmp_path: Path) -> None:
    assert "duration of talk: numbers so great are taken for milliseconds" in drafted("milliseconds.csv", tmp_path)[1]


def test_a_draft_names_the_system_and_not_the_day_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "standard-2026-10.csv"
    path.write_bytes((DRAFTS / "statement.csv").read_bytes())
    assert 'source = "standard"' in draft_format(read_head(path)).text

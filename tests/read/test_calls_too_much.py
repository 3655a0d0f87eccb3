"""Files that are too much, or nothing, end in a sentence; a record of several lines is one record."""

import gzip
import os
from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.read.calls import blocks
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

HEADER = "call_id,start,wait_seconds,talk_seconds,status,tags\n"
START = "2026-10-02T08:00:00Z"


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path, what in ((tmp_path, "is a folder"), (pipe, "is a pipe or a device"), (Path("/dev/zero"), "is a pipe")):
        with pytest.raises(Refused, match=what):
            read_calls(path, load_format("generic"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\0" * 100_000, "holds zero bytes"),
        (b"\n" * 200_000, "has no record in"),
        (b"x" * 300_000, "a line is longer than"),
        (b"abc\n" * 60_000, "is missing"),
        (HEADER.encode() + b"abc\n" * 60_000, "of its 1[0-9]{4} lines are no such records"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_holds_no_records_is_given_up_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, told: str, packed: bool
) -> None:
    for name, value in (("BLOCK", 1 << 15), ("LONGEST_LINE", 1 << 16), ("MOST_BLANK", 1 << 16)):
        monkeypatch.setattr(blocks, name, value)
    path = tmp_path / "calls.csv"
    path.write_bytes(gzip.compress(content) if packed else content)
    with pytest.raises(Refused, match=told):
        read_calls(path, load_format("generic"))


@pytest.mark.parametrize("block", [1 << 22, 64])
def test_a_quoted_cell_with_line_breaks_is_one_record_wherever_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", block)
    path = tmp_path / "calls.csv"
    rows = [f'{number},{START},1,60,answered,"urgent\nspam\nnoted"\n' for number in range(4)]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    calls = read_calls(path, load_format("generic"))
    assert (calls.rows, calls.refused) == (4, ())
    assert [(record[0], record[-2]) for batch in calls.batches for record in batch] == [
        (line, "urgent spam noted") for line in (2, 5, 8, 11)
    ]

"""A file of calls that is read while it is written: what is whole is taken, and in the end it is as if read at once."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.read.calls import growing
from permanence.read.calls.growing import GrowingFile, grows
from permanence.read.calls.mapping import CallFormat
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls
from permanence.store.calls import import_calls, open_calls, sizes_taken

HEADER = "call_id,start,wait_seconds,talk_seconds,status,tags\n"
GENERIC = load_format("generic")
CLOCK = """
title = "a system that writes local time, and a number of its own"
header = false
columns = ["id,start,talk,status"]
stamp = "%Y-%m-%d %H:%M:%S"
zone = "Europe/Paris"
[column]
call_id = "id"
start = "start"
talk = "talk"
[status]
column = "status"
words = { yes = "answered", no = "no_answer" }
[direction]
always = "inbound"
"""


def generic(number: int, second: int, tags: str = "") -> str:
    return f"{number},2026-10-02T08:00:{second:02}+02:00,3,60,answered,{tags}\n"


records = st.lists(
    st.builds(generic, st.integers(0, 30), st.integers(0, 59), st.sampled_from(["", "urgent", '"a,b"', '"é ""x"""'])),
    min_size=1,
    max_size=20,
)
cuts = st.lists(st.integers(0, 2_000), max_size=12)


def rows_of(path: Path) -> Sequence[Any]:
    names = "line, source, call_id, start, wait_seconds, talk_seconds, status, tags"
    with closing(open_calls(str(path))) as base:
        return list(base.execute(f"SELECT {names} FROM call ORDER BY id").fetchall())


def at_once(folder: Path, content: bytes, form: CallFormat) -> Sequence[Any]:
    file = folder / "whole.csv"
    file.write_bytes(content)
    with closing(open_calls(str(folder / "whole.db"))) as base:
        import_calls(base, read_calls(file, form, "pbx"), form.name)
    return rows_of(folder / "whole.db")


def in_pieces(folder: Path, content: bytes, form: CallFormat, cut: Sequence[int], *, killed: bool) -> Sequence[Any]:
    """Return what is taken of a file that is written up to each of some places, and looked at each time.

    Where the reader is killed at each look, it begins anew from the database alone.
    """
    path, calls = folder / "growing.csv", folder / "growing.db"
    path.write_bytes(b"")
    with closing(open_calls(str(calls))) as base:
        file = GrowingFile.begun(path, {})
        for end in (*sorted(cut), len(content)):
            path.write_bytes(content[:end])
            file = GrowingFile.begun(path, sizes_taken(calls)) if killed else file
            assert file.is_same()
            while piece := file.more(form):
                import_calls(base, piece.calls, form.name)
                file = file.with_bytes(piece.content)
        assert file.size == len(content)
    return rows_of(calls)


@settings(max_examples=15, deadline=None)
@given(records, cuts, st.booleans())
def test_a_file_in_random_pieces_is_taken_as_if_it_were_imported_at_once(
    lines: list[str], cut: list[int], killed: bool
) -> None:
    content = (HEADER + "".join(lines)).encode()
    form = GENERIC
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole = at_once(folder, content, form)
        pieces = in_pieces(folder, content, form, cut, killed=killed)
    assert [row[:1] + row[2:] for row in pieces] == [row[:1] + row[2:] for row in whole]


@pytest.fixture
def clock(tmp_path: Path) -> CallFormat:
    (tmp_path / "clock.toml").write_text(CLOCK, "utf-8")
    return load_format(str(tmp_path / "clock.toml"))


@settings(max_examples=8, deadline=None)
@given(cut=cuts)
def test_the_night_when_clocks_go_back_is_read_in_pieces_as_it_is_at_once(cut: list[int]) -> None:
    times = ("01:58:00", "02:10:00", "02:50:00", "02:05:00", "02:40:00", "03:10:00")
    lines = [f"{number},2026-10-25 {time},60,yes\n" for number, time in enumerate(times)]
    content = "".join(lines).encode()
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clock.toml").write_text(CLOCK, "utf-8")
        form = load_format(str(folder / "clock.toml"))
        whole = at_once(folder, content, form)
        pieces = in_pieces(folder, content, form, cut, killed=False)
    starts = [row[3] for row in whole]
    assert [row[3] for row in pieces] == starts == sorted(starts)


def test_a_line_that_is_not_ended_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + generic(1, 1) + generic(2, 2)[:-1], "utf-8")
    file = GrowingFile.begun(path, {})
    piece = file.more(GENERIC)
    assert piece is not None
    assert piece.calls.rows == 1
    file = file.with_bytes(piece.content)
    assert file.more(GENERIC) is None
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    piece = file.more(GENERIC)
    assert piece is not None
    assert [row[:3] for batch in piece.calls.batches for row in batch] == [(3, "generic", "2")]


def test_a_heading_alone_is_no_file_yet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER, "utf-8")
    assert GrowingFile.begun(path, {}).more(GENERIC) is None


def test_a_record_whose_quotation_mark_is_open_waits_until_a_sound_one_follows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    sound = HEADER + "".join(generic(number, number) for number in range(9))
    path.write_text(sound + generic(10, 10, '"a'), "utf-8")
    file = GrowingFile.begun(path, {})
    piece = file.more(GENERIC)
    assert piece is not None
    assert (piece.calls.rows, piece.calls.refused) == (9, ())
    file = file.with_bytes(piece.content)
    assert file.more(GENERIC) is None
    path.write_text(sound + generic(10, 10, '"a') + generic(11, 11), "utf-8")
    piece = file.more(GENERIC)
    assert piece is not None
    assert [(one.problem.where.line, piece.calls.rows) for one in piece.calls.refused] == [(11, 2)]


def test_a_record_that_cannot_be_used_has_its_line_in_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + generic(1, 1) + generic(2, 2) + generic(3, 3), "utf-8")
    file = GrowingFile.begun(path, {})
    piece = file.more(GENERIC)
    assert piece is not None
    file = file.with_bytes(piece.content)
    path.write_text(path.read_text("utf-8") + generic(4, 4).replace(",60,", ",-60,"), "utf-8")
    piece = file.more(GENERIC)
    assert piece is not None
    assert [(one.problem.where.line, one.call_id) for one in piece.calls.refused] == [(5, "4")]


def test_a_long_file_is_read_on_with_little_of_what_stands_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "BEFORE", 200)
    monkeypatch.setattr(growing, "HEAD_LINES", 3)
    content = (HEADER + "".join(generic(number, number) for number in range(50))).encode()
    for step in (40, 137, 700):
        folder = tmp_path / str(step)
        folder.mkdir()
        cut = range(0, len(content), step)
        whole, pieces = at_once(folder, content, GENERIC), in_pieces(folder, content, GENERIC, cut, killed=True)
        assert [row[:1] + row[2:] for row in pieces] == [row[:1] + row[2:] for row in whole]


def test_another_file_of_the_same_name_is_told_from_one_that_has_grown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + generic(1, 1), "utf-8")
    file = GrowingFile.begun(path, {})
    piece = file.more(GENERIC)
    assert piece is not None
    file = file.with_bytes(piece.content)
    assert file.is_same()
    path.write_text(HEADER + generic(1, 1) + generic(2, 2), "utf-8")
    assert file.is_same()
    path.write_text(HEADER + generic(1, 2) + generic(2, 2), "utf-8")
    assert not file.is_same()
    path.write_text(HEADER, "utf-8")
    assert not file.is_same()


def test_a_file_that_was_taken_without_the_end_of_its_last_line_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = (HEADER + generic(1, 1) + generic(2, 2)).encode()
    path.write_bytes(content)
    digest = read_calls(path, GENERIC).digest
    assert GrowingFile.begun(path, {len(content): {digest}}).size == len(content)
    path.write_bytes(content[:-1])
    digest = read_calls(path, GENERIC).digest
    path.write_bytes(content)
    assert GrowingFile.begun(path, {len(content) - 1: {digest}}).size == 0


def test_packed_files_workbooks_and_utf_16_are_no_growing_text(clock: CallFormat) -> None:
    assert grows(Path("a.csv"), clock)
    for name in ("a.csv.gz", "a.parquet", "a.xlsx"):
        assert not grows(Path(name), clock)

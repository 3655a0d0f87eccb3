"""Files that tell how long a call took by its instants only, and files that are damaged as a whole."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from permanence.model.call_file import CALL_COLUMNS, CallFile
from permanence.model.problem import Refused
from permanence.read.calls import blocks as call_text
from permanence.read.calls.mapping import CallFormat
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

STAMPED = """
title = "Start, answer and end"
stamp = "%Y-%m-%d %H:%M:%S"
zone = "Europe/Paris"
[column]
call_id = "id"
start = "start"
answer = "answer"
end = "end"
tags = "marks?"
[status]
column = "answer"
words = { "" = "no_answer", "*" = "answered" }
[direction]
always = "inbound"
"""


def stamped(tmp_path: Path) -> CallFormat:
    path = tmp_path / "stamped.toml"
    path.write_text(STAMPED, encoding="utf-8")
    return load_format(str(path))


def read(tmp_path: Path, text: str, form: CallFormat | None = None, name: str = "calls.csv") -> CallFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_calls(path, form or stamped(tmp_path))


def column(calls: CallFile, name: str) -> list[object]:
    position = [one.name for one in CALL_COLUMNS].index(name) + 1
    return [record[position] for batch in calls.batches for record in batch]


def test_waiting_and_talking_come_from_the_instants(tmp_path: Path) -> None:
    calls = read(
        tmp_path,
        "id,start,answer,end\n"
        "1,2026-10-02 08:00:00,2026-10-02 08:00:07,2026-10-02 08:01:00\n"
        "2,2026-10-02 08:00:00,,2026-10-02 08:00:40\n"
        "3,2026-10-02 08:00:00,,\n",
    )
    assert column(calls, "wait_seconds") == [7, 40, 0]
    assert column(calls, "talk_seconds") == [53, 0, 0]


def test_a_call_over_the_autumn_change_lasts_as_long_as_it_does(tmp_path: Path) -> None:
    calls = read(tmp_path, "id,start,answer,end\n1,2026-10-25 01:59:50,2026-10-25 02:00:00,2026-10-25 02:00:30\n")
    assert (column(calls, "wait_seconds"), column(calls, "talk_seconds")) == ([10], [30])


def test_instants_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    good = "".join(f"{number},2026-10-02 08:00:00,,\n" for number in range(5))
    calls = read(
        tmp_path,
        "id,start,answer,end\n" + good + "5,2026-10-02 08:00:00,2026-10-02 08:00:07,2026-10-02 08:00:01\n"
        "6,2026-10-02 08:00:00,2026-10-02 07:00:07,2026-10-02 08:00:01\n"
        "7,2026-10-02 08:00:00,7 o'clock,2026-10-02 08:00:01\n",
    )
    assert [record.problem.what for record in calls.refused] == [
        "the call ends before it is answered",
        "the call is answered before it starts",
        'answer "7 o\'clock" is no time such as 2026-10-02 08:00:02',
    ]


def test_tags_are_words_whatever_separates_them(tmp_path: Path) -> None:
    calls = read(tmp_path, 'id,start,answer,end,marks\n1,2026-10-02 08:00:00,,,"urgent, test;|spam"\n')
    assert column(calls, "tags") == ["urgent test spam"]


@pytest.mark.parametrize("start", ["﻿", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path, start: str, end: str) -> None:
    text = "id,start,answer,end\n\n1,2026-10-02 08:00:00,,\nx\n\n2,2026-10-02 08:00:00,,\n"
    path = tmp_path / "calls.csv"
    path.write_bytes((start + text.replace("\n", end)).encode())
    calls = read_calls(path, stamped(tmp_path))
    assert column(calls, "call_id") == ["1", "2"]
    assert [str(record.problem) for record in calls.refused] == [
        f"{path}:4: 1 columns, not 4 (the record is cut short)"
    ]


@pytest.mark.parametrize(
    "damaged", ['"1,2026-10-02 08:00:00,,', '1,x"y,"2026-10-02 08:00:00,', '1,2026-10-02 08:00:00,,"2026-10']
)
@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("block", [1 << 24, 64])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str, position: int, block: int
) -> None:
    monkeypatch.setattr(call_text, "BLOCK", block)
    lines = [f'{number},2026-10-02 08:00:00,,"2026-10-02 08:00:01"' for number in range(3)]
    lines.insert(position, damaged)
    calls = read(tmp_path, "\n".join(["id,start,answer,end", *lines]))
    assert column(calls, "call_id") == ["0", "1", "2"]
    assert [(record.problem.where.line, record.problem.what) for record in calls.refused] == [
        (position + 2, "a quotation mark is opened and not closed (the record may be cut short)")
    ]


def test_lines_are_numbered_right_over_many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_text, "BLOCK", 100)
    lines = [f"{number},2026-10-02 08:00:00,," + "," * (number % 7 == 3) for number in range(50)]
    calls = read(tmp_path, "\n".join(["id,start,answer,end", *lines]))
    assert [record.problem.where.line for record in calls.refused] == [line + 2 for line in range(50) if line % 7 == 3]
    assert [record[0] for batch in calls.batches for record in batch] == [
        line + 2 for line in range(50) if line % 7 != 3
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@example(lines=[], name="asterisk", noise=b"\xef\xbb\xbf", suffix=".csv")
@given(
    lines=st.lists(st.text(alphabet='1a",.-: \r\t2026é\x00', max_size=60), max_size=8),
    name=st.sampled_from(["asterisk", "generic"]),
    noise=st.binary(max_size=20),
    suffix=st.sampled_from([".csv", ".csv.gz", ".parquet"]),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, lines: list[str], name: str, noise: bytes, suffix: str) -> None:
    header = b"call_id,start,wait_seconds,talk_seconds,status\n" if name == "generic" else b""
    path = tmp_path / f"calls{suffix}"
    path.write_bytes(header + "\n".join(lines).encode() + noise)
    try:
        calls = read_calls(path, load_format(name))
    except Refused:
        return
    assert sum(map(len, calls.batches)) + len(calls.refused) == calls.rows


def test_a_file_of_which_most_lines_are_cut_differently_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "id,start,answer,end\n1,2\n3,4\n5,2026-10-02 08:00:00,,\n")
    assert str(refused.value).splitlines() == [
        f"{tmp_path}/calls.csv: is not of format stamped: 2 of its 3 lines are no such records",
        f"{tmp_path}/calls.csv:2: 2 columns, not 4 (the record is cut short)",
    ]


def test_a_file_that_is_one_endless_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be cut into columns: field larger than field limit"):
        read(tmp_path, "x" * 200_000)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read: No such file"):
        read_calls(tmp_path / "none.csv", stamped(tmp_path))


def test_a_refused_record_keeps_no_telephone_number_and_belongs_to_its_neighbours_month(tmp_path: Path) -> None:
    text = "call_id,start,wait_seconds,talk_seconds,status,caller\n"
    text += (
        ",soon,1,1,answered,+33998000001\n1,2026-10-02T08:00:00Z,1,1,answered,\n2,2026-11-02T08:00:00Z,1,1,answered,\n"
    )
    text += "3,late,1,1,+33998000001,01 99 80 00 01\n4,2026-11-02T08:00:00Z,1,1,answered,\n"
    calls = read(tmp_path, text, load_format("generic"))
    first, last = calls.refused
    assert [first.start, last.start] == column(calls, "start")[:2]
    assert (last.call_id, last.text) == ("3", "3,late,1,1,+3399…,01 99…")
    assert "+33998" not in str(last.problem)


def test_a_cell_with_line_breaks_is_one_cell_and_a_lost_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    calls = read(
        tmp_path,
        "id,start,answer,end,note\n"
        '1,2026-10-02 08:00:00,,,"first\n\nsecond, with a comma\n""third"""\n'
        '2,2026-10-02 08:00:00,,,"lost\n'
        '3,2026-10-02 08:00:00,,,"sound"\n'
        '4,2026-10-02 08:00:00,,,"never closed, and more\nthan one line\n'
        "5,2026-10-02 08:00:00,,,\n"
        '6,2026-10-02 08:00:00,,,"\nlast"\n',
    )
    assert column(calls, "call_id") == ["1", "3", "5", "6"]
    assert [(record.problem.where.line, record.problem.what.split(" (")[0]) for record in calls.refused] == [
        (6, "a quotation mark is opened and not closed"),
        (8, "a quotation mark is opened and not closed"),
        (9, "1 columns, not 5"),
    ]
    assert [record[0] for batch in calls.batches for record in batch] == [2, 7, 10, 11]


def test_a_record_in_place_of_a_header_shows_no_telephone_number(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "1,+33998000001,2026-10-02 08:00:00\n2,+33998000002,2026-10-02 08:00:00\n")
    assert "+3399…" in str(refused.value)
    assert "33998" not in str(refused.value)

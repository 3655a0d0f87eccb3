"""What a file may be at the most, to the byte, and where in it something is told to be wrong."""

from pathlib import Path

import pyarrow as pa
import pytest
from permanence.model.problem import Refused
from permanence.read.calls import blocks
from permanence.read.calls.durations import seconds_of
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls
from permanence.read.calls.stamps import parse_stamps

HEADER = "call_id,start,wait_seconds,talk_seconds,status"
MAPPING = """
title = "Lines of JSON"
layout = "json"
[column]
call_id = "id"
start = "when"
talk = "talk"
[status]
always = "answered"
[direction]
always = "inbound"
"""


def test_a_line_may_be_as_long_as_the_longest_and_not_a_sign_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"{HEADER}\n1,2026-10-02T08:00:00Z,1,60,answered\n", "utf-8")
    monkeypatch.setattr(blocks, "LONGEST_LINE", len(HEADER))
    assert read_calls(path, load_format("generic")).rows == 1
    monkeypatch.setattr(blocks, "LONGEST_LINE", len(HEADER) - 1)
    with pytest.raises(Refused, match="a line is longer than"):
        read_calls(path, load_format("generic"))


def test_a_column_that_later_records_lack_is_told_where_they_stand(tmp_path: Path) -> None:
    path, mapping = tmp_path / "calls.jsonl", tmp_path / "mine.toml"
    mapping.write_text(MAPPING, "utf-8")
    torn, without = ["{" + "x" * 1_000] * 300, ['{"id": "1", "when": "2026-10-02T08:00:00Z"}'] * 400
    path.write_text("\n".join([*torn, *without]) + "\n", "utf-8")
    with pytest.raises(Refused) as refused:
        read_calls(path, load_format(str(mapping)))
    (problem,) = refused.value.problems
    assert problem.what == 'the column "talk" is missing'
    assert 1 < problem.where.line <= len(torn)


@pytest.mark.parametrize("form", ["seconds", "h:mm:ss", "minutes"])
@pytest.mark.parametrize("text", [None, "", "  ", "\u00a0"])
def test_a_duration_that_nobody_wrote_is_none(text: str | None, form: str) -> None:
    assert seconds_of(text, form) == 0


HOURS_BEFORE_UTC = {"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
NOON = 1_790_942_400
"""2 October 2026, 12:00 UTC."""


@pytest.mark.parametrize("zone", HOURS_BEFORE_UTC)
def test_an_abbreviation_of_a_zone_says_when_it_was(zone: str) -> None:
    found = parse_stamps(pa.array([f"2026-10-02 12:00:00 {zone}"]), "%Y-%m-%d %H:%M:%S %Z")
    assert found.seconds.tolist() == [NOON - 3_600 * HOURS_BEFORE_UTC[zone]]

"""Calls straight from Parquet: the same answers as a plain loop over the records, however the files are cut."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.model.problem import Refused
from permanence.model.records import CallBatch
from permanence.read.calls import parquet_kept
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.month_parquet import read_parquet_calls
from permanence.read.calls.records import read_calls

OCTOBER, NOVEMBER = 1_790_805_600, 1_793_487_600
CALL: Mapping[str, Any] = {
    "source": "pbx",
    "call_id": "1790931600.1",
    "linked_id": None,
    "account": "C0001",
    "number": "+33199000010",
    "caller": "+33998000001",
    "start": 1_790_931_600,
    "wait_seconds": 5,
    "talk_seconds": 60,
    "status": "answered",
    "direction": "inbound",
    "language": "fr",
    "tags": "urgent",
    "details": '{"agent":"a7","pages":3}',
}
TYPES = {name: pa.int64() if isinstance(value, int) else pa.string() for name, value in CALL.items()}


def call(**changed: Any) -> dict[str, Any]:
    return {**CALL, **changed}


def write(path: Path, calls: Sequence[Mapping[str, Any]], types: Mapping[str, Any] = TYPES, group: int = 2) -> Path:
    columns = {name: pa.array([one[name] for one in calls], kind) for name, kind in types.items()}
    pq.write_table(pa.table(columns), path, row_group_size=group)
    return path


def october(*paths: Path) -> CallBatch:
    return read_parquet_calls(paths, (OCTOBER, NOVEMBER), (OCTOBER, NOVEMBER))


def records(batch: CallBatch) -> list[tuple[Any, ...]]:
    calls = batch.records.each
    words = (calls.account, calls.number, calls.status, calls.direction, calls.language, calls.tags, calls.details)
    return [
        (
            int(calls.row[at]),
            int(calls.start[at]),
            int(calls.wait[at]),
            int(calls.talk[at]),
            *(word[at] for word in words),
        )
        for at in range(len(calls))
    ]


def told(batch: CallBatch) -> list[str]:
    return [f"{problem.where.line}: {problem.what}" for problem in batch.refused]


def test_a_call_comes_as_it_was_written(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [call()])
    expected = (
        0,
        1_790_931_600,
        5,
        60,
        "C0001",
        "+33199000010",
        "answered",
        "inbound",
        "fr",
        "urgent",
        CALL["details"],
    )
    assert records(october(path)) == [expected]


def test_months_are_half_open_and_all_records_are_counted(tmp_path: Path) -> None:
    starts = (OCTOBER - 1, OCTOBER, NOVEMBER - 1, NOVEMBER)
    path = write(tmp_path / "a.parquet", [call(call_id=str(start), start=start) for start in starts])
    found = october(path)
    assert (found.records.each.start.tolist(), found.rows) == ([OCTOBER, NOVEMBER - 1], 4)


@pytest.mark.parametrize(
    "kind", [pa.timestamp("s", "UTC"), pa.timestamp("us", "UTC"), pa.timestamp("us", "Europe/Paris")]
)
def test_a_start_may_be_an_instant(tmp_path: Path, kind: Any) -> None:
    path = tmp_path / "a.parquet"
    seconds = pa.array([CALL["start"]], pa.timestamp("s", "UTC"))
    table = pa.table({**{name: pa.array([CALL[name]], TYPES[name]) for name in TYPES}, "start": seconds.cast(kind)})
    pq.write_table(table, path)
    assert october(path).records.each.start.tolist() == [CALL["start"]]


def test_columns_that_say_nothing_new_may_be_missing(tmp_path: Path) -> None:
    needed = ("call_id", "start", "wait_seconds", "talk_seconds", "status")
    path = write(tmp_path / "a.parquet", [call()], {name: TYPES[name] for name in needed})
    assert records(october(path)) == [(0, 1_790_931_600, 5, 60, "", "", "answered", "inbound", "", "", "")]


def test_the_same_record_again_is_a_duplicate_in_another_file_too(tmp_path: Path) -> None:
    first = write(tmp_path / "a.parquet", [call(), call(call_id="2"), call()])
    second = write(tmp_path / "b.parquet", [call(call_id="2"), call(call_id="3"), call(source="other")])
    found = october(first, second)
    assert (found.records.each.row.tolist(), found.duplicates, found.refused) == ([0, 1, 4, 5], 2, ())


@pytest.mark.parametrize("name", ["1", "12345678", "été-123456789", "1790931600.000001@" + "h" * 300])
def test_an_id_is_known_again_whatever_ids_stand_beside_it(tmp_path: Path, name: str) -> None:
    lengths = (2, 9, 40, 1_000)
    files = [
        write(tmp_path / f"{length}.parquet", [call(call_id=name), call(call_id="2" * length)]) for length in lengths
    ]
    found = october(*files)
    assert (found.records.each.row.tolist(), found.duplicates) == ([0, 1, 3, 5, 7], 3)


def test_ids_that_differ_only_far_from_their_ends_are_two_calls(tmp_path: Path) -> None:
    ids = [f"{number}@{'h' * 1_000}" for number in (1, 2, 1)]
    found = october(write(tmp_path / "a.parquet", [call(call_id=one) for one in ids]))
    assert (found.records.each.row.tolist(), found.duplicates, found.refused) == ([0, 1], 1, ())


def test_the_same_id_with_other_content_is_refused_and_the_difference_named(tmp_path: Path) -> None:
    first = write(tmp_path / "a.parquet", [call(), call(talk_seconds=61, number="+33199000020")])
    second = write(tmp_path / "b.parquet", [call(language=None), call(start=NOVEMBER)])
    found = october(first, second)
    assert told(found) == [
        f"2: known with other content: number; talk_seconds 61, known as 60: line 1 of {first}",
        f"1: known with other content: language none, known as fr: line 1 of {first}",
    ]
    assert (len(found.records), found.rows) == (1, 4)


def test_a_record_that_cannot_be_used_is_refused_with_every_reason(tmp_path: Path) -> None:
    calls = [call(call_id=str(number)) for number in range(6)]
    calls += [
        call(call_id=None),
        call(call_id="7", talk_seconds=-1, status="handled"),
        call(call_id="8", direction=None),
        call(call_id="9", start=None),
    ]
    found = october(write(tmp_path / "a.parquet", calls))
    assert told(found) == [
        "7: no call id",
        "8: talk_seconds is missing or negative; the status is none of answered, no_answer, busy, failed",
        "9: the direction is none of inbound, outbound, internal",
        "10: no start",
    ]
    assert (len(found.records), found.rows) == (6, 10)


IMPOSSIBLE = [
    ("start", 946_684_799, 946_684_800, "start is in no year from 2000 to 2100: seconds since 1970?"),
    ("start", 1_790_931_600_000, 4_102_444_800, "start is in no year from 2000 to 2100: seconds since 1970?"),
    ("wait_seconds", -1, 0, "wait_seconds is negative"),
    ("wait_seconds", 86_401, 86_400, "wait_seconds is longer than a day: milliseconds?"),
    ("talk_seconds", 86_401, 86_400, "talk_seconds is longer than a day: milliseconds?"),
    ("number", "3,3199E+10", "33199000010", "a spreadsheet spoilt the number called"),
    ("number", "199000010", "0199000010", "a spreadsheet spoilt the number called"),
    ("details", "{", "{}", "details is no JSON object of words and whole numbers"),
    ("details", '{"pages":1.5}', '{"pages":15}', "details is no JSON object of words and whole numbers"),
    ("details", '{"pages":1000000001}', '{"pages":1000000000}', "details is no JSON object of words and whole numbers"),
    ("details", '{"pages":-1}', '{"pages":0}', "details is no JSON object of words and whole numbers"),
    ("call_id", "", "x", "no call id"),
]


@pytest.mark.parametrize(("name", "wrong", "right", "reason"), IMPOSSIBLE)
def test_a_record_that_an_import_refuses_is_refused_of_a_month_straight_from_its_file_too(
    tmp_path: Path, name: str, wrong: Any, right: Any, reason: str
) -> None:
    calls = [call(), call(**{"call_id": "w", name: wrong}), call(**{"call_id": "r", name: right}), call(call_id="4")]
    path = write(tmp_path / "a.parquet", calls)
    found = october(path)
    assert told(found) == [f"2: {reason}"]
    assert found.rows == 4
    imported = read_calls(path, load_format("generic"))
    assert [record.problem.where.line for record in imported.refused] == [2]


@pytest.mark.parametrize("kind", [pa.null(), pa.dictionary(pa.int32(), pa.string())])
def test_a_file_without_any_id_is_refused_whatever_holds_the_ids(tmp_path: Path, kind: Any) -> None:
    path = write(tmp_path / "a.parquet", [call(call_id=None)], {**TYPES, "call_id": kind})
    with pytest.raises(Refused, match="1: no call id"):
        october(path)


def test_a_file_of_which_most_records_cannot_be_used_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet", [call(call_id="1"), call(call_id="2", status="ok"), call(call_id="3", status="ok")]
    )
    with pytest.raises(Refused) as refused:
        october(path)
    assert str(refused.value).splitlines() == [
        f"{path}: 2 of its 3 records cannot be used",
        f"{path}:2: the status is none of answered, no_answer, busy, failed",
        f"{path}:3: the status is none of answered, no_answer, busy, failed",
    ]


def test_calls_that_share_a_link_have_one_number_and_others_none(tmp_path: Path) -> None:
    links = (None, "x", "y", "x", "z")
    first = write(tmp_path / "a.parquet", [call(call_id=str(at), linked_id=link) for at, link in enumerate(links)])
    second = write(
        tmp_path / "b.parquet", [call(call_id="5", linked_id="z"), call(call_id="6", linked_id="x", source="o")]
    )
    linked = october(first, second).records.linked.tolist()
    assert [linked[at] for at in (0, 2, 6)] == [-1, -1, -1]
    assert linked[1] == linked[3] != linked[4] == linked[5] != -1


def test_a_record_without_a_link_belongs_to_those_that_have_its_id_for_one(tmp_path: Path) -> None:
    links = {"a": None, "b": "a", "c": "", "d": "", "e": "c"}
    path = write(tmp_path / "a.parquet", [call(call_id=name, linked_id=link) for name, link in links.items()])
    linked = dict(zip(links, october(path).records.linked.tolist(), strict=True))
    assert linked["a"] == linked["b"] != linked["c"] == linked["e"] != linked["d"] == -1


def test_records_of_one_link_and_second_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    ids = ("1.10", "2.5", "1.9", "1.8", "2.4")
    found = october(write(tmp_path / "a.parquet", [call(call_id=name, linked_id=name[0]) for name in ids])).records
    assert [ids[row] for row in found.each.row.tolist()] == ["1.8", "2.4", "1.9", "1.10", "2.5"]
    assert len(set(found.linked[[0, 2, 3]].tolist())) == len(set(found.linked[[1, 4]].tolist())) == 1


def test_records_with_a_link_are_read_once_and_others_that_belong_to_them_are_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [f"{number % 7}.{number}" for number in range(40)]
    everyone = [call(call_id=name, linked_id=name[0] if name[0] in "135" else None) for name in ids]
    path = write(tmp_path / "a.parquet", everyone, group=9)
    found = []
    for most in (1 << 18, 17, 1, 0):
        monkeypatch.setattr(parquet_kept, "MOST", most)
        read = october(path).records
        found.append((read.each.row.tolist(), read.linked.tolist()))
    assert found == [found[0]] * 4
    assert max(found[0][1]) >= 2
    monkeypatch.setattr(parquet_kept, "MOST", 1 << 18)
    monkeypatch.setattr(parquet_kept, "read_rows", None)
    again = october(path).records
    assert (again.each.row.tolist(), again.linked.tolist()) == found[0]
    with pytest.raises(TypeError, match="NoneType"):
        october(write(tmp_path / "b.parquet", [call(call_id="a"), call(call_id="b", linked_id="a")]))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"status": None}, 'the column "status" is missing'),
        ({"talk_seconds": pa.string()}, 'the column "talk_seconds" holds string, not whole numbers'),
        (
            {"start": pa.timestamp("ms")},
            'the column "start" holds timestamp[ms], not whole seconds UTC, or a timestamp with a zone',
        ),
    ],
)
def test_a_file_of_other_columns_is_refused(tmp_path: Path, wrong: Mapping[str, Any], message: str) -> None:
    types = {name: kind for name, kind in {**TYPES, **wrong}.items() if kind is not None}
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({name: pa.nulls(1, kind) for name, kind in types.items()}), path)
    with pytest.raises(Refused) as refused:
        october(path)
    assert message in str(refused.value)


@pytest.mark.parametrize("kept", [0, 3, 200, -1, -10])
def test_a_truncated_file_is_refused(tmp_path: Path, kept: int) -> None:
    path = write(tmp_path / "a.parquet", [call()])
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(Refused, match="is no Parquet file, or is cut short"):
        october(path)


def test_a_column_that_may_be_absent_and_has_nearly_its_name_is_told(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        [{**call(), "Direction": "outbound"}],
        {"Direction" if name == "direction" else name: kind for name, kind in TYPES.items()},
    )
    for read in (lambda: october(path), lambda: read_calls(path, load_format("generic"))):
        with pytest.raises(Refused, match='the column "direction" is missing; did you mean "Direction"'):
            read()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        october(tmp_path / "none.parquet")


def test_parquet_is_imported_like_any_call_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [call(), call(call_id="2"), call(call_id="3", talk_seconds=-4)])
    found = read_calls(path, load_format("generic"))
    assert [record[1:] for batch in found.batches for record in batch] == [
        tuple(CALL.values()),
        tuple(call(call_id="2").values()),
    ]
    assert [str(record.problem) for record in found.refused] == [f'{path}:3: talk_seconds is negative: "-4"']


ids = st.text(alphabet="ab0é", min_size=1, max_size=20)
some_calls = st.lists(
    st.builds(
        call,
        source=st.sampled_from(["pbx", "other"]),
        call_id=ids,
        start=st.sampled_from([OCTOBER, OCTOBER + 1, NOVEMBER]),
        talk_seconds=st.sampled_from([-1, 0, 60, 60, 60]),
        language=st.sampled_from([None, "", "fr", "en"]),
    ),
    min_size=1,
    max_size=25,
)


def plainly(calls: Sequence[Mapping[str, Any]]) -> tuple[list[int], int, list[int]]:
    """Return the rows of October's calls, the number of duplicates and the rows refused, by a plain loop."""
    known: dict[tuple[str, str], tuple[Any, ...]] = {}
    kept, duplicates, refused = [], 0, []
    for row, one in enumerate(calls):
        content = (one["start"], one["talk_seconds"], one["language"] or "")
        now = OCTOBER <= one["start"] < NOVEMBER
        if one["talk_seconds"] < 0:
            refused += [row] * now
        elif (one["source"], one["call_id"]) not in known:
            known[one["source"], one["call_id"]] = content
            kept += [row] * now
        elif known[one["source"], one["call_id"]] == content:
            duplicates += now
        else:
            refused += [row] * now
    return kept, duplicates, refused


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(calls=some_calls, cut=st.integers(0, 25), group=st.integers(1, 5), again=st.booleans())
def test_any_records_in_any_files_end_as_a_plain_loop_says(
    tmp_path: Path, calls: list[dict[str, Any]], cut: int, group: int, again: bool
) -> None:
    calls = calls * (1 + again)
    parts = [part for part in (calls[:cut], calls[cut:]) if part]
    sound = all(2 * sum(one["talk_seconds"] < 0 for one in part) <= len(part) for part in parts)
    paths = [write(tmp_path / f"{number}.parquet", part, group=group) for number, part in enumerate(parts)]
    if not sound:
        with pytest.raises(Refused):
            october(*paths)
        return
    found = october(*paths)
    kept, duplicates, refused = plainly(calls)
    assert (found.records.each.row.tolist(), found.duplicates) == (kept, duplicates)
    lines = [
        problem.where.line - 1 + (len(parts[0]) if problem.where.file == str(paths[-1]) and len(parts) > 1 else 0)
        for problem in found.refused
    ]
    assert sorted(lines) == refused
    assert found.rows == len(calls)


def test_a_file_with_damaged_pages_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [call(call_id=str(number)) for number in range(50)], group=50)
    content = bytearray(path.read_bytes())
    content[4:400] = bytes(396)
    path.write_bytes(content)
    for read in (lambda: october(path), lambda: read_calls(path, load_format("generic"))):
        with pytest.raises(Refused, match="is damaged"):
            read()


def test_an_empty_parquet_file_is_refused_on_import_and_harmless_in_a_bill(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [])
    assert len(october(path).records.each) == 0
    with pytest.raises(Refused, match="the file has no records"):
        read_calls(path, load_format("generic"))


def test_an_instant_is_imported_as_seconds(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    start = pa.array([CALL["start"] * 1000 + 999], pa.timestamp("ms", "UTC"))
    pq.write_table(pa.table({**{name: pa.array([CALL[name]], TYPES[name]) for name in TYPES}, "start": start}), path)
    found = read_calls(path, load_format("asterisk"))
    assert [record[1:] for batch in found.batches for record in batch] == [tuple(CALL.values())]


def test_a_wait_that_nobody_noted_is_none_whichever_way_the_calls_come_in(tmp_path: Path) -> None:
    path = write(tmp_path / "calls.parquet", [call(), call(call_id="1790931600.2", wait_seconds=None)])
    (batch,) = read_calls(path, load_format("generic")).batches
    assert october(path).records.each.wait.tolist() == [5, 0] == [record[8] for record in batch]

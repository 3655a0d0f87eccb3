"""calls.db: each call once, each record accounted for, and a file in entirely or not at all."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.model.call_file import CALL_COLUMNS, CallFile, RefusedRecord
from permanence.model.problem import Place, Problem
from permanence.store.call_queries import calls_by_row
from permanence.store.calls import ImportResult, import_calls, open_calls
from sqlite_utils import Database

from tests.store.call_files import a_part, records_of_month

NAMES = [column.name for column in CALL_COLUMNS]
START = NAMES.index("start")
MONTH = (1_000, 2_000)


def record(
    call_id: str = "1", start: int = 1_500, talk: int | str = 60, caller: str = "+33998000001", **changed: Any
) -> Any:
    values = (
        "pbx",
        call_id,
        None,
        "C0001",
        "+33199000010",
        caller,
        start,
        5,
        talk,
        "answered",
        "inbound",
        None,
        None,
        None,
    )
    return tuple({**dict(zip(NAMES, values, strict=True)), **changed}.values())


def a_file(records: Sequence[Any], name: str = "a.csv", refused: Sequence[RefusedRecord] = ()) -> CallFile:
    lines = [(line, *values) for line, values in enumerate(records, 1)]
    parts = [a_part(lines[:2]), a_part(lines[2:], refused)]
    return CallFile(file=name, digest=f"{name} {records} {refused}", zone="UTC", parts=parts)


def refused_record(line: int, start: int = 1_500) -> RefusedRecord:
    return RefusedRecord(
        problem=Problem(Place("a.csv", line), "no call id"), start=start, call_id="", text="C0001,+3399…"
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_calls(str(tmp_path / "calls.db"))
    yield database
    database.close()


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    assert result.rows == result.accepted + result.duplicate + result.refused
    return result.rows, result.accepted, result.duplicate, result.refused


def content(database: Database) -> set[Any]:
    return set(database.execute(f"SELECT {', '.join(NAMES)} FROM call").fetchall())


def whole(database: Database) -> list[Any]:
    return [database.execute(f"SELECT * FROM [{name}]").fetchall() for name in ("import", "call", "set_aside")]


def test_every_record_of_a_file_ends_somewhere(database: Database) -> None:
    result = import_calls(
        database, a_file([record("1"), record("2"), record("1")], refused=[refused_record(4)]), "generic"
    )
    assert counts(result) == (4, 2, 1, 1)
    assert [str(problem) for problem in result.problems] == ["a.csv:4: no call id"]


def test_the_same_bytes_again_change_nothing_and_say_so(database: Database) -> None:
    calls = a_file([record("1"), record("2")], refused=[refused_record(3)])
    first = import_calls(database, calls, "generic")
    before = whole(database)
    second = import_calls(database, calls, "generic")
    assert (first.already, second.already) == (False, True)
    assert whole(database) == before
    assert (counts(second), second.problems) == (counts(first), first.problems)


def test_a_known_call_with_the_same_content_is_a_duplicate(database: Database) -> None:
    import_calls(database, a_file([record("1"), record("2")]), "generic")
    assert counts(import_calls(database, a_file([record("2"), record("3")], "b.csv"), "generic")) == (2, 1, 1, 0)
    assert len(content(database)) == 3


def test_a_known_call_with_other_content_is_refused_and_the_difference_named(database: Database) -> None:
    import_calls(database, a_file([record("1")]), "generic")
    changed = a_file([record("2"), record("1", talk=61, language="fr", caller="+33998000002")], "b.csv")
    result = import_calls(database, changed, "generic")
    assert counts(result) == (2, 1, 0, 1)
    assert [str(problem) for problem in result.problems] == [
        "b.csv:2: known with other content: caller; talk_seconds 61, known as 60; "
        "language fr, known as none: line 1 of a.csv"
    ]
    assert record("1") in content(database)


def test_within_one_file_the_first_record_wins(database: Database) -> None:
    result = import_calls(database, a_file([record("1"), record("1", talk=9), record("1", talk=9)]), "generic")
    assert counts(result) == (3, 1, 0, 2)
    assert content(database) == {record("1")}


def test_one_id_of_two_telephone_systems_is_two_calls(database: Database) -> None:
    assert counts(import_calls(database, a_file([record("1"), record("1", source="other")]), "x")) == (2, 2, 0, 0)


def test_a_file_that_breaks_off_leaves_nothing(database: Database) -> None:
    import_calls(database, a_file([record("1")]), "generic")
    before = whole(database)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_calls(database, a_file([record("2"), record("3")], "b.csv"), "generic", stop)
    assert whole(database) == before
    assert counts(import_calls(database, a_file([record("2"), record("3")], "b.csv"), "generic")) == (2, 2, 0, 0)


def test_progress_counts_every_record(database: Database) -> None:
    done: list[int] = []
    import_calls(database, a_file([record(str(number)) for number in range(5)]), "generic", done.append)
    assert sum(done) == 5


def test_a_month_is_half_open_and_brings_what_was_set_aside_in_it(database: Database) -> None:
    starts = (999, 1_000, 1_999, 2_000)
    again = [record("1000", 1_000), record("2000", 2_000)]
    import_calls(
        database,
        a_file(
            [*(record(str(start), start) for start in starts), *again],
            refused=[refused_record(9), refused_record(10, 2_000)],
        ),
        "generic",
    )
    found = records_of_month(database, (999, 2_001), MONTH)
    assert (found.records.each.start.tolist(), found.duplicates) == ([*starts], 1)
    found = records_of_month(database, MONTH, MONTH)
    assert (found.records.each.start.tolist(), found.duplicates) == ([1_000, 1_999], 1)
    assert [str(problem) for problem in found.refused] == ["a.csv:9: no call id"]


def test_a_month_without_calls_is_empty(database: Database) -> None:
    assert len(records_of_month(database, MONTH, MONTH).records) == 0


def test_calls_come_as_columns_and_can_be_listed_by_row(database: Database) -> None:
    import_calls(
        database,
        a_file([record("2", 1_600, tags="urgent test"), record("1", language="en", details='{"pages":3}')]),
        "generic",
    )
    calls = records_of_month(database, MONTH, MONTH).records.each
    assert [calls.language[0], calls.tags[1], calls.account[0]] == ["en", "urgent test", "C0001"]
    assert [calls.details[0], calls.details[1]] == ['{"pages":3}', ""]
    assert calls.tagged("test").tolist() == [False, True]
    listed = calls_by_row(database, calls.row)
    assert [one["call_id"] for one in listed] == ["1", "2"]
    assert listed[0]["caller"] == "+33998000001"


def test_records_of_one_link_share_a_number_within_their_source(database: Database) -> None:
    links = [("1", "x", "pbx"), ("2", "x", "pbx"), ("3", "x", "other"), ("4", None, "pbx"), ("5", "", "pbx")]
    links += [("6", "", "pbx"), ("x", None, "pbx")]
    import_calls(
        database, a_file([record(name, linked_id=link, source=source) for name, link, source in links]), "generic"
    )
    records = records_of_month(database, MONTH, MONTH).records
    names = [one["call_id"] for one in calls_by_row(database, records.each.row)]
    linked = dict(zip(names, records.linked.tolist(), strict=True))
    assert linked["1"] == linked["2"] == linked["x"] != -1
    assert {linked[name] for name in "3456"} == {-1}


def test_records_of_one_second_come_in_the_order_of_their_ids_whichever_was_imported_first(database: Database) -> None:
    for number, name in enumerate(("1.10", "1.9", "2.7")):
        import_calls(database, a_file([record(name)], f"{number}.csv"), "generic")
    rows = records_of_month(database, MONTH, MONTH).records.each.row
    assert [one["call_id"] for one in calls_by_row(database, rows)] == ["1.9", "2.7", "1.10"]


def test_tables_are_strict(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        import_calls(database, a_file([record(talk="a minute")]), "generic")
    assert whole(database) == [[], [], []]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    numbers=st.lists(st.integers(0, 12), min_size=1, max_size=30),
    order=st.randoms(use_true_random=False),
    cuts=st.sets(st.integers(1, 29)),
)
def test_order_and_splitting_of_files_do_not_change_the_calls(
    tmp_path: Path, numbers: list[int], order: Any, cuts: set[int]
) -> None:
    records = [record(str(number), 1_000 + number) for number in numbers]
    edges = [0, *sorted(cut for cut in cuts if cut < len(records)), len(records)]
    parts = [records[begin:end] for begin, end in pairwise(edges)]
    order.shuffle(parts)
    folder = Path(mkdtemp(dir=tmp_path))
    database, whole_file = open_calls(str(folder / "parts.db")), open_calls(str(folder / "whole.db"))
    results = [import_calls(database, a_file(part, f"{at}.csv"), "generic") for at, part in enumerate(parts)]
    once = import_calls(whole_file, a_file(records), "generic")
    assert content(database) == content(whole_file)
    assert sum(result.accepted for result in results) == once.accepted
    assert sum(result.duplicate for result in results) == once.duplicate
    database.close()
    whole_file.close()

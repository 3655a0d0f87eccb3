"""Files of work in calls.db: each record known once, the same file once, and every record ends somewhere."""

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.period import Month
from permanence.model.problem import Place, Problem
from permanence.model.work import RefusedWork, Work, WorkFile, WorkRecord
from permanence.store.calls import open_calls
from permanence.store.work_imports import WorkImport, import_work
from permanence.store.work_queries import work_behind, work_of_month
from sqlite_utils import Database

OCTOBER = Month(2026, 10)
Line = tuple[str, str, int, str, str]


def record(line: int, told: Line) -> WorkRecord:
    contract, day, quantity, note, name = told
    work = Work(contract=contract, day=date.fromisoformat(day), what="letters", quantity=quantity)
    return WorkRecord(line=line, id=name, work=work, note=note)


def file(name: str, *lines: Line, unreadable: int = 0) -> WorkFile:
    """Return a file of these records, and some more that cannot be read."""
    left = [RefusedWork(problem=Problem(Place(name, 90 + n), "no day"), text="…") for n in range(unreadable)]
    return WorkFile(
        file=name,
        digest=sha256(repr((lines, unreadable)).encode()).hexdigest(),
        rows=len(lines) + unreadable,
        records=tuple(record(number, line) for number, line in enumerate(lines, 2)),
        refused=tuple(left),
    )


def taken(*files: WorkFile) -> tuple[list[WorkImport], list[int]]:
    """Return what became of each file's records, and the quantities that are in October then."""
    with closing(open_calls(":memory:")) as database:
        results = [import_work(database, one) for one in files]
        return results, [one.quantity for one in work_of_month(database, OCTOBER)]


def counts(result: WorkImport) -> tuple[int, int, int, int]:
    return result.rows, result.accepted, result.duplicate, result.refused


TWELVE: Line = ("C1", "2026-10-01", 12, "morning", "")


def test_two_equal_lines_of_a_file_are_two_and_the_same_lines_again_are_known() -> None:
    results, quantities = taken(file("a", TWELVE, TWELVE), file("b", TWELVE, TWELVE, unreadable=1), file("c", TWELVE))
    assert [counts(one) for one in results] == [(2, 2, 0, 0), (3, 0, 2, 1), (1, 0, 1, 0)]
    assert quantities == [12, 12]


def test_a_third_equal_line_is_new() -> None:
    results, quantities = taken(file("a", TWELVE, TWELVE), file("b", TWELVE, TWELVE, TWELVE))
    assert counts(results[1]) == (3, 1, 2, 0)
    assert quantities == [12, 12, 12]


def test_the_same_bytes_are_taken_in_once() -> None:
    results, quantities = taken(file("a", TWELVE, unreadable=1), file("again", TWELVE, unreadable=1))
    assert [one.already for one in results] == [False, True]
    assert counts(results[0]) == counts(results[1]) == (2, 1, 0, 1)
    assert quantities == [12]


def test_a_record_with_an_id_is_known_by_it_and_refused_with_other_content() -> None:
    first, same, other = (
        ("C1", "2026-10-01", 12, "morning", "L1"),
        ("C1", "2026-10-01", 12, "morning", "L1"),
        ("C1", "2026-10-01", 13, "evening", "L1"),
    )
    results, quantities = taken(file("a", first, same), file("b", other))
    assert [counts(one) for one in results] == [(2, 1, 1, 0), (1, 0, 0, 1)]
    assert [problem.what for problem in results[1].problems] == [
        "known with other content: quantity 13, known as 12; note: line 2 of a"
    ]
    assert quantities == [12]


def test_equal_work_with_and_without_an_id_is_two() -> None:
    _, quantities = taken(file("a", TWELVE, ("C1", "2026-10-01", 12, "morning", "L1")))
    assert quantities == [12, 12]


def test_a_month_has_the_work_of_its_days_and_no_other() -> None:
    days = ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01")
    _, quantities = taken(file("a", *(("C1", day, number, "", "") for number, day in enumerate(days))))
    assert quantities == [1, 2]


def test_the_records_behind_an_amount_name_their_file_and_line() -> None:
    with closing(open_calls(":memory:")) as database:
        import_work(database, file("a", TWELVE, ("C2", "2026-10-01", 1, "", "")))
        assert [dict(one) for one in work_behind(database, OCTOBER, "C1")] == [
            {"day": "2026-10-01", "what": "letters", "quantity": 12, "note": "morning", "file": "a", "line": 2}
        ]


def test_a_file_is_in_entirely_or_not_at_all(tmp_path: Path) -> None:
    with closing(open_calls(str(tmp_path / "calls.db"))) as database:
        broken = file("a", TWELVE, ("C1", "2026-10-02", 2**70, "", ""))
        with pytest.raises(OverflowError):
            import_work(database, broken)
        assert rows_of(database) == [0, 0, 0]


def rows_of(database: Database) -> list[int]:
    return [database.table(name).count for name in ("work_import", "work", "work_set_aside")]


LINES = st.tuples(
    st.sampled_from(["C1", "C2"]),
    st.sampled_from(["2026-10-01", "2026-10-02"]),
    st.integers(0, 2),
    st.just(""),
    st.sampled_from(["", "", "L1", "L2"]),
)


@given(st.lists(st.lists(LINES, max_size=5), min_size=1, max_size=4), st.integers(0, 2))
def test_every_record_of_every_file_ends_somewhere(files: list[list[Line]], unreadable: int) -> None:
    results, quantities = taken(*(file(f"f{n}", *lines, unreadable=unreadable) for n, lines in enumerate(files)))
    for one in results:
        assert one.rows == one.accepted + one.duplicate + one.refused
        assert len(one.problems) == one.refused
    assert sum(one.accepted for one in results if not one.already) == len(quantities)
    assert most(files) <= len(quantities)


def most(files: Iterable[list[Line]]) -> int:
    """Return the most records without an id that one file has: each of them is another."""
    return max(sum(not line[-1] for line in lines) for lines in files)

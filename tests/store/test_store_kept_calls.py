"""What became of each call, packed into billing.db: read back as it was, of a contract, a time, a call; no number."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.kept_calls import CallKind, KeptCall, KeptCalls
from permanence.model.outcome import Outcome
from permanence.store import kept_calls as kept_module
from permanence.store.call_answers import answers, billed_calls
from permanence.store.kept_calls import kept_calls, kept_tables
from permanence.store.results import open_billing, publish
from sqlite_utils import Database

from tests.bill.months import NOVEMBER, OCTOBER, bill, calls, contract, offer, on_file

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
KINDS = (
    CallKind(Outcome.COUNTED, window="weekdays", marks=("a", "b"), facts=("usage.x",)),
    CallKind(Outcome.OUTSIDE),
    CallKind(Outcome.UNASSIGNED, "unknown_line"),
    CallKind(Outcome.EXCLUDED, "status", "weekdays"),
    CallKind(Outcome.HELD),
)
CONTRACTS = ("C1", "C2", "C1", "C3")
"""C1 has two numbers: one for each part of its month."""
CALL = st.tuples(
    st.integers(0, 2**40),
    st.integers(1_790_000_000, 1_792_678_400),
    st.integers(0, 90_000),
    st.integers(-1, len(CONTRACTS) - 1),
    st.integers(0, len(KINDS) - 1),
)


def kept(found: list[tuple[int, ...]]) -> KeptCalls:
    columns = [np.array(column, np.int64) for column in zip(*found, strict=True)] or [np.zeros(0, np.int64)] * 5
    call, start, talk, whose, kind = columns
    return KeptCalls(
        contracts=CONTRACTS,
        kinds=KINDS,
        call=call,
        start=start,
        talk=talk.astype(np.int32),
        contract=whose.astype(np.int32),
        kind=kind.astype(np.uint8),
    )


def put(month: str, found: list[tuple[int, ...]]) -> Database:
    """Return a database in memory with what is kept of a month."""
    database = Database(memory=True)
    kept_module_tables = {name: list(rows) for name, rows in kept_tables(month, kept(found))}
    database.execute("CREATE TABLE call_kind (id, month, number, outcome, reason, window, marks, facts, calls)")
    columns = "id, month, calls, first_start, last_start, contracts, call, start, talk, contract, kind"
    database.execute(f"CREATE TABLE call_kept ({columns})")
    for name, rows in kept_module_tables.items():
        database.conn.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return database


def one(month: str, values: tuple[int, ...]) -> KeptCall:
    call, start, talk, whose, kind = values
    name = CONTRACTS[whose] if whose >= 0 else ""
    return KeptCall(month=month, call=call, start=start, talk=talk, contract=name, kind=KINDS[kind])


def in_order(found: list[KeptCall]) -> list[KeptCall]:
    return sorted(found, key=lambda kept: (kept.start, kept.call))


@given(
    found=st.lists(CALL, max_size=12, unique_by=lambda call: call[0]),
    part=st.integers(1, 5),
    span=st.tuples(st.integers(1_790_000_000, 1_792_678_400), st.integers(0, 1_000_000)),
)
def test_what_is_kept_is_read_back_whatever_is_asked_and_however_many_parts_it_has(
    found: list[tuple[int, ...]], part: int, span: tuple[int, int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_module, "PART", part)
        database = put("2026-10", found)
    everything = in_order([one("2026-10", values) for values in found])
    assert list(kept_calls(database.conn)) == everything
    assert list(kept_calls(database.conn, month="2026-09")) == []
    for name in ("", "C1", "C2", "C3", "C9"):
        assert list(kept_calls(database.conn, contract=name)) == [it for it in everything if it.contract == name]
    first, last = span[0], span[0] + span[1]
    within = [it for it in everything if first <= it.start < last]
    assert list(kept_calls(database.conn, span=(first, last))) == within
    wanted = {values[0] for values in found[::2]} | {3}
    assert list(kept_calls(database.conn, calls=wanted)) == [it for it in everything if it.call in wanted]
    database.close()


def test_columns_are_as_narrow_as_their_numbers(tmp_path: Path) -> None:
    database = put("2026-10", [(255, 1_790_000_000, 65_535, 0, 1), (1, 1_790_000_001, 0, -1, 0)])
    widths = "length([call]) / calls, length(start) / calls, length(talk) / calls, length(contract) / calls"
    assert database.execute(f"SELECT {widths} FROM call_kept").fetchall() == [(1, 4, 2, 1)]
    (packed,) = database.execute("SELECT talk FROM call_kept").fetchone()
    assert packed == b"\xff\xff\x00\x00"
    database.close()


@pytest.fixture
def billing(tmp_path: Path) -> Any:
    database = open_billing(tmp_path / "billing.db")
    yield database
    database.close()


def test_a_month_billed_again_has_what_became_of_its_calls_then_and_other_months_theirs(billing: Any) -> None:
    book = on_file(offer(), [contract("C1")])
    publish(billing, bill(book, calls(3), OCTOBER), NOW)
    publish(billing, bill(book, calls(2, "2026-11-12 10:00:00"), NOVEMBER), NOW)
    publish(billing, bill(book, calls(1, "2026-10-12 22:00:00"), OCTOBER), NOW)
    found = [(it.month, it.kind.outcome.word) for it in kept_calls(billing.conn)]
    assert found == [("2026-10", "outside"), ("2026-11", "counted"), ("2026-11", "counted")]
    assert billing.execute("SELECT month, outcome, calls FROM call_kind ORDER BY id").fetchall() == [
        ("2026-10", "outside", 1),
        ("2026-11", "counted", 2),
    ]


def test_a_month_without_a_call_is_known_to_have_none(billing: Any) -> None:
    publish(billing, bill(on_file(offer(), [contract("C1")])), NOW)
    assert kept_calls(billing.conn) == ()
    assert billed_calls(billing.conn)["2026-10"].kept
    billing.execute("DELETE FROM call_kept")
    assert not billed_calls(billing.conn)["2026-10"].kept


def test_a_counted_call_is_told_with_the_lines_and_an_outside_one_with_none(billing: Any) -> None:
    publish(billing, bill(on_file(offer(), [contract("C1")]), calls(2) + calls(1, "2026-10-12 22:00:00")), NOW)
    counted, _, outside = answers(billing.conn, kept_calls(billing.conn))
    assert counted["invoice"] == outside["invoice"] == "2026-10-C1"
    assert (counted["window"], counted["window_title"], outside["window_title"]) == ("weekdays", "en semaine", "")
    assert outside["lines"] == []
    (line,) = counted["lines"]
    assert (line["position"], line["amount_cents"], line["rule"]) == (1, 5900, "subscription")


def test_a_call_that_waits_is_told_with_the_reason(billing: Any) -> None:
    book = on_file(offer(), [contract("C3", version="none@2026-01-01")])
    publish(billing, bill(book, calls(1, account="C3")), NOW)
    (held,) = answers(billing.conn, kept_calls(billing.conn, contract="C3"))
    assert held["hold"].startswith("L'offre « none@2026-01-01 » n'existe pas")
    assert (held["outcome"], held["customer"], held["invoice"], held["lines"]) == ("held", "Garage du Parc", "", [])

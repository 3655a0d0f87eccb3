"""Every column of a record reaches the bill, from each way in: changed alone, it changes what is told, as it should.

No two columns of a record hold the same value, and no line is that of two contracts: a column that is read from
another's place, or that is not read, bills something else.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from permanence.contracts.book import Book
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.outcome import Outcome
from permanence.model.period import Month

from tests.oracle.days import instant_of
from tests.oracle.engine import billed, book_of, callers, proved
from tests.oracle.offers import WEEK, offer
from tests.oracle.records import Record
from tests.oracle.ways import WAYS, imported_files

OCTOBER = Month(2026, 10)
OFFER = offer(
    "one",
    WEEK,
    'holidays = "closed"',
    'instant = "answer"; min_talk_seconds = 20',
    ("long-wait", "call.wait_seconds > 60", 'mark = "long_wait"'),
    ("english", 'call.language == "en"', 'mark = "english"'),
    ("long-talk", "call.talk_seconds > 500", 'mark = "long_talk"'),
    ("one-agent", 'call.word.agent == "a7"', 'mark = "of_a7"'),
)
OFFER += """
[number.pages]
title = "Fax pages"

[word.agent]
title = "Agent"

[price.page]
title = "Fax page"
amount = "0.20"
per = "usage.number.pages"

[[rule]]
id = "pages"
on = "month"
when = "usage.number.pages > 0"
then = { charge = "price.page" }
"""
CONTRACTS = "format = 1\n" + "".join(
    f"""
[[contract]]
id = "K{number}"
customer = {{ name = "Garage du Parc" }}
offer = "one@2023-01-01"
lines = ["A{number}", "+331990000{number}0"]
signed = 2026-01-05
live = 2026-01-05
option = [{{ id = "transfer" }}]
"""
    for number in (1, 2, 3)
)
PACKAGE = 1000
"""Cents of a month without a call; each call adds 100, each transfer 35, each page 20."""
MONDAY_AT_TEN = instant_of("2026-10-05 10:00:00")
BY_ACCOUNT = Record("s", "a", "", "A1", "", "+33639980001", MONDAY_AT_TEN, 5, 60, "answered", "inbound", "", "")
"""Nothing but its account says whose it is."""
BY_NUMBER = BY_ACCOUNT._replace(account="", number="+33199000020")
"""Nothing but the number called says whose it is."""
FIRST_CONTRACT = BY_ACCOUNT._replace(number="+33199000010")
LEG = BY_ACCOUNT._replace(call_id="l", start=MONDAY_AT_TEN + 70)
AGAIN = BY_ACCOUNT._replace(call_id="b")


class Told(NamedTuple):
    """What a month's bills say: cents that the calls of K1, K2 and K3 add, their marks, why others do not count."""

    cents: tuple[int, int, int]
    marks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    duplicates: int = 0
    unassigned: int = 0


class Case(NamedTuple):
    """A change of one column in the last of some records, and what is told before and after."""

    column: str
    value: Any
    before: Told
    after: Told
    records: tuple[Record, ...] = (BY_ACCOUNT,)


K1, K2, K3, NONE = (Told(cents) for cents in ((100, 0, 0), (0, 100, 0), (0, 0, 100), (0, 0, 0)))
TWO_OF_K1 = Told((200, 0, 0))
NOBODY = Told((0, 0, 0), unassigned=1)
FIELDS = {"wait_seconds": "wait", "talk_seconds": "talk"}


def excluded(reason: str) -> Told:
    return Told((0, 0, 0), reasons=(reason,))


CASES = (
    Case("source", "s", TWO_OF_K1, K1._replace(duplicates=1), (BY_ACCOUNT, BY_ACCOUNT._replace(source="t"))),
    Case("source", "t", K1, TWO_OF_K1, (BY_ACCOUNT._replace(linked_id="L"), LEG._replace(linked_id="L"))),
    Case("call_id", "a", TWO_OF_K1, K1._replace(duplicates=1), (BY_ACCOUNT, AGAIN)),
    Case("call_id", "L", TWO_OF_K1, K1, (BY_ACCOUNT._replace(linked_id="L"), LEG)),
    Case("linked_id", "L", TWO_OF_K1, K1, (BY_ACCOUNT._replace(linked_id="L"), LEG)),
    Case("linked_id", "a", TWO_OF_K1, K1, (BY_ACCOUNT, LEG)),
    Case("account", "A2", K1, K2),
    Case("account", "A9", K1, NOBODY),
    Case("account", "", NOBODY, K3, (BY_NUMBER._replace(account="A2", number="+33199000030"),)),
    Case("account", "A2", K1, NOBODY, (FIRST_CONTRACT,)),
    Case("account", "A9", K1, K1, (FIRST_CONTRACT,)),
    Case("number", "+33199000030", K2, K3, (BY_NUMBER,)),
    Case("number", "+33199000010", K2, K1, (BY_NUMBER,)),
    Case("number", "+33199000099", K2, NOBODY, (BY_NUMBER,)),
    Case("number", "+33199000020", K1, NOBODY),
    Case("number", "+33199000010", K2, NOBODY, (BY_NUMBER._replace(account="A2", number=""),)),
    Case("start", instant_of("2026-10-05 07:59:54"), K1, NONE),
    Case("start", instant_of("2026-10-05 07:59:55"), K1, K1),
    Case("start", instant_of("2026-11-02 10:00:00"), K1, NONE),
    Case("wait_seconds", 61, K1, K1._replace(marks=("long_wait",))),
    Case("wait_seconds", 60, K1, K1),
    Case("wait_seconds", 10, NONE, K1, (BY_ACCOUNT._replace(start=instant_of("2026-10-05 07:59:50")),)),
    Case("talk_seconds", 20, K1, K1),
    Case("talk_seconds", 19, K1, excluded("too_short")),
    Case("talk_seconds", 501, K1, K1._replace(marks=("long_talk",))),
    Case("status", "no_answer", K1, excluded("status")),
    Case("status", "busy", K1, excluded("status")),
    Case("status", "failed", K1, excluded("status")),
    Case("direction", "outbound", K1, excluded("direction")),
    Case("direction", "internal", K1, excluded("direction")),
    Case("language", "en", K1, K1._replace(marks=("english",))),
    Case("language", "fr", K1, K1),
    Case("tags", "transfer", K1, Told((135, 0, 0))),
    Case("tags", "urgent transfer", K1, Told((135, 0, 0))),
    Case("tags", "urgent spam", K1, excluded("tag")),
    Case("caller", "+33639980002", K1, K1),
    Case("details", '{"pages":3}', K1, Told((160, 0, 0))),
    Case("details", '{"agent":"a7","pages":1}', K1, Told((120, 0, 0), marks=("of_a7",))),
    Case("details", '{"agent":"a8","sheets":3}', K1, K1),
    Case(
        "details",
        '{"pages":2}',
        Told((180, 0, 0)),
        Told((220, 0, 0)),
        (BY_ACCOUNT._replace(linked_id="L", details='{"pages":4}'), LEG._replace(linked_id="L")),
    ),
)
NOT_OF_ASTERISK = {"source", "internal", "details"}
"""What a Master.csv has no column, or no word, for."""


@cache
def book() -> Book:
    return book_of(proved([OFFER]), CONTRACTS)


@cache
def told(way: str, records: tuple[Record, ...]) -> Told:
    """Return what the bills of October say of some records."""
    with TemporaryDirectory() as folder:
        source, _ = WAYS[way](Path(folder), [records])
        run = billed(book(), source, OCTOBER)
    assert [invoice.contract.id for invoice in run.invoices] == ["K1", "K2", "K3"]
    usage = [row for invoice in run.invoices for row in invoice.usage]
    one, two, three = (invoice.net - PACKAGE for invoice in run.invoices)
    return Told(
        cents=(one, two, three),
        marks=tuple(row.marks for row in usage if row.marks),
        reasons=tuple(row.reason for row in usage if row.reason),
        duplicates=run.outcomes.duplicates,
        unassigned=run.outcomes.by_outcome[Outcome.UNASSIGNED],
    )


def named(case: Case) -> str:
    return f"{case.column}-{case.value or 'none'}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_column_that_is_changed_alone_changes_the_bill_as_it_should(case: Case, way: str) -> None:
    if way == "Asterisk" and {case.column, case.value} & NOT_OF_ASTERISK:
        pytest.skip("a Master.csv cannot say that")
    last = case.records[-1]._replace(**{FIELDS.get(case.column, case.column): case.value})
    assert told(way, case.records) == case.before
    assert told(way, (*case.records[:-1], last)) == case.after


@pytest.mark.parametrize("way", WAYS)
def test_the_caller_is_told_where_the_call_is_explained_and_nowhere_else(way: str, tmp_path: Path) -> None:
    source, _ = WAYS[way](tmp_path, [[BY_ACCOUNT, BY_NUMBER._replace(call_id="n", caller="+33639980002")]])
    told = {} if way == "Parquet" else {"A1": "+33639980001", "+33199000020": "+33639980002"}
    assert callers(source, OCTOBER) == told


def test_every_column_of_a_record_has_a_case() -> None:
    assert {case.column for case in CASES} == {column.name for column in CALL_COLUMNS}


MAPPING = """
title = "A fax server"
delimiter = ";"
stamp = "%d/%m/%Y %H:%M:%S"
zone = "Europe/Paris"

[column]
call_id = "Id"
start = "Sent"
account = "Customer"
talk = "Seconds"

[number.pages]
column = "Note"
pattern = "([0-9]+) pages"

[word.agent]
column = "By"

[status]
always = "answered"

[direction]
always = "inbound"
"""
FAXES = """Id;Sent;Customer;Seconds;Note;By
1;05/10/2026 10:00:00;A1;60;3 pages;a7
2;05/10/2026 11:00:00;A1;60;none;
3;05/10/2026 11:00:00;A2;60;12 pages;a8
4;01/11/2026 00:00:00;A1;60;50 pages;a8
"""


def test_the_pages_that_a_mapping_keeps_are_an_amount_on_the_invoice(tmp_path: Path) -> None:
    mapping, file = tmp_path / "fax.toml", tmp_path / "faxes.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    file.write_text(FAXES, encoding="utf-8")
    run = billed(book(), imported_files(tmp_path, [file], str(mapping)), OCTOBER)
    charged = {
        invoice.contract.id: [(line.quantity, line.amount) for line in invoice.lines if line.code == "price.page"]
        for invoice in run.invoices
    }
    assert charged == {"K1": [(3, 60)], "K2": [(12, 240)], "K3": []}
    assert [row.marks for row in run.invoices[0].usage if row.marks] == ["of_a7"]

"""Calls that come in twice, late, or day by day."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from permanence.model.call_file import CALL_COLUMNS, CallFile, NumberedRecord
from permanence.model.clock import local_time
from permanence.model.period import Month
from permanence.store.calls import import_calls, open_calls

from tests.bill.months import bill, calls, contract, offer, on_file, only_invoice
from tests.bill.samples import make_call
from tests.store.call_files import a_part

from .case import Adapter, Answer, Given, day


def record(number: int, call_id: str) -> NumberedRecord:
    """Return a call as it stands in a file, all but its id like every other."""
    values: dict[str, int | str] = {"source": "pbx", "call_id": call_id, "number": "C1"}
    values |= {"start": 0, "wait_seconds": 5, "talk_seconds": 60}
    values |= {"status": "answered", "direction": "inbound"}
    return (number, *(values.get(column.name) for column in CALL_COLUMNS))


def sent_twice(given: Given, expected: Given) -> Answer:
    """Lago: a record that comes in again is counted as such, and stored once."""
    records = [record(number, name) for number, name in enumerate(given["send"], 1)]
    file = CallFile(file="calls.csv", digest="1", zone="UTC", parts=[a_part(records)])
    with TemporaryDirectory() as folder:
        database = open_calls(str(Path(folder, "calls.db")))
        result = import_calls(database, file, "generic")
        stored = [name for (name,) in database.execute("SELECT call_id FROM call ORDER BY call_id")]
        database.close()
    return (stored, result.duplicate), (expected["stored"], len(given["send"]) - len(expected["stored"]))


def within_grace(given: Given, expected: Given) -> Answer:
    """Lago: a call that comes in late is on the draft of the month that it was made in."""
    month = Month.of(day(given["period"][0]))
    assert local_time(given["event_ts"], "Europe/Paris")[0] in month.period
    first = f"{month.year}-01-01"
    book = on_file(offer().replace("2026-01-01", first), contract(signed=first, version=f"essentielle@{first}"))
    bill_of_month = only_invoice(bill(book, [make_call(given["event_ts"])], month))
    return f"{bill_of_month.status} invoice of {bill_of_month.month.first:%B}", expected["goes_to"]


def running_count(given: Given, expected: Given) -> Answer:
    """Zuora: a price looks at all calls of the period so far, not at one day's."""
    book = on_file(offer(), contract())
    so_far, got = [], []
    for number, count in enumerate(given["daily"]):
        so_far += calls(count, f"2026-10-0{5 + number} 10:00:00")
        got.append(only_invoice(bill(book, so_far, provisional=True)).calls)
    return got, expected["pricing_quantity"]


ADAPTERS: Mapping[str, Adapter] = {
    "usage.idempotency": sent_twice,
    "usage.late": within_grace,
    "tier.cumulative": running_count,
}

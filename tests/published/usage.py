"""Calls that come in twice, late, or day by day."""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from permanence.bill.ledger import issued_otherwise
from permanence.contracts.book import Book
from permanence.model.call_file import CALL_COLUMNS, CallFile, NumberedRecord
from permanence.model.clock import local_time
from permanence.model.issued import Document, ToIssue
from permanence.model.money import plain
from permanence.model.period import Month
from permanence.store.calls import import_calls, open_calls
from permanence.store.drafts import DraftInvoice
from permanence.store.ledger import beside_drafts, issue
from permanence.store.results import open_billing, publish

from tests.bill.months import bill, calls, contract, offer, on_file, only_invoice, rule, weekday_offer
from tests.bill.samples import make_call
from tests.store.call_files import a_part

from .case import Adapter, Answer, Given, OutsideScopeError
from .said import UnreadError, day, fraction, instant


def record(number: int, call_id: str) -> NumberedRecord:
    """Return a call as it stands in a file, all but its id like every other."""
    values: dict[str, int | str] = {"source": "pbx", "call_id": call_id, "number": "C1"}
    values |= {"start": 0, "wait_seconds": 5, "talk_seconds": 60}
    values |= {"status": "answered", "direction": "inbound"}
    return (number, *(values.get(column.name) for column in CALL_COLUMNS))


def sent_twice(given: Given, expected: Given) -> Answer:
    """Lago: a record that comes in again is counted as such, and stored once."""
    sent = [str(name) for name in given.items_of("send", "sent", "events")]
    kept = [str(name) for name in expected.items_of("stored", "kept")]
    records = [record(number, name) for number, name in enumerate(sent, 1)]
    file = CallFile(file="calls.csv", digest="1", zone="UTC", parts=[a_part(records)])
    with TemporaryDirectory() as folder:
        database = open_calls(str(Path(folder, "calls.db")))
        result = import_calls(database, file, "generic")
        stored = [name for (name,) in database.execute("SELECT call_id FROM call ORDER BY call_id")]
        database.close()
    return (stored, result.duplicate), (sorted(kept), len(sent) - len(kept))


def late(given: Given, expected: Given) -> Answer:
    """Return what becomes of a call that comes in late: before its month's invoice is out, or after."""
    return (after_the_invoice if "invoiced" in given else within_grace)(given, expected)


def within_grace(given: Given, expected: Given) -> Answer:
    """Lago: a call that comes in late is on the draft of the month that it was made in, a later one on the next."""
    first, last = (day(one) for one in given.items_of("period"))
    month = Month.of(first)
    event = given.value("event_ts", "event_at", "timestamp")
    called, _ = local_time(instant(event), "Europe/Paris")
    closed = last + timedelta(days=given.whole("grace_days", "grace_period"))
    if given.day("now") > closed:
        raise OutsideScopeError("a call that comes in when its bill is out: it is listed, and no bill is made again")
    since = f"{month.year}-01-01"
    book = on_file(offer().replace("2026-01-01", since), contract(signed=since, version=f"essentielle@{since}"))
    drafts = only_invoice(bill(book, [make_call(instant(event))], month))
    assert bool(drafts.calls) == (called in month.period)
    place = f"{drafts.status} invoice of {drafts.month.first:%B}" if drafts.calls else "next invoice"
    return place, str(expected.value("goes_to", "invoice"))


def after_the_invoice(given: Given, expected: Given) -> Answer:
    """Kill Bill: a call of a month whose invoice is out is told with what the invoice would be, however old it is.

    It is no bill by itself there either: what is told is corrected by a credit note and a new invoice.
    """
    months = [Month.of(first_day(one)) for one in given.items_of("invoiced")]
    back = given.whole("read_max_raw_usage_previous_period")
    if given.day("run") < months[-1].next.first:
        raise OutsideScopeError("a month that has not ended is provisional: no invoice of it is out")
    since = f"{months[0].year}-01-01"
    book = on_file(offer().replace("2026-01-01", since), contract(signed=since, version=f"essentielle@{since}"))
    told = [month for month in months if told_as_otherwise(book, month)]
    assert told == months
    recomputed = [[str(month.first), str(month.next.first)] for month in reversed(told[-back:])]
    return recomputed, expected.items_of("recomputed")


def first_day(period: object) -> date:
    """Return the first day of a period that is written as its first day and the day after its last."""
    if not isinstance(period, list) or len(period) != 2:
        raise UnreadError(f"{period!r} is not a first day and the day after the last")
    return day(period[0])


def told_as_otherwise(book: Book, month: Month) -> bool:
    """Tell whether a call that comes in once a month is issued is told, and the invoice stays as it is."""
    with TemporaryDirectory() as folder:
        path, now = Path(folder, "billing.db"), datetime.combine(month.next.first, time(), UTC)
        with closing(open_billing(path)) as database:
            publish(database, bill(book, calls(50, f"{month}-15 10:00:00"), month), now)
            issue(database, month, as_they_are, now.date(), lambda: now)
            before = beside_drafts(path, month)[1]
            publish(database, bill(book, calls(51, f"{month}-15 10:00:00"), month), now)
        drafts, documents = beside_drafts(path, month)
        return documents == before and bool(issued_otherwise(drafts, documents))


def as_they_are(drafts: Sequence[DraftInvoice], _: Sequence[Document]) -> Sequence[ToIssue]:
    return [ToIssue("F-", draft.says, {}) for draft in drafts]


def running_count(given: Given, expected: Given) -> Answer:
    """Zuora: a price looks at all calls of the period so far, not at one day's."""
    book = on_file(offer(), contract())
    so_far, got = [], []
    for number, one in enumerate(given.items_of("daily", "usage")):
        count = int(fraction(one, "a day's count"))
        so_far += calls(count, f"2026-10-{5 + number:02d} 10:00:00")
        got.append(only_invoice(bill(book, so_far, provisional=True)).calls)
    return got, expected.items_of("pricing_quantity", "cumulative")


def added_up(given: Given, expected: Given) -> Answer:
    """Lago: events of a month are counted, and a number that each carries is added up: here, seconds of talk."""
    events = given.tables("events")
    (name,) = {key for one in events for key in one if isinstance(one.values_said[key], int) and key != "t"}
    for one in events:
        one.aside("id", "t", "timestamp", *(key for key in one if key.endswith("_id")))
    book = on_file(offer(), contract())
    came_in = [make_call(f"2026-10-{5 + at:02d} 10:00:00", talk=one.whole(name)) for at, one in enumerate(events)]
    due = only_invoice(bill(book, came_in))
    got = {"count": due.calls, "sum": sum(row.talk_seconds for row in due.usage)}
    return {key: got[key] for key in expected if key in got}, {
        key: expected.whole(key) for key in expected if key in got
    }


def by_number_called(given: Given, expected: Given) -> Answer:
    """CGRateS: so much for each message, by how the number begins that it goes to; the longest beginning decides."""
    prices, costs = given.table("prices"), expected.table("cost", "costs")
    tables = []
    for number, words in enumerate(prices):
        name, begins = f"set_{number}", _digits(words)
        tables.append(
            f"""
[called.{name}]
title = "{words}"
prefixes = ["{begins}"]

[price.{name}]
title = "{words}"
amount = "{plain(prices.micros(words))}"
per = "usage.{name}"
"""
            + rule(name, "call", f'call.called == "{name}"', f'mark = "{name}"')
            + rule(f"price-{name.replace('_', '-')}", "month", "contract.active", f'charge = "price.{name}"')
        )
    book = on_file(weekday_offer('[count]\ndirection = "outbound"\n' + "".join(tables)), contract())
    sent = {
        words: calls(given.whole("quantity", default=1), number=_digits(words), direction="outbound") for words in costs
    }
    return {words: only_invoice(bill(book, some)).net for words, some in sent.items()}, {
        words: costs.cents(words) for words in costs
    }


def _digits(words: str) -> str:
    found = re.search(r"[0-9]+", words)
    if found is None:
        raise UnreadError(f'"{words}" names no number')
    return found[0]


def first_ones_free(given: Given, expected: Given) -> Answer:
    """Lago: a fee for each event and a part of its amount, the first so many left out; the amount is seconds of talk.

    An allowance of an amount besides ends it sooner: where the first events stay within it, it says nothing.
    """
    amounts = [int(fraction(one, "an event")) for one in given.items_of("events", "transactions", "amounts")]
    free = given.whole("free_events")
    if sum(amounts[:free]) > given.amount("free_amount", default=sum(amounts)):
        raise OutsideScopeError("an allowance of an amount that ends within an event: the first so many are left out")
    text = weekday_offer(
        f"""
[duration.free_marked]
every = {free}

[price.each]
title = "Appels"
amount = "{plain(given.micros("fixed_fee", "fixed_amount"))}"
per = "usage.calls"
included = {free}

[price.part]
title = "Part"
amount = "{plain(given.micros("rate"))}"
per = "usage.billed_seconds"
"""
        + rule("every", "call", "call.talk_seconds >= 0", 'mark = "every"')
        + rule("each", "month", "contract.active", 'charge = "price.each"')
        + rule("part", "month", "contract.active", 'charge = "price.part"')
    )
    book = on_file(text, contract())
    came_in = [make_call(f"2026-10-{5 + at:02d} 10:00:00", talk=talk) for at, talk in enumerate(amounts)]
    sums = [only_invoice(bill(book, came_in[:count])).net for count in range(len(came_in) + 1)]
    return [after - before for before, after in pairwise(sums)], [
        int(fraction(one, "a charge") * 100) for one in expected.items_of("charges", "fees")
    ]


ADAPTERS: Mapping[str, Adapter] = {
    "usage.idempotency": sent_twice,
    "usage.late": late,
    "usage.aggregate": added_up,
    "tier.cumulative": running_count,
    "usage.per_unit": by_number_called,
}

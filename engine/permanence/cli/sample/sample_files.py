"""The sample as files: a customer list, and call records in the layout of Asterisk's ``cdr_csv``."""

import csv
import gzip
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from attrs import asdict

from ...read.file_lock import changing
from ...read.files import replace_file
from .customers import SampleCustomer
from .service import Sample
from .traffic import SampleCall

AGENTS = 40


def write(sample: Sample, folder: Path) -> tuple[Path, ...]:
    """Write ``customers.csv`` and one ``cdr-<month>.csv.gz`` per month, and return their paths.

    Call records have 18 columns, quoted, without a header; stamps are GMT.
    """
    customers = folder / "customers.csv"
    paths = [customers]
    with changing(folder):
        replace_file(customers, _customer_list(sample.customers).encode())
        for month, calls in sample.calls.items():
            paths.append(folder / f"cdr-{month}.csv.gz")
            replace_file(paths[-1], gzip.compress(_call_records(calls).encode(), compresslevel=6, mtime=0))
    return tuple(paths)


def _customer_list(customers: Iterable[SampleCustomer]) -> str:
    text = io.StringIO()
    rows = [asdict(customer) for customer in customers]
    table = csv.DictWriter(text, rows[0], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _call_records(calls: Iterable[SampleCall]) -> str:
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerows(_call_record(call, sequence) for sequence, call in enumerate(calls))
    return text.getvalue()


def _call_record(call: SampleCall, sequence: int) -> tuple[str, ...]:
    answer = call.start + call.wait
    return (
        call.account,
        call.caller,
        call.number,
        "from-trunk",
        call.caller,
        f"PJSIP/trunk-{sequence:08x}",
        f"PJSIP/agent-{sequence % AGENTS + 1}" if call.answered else "",
        "Queue",
        "permanence",
        _stamp(call.start),
        _stamp(answer) if call.answered else "",
        _stamp(answer + call.talk),
        str(call.wait + call.talk),
        str(call.talk),
        "ANSWERED" if call.answered else "NO ANSWER",
        "DOCUMENTATION",
        f"{call.start}.{sequence}",
        call.tags,
    )


def _stamp(second: int) -> str:
    return str(datetime.fromtimestamp(second, UTC))[:19]

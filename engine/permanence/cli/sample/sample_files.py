"""The sample as files: a customer list, and call records in the layout of Asterisk's ``cdr_csv``."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from attrs import asdict

from ...model.problem import Place, Problem, Refused
from ...model.spreadsheet import csv_text
from ...read.file_lock import changing
from ...read.files import replace_file
from ...read.parties.sellers import write_seller
from .customers import SampleCustomer
from .seller import SELLER
from .service import Sample
from .traffic import SampleCall

AGENTS = 40


def write(sample: Sample, folder: Path) -> tuple[Path, ...]:
    """Write ``customers.csv``, the file of the seller and one ``cdr-<month>.csv.gz`` per month; return their paths.

    Call records have 18 columns, quoted, without a header; stamps are GMT. Raises Refused, before any is written, where
    one of them is there with other content.
    """
    files = {folder / "customers.csv": _customer_list(sample.customers).encode()}
    files[folder / "sellers" / f"{SELLER.id}.toml"] = write_seller(SELLER).encode()
    for month, calls in sample.calls.items():
        records = _call_records(calls).encode()
        files[folder / f"cdr-{month}.csv.gz"] = gzip.compress(records, compresslevel=6, mtime=0)
    with changing(folder), changing(folder / "sellers"):
        others = [path for path, content in files.items() if path.exists() and path.read_bytes() != content]
        if others:
            what, hint = "this file is there already, with other content", "name another folder, or move it away"
            raise Refused([Problem(Place(str(path)), what, hint) for path in others])
        for path, content in files.items():
            replace_file(path, content)
    return tuple(files)


def _customer_list(customers: Iterable[SampleCustomer]) -> str:
    rows = [asdict(customer) for customer in customers]
    return csv_text([list(rows[0]), *(list(row.values()) for row in rows)])


def _call_records(calls: Iterable[SampleCall]) -> str:
    return csv_text((_call_record(call, sequence) for sequence, call in enumerate(calls)), quoted=True)


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

"""The month's calls as the telephone system writes them: a CSV in the layout of Asterisk's ``cdr_csv``; gzipped too."""

import gzip
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

AGENTS = 40
AS_ASTERISK_DOES = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")


def write_call_file(folder: Path, month: Path) -> None:
    """Write the calls of a month's folder as a CSV into a folder that is there and empty."""
    with (folder / "calls.csv").open("wb") as file:
        for path in sorted((month / "calls").glob("*.parquet")):
            pyarrow.csv.write_csv(_records(pq.read_table(path)), file, AS_ASTERISK_DOES)
    with (folder / "calls.csv").open("rb") as plain, gzip.open(folder / "calls.csv.gz", "wb", 6) as packed:
        shutil.copyfileobj(plain, packed)


def _records(calls: pa.Table) -> pa.Table:
    """Return calls in the 21 columns of the format, all of them text; stamps are GMT."""
    calls = pa.table({name: _plain(calls[name]) for name in calls.column_names})
    begin, answered = calls["start"].cast(pa.timestamp("s")).cast(pa.int64()), pc.equal(calls["status"], "answered")
    seconds = pc.add(calls["wait_seconds"], calls["talk_seconds"])
    agent = pa.chunked_array([[f"PJSIP/agent-{row % AGENTS + 1}" for row in range(len(calls))]])
    columns = {
        "accountcode": calls["account"],
        "src": calls["caller"],
        "dst": calls["number"],
        "dcontext": "from-trunk",
        "clid": calls["caller"],
        "channel": pc.binary_join_element_wise("PJSIP/trunk", calls["call_id"], "-"),
        "dstchannel": pc.if_else(answered, agent, ""),
        "lastapp": "Queue",
        "lastdata": "permanence",
        "start": _stamp(begin),
        "answer": pc.if_else(answered, _stamp(pc.add(begin, calls["wait_seconds"])), ""),
        "end": _stamp(pc.add(begin, seconds)),
        "duration": pc.cast(seconds, pa.string()),
        "billsec": pc.cast(calls["talk_seconds"], pa.string()),
        "disposition": pc.if_else(answered, "ANSWERED", "NO ANSWER"),
        "amaflags": "DOCUMENTATION",
        "uniqueid": calls["call_id"],
        "userfield": _tags(calls),
        "peeraccount": "",
        "linkedid": pc.coalesce(calls["linked_id"], calls["call_id"]),
        "sequence": "",
    }
    return pa.table(
        {
            name: pa.repeat(column, len(calls)) if isinstance(column, str) else pc.fill_null(column, "")
            for name, column in columns.items()
        }
    )


def _tags(calls: pa.Table) -> pa.ChunkedArray:
    """Return what agents noted: tags, and the language as a tag."""
    language = pc.fill_null(pc.binary_join_element_wise("lang", calls["language"], ":"), "")
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(pc.fill_null(calls["tags"], ""), language, " "))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _stamp(seconds: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.strftime(seconds.cast(pa.timestamp("s")), "%Y-%m-%d %H:%M:%S")

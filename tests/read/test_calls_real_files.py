"""Real call records: two months of an answering service, and the awkward exports of other systems."""

from pathlib import Path

import pytest
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.problem import Refused
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

HERE = Path(__file__).parent
DATA = HERE.parents[1].parent / "shared" / "data"
START, CALL_ID = ([column.name for column in CALL_COLUMNS].index(name) + 1 for name in ("start", "call_id"))

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real call records are not on this machine")


@pytest.mark.parametrize(("month", "calls"), [("2026-09", 33_344), ("2026-10", 31_599)])
def test_every_real_call_is_read_and_starts_when_its_id_says(month: str, calls: int) -> None:
    found = read_calls(DATA / "answering" / f"cdr-{month}.csv.gz", load_format("asterisk"))
    records = [record for batch in found.batches for record in batch]
    assert (found.rows, len(records), found.refused, found.zone) == (calls, calls, (), "UTC")
    assert all(record[START] == int(str(record[CALL_ID]).split(".", maxsplit=1)[0]) for record in records)


@pytest.mark.parametrize(
    ("form", "file", "calls", "zone"),
    [
        ("freepbx_dump", "asterisk/freepbx_dump.csv", 856, "UTC+01:00"),
        ("freepbx_report", "asterisk/freepbx_report.csv", 100, "UTC+01:00"),
        ("multitenant", "asterisk/multitenant.csv", 1_000, "UTC-05:00"),
        ("cdr_custom", "asterisk/cdr_custom_master.csv", 14, "UTC+03:00"),
        ("freeswitch", "freeswitch/cdr_csv_spreadsheet.csv", 10, "Asia/Shanghai"),
        ("twilio", "twilio/calls_mock.csv", 1_000, ""),
    ],
)
def test_other_systems_need_a_mapping_and_no_code(form: str, file: str, calls: int, zone: str) -> None:
    found = read_calls(DATA / file, load_format(str(HERE / "call_formats" / f"{form}.toml")))
    assert (found.rows, sum(map(len, found.batches)), found.refused, found.zone) == (calls, calls, (), zone)


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("asterisk/freepbx_dump.csv", 25),
        ("asterisk/freepbx_report.csv", 16),
        ("asterisk/multitenant.csv", 26),
        ("asterisk/cdr_custom_master.csv", 19),
        ("freeswitch/cdr_csv_spreadsheet.csv", 15),
        ("twilio/calls_mock.csv", 19),
    ],
)
def test_a_file_of_another_system_is_refused_in_one_sentence(file: str, columns: int) -> None:
    path = DATA / file
    with pytest.raises(Refused) as refused:
        read_calls(path, load_format("asterisk"))
    assert str(refused.value) == f"{path}: is not of format asterisk: its lines have {columns} columns, not 18 or 21"

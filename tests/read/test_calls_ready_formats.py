"""The mappings that come with Permanence: each knows its file among all, and reads it as its system means it."""

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve
from permanence.cli.trial import tried
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.call_kinds import DIRECTIONS, STATUSES
from permanence.model.problem import Refused
from permanence.read.calls.records import read_calls
from permanence.read.formats.drafted import draft_format
from permanence.read.formats.head import read_head
from permanence.read.formats.ready import ready_formats
from permanence.read.formats.recognised import Recognition, only_one, recognised

from tests.read.test_calls_workbook import workbook

READY = Path(__file__).parent / "call_formats" / "ready"
SAMPLES = {path.stem: path for path in sorted(READY.iterdir()) if not path.stem.endswith(".expected")}
DATA = Path(__file__).parents[3] / "shared" / "data"
ANY_ID = "*"
HAS_NO_LEGS = {"freeswitch", "freeswitch_asterisk", "panasonic"}
"""Systems that write one record for each call."""
NEVER_WRITTEN = {"panasonic": {"busy", "failed"}, "avaya_ipo": {"busy", "failed"}}
"""Ends of calls that a system's records do not tell apart."""
NO_INTERNAL = {"asterisk", "asterisk_custom", "twilio", "twilio_iso"}
"""Systems whose internal calls depend on contexts of one's own, or that have none."""
EACH = pytest.mark.parametrize("name", SAMPLES)


def fitting(path: Path) -> list[str]:
    return [one.form.name for one in recognised(read_head(path), ready_formats().values()).fitting]


def read(name: str) -> list[dict[str, str]]:
    """Return the records of a sample as texts, as its expected ones stand in their file."""
    file = read_calls(SAMPLES[name], ready_formats()[name])
    assert file.refused == ()
    found = []
    for batch in file.batches:
        for record in batch:
            values = dict(zip((column.name for column in CALL_COLUMNS), record[1:], strict=True))
            values["start"] = datetime.fromtimestamp(int(str(values["start"])), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            found.append({key: "" if value is None else str(value) for key, value in values.items()})
    return found


def test_each_ready_mapping_has_a_sample() -> None:
    assert SAMPLES.keys() == ready_formats().keys()


@EACH
def test_a_copy_under_another_name_brings_the_calls_of_the_same_system(name: str) -> None:
    form = ready_formats()[name]
    first, again = (
        [record[1] for batch in read_calls(SAMPLES[name], each).batches for record in batch]
        for each in (form, evolve(form, name="mine"))
    )
    assert first == again
    assert "mine" not in again


@pytest.mark.parametrize(
    ("name", "other"),
    [("twilio", "twilio_iso"), ("freeswitch", "freeswitch_asterisk"), ("asterisk", "asterisk_custom")],
)
def test_two_ways_in_which_one_system_writes_bring_calls_of_one_source(name: str, other: str) -> None:
    assert ready_formats()[name].source_meant == ready_formats()[other].source_meant == name


@EACH
def test_a_file_is_recognised_among_all_systems(name: str) -> None:
    assert fitting(SAMPLES[name]) == [name]


@EACH
def test_a_file_is_recognised_gzipped_and_whatever_its_name(name: str, tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "october.gz"
    path.write_bytes(gzip.compress(SAMPLES[name].read_bytes()))
    assert fitting(path) == [name]


@EACH
def test_a_ready_mapping_reads_its_file_as_the_system_means_it(name: str) -> None:
    with (READY / f"{name}.expected.csv").open(encoding="utf-8", newline="") as lines:
        wanted = list(csv.DictReader(lines))
    found = read(name)
    assert len(found) == len(wanted)
    for record, values in zip(found, wanted, strict=True):
        if values["call_id"] == ANY_ID:
            values["call_id"] = record["call_id"]
        assert {key: record[key] for key in values} == values
    assert len({record["call_id"] for record in found}) == len(found)


@EACH
def test_a_sample_has_every_end_and_every_direction(name: str) -> None:
    found = read(name)
    assert {record["status"] for record in found} == STATUSES.keys() - NEVER_WRITTEN.get(name, set())
    wanted = DIRECTIONS.keys() - ({"internal"} if name in NO_INTERNAL else set())
    assert {record["direction"] for record in found} == wanted


@EACH
def test_the_legs_of_a_call_that_was_put_through_are_one_call(name: str) -> None:
    calls = tried(read_calls(SAMPLES[name], ready_formats()[name]), 100).calls
    assert sum(len(call.lines) for call in calls) == len(read(name))
    assert (max(len(call.lines) for call in calls) == 1) == (name in HAS_NO_LEGS)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real call records are not on this machine")
@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("answering/cdr-2026-10.csv.gz", ["asterisk"]),
        ("asterisk/cdr_custom_master.csv", ["asterisk_custom"]),
        ("asterisk/freepbx_report.csv", ["freepbx"]),
        ("asterisk/freepbx_dump.csv", []),
        ("freeswitch/cdr_csv_spreadsheet.csv", []),
        ("twilio/calls_mock.csv", ["twilio_iso"]),
        ("answering/contracts.csv", []),
    ],
)
def test_real_files_are_recognised_or_not_taken_for_another(file: str, names: list[str]) -> None:
    assert fitting(DATA / file) == names


def told(path: Path, recognition: Recognition | None = None) -> str:
    with pytest.raises(Refused) as refused:
        only_one("cdr.csv", recognition or recognised(read_head(path), ready_formats().values()))
    return str(refused.value)


def test_a_file_of_an_unknown_system_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "cdr.csv"
    path.write_text("Typ;Datum;Dauer\n1;02.10.26 08:00;0:02\n", encoding="utf-8")
    assert told(path) == (
        "cdr.csv: no ready mapping fits; run `permanence calls new-format cdr.csv` for a mapping of its own"
    )


def test_of_an_unknown_file_the_nearest_mapping_is_named_with_what_keeps_it_from_fitting(tmp_path: Path) -> None:
    lines = SAMPLES["freepbx"].read_text(encoding="utf-8")
    path = tmp_path / "cdr.csv"
    path.write_text(lines.replace("billsec", "talked", 1), encoding="utf-8")
    assert 'nearest is "freepbx" (FreePBX, CDR report or table cdr), but it has no column "billsec"' in told(path)
    path.write_text(SAMPLES["twilio"].read_text("utf-8").replace(",", ";"), encoding="utf-8")
    assert 'but its columns are separated by ";"' in told(path)
    path.write_text(SAMPLES["asterisk"].read_text("utf-8").replace("-10-02 ", "/10/02 "), encoding="utf-8")
    assert 'nearest is "asterisk" (Asterisk cdr_csv, Master.csv), but its "start" would be "2026/10/02 08:' in told(
        path
    )


def test_where_two_mappings_fit_both_are_named() -> None:
    ours = ready_formats()["generic"]
    found = recognised(read_head(SAMPLES["generic"]), [ours, evolve(ours, name="mine")])
    assert told(SAMPLES["generic"], found) == (
        'cdr.csv: "generic" and "mine" fit it; say which with --format, such as --format generic'
    )


def test_a_header_without_a_record_fits_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cdr.csv"
    path.write_text(SAMPLES["yeastar"].read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert fitting(path) == []


def test_what_is_no_file_of_records_is_told_in_a_sentence(tmp_path: Path) -> None:
    for content, what in ((b"", "the file is empty"), (b"\x1f\x8b\x08\x00broken", "the gzip file is damaged")):
        path = tmp_path / "cdr.csv"
        path.write_bytes(content)
        with pytest.raises(Refused, match=what):
            read_head(path)
    with pytest.raises(Refused, match="is no file"):
        read_head(tmp_path)
    with pytest.raises(Refused, match="cannot be read"):
        read_head(tmp_path / "none.csv")


def test_a_recognised_file_is_read_under_the_name_of_its_mapping(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    shutil.copy(SAMPLES["3cx"], path)
    one = only_one(str(path), recognised(read_head(path), ready_formats().values()))
    sources = {record[1] for batch in read_calls(path, one.form).batches for record in batch}
    assert sources == {"3cx"}


def test_a_workbook_is_recognised_by_the_names_of_its_columns_and_drafted_like_text(tmp_path: Path) -> None:
    rows = list(csv.reader(SAMPLES["yeastar"].read_text("utf-8").splitlines()))
    assert fitting(workbook(tmp_path / "cdr.xlsx", {"CDR": rows})) == ["yeastar"]
    other = [["Date", "Appelant", "Ligne", "Durée"], ["02/10/2026 08:00:02", "0639980001", "0199000001", "65"]]
    draft = draft_format(read_head(workbook(tmp_path / "other.xlsx", {"Appels": other})))
    assert 'start = "Date"' in draft.text
    assert 'number = "Ligne"' in draft.text


def test_a_parquet_file_has_our_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "october"
    path.write_bytes(b"PAR1" + bytes(20))
    assert fitting(path) == ["generic"]

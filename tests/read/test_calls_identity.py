"""Records of a system that gives them no identity: what they say is theirs, and their place among equals."""

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

FORMAT = Path(__file__).parent / "call_cases" / "fritz" / "mapping.toml"
HEADER = "Typ;Datum;Name;Rufnummer;Eigene Rufnummer;Dauer"
RECORDS = st.lists(st.sampled_from(range(4)), min_size=1, max_size=12)


def ids(folder: Path, minutes: list[int], added: str = "") -> list[object]:
    """Return the ids of calls at some minutes past eight, in a file with a column ``added`` or without."""
    lines = [f"1;02.10.26 08:{minute:02};A;0639980001;0199000001;0:01{added and ';x'}" for minute in minutes]
    path = folder / "calls.csv"
    path.write_text("\n".join([HEADER + added, *lines]), encoding="utf-8")
    return [record[2] for batch in read_calls(path, load_format(str(FORMAT))).batches for record in batch]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(minutes=RECORDS, more=RECORDS)
def test_a_longer_later_file_brings_the_same_calls_again(tmp_path: Path, minutes: list[int], more: list[int]) -> None:
    first = ids(tmp_path, minutes)
    assert ids(tmp_path, minutes + more)[: len(minutes)] == first
    assert len(set(first)) == len(minutes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(minutes=RECORDS)
def test_whichever_end_a_list_begins_at_its_calls_are_the_same(tmp_path: Path, minutes: list[int]) -> None:
    assert Counter(ids(tmp_path, minutes)) == Counter(ids(tmp_path, minutes[::-1]))


def test_a_column_that_is_not_read_changes_no_identity(tmp_path: Path) -> None:
    assert ids(tmp_path, [1, 2, 2], ";Standort") == ids(tmp_path, [1, 2, 2])

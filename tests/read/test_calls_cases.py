"""Each case of call_cases/: a mapping, a file as a telephone system writes it, and what is to be read of it."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from permanence.model.call_file import CALL_COLUMNS, CallFile
from permanence.model.problem import Refused
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

CASES = sorted((Path(__file__).parent / "call_cases").glob("*/expected.toml"))
NAMES = [column.name for column in CALL_COLUMNS]
TODAY = int(datetime(2026, 11, 30, tzinfo=UTC).timestamp())


def records_of(file: CallFile) -> list[dict[str, object]]:
    """Return the accepted records, the start as UTC text."""
    found: list[dict[str, object]] = [
        dict(zip(NAMES, record[1:], strict=True)) for batch in file.batches for record in batch
    ]
    for record in found:
        record["start"] = datetime.fromtimestamp(int(str(record["start"])), UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.parent.name)
def test_a_file_is_read_as_its_system_means_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)
    for name, wanted in tomllib.loads(case.read_text(encoding="utf-8")).items():
        mapping = str(wanted.get("mapping", "mapping.toml"))
        if "mapping_refused" in wanted:
            with pytest.raises(Refused) as refused:
                load_format(mapping)
            assert [str(one).split("\n")[0] for one in refused.value.problems] == wanted["mapping_refused"]
            continue
        form = load_format(
            mapping.removesuffix(".toml") if "/" not in mapping and not Path(mapping).is_file() else mapping
        )
        if "file_refused" in wanted:
            with pytest.raises(Refused) as refused:
                read_calls(Path(wanted.get("file", name)), form, latest=TODAY)
            assert [str(one) for one in refused.value.problems] == wanted["file_refused"]
            continue
        file = read_calls(Path(wanted.get("file", name)), form, latest=TODAY)
        assert [str(one.problem) for one in file.refused] == wanted.get("refused", [])
        assert [str(one) for one in file.notices] == wanted.get("notices", [])
        found = records_of(file)
        assert file.rows == len(found) + len(file.refused)
        assert len(found) == len(wanted.get("records", []))
        for record, values in zip(found, wanted.get("records", []), strict=True):
            assert {key: record[key] for key in values} == values

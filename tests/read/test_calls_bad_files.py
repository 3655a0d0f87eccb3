"""Each call file of bad_calls/ against the text beside it: what is refused, in which words, and what is kept."""

from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.read.calls.mapping import OWN_FORMATS, CallFormat
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "bad_calls").iterdir() if path.suffix != ".txt")


def the_format(name: str) -> CallFormat:
    """Return our own format of a name, or the one of these tests."""
    own = OWN_FORMATS / f"{name}.toml"
    return load_format(name if own.is_file() else str(HERE / "call_formats" / f"{name}.toml"))


def told(path: Path) -> str:
    """Return all that a user is told about a file, and how many calls it holds."""
    try:
        calls = read_calls(path, the_format(path.name.partition("-")[0]))
    except Refused as refused:
        return f"{refused}\n"
    kept = sum(map(len, calls.batches))
    assert kept + len(calls.refused) == calls.rows
    lines = [*(str(record.problem) for record in calls.refused), *map(str, calls.notices)]
    return "\n".join([*lines, f"{kept} of {calls.rows} kept", ""])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_bad_call_file_is_told_exactly(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    assert told(Path(path.name)) == (path.parent / f"{path.name}.txt").read_text(encoding="utf-8")

"""Files of work, as people and French spreadsheets write them: each case beside what is read of it."""

import os
from datetime import date
from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.read.calls import work_lines
from permanence.read.calls.work_records import read_work

CASES = Path(__file__).parent / "work"
LATEST = date(2026, 12, 1)


def what_is_read(path: Path) -> str:
    """Return each record of a file and each that is refused, or why nothing of it can be used."""
    try:
        found = read_work(path, LATEST)
    except Refused as refused:
        return "".join(f"{problem}\n" for problem in refused.problems).replace(f"{path}", path.name)
    told = [f"{found.rows} rows"]
    told += [
        f"line {record.line}: {' | '.join(map(str, record.content))}" + (f" | id {record.id}" if record.id else "")
        for record in found.records
    ]
    told += [f"refused {one.problem.where.line}: {one.problem.what}\n    {one.text}" for one in found.refused]
    return "\n".join(told).replace("\r\n", "\n") + "\n"


@pytest.mark.parametrize("path", sorted({*CASES.glob("*.csv"), *CASES.glob("*.gz")}), ids=lambda path: path.name)
def test_a_file_of_work_is_read_as_it_is_kept(path: Path) -> None:
    assert what_is_read(path) == path.with_name(f"{path.name}.txt").read_text("utf-8")


def test_a_file_that_is_none_ends_in_a_sentence(tmp_path: Path) -> None:
    fifo, gone = tmp_path / "fifo.csv", tmp_path / "gone.csv"
    os.mkfifo(fifo)
    assert what_is_read(fifo) == "fifo.csv: is no file\n"
    assert what_is_read(tmp_path).endswith(": is no file\n")
    assert "cannot be read" in what_is_read(gone)


def test_a_file_that_unpacks_without_end_is_too_large(tmp_path: Path) -> None:
    zeros = tmp_path / "zeros.csv"
    with zeros.open("wb") as file:
        file.truncate(1 << 32)
    assert what_is_read(zeros) == "zeros.csv: is larger than 64 MB; cut it into several files\n"


def test_a_file_may_be_as_large_as_the_largest_and_not_a_byte_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "work.csv"
    path.write_text("contract,day,what,quantity,note\nC0001,2026-10-02,letters,1,\n", "utf-8")
    monkeypatch.setattr(work_lines, "LARGEST", path.stat().st_size)
    assert "is larger" not in what_is_read(path)
    monkeypatch.setattr(work_lines, "LARGEST", path.stat().st_size - 1)
    assert "is larger than" in what_is_read(path)

"""Many files of calls at once: folders and patterns, what was taken before, and a screen that stays readable."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from permanence.model.call_file import CallFile
from permanence.read.calls import records
from permanence.read.calls.mapping import CallFormat

from tests.cli.typed import out, refused, typed, values

HEADER = "call_id,start,wait_seconds,talk_seconds,status\n"
GENERIC = ("--format", "generic", "--calls", "x.db")
MANY = 1_000 if "SOAK" in os.environ else 200
WRONG = 100


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def a_file(name: str, *ids: int, talk: int = 60) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{number},2026-10-02T08:00:00+02:00,3,{talk},answered\n" for number in ids]
    path.write_text(HEADER + "".join(lines), "utf-8")
    return path


def files_of(*words: str) -> list[str]:
    return [file["file"] for file in values("calls", "import", *words, *GENERIC)["files"]]


def test_a_folder_means_the_call_files_in_it_and_below_by_name_and_no_hidden_ones() -> None:
    for number, name in enumerate(("b.csv", "a.csv", "sub/c.csv.1", ".hidden.csv", ".trash/d.csv", "sub/e.csv~")):
        a_file(f"cdr/{name}", number)
    Path("cdr/README.md").write_text("what these are", "utf-8")
    assert files_of("cdr") == ["cdr/a.csv", "cdr/b.csv", "cdr/sub/c.csv.1"]


def test_a_quoted_pattern_is_expanded_and_a_file_typed_twice_is_taken_once() -> None:
    for number, name in enumerate(("b.csv", "a.csv", "c.txt", ".d.csv")):
        a_file(f"cdr/{name}", number)
    assert files_of("cdr/b.csv", "cdr/*.csv") == ["cdr/b.csv", "cdr/a.csv"]
    assert files_of(str(Path("cdr/*.txt").absolute())) == [str(Path("cdr/c.txt").absolute())]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file() -> None:
    a_file("cdr[1].csv", 1)
    a_file("cdr1.csv", 2)
    assert files_of("cdr[1].csv") == ["cdr[1].csv"]


def test_a_pattern_that_nothing_fits_and_a_folder_without_calls_are_told_and_keep_no_file_out() -> None:
    Path("empty").mkdir()
    a_file("a.csv", 1)
    ended = typed("calls", "import", "none/*.csv", "empty", "a.csv", *GENERIC)
    assert ended.exit_code == 1
    assert "none/*.csv: no file fits this pattern; check the folder and the name" in ended.stderr
    assert "empty: there is no call file in this folder; name the files, or a pattern such as 'calls/*'" in ended.stderr
    assert "a.csv" in ended.stdout
    assert refused("calls", "import", "empty", "--format", "generic", "--calls", "new.db")
    assert not Path("new.db").exists()


def test_what_was_taken_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    a_file("cdr/a.csv", 1, 2)
    a_file("cdr/b.csv", 3)
    out("calls", "import", "cdr", *GENERIC)
    a_file("cdr/c.csv", 4)
    read: list[Path] = []
    honest = records.read_calls

    def noted(path: Path, form: CallFormat, latest: int) -> CallFile:
        read.append(path)
        return honest(path, form, latest=latest)

    monkeypatch.setattr("permanence.cli.commands.calls.import_files.read_calls", noted)
    again = values("calls", "import", "cdr", *GENERIC)
    assert read == [Path("cdr/c.csv")]
    assert [file["already"] for file in again["files"]] == [True, True, False]
    assert again["sums"] == {"files": 3, "already": 2, "rows": 1, "accepted": 1, "duplicate": 0, "refused": 0}


def test_of_a_file_taken_before_the_counts_and_the_refused_records_are_those_of_that_time() -> None:
    path = a_file("a.csv", *range(5))
    path.write_text(path.read_text("utf-8") + "9,2026-10-02T08:00:00+02:00,3,-1,answered\n", "utf-8")
    (first,) = values("calls", "import", "a.csv", *GENERIC)["files"]
    (again,) = values("calls", "import", "a.csv", *GENERIC)["files"]
    assert again == {**first, "already": True}
    assert first["problems"]


def test_two_files_of_the_same_bytes_are_taken_in_once() -> None:
    a_file("a.csv", 1)
    a_file("b.csv", 1)
    assert [file["already"] for file in values("calls", "import", "a.csv", "b.csv", *GENERIC)["files"]] == [False, True]


def test_the_sums_of_several_files_close_the_table() -> None:
    a_file("a.csv", 1, 2)
    a_file("b.csv", 2, 3)
    (total,) = [line for line in out("calls", "import", "a.csv", "b.csv", *GENERIC).splitlines() if "Total" in line]
    assert total.split() == ["Total", "(2)", "4", "3", "1", "0"]


def test_hundreds_of_files_stay_readable_on_the_screen() -> None:
    for number in range(MANY):
        talk = -1 if number % (MANY // WRONG) == 0 else 60
        path = a_file(f"cdr/{number:04}.csv", 10 * number, 10 * number + 1)
        path.write_text(path.read_text("utf-8") + f"{10 * number + 2},2026-10-02T08:00:00+02:00,3,{talk},answered\n")
    printed = out("calls", "import", "cdr", *GENERIC)
    assert len(printed.splitlines()) < 100
    assert f"… et {MANY - 20} fichiers" in printed
    assert "cdr/0010.csv" in printed
    (total,) = [line for line in printed.splitlines() if "Total" in line]
    counts = " ".join(spelt(count) for count in (3 * MANY, 3 * MANY - WRONG, 0, WRONG))
    assert " ".join(total.split(maxsplit=1)[1].replace("\u202f", " ").split()) == f"({spelt(MANY)}) {counts}"
    assert "… et 40 autres : voir la table set_aside de calls.db" in printed
    again = out("calls", "import", "cdr", *GENERIC)
    assert len(again.splitlines()) < 10
    assert f"sans les {spelt(MANY)} déjà importés" in again.replace("\u202f", " ")
    assert len(json.loads(out("calls", "import", "cdr", *GENERIC, "--json"))["files"]) == MANY


def spelt(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def test_a_call_that_is_still_to_come_is_refused() -> None:
    path = a_file("a.csv", 1, 2, 3)
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="seconds")
    path.write_text(path.read_text("utf-8") + f"4,{later},3,60,answered\n", "utf-8")
    (file,) = values("calls", "import", "a.csv", *GENERIC)["files"]
    assert (file["accepted"], file["refused"]) == (3, 1)

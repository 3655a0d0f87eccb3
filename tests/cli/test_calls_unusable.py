"""Files that hold no calls, or are no files: each ends in a sentence, soon and in little memory; SOAK=1: large ones."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SOAK = "SOAK" in os.environ
SPARSE = 4 << 30
UNPACKED = 3 << 30 if SOAK else 24 << 20
"""Bytes that a packed file unpacks to: enough, in the short form too, for all limits of what is looked at."""
PIECE = 1 << 20
SECONDS = 600
"""Long after the slowest machine is done: what is not, is endless."""
MOST_MEMORY = 500_000_000
HEADER = "call_id,start,wait_seconds,talk_seconds,status\n"
SOUND = f"{HEADER}1,2026-10-02T08:00:00Z,1,60,answered\n"
TOLD = """
import atexit, sys
from permanence.cli.main import main
def peak():
    with open("/proc/self/status") as status:
        print(next(line for line in status if line.startswith("VmHWM")).split()[1], file=sys.stderr)
if sys.platform == "linux":
    atexit.register(peak)
words = sys.argv[1:]
files = words[words.index("EACH") + 1 :] if "EACH" in words else []
for name in files:
    try:
        main([*words[: words.index("EACH")], name], prog_name="permanence")
    except SystemExit as end:
        print(f"END {end.code}", file=sys.stderr)
if not files:
    main(prog_name="permanence")
"""
"""A command, or the same for each of some files: to start Python for each of them takes longer than what it does."""


def sparse(begin: bytes) -> Callable[[Path], None]:
    """Return what makes a file of four gigabytes of zeros behind a beginning: it takes no room on the disk."""

    def make(path: Path) -> None:
        path.write_bytes(begin)
        os.truncate(path, SPARSE)

    return make


def cut_short(path: Path) -> None:
    """Make a packed file whose last bytes are missing."""
    path.write_bytes(gzip.compress(SOUND.encode())[:-9])


def bomb(line: bytes, header: bytes = b"") -> Callable[[Path], None]:
    """Return what makes a small file that unpacks to a large one, of one line again and again."""

    def make(path: Path) -> None:
        piece = line * (PIECE // len(line))
        with gzip.open(path, "wb", compresslevel=1) as file:
            file.write(header)
            for _ in range(UNPACKED // PIECE):
                file.write(piece)

    return make


KINDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "zeros.csv": (sparse(b""), "holds zero bytes: a binary file, or text in UTF-16"),
    "zeros.parquet": (sparse(b"PAR1"), "is no Parquet file, or is cut short"),
    "zeros.xlsx": (sparse(b"PK\x03\x04"), "is too large for an Excel workbook"),
    "zeros.csv.gz": (bomb(b"\0"), "holds zero bytes: a binary file, or text in UTF-16"),
    "blank.csv.gz": (bomb(b"\n"), "has no record in"),
    "one-line.csv.gz": (bomb(b"x"), "a line is longer than 1,048,576 characters"),
    "words.csv.gz": (bomb(b"abcdefg\n"), 'the column "call_id" is missing'),
    "no-columns.csv.gz": (bomb(b"abcdefg\n", HEADER.encode()), "lines are no such records"),
    "no-records.csv.gz": (bomb(b"a,b,c,d,e\n", HEADER.encode()), "records cannot be read"),
    "folder.csv": (Path.mkdir, "there is no call file in this folder"),
    "pipe.csv": (os.mkfifo, "is a pipe or a device, not a file"),
    "device.csv": (lambda path: path.symlink_to("/dev/zero"), "is a pipe or a device, not a file"),
    "gone.csv": (lambda path: path.symlink_to("nowhere"), "No such file"),
    "short.csv.gz": (cut_short, "is cut short"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with a file of each kind that is of no use, and one that is of use."""
    folder = tmp_path_factory.mktemp("unusable")
    for name, (make, _) in KINDS.items():
        make(folder / name)
    (folder / "sound.csv").write_text(SOUND, encoding="utf-8")
    yield folder
    for name in KINDS:
        if (folder / name).is_file():
            (folder / name).unlink()


def run(folder: Path, *words: str | bytes) -> tuple[int, list[str]]:
    """Return how a command ends in a process of its own, and what it says on stderr; its memory is looked at."""
    ran = subprocess.run(
        [sys.executable, "-c", TOLD, *words], cwd=folder, capture_output=True, check=False, timeout=SECONDS
    )
    *told, peak = ran.stderr.decode().splitlines() if sys.platform == "linux" else [*ran.stderr.decode(), "0"]
    assert int(peak) * 1024 < MOST_MEMORY
    return ran.returncode, told


@pytest.mark.parametrize("form", ["generic", None])
def test_whatever_is_no_file_of_calls_is_told_and_keeps_no_other_out(folder: Path, form: str | None) -> None:
    database = f"{form}.db"
    named = ("--format", form) if form else ()
    assert run(folder, "calls", "import", "sound.csv", "--format", "generic", "--calls", database)[0] == 0
    code, told = run(folder, "calls", "import", *KINDS, "sound.csv", *named, "--calls", database)
    assert code == 1
    assert not any("Traceback" in line for line in told)
    for name, (_, what) in KINDS.items():
        of_it = [line for line in told if line.startswith(name)]
        assert of_it, f"nothing is said of {name}"
        if form:
            assert any(what in line for line in of_it), of_it


def test_a_folder_of_such_files_is_told_file_by_file(folder: Path) -> None:
    code, told = run(folder, "calls", "import", ".", "--format", "generic", "--calls", "folder.db")
    assert code == 1
    for name in ("zeros.csv", "zeros.parquet", "zeros.xlsx", "no-columns.csv.gz"):
        assert any(line.startswith(name) for line in told), f"nothing is said of {name}"


@pytest.mark.parametrize("command", ["try", "new-format"])
def test_a_mapping_is_not_looked_for_in_what_holds_no_calls(folder: Path, command: str) -> None:
    _, told = run(folder, "calls", command, "EACH", *KINDS)
    assert not any("Traceback" in line for line in told)
    said, ended = 0, []
    for line in told:
        if line.startswith("END "):
            ended.append((int(line.removeprefix("END ")), said > 0))
        said = 0 if line.startswith("END ") else said + 1
    # Of records of which none can be read, it is shown why each cannot.
    ends = {"no-records.csv.gz": 0, "folder.csv": 2}
    assert dict(zip(KINDS, ended, strict=True)) == {name: (ends.get(name, 1), ends.get(name, 1) > 0) for name in KINDS}


def test_a_name_that_is_not_utf_8_is_told(folder: Path) -> None:
    code, told = run(folder, "calls", "import", b"bad\xff.csv", "--format", "generic")
    assert (code, len(told)) == (1, 2), told

"""A database in use, locked, read-only, cut or damaged: a command waits, or says what is wrong; none is silent."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from permanence.model.waiting import tell_of_waiting
from permanence.store import opening

from tests.cli.faults import in_process, run_apart, started
from tests.cli.test_output_lost import here  # noqa: F401
from tests.cli.typed import out, typed

WRITING: dict[str, tuple[str, ...]] = {
    "billing.db": ("bill", "2026-02"),
    "calls.db": ("calls", "import", "more.csv", "--format", "generic"),
}
FURTHER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("billing.db", ("issue", "2026-01", "--incomplete")),
    ("billing.db", ("correct", "F-2026-00001", "--why", "Un appel tardif.")),
    ("calls.db", ("usage", "import", "work.csv")),
)
NO_ZONES = """
import sys, zoneinfo
zoneinfo.reset_tzpath([])
sys.modules["tzdata"] = None
from permanence.cli.main import main
main(sys.argv[1:], prog_name="permanence")
"""
"""A command on a machine that has no time zones."""
EACH = pytest.mark.parametrize(("database", "words"), [*WRITING.items(), *FURTHER], ids=str)


def told(words: Sequence[str]) -> str:
    """Return what a command that cannot do what it was asked says; nothing of it is a traceback."""
    ended = run_apart(words, Path.cwd())
    assert ended.code == 1, ended
    assert "Traceback" not in ended.stderr
    return ended.stderr


@contextmanager
def held(database: str, seconds: float) -> Iterator[None]:
    """Let another process write to a database, and not end before so many seconds."""

    def hold() -> None:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            Path("is-held").touch()
            until = monotonic() + seconds
            while Path("is-held").exists() and monotonic() < until:
                sleep(0.01)
            connection.rollback()

    other = in_process(hold)
    while not Path("is-held").exists():
        sleep(0.01)
    yield
    Path("is-held").unlink(missing_ok=True)
    other()


@EACH
@pytest.mark.usefixtures("here")
def test_a_command_waits_for_another_one_that_writes_and_says_so(
    database: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell_and_let_go(path: str) -> None:
        tell_of_waiting(path)
        Path("is-held").unlink()

    monkeypatch.setattr(opening, "TELLS_AFTER", 0.2)
    monkeypatch.setattr(opening, "tell_of_waiting", tell_and_let_go)
    with held(database, 60.0):
        ended = run_apart(words, Path.cwd())
    assert ended.code == 0, ended
    assert f"{database}: waiting for the end of " in ended.stderr


@EACH
@pytest.mark.usefixtures("here")
def test_a_command_that_waits_too_long_says_for_what(
    database: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    with held(database, 60.0):
        said, last = told(words).splitlines()
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00"
    who = rf"`\S+` \(process \d+ of \S+, since {when}\)" if Path("/proc/locks").exists() else "another command"
    what = f"{database}: {who} writes to it: this command has waited 0.2 seconds for its end"
    assert re.search(f"{what}; nothing was written; try again once the other one has ended$", said)
    assert last == "1 problem; nothing was done."


@EACH
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("share", [0, 0.3, 0.9])
def test_a_database_that_was_cut_is_told(database: str, words: tuple[str, ...], share: float) -> None:
    os.truncate(database, int(Path(database).stat().st_size * share) + (100 if share == 0 else 0))
    for name in (f"{database}-wal", f"{database}-shm"):
        Path(name).unlink(missing_ok=True)
    assert "SQLite" in told(words)


@EACH
@pytest.mark.usefixtures("here")
def test_a_flipped_bit_ends_in_a_sentence_or_changes_nothing(database: str, words: tuple[str, ...]) -> None:
    whole = Path(database).read_bytes()
    for seed in range(8):
        chance = random.Random(f"{words} {seed}")
        changed = bytearray(whole)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        Path(database).write_bytes(changed)
        ended = run_apart(words, Path.cwd())
        assert ended.code in (0, 1), ended
        assert not ended.code or ended.stderr.strip()
        Path(f"{database}-wal").unlink(missing_ok=True)
        Path(f"{database}-shm").unlink(missing_ok=True)


@pytest.mark.usefixtures("here")
def test_a_ledger_whose_log_was_taken_away_says_what_is_missing_or_is_whole() -> None:
    printed = out("verify").split()[-1]
    reader = sqlite3.connect("billing.db")
    reader.execute("SELECT count(*) FROM issued").fetchone()
    assert run_apart(("issue", "2026-01", "--incomplete"), Path.cwd()).code == 0
    later = out("verify").split()[-1]
    shutil.copytree(".", "../taken", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    reader.close()
    os.chdir("../taken")
    # Without the log the last transaction is not there, all before it is, and the printed head tells.
    assert typed("verify", "--head", printed).exit_code == 0
    assert typed("verify", "--head", later).exit_code == 1
    out("issue", "2026-01", "--incomplete")


@EACH
@pytest.mark.usefixtures("here")
def test_what_may_not_be_written_is_told(database: str, words: tuple[str, ...]) -> None:
    said = told_without_rights(words, database)
    assert "readonly" in said or "read-only" in said or "unable to open" in said or "Permission denied" in said


def told_without_rights(words: Sequence[str], database: str) -> str:
    """Return what a command says for somebody who may read the folder, and write nothing in it."""

    def act() -> list[object]:
        if not os.getuid():
            os.setgid(65_534)
            os.setuid(65_534)
        ended = typed(*words)
        return [ended.exit_code, ended.stderr]

    for path in [Path.cwd(), *Path.cwd().rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for above in Path.cwd().parents:
        if above.stat().st_uid == os.getuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    try:
        code, said = in_process(act)()
    finally:
        for path in [Path.cwd(), *Path.cwd().rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert code == 1, said
    return str(said)


@EACH
@pytest.mark.usefixtures("here")
def test_a_machine_without_time_zones_is_told(database: str, words: tuple[str, ...]) -> None:
    before = Path(database).read_bytes()
    ended = subprocess.run([sys.executable, "-c", NO_ZONES, *words], capture_output=True, text=True, check=False)
    code, said = ended.returncode, ended.stderr
    assert (code, "time zone" in said, "Traceback" in said) == (1, True, False), said
    # Calls whose times say how far they are from UTC need none: they are in, and what could not be done after is told.
    assert (Path(database).read_bytes() != before) == ("was taken into" in said)


@EACH
@pytest.mark.usefixtures("here")
def test_two_of_the_same_at_once_take_turns(database: str, words: tuple[str, ...]) -> None:
    ended = [one() for one in [started(words, Path.cwd()), started(words, Path.cwd())]]
    done = [one for one in ended if not one.code]
    assert done
    assert len(done) == 2 or words[0] == "correct"
    assert all("no invoice that stands" in one.stderr for one in ended if one.code)
    out("verify")

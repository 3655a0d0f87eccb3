"""A backup has everything of one moment, is proved before it is there and whenever asked, and is put over nothing."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from permanence.cli.backing_up import PART, ToBackUp, back_up
from permanence.model.manifest import MANIFEST
from permanence.model.problem import Refused

from tests.cli.conftest import CALLS
from tests.cli.faults import killed_at, run_apart
from tests.cli.ledger import unguarded
from tests.cli.typed import out, refused, typed, values
from tests.store.small_databases import as_text

WHAT = ToBackUp(
    {name: Path(name) for name in ("billing.db", "calls.db", "impact.db")},
    {name: Path(name) for name in ("rules", "contracts", "quotes", "sellers")},
)
THEN = Path("backups/then")
IMPORT = ("calls", "import", "more.csv", "--format", "generic")
AT = datetime(2026, 11, 30, 23, 15, tzinfo=UTC)
LAST_READ = "SELECT max(last_import) FROM basis"
POINTS = None if os.environ.get("SOAK") else 6
"""At how many of its write-like calls a backup is killed; at all of them in the long form."""


@pytest.fixture(autouse=True)
def here(richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(richer, here)
    monkeypatch.chdir(here)
    return here


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def asked(path: Path, sql: str) -> Any:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchone()[0]


def backed_up() -> Path:
    return Path(values("backup", "kept")["folder"])


def test_a_backup_has_every_database_and_file_as_it_is_for_its_owner_alone() -> None:
    Path("permanence.toml").write_text('files = "shared"\n', "utf-8")
    before = {name: as_text(Path(name)) for name in ("billing.db", "calls.db")}
    texts = {path.as_posix(): path.read_bytes() for name in WHAT.folders for path in Path(name).rglob("*.toml")}
    place = backed_up()
    assert {name: as_text(place / name) for name in before} == before
    assert texts.items() <= files(place).items()
    assert (place / "permanence.toml").read_bytes() == Path("permanence.toml").read_bytes()
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (place, *place.rglob("*"))}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_a_backup_is_proved_without_a_trace() -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in THEN.rglob("*")}
    first = values("restore", str(THEN), "--verify")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in THEN.rglob("*")} == before
    assert first["head"].startswith("2:")
    assert out("restore", str(THEN), "--verify").endswith(f"Empreinte : {first['digest']}\n")
    assert refused("restore", "backups", "--verify") == [
        "backups: there is no MANIFEST.json in it; name one of its backups: backups/then"
    ]
    assert "was printed" in refused("restore", str(THEN), "--verify", "--head", f"1:{'0' * 64}")[0]


def test_what_is_restored_goes_on_as_if_nothing_had_been(monkeypatch: pytest.MonkeyPatch) -> None:
    place = backed_up()
    Path("empty").mkdir()
    for into in ("new/place", "empty"):
        out("restore", str(place), "--into", into)
        there, then = files(Path(into)), files(place)
        assert there.keys() == then.keys() - {MANIFEST}
        assert {name for name in there if there[name] != then[name]} <= {"billing.db", "calls.db"}  # each notes it
    monkeypatch.chdir("empty")
    assert values("verify")["documents"] == 2
    out("bill", "2026-02")
    assert values("correct", "F-2026-00001", "--why", "Un appel tardif.")["issued"]


def test_nothing_is_put_over_what_is_there() -> None:
    place, _ = back_up(WHAT, Path("kept"), AT)
    before = files(place)
    with pytest.raises(Refused, match="2026-11-30T231500Z: something is there already"):
        back_up(WHAT, Path("kept"), AT)
    for into in ("rules", "calls.csv", "."):
        assert typed("restore", str(place), "--into", into).exit_code
    assert files(place) == before
    assert Path("calls.csv").read_text("utf-8") == CALLS
    assert "which is backed up" in refused("backup", "rules/kept")[0]
    assert "no database here" in refused("backup", "kept", "--billing", "none.db", "--calls-db", "none.db")[0]


def test_a_byte_that_was_flipped_in_any_file_of_a_backup_is_found() -> None:
    chance = random.Random(14)
    for path in sorted(path for path in THEN.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        for place in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(3))}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
            assert path.name in refused("restore", str(THEN), "--verify")[0]
        path.write_bytes(whole)
    assert values("restore", str(THEN), "--verify")


@pytest.mark.parametrize("name", ["billing.db", "calls.db", "rules/small.toml", MANIFEST])
def test_a_file_that_is_cut_off_missing_or_one_too_many_is_found(name: str) -> None:
    path = THEN / name
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert name in refused("restore", str(THEN), "--verify")[0]
    path.unlink()
    assert name in refused("restore", str(THEN), "--into", "new")[0]
    assert not Path("new").exists()
    path.write_bytes(whole)
    path.with_name("more.toml").write_text("", "utf-8")
    assert "no file of this backup" in refused("restore", str(THEN), "--verify")[0]


def test_a_ledger_that_is_not_as_it_was_issued_is_not_backed_up() -> None:
    with unguarded(Path("billing.db")) as database:
        database.execute("UPDATE issued SET content = replace(content, 'Café', 'Cave') WHERE position = 1")
    assert "F-2026-00001" in refused("backup", "kept")[0]
    assert not Path("kept").exists()


@pytest.mark.parametrize("name", ["billing.db", "calls.db"])
def test_a_database_that_is_damaged_is_not_backed_up(name: str) -> None:
    path = Path(name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused("backup", "kept")
    assert not Path("kept").exists()


def test_a_plain_copy_of_a_database_in_use_loses_the_last_import_and_a_backup_has_it() -> None:
    with closing(sqlite3.connect("calls.db")) as somebody:
        somebody.execute("SELECT count(*) FROM call").fetchone()
        subprocess.run([sys.executable, "-m", "permanence", *IMPORT], check=True, capture_output=True)
        shutil.copy("calls.db", "copy.db")
        place = backed_up()
    count = "SELECT count(*) FROM import"
    assert asked(Path("calls.db"), count) == asked(place / "calls.db", count) == 3
    assert asked(Path("copy.db"), count) == 2


WORK = """
import pathlib, sys
from tests.cli.conftest import CALLS
from tests.cli.typed import out
for number in range(100, 112):
    pathlib.Path("more.csv").write_text(CALLS.replace("\\n1,", f"\\n{number},"), "utf-8")
    out("calls", "import", "more.csv", "--format", "generic")
    out("bill", "2026-02")
    out("quote", "accueil", "--for", f"N {number}", "--calls", "5", "--on", "2026-09-01", "--save", "quotes")
"""


def test_backups_are_of_one_moment_while_another_process_imports_bills_and_quotes() -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", WORK], env={**os.environ, "PYTHONPATH": str(root)}) as work:
        made = [back_up(WHAT, Path("kept"), datetime(2026, 11, 30, 23, 15, number, tzinfo=UTC)) for number in range(4)]
        while work.poll() is None:
            made.append(back_up(WHAT, Path("kept"), datetime(2026, 11, 30, 23, 16, len(made), tzinfo=UTC)))
            if len(made) > 40:
                break
    assert work.returncode == 0
    imports = []
    for place, manifest in made:
        assert values("restore", str(place), "--verify")["digest"] == manifest.digest
        imports.append(asked(place / "calls.db", "SELECT max(id) FROM import"))
        assert asked(place / "billing.db", LAST_READ) <= imports[-1]
        saved = "SELECT count(*) FROM audit WHERE command = 'quote'"
        assert len(list((place / "quotes").glob("D-*.toml"))) - asked(place / "billing.db", saved) in (0, 1)
    assert imports == sorted(imports)
    assert asked(Path("calls.db"), "SELECT max(id) FROM import") == 14


def test_a_backup_that_was_killed_is_not_there_and_the_next_one_is_whole() -> None:
    calls = len(run_apart(("backup", "first"), Path()).calls)
    assert calls > 20
    for number in range(0, calls, max(1, calls // POINTS) if POINTS else 1):
        run_apart(("backup", "kept"), Path(), killed_at(number))
        for place in Path("kept").glob("2*Z"):
            assert values("restore", str(place), "--verify")
            shutil.rmtree(place)
        out("backup", "kept")
        assert not Path("kept", PART).exists()
        shutil.rmtree("kept")
    assert values("verify")["documents"] == 2

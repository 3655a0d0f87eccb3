"""First uses of a database at the same moment, by several processes: each succeeds, as if one came after the other."""

import signal
from contextlib import closing
from pathlib import Path

import pytest
from permanence.store.layouts import STEPS_TAKEN
from permanence.store.migrations import BILLING
from permanence.store.opening import version_in
from sqlite_utils import Database

from tests.store.at_once import fill_each, killed_at, together
from tests.store.small_databases import FILL, MADE_BEFORE, as_text, restore

PROCESSES, ROUNDS = 4, 12


def without_steps(path: Path) -> list[str]:
    """Return a database as text, but for when each step was taken."""
    return [line for line in as_text(path).splitlines() if not line.startswith(f'INSERT INTO "{STEPS_TAKEN}"')]


def test_first_uses_at_once_all_succeed_and_leave_what_one_alone_leaves(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) / name for name in FILL for number in range(ROUNDS)]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
    assert together(fill_each, PROCESSES, paths) == [""] * PROCESSES
    for name in FILL:
        alone = tmp_path / name
        FILL[name](alone)
        FILL[name](alone)
        for number in range(ROUNDS):
            assert without_steps(tmp_path / str(number) / name) == without_steps(alone)


def test_first_uses_of_older_databases_at_once_all_succeed_and_one_copy_is_kept(tmp_path: Path) -> None:
    paths = {}
    for kept in MADE_BEFORE.glob("*.sql"):
        for number in range(ROUNDS):
            folder = tmp_path / str(number) / kept.stem
            folder.mkdir(parents=True)
            paths[restore(kept.name, folder / f"{kept.stem.split('.')[0]}.db")] = kept
    assert together(fill_each, PROCESSES, list(paths)) == [""] * PROCESSES
    for path, kept in paths.items():
        (copy,) = path.parent.glob("*.bak")
        assert as_text(copy) == kept.read_text(encoding="utf-8")


def test_version_and_tables_are_read_at_one_moment_however_quick_somebody_else_is(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    made: list[Path] = []
    with closing(Database(path)) as reader:
        reader.enable_wal()

        def meanwhile(statement: str) -> None:
            if "sqlite_master" in statement and not made:
                made.append(path)
                FILL[path.name](path)

        reader.conn.set_trace_callback(meanwhile)
        assert version_in(reader, BILLING) == 0
        assert made
        assert version_in(reader, BILLING) == BILLING.version


@pytest.mark.parametrize("name", FILL)
def test_a_process_killed_in_the_middle_of_a_creation_leaves_a_database_that_the_next_use_completes(
    name: str, tmp_path: Path
) -> None:
    path, alone = tmp_path / name, tmp_path / "alone.db"
    assert killed_at(20, path) == -signal.SIGKILL
    assert path.exists()
    for each in (path, alone):
        FILL[name](each)
    assert without_steps(path) == without_steps(alone)

"""Files and databases that commands make are their owner's alone, unless the settings say otherwise."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_output_lost import TYPED, here
from tests.cli.typed import out, refused, typed

__all__ = ("here",)
SHARED = 0o644
CHANGED = ("was taken into", "is excluded", "customers.toml", "was issued", "was corrected")
"""What is done to a file that is there already."""


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """Let the system make files that everybody can read, as most do."""
    before = os.umask(0o022)
    yield
    assert os.umask(before) == 0o022


def modes() -> dict[str, int]:
    """Return the rights of each file below, by its path."""
    return {str(path): stat.S_IMODE(path.stat().st_mode) for path in Path().rglob("*") if path.is_file()}


def made(*words: str) -> dict[str, int]:
    """Return the rights of each file that a command makes; those that were there must keep theirs."""
    for path in Path().rglob("*"):
        if path.is_file():
            path.chmod(SHARED)
    before = modes()
    result = typed(*words)
    assert result.exit_code == 0, result.output
    after = modes()
    assert [name for name in before if after.get(name, SHARED) != SHARED] == []
    return {name: mode for name, mode in after.items() if name not in before}


@pytest.mark.parametrize("name", TYPED)
def test_what_a_command_makes_is_its_owner_s_alone_and_what_is_there_keeps_its_rights(name: str) -> None:
    words, deed = TYPED[name]
    found = made(*words)
    assert set(found.values()) <= {0o600}
    assert bool(found) or not deed or any(what in deed for what in CHANGED)


def test_what_stands_beside_a_database_in_use_is_its_owner_s_too(here: Path) -> None:
    Path("calls.db").unlink()
    out("calls", "import", "calls.csv", "--format", "generic")
    with closing(sqlite3.connect("calls.db")) as reader:
        reader.execute("select count(*) from call").fetchone()
        out("calls", "import", "more.csv", "--format", "generic")
        beside = {path.name: stat.S_IMODE(path.stat().st_mode) for path in Path().glob("calls.db*")}
    assert "calls.db-wal" in beside
    assert set(beside.values()) == {0o600}


def test_the_settings_leave_it_to_the_system() -> None:
    Path("permanence.toml").write_text('files = "shared"\n', "utf-8")
    found = made("bill", "2026-02", "--billing", "new.db")
    assert found == {"new.db": 0o644}
    shutil.rmtree("quotes")
    assert set(made("quote", "accueil", "--for", "X", "--calls", "5", "--save", "quotes").values()) == {0o644}


def test_settings_that_are_wrong_are_told_but_to_who_asks_for_help() -> None:
    Path("permanence.toml").write_text('files = "everybody"\n', "utf-8")
    (told,) = (line for line in refused("calls", "import", "more.csv", "--format", "generic") if "toml" in line)
    assert told.startswith('permanence.toml:1:9: "files" cannot be "everybody"')
    assert typed("bill", "--help").exit_code == 0

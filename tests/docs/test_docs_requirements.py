"""docs/requirements.md: every requirement and reading is seen where the page says, and each key reads it otherwise."""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from permanence.model.countries import timezone_in
from permanence.read.key_tables import key_tables

from tests.docs.documents import ROOT, commands
from tests.docs.requirements import ENTRIES, TEXT, Entry, Key, lay_out, play, sessions
from tests.staff.conftest import DATASETTE_LEAKS

pytestmark = pytest.mark.filterwarnings(DATASETTE_LEAKS)
SESSIONS = sessions()
KEYS = [(entry, key) for entry in ENTRIES for key in entry.keys]
OTHERWISE = [(entry, key, other) for entry, key in KEYS for other in key.others]
OFFER, CONTRACT = "rules/essentielle-2023-01-01.toml", "contracts/exemple.toml"
LEFT_OUT = [key for _, key in KEYS if not key.table.startswith("rule.")]
FAULT = re.compile(r"\b\d+ problems?\b|En attente :")
NOT_OF_A_KEY = ("\n[[example]]", '\n[[rule]]\nid = "renewed"')
"""Where the shipped offer goes on with what would keep a key from showing: examples, and the rule that renews."""


class Played(Protocol):
    """What a session prints; with the offer as shipped, or with its keys left out, or with one at another value."""

    def __call__(self, name: str, key: Key | None = None, value: str = "", *, shipped: bool = True) -> str: ...


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Return what plays a session, each once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "200")

        @cache
        def printed(name: str, key: Key | None = None, value: str = "", *, shipped: bool = True) -> str:
            folder = tmp_path_factory.mktemp(name)
            for part in ("rules", "contracts"):
                shutil.copytree(ROOT / part, folder / part)
            lay_out(folder)
            if not shipped:
                left_to_defaults(folder)
            if key:
                put(folder, key, value)
            patch.chdir(folder)
            return play(SESSIONS[name], folder)

        yield printed


def left_to_defaults(folder: Path) -> None:
    """Leave out what a key at another value would contradict, and each key that has its default."""
    for file in (folder / "rules").glob("*.toml"):
        text = file.read_text("utf-8")
        for part in NOT_OF_A_KEY:
            text = text.partition(part)[0]
        file.write_text(f"{text}\n", "utf-8")
    for key in LEFT_OUT:
        file = folder / (CONTRACT if key.table == "contract" else OFFER)
        line = rf"^{key.name} = {re.escape(key.default)}.*\n"
        file.write_text(re.sub(line, "", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def put(folder: Path, key: Key, value: str) -> None:
    """Write a key at another value into the contract, the offer, or every offer where all are to have the same."""
    where = {"contract": CONTRACT, "offer": "rules/*.toml"}.get(key.table, OFFER)
    for file in folder.glob(where):
        text = file.read_text("utf-8")
        before, table, after = re.split(rf"^({header(key)}.*\n)", text, maxsplit=1, flags=re.MULTILINE)
        inside, ends, rest = after.partition("\n[")
        inside = re.sub(rf"^{key.name} = [^#\n]*", "", inside, flags=re.MULTILINE)
        file.write_text(f"{before}{table}{key.name} = {value}\n{inside}{ends}{rest}", "utf-8")


def header(key: Key) -> str:
    """Return the pattern of the line with which a key's table begins."""
    kind, _, name = key.table.partition(".")
    if kind == "rule":
        return rf'\[\[rule\]\]\nid = "{name}"'
    return r"\[\[contract\]\]" if kind == "contract" else rf"\[{re.escape(key.table)}\]"


def default_of(key: Key) -> str:
    """Return a key's default as docs/keys.md has it."""
    table = {"option": "[option.<id>]", "contract": "[[contract]]", "rule": "[[rule]]"}
    title = table.get(key.table.partition(".")[0], f"[{key.table}]")
    rows = key_tables().partition(f"### `{title}`\n")[2].partition("\n#")[0]
    [default] = re.findall(rf"^\| `{key.name}` \|.* \| (.*) \| .* \|$", rows, re.MULTILINE)
    # The zone follows from the country, which is France where the offer names none.
    return f'"{timezone_in("FR")}"' if str(key) == "offer.timezone" else str(default).strip("`")


def test_every_requirement_and_reading_stands_on_the_page_once() -> None:
    numbers = [f"{kind}{n}" for kind in "RA" for n in range(1, 29)]
    assert [entry.number for entry in ENTRIES] == numbers == re.findall(r"\b[RA]\d+\b", TEXT)


def test_every_entry_quotes_something_or_is_not_there() -> None:
    assert [entry.number for entry in ENTRIES if not entry.quoted and not entry.not_there] == []
    assert [entry.number for entry in ENTRIES for _, pieces in entry.quoted if not pieces] == []
    assert {name for entry in ENTRIES for name, _ in entry.quoted} == set(SESSIONS)


def test_everything_asked_has_the_command_of_a_session_that_shows_it() -> None:
    typed = {
        name: {command.text for block in session for command in commands(block)} for name, session in SESSIONS.items()
    }
    for entry in ENTRIES:
        shown = set().union(*(typed[name] for name, _ in entry.quoted))
        assert len(entry.shown_by) == (entry.number[0] == "R"), entry
        assert shown.issuperset(entry.shown_by), entry


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_what_is_quoted_is_printed(entry: Entry, played: Played) -> None:
    for name, pieces in entry.quoted:
        printed = played(name)
        assert [piece for piece in pieces if piece not in printed] == [], f"{name} prints\n{printed}"


def test_only_the_session_of_refusals_prints_problems(played: Played) -> None:
    assert [name for name in SESSIONS if FAULT.search(played(name))] == ["refused"]


def test_the_value_named_is_the_default() -> None:
    assert [str(key) for _, key in KEYS if default_of(key) not in (key.default, "required")] == []


@pytest.mark.parametrize(("entry", "key", "other"), OTHERWISE, ids=str)
def test_another_value_of_a_key_prints_something_else(entry: Entry, key: Key, other: str, played: Played) -> None:
    gone: list[str] = []
    for name, pieces in entry.quoted:
        before, after = played(name, shipped=False), played(name, key, other, shipped=False)
        assert not FAULT.search(after), after
        gone += [piece for piece in pieces if piece in before and piece not in after]
    assert gone, f"nothing that is quoted changes with {key} = {other}"

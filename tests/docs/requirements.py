"""docs/requirements.md as a reader uses it: entries with what each shows and where, and the sessions that show it."""

import asyncio
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from permanence.staff.application import application, close

from tests.docs.documents import ROOT, SPACES, Block, apply, blocks, commands, run
from tests.staff.reading import get, words

PAGE = ROOT / "docs" / "requirements.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([RA]\d+) \| (.*) \|$", re.MULTILINE)
SEEN = re.compile(r"\[(\w+)\]\(#\1\): ((?:(?!\[\w+\]\(#).)*)")
CODE = re.compile(r"`([^`]+)`")
BROWSE = "permanence browse"
NOT_THERE = "*not there"


@frozen
class Key:
    """One key of a reading: its path in the rule file, its default, and its other values, as the file has them."""

    path: str
    default: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        return self.path

    @property
    def table(self) -> str:
        """Return the table that has the key."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Return the key's own name."""
        return self.path.rpartition(".")[2]


@frozen
class Entry:
    """One row: its number, the command that shows it, what is quoted of each session, keys that read it otherwise."""

    number: str
    shown_by: tuple[str, ...]
    quoted: tuple[tuple[str, tuple[str, ...]], ...]
    keys: tuple[Key, ...]
    not_there: bool

    def __str__(self) -> str:
        return self.number


def _keys(defaults: str, others: str) -> Iterator[Key]:
    for default, other in zip(defaults.split("<br>"), others.split("<br>"), strict=True):
        if path := CODE.findall(default):
            yield Key(path[0], path[1] if len(path) > 1 else "", tuple(CODE.findall(other)))


def _entry(number: str, row: str) -> Entry:
    _asked, *inner, seen = row.split(" | ")
    keys = inner if number.startswith("A") else ()
    quoted = ((session, tuple(CODE.findall(pieces))) for session, pieces in SEEN.findall(seen))
    shown_by = () if keys else tuple(CODE.findall(inner[0]))
    return Entry(number, shown_by, tuple(quoted), tuple(_keys(*keys)) if keys else (), NOT_THERE in seen)


ENTRIES = tuple(_entry(*row) for row in ROW.findall(TEXT))


def sessions() -> dict[str, tuple[Block, ...]]:
    """Return the blocks of each session by its heading."""
    headings = {at: line[4:] for at, line in enumerate(TEXT.splitlines(), 1) if line.startswith("### ")}
    found: dict[str, tuple[Block, ...]] = dict.fromkeys(headings.values(), ())
    for block in blocks(PAGE, "console", "diff"):
        name = headings[max(at for at in headings if at < block.line)]
        found[name] += (block,)
    return found


def lay_out(folder: Path) -> None:
    """Write the files that the page shows into a folder."""
    for language, name in (("toml", "contracts/parc.toml"), ("csv", "calls.csv")):
        [block] = blocks(PAGE, language)
        (folder / name).write_text(block.text, encoding="utf-8")


def play(session: tuple[Block, ...], folder: Path) -> str:
    """Return what a session prints in a folder, which is the current one: its words, one space apart."""
    printed: list[str] = []
    for block in session:
        if block.language == "diff":
            apply(block, folder)
            continue
        for command in commands(block):
            printed += [page(command.text)] if command.text.startswith(BROWSE) else run(expanded(command.text), folder)
    return " ".join(" ".join(printed).split())


def expanded(command: str) -> str:
    """Return a command with the file that each word with ``*`` finds, as a shell would type it."""
    if "*" not in command or not command.startswith("permanence "):
        return command
    return shlex.join(str(*Path().glob(word)) if "*" in word else word for word in shlex.split(command))


def page(command: str) -> str:
    """Return the words of the page that a command names behind ``#``."""

    async def visit() -> str:
        pages = application(Path("billing.db"), Path("calls.db"))
        await pages.invoke_startup()
        text = await get(pages, command.partition("#")[2].strip())
        close(pages)
        return words(text).translate(SPACES)

    return asyncio.run(visit())

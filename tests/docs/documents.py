"""The project's pages as readers use them: code blocks to copy, and sessions at a terminal to repeat."""

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from attrs import field, frozen
from click.testing import CliRunner
from permanence.cli.main import main

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ("make", "pip", "git", ".", "permanence browse", "permanence portal serve")
"""What a session shows and a test does not repeat: it installs, asks the network, or does not end."""
SPACES = str.maketrans("\u00a0\u202f", "  ")
"""French amounts have spaces of their own kinds; a page has plain ones."""
LOOP = re.compile(r"for (\w+) in (.+?); do (.+); done")
LEFT_OUT = "…"
"""A line of a session that stands for any number of lines."""


@frozen
class Block:
    """One code block: its language, its text, its page and the line of that page on which the text begins."""

    language: str
    text: str
    page: Path
    line: int

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


@frozen
class Command:
    """One command of a session, and what the page says it prints."""

    text: str
    printed: tuple[str, ...] = field()


def blocks(page: Path, *languages: str) -> tuple[Block, ...]:
    """Return the code blocks of a page in some languages, all of them when none is named."""
    text = page.read_text(encoding="utf-8")
    found = (Block(fence[1], fence[2], page, text[: fence.start(2)].count("\n") + 1) for fence in FENCE.finditer(text))
    return tuple(block for block in found if not languages or block.language in languages)


def section(page: Path, heading: str) -> range:
    """Return the lines of a page from a heading to the next one of its level."""
    text = page.read_text(encoding="utf-8")
    lines = FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), text).splitlines()
    start = lines.index(f"## {heading}")
    return range(
        start + 1, next((at for at in range(start + 1, len(lines)) if lines[at].startswith("## ")), len(lines))
    )


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a block: lines after ``$`` with what they print, or every line of a plain shell block."""
    if block.language == "sh":
        yield from (Command(line, ()) for line in block.text.splitlines() if line and not line.startswith("#"))
        return
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        text, *printed = part.rstrip("\n").split("\n")
        yield Command(text, tuple(line.rstrip() for line in printed))


def words(command: str) -> list[str]:
    """Return the words of a command, without the comment and the file to print to behind it."""
    found = shlex.split(command, comments=True)
    return found[: found.index(">")] if ">" in found else found


def parse(arguments: Sequence[str]) -> str:
    """Return the name of the command that arguments call; raise click.UsageError when they call none."""
    command: click.Command = main
    context = click.Context(main, info_name="permanence")
    rest, names = list(arguments), ["permanence"]
    while isinstance(command, click.Group):
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None
        names.append(str(name))
        command, context = found, click.Context(found, parent=context, info_name=name)
    command.make_context(names[-1], rest)
    return " ".join(names)


def leaves(command: click.Command, name: str) -> Iterator[str]:
    """Yield the full name of each command below one."""
    if not isinstance(command, click.Group):
        yield name
        return
    context = click.Context(command)
    for below in command.list_commands(context):
        found = command.get_command(context, below)
        assert found is not None, below
        yield from leaves(found, f"{name} {below}")


def run(command: str, folder: Path, *, well: bool = False) -> list[str]:
    """Return what a command prints, line by line: ours in this process, any other in a shell.

    Of ours a pattern stands for the files that fit it, as in a shell. One that has to end ``well`` has exit code 0.
    """
    if command.startswith("permanence "):
        typed = [name for word in words(command)[1:] for name in _files(word, folder)]
        result = CliRunner().invoke(main, typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert not well or result.exit_code == 0, f"{command}: {result.output}"
        output = result.output
    else:
        output = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=True).stdout
    return [line.rstrip() for line in output.translate(SPACES).rstrip().splitlines()]


def _files(word: str, folder: Path) -> Sequence[str]:
    found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(word)) if "*" in word else ()
    return found or [word]


def in_turn(command: str) -> Iterator[str]:
    """Yield the commands of a line: those of a loop once for each word, and each of several in turn."""
    if loop := LOOP.fullmatch(command):
        name, values, body = loop.groups()
        for value in values.split():
            yield from in_turn(body.replace(f"${name}", value))
    else:
        yield from command.split(" && ")


def repeat(page: Path, folder: Path, after: Callable[[Command], object] | None = None) -> int:
    """Type the sessions of a page in a folder, with the edits and files that it shows; return how many commands.

    Each has to print what the page says; ``after`` is called with each. A file that it shows is ``late.csv``.
    """
    typed = 0
    for block in blocks(page, "csv", "diff", "console"):
        if block.language == "csv":
            (folder / "late.csv").write_text(block.text, "utf-8")
        elif block.language == "diff":
            apply(block, folder)
        for shown in commands(block) if block.language == "console" else ():
            if not shown.text.startswith(NOT_RUN):
                printed = run(shown.text, folder)
                assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)
                if after:
                    after(shown)
                typed += 1
    return typed


def agrees(printed: Sequence[str], expected: Sequence[str]) -> bool:
    """Tell whether output is what a page says, where a line with ``…`` alone stands for any lines."""
    pattern = "".join("(?:.*\n)*?" if line.strip() == LEFT_OUT else re.escape(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def apply(block: Block, folder: Path) -> None:
    """Make the edits that a diff block shows; each of its pieces stands once in the file that the header names."""
    for edit in re.split(r"^\+\+\+ ", block.text, flags=re.MULTILINE)[1:]:
        header, *pieces = re.split(r"^@@\n", edit, flags=re.MULTILINE)
        path = folder / header.strip()
        text = path.read_text(encoding="utf-8")
        for piece in pieces:
            before, after = ("".join(_kept(piece, sign)) for sign in "-+")
            assert text.count(before) == 1, f"{block}: found {text.count(before)} times in {path.name}:\n{before}"
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")


def _kept(piece: str, sign: str) -> Iterator[str]:
    """Yield the lines that a piece has before (``-``) or after (``+``) the edit; an empty line is in both."""
    for line in piece.splitlines(keepends=True):
        if line[0] in (" ", sign):
            yield line[1:]
        elif line == "\n":
            yield line

"""The README and the pages in docs/ are true: commands exist, sessions print what they show, samples work."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import tomli
from permanence.cli.main import main

from tests.docs.documents import (
    PAGES,
    README,
    ROOT,
    Block,
    blocks,
    commands,
    in_turn,
    leaves,
    parse,
    repeat,
    run,
    words,
)

SHELL = ("sh", "console")
LINES = [(block, command) for page in PAGES for block in blocks(page, *SHELL) for command in commands(block)]
DEMO = (
    "permanence sample .",
    "permanence contracts import customers.csv --offer essentielle@2023-01-01",
    "permanence calls import cdr-2026-09.csv.gz cdr-2026-10.csv.gz --format asterisk",
    "permanence bill 2026-09",
    "permanence bill 2026-10",
)


@pytest.mark.parametrize(
    ("block", "command"),
    [(block, one) for block, line in LINES for one in in_turn(line.text) if one.startswith("permanence ")],
    ids=str,
)
def test_every_command_line_shown_can_be_typed(block: Block, command: str) -> None:
    try:
        parse(words(command)[1:])
    except click.UsageError as error:
        pytest.fail(f"{block}: {command}: {error.format_message()}")


def test_a_command_line_that_cannot_be_typed_is_noticed() -> None:
    for wrong in ("bill", "bill 2026-10 --fast", "calls export x", "check --schema=customer"):
        with pytest.raises(click.UsageError):
            parse(words(wrong))


def test_the_readme_mentions_every_command() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [name for name in leaves(main, "permanence") if f"`{name}" not in text]
    assert not missing, f"not in the README: {', '.join(missing)}"


def test_the_readme_mentions_what_make_can_do() -> None:
    text = README.read_text(encoding="utf-8")
    assert [target for target in ("demo", "test", "bench") if f"make {target}" not in text] == []


def test_each_day_takes_ten_commands_at_most() -> None:
    days = re.split(r"^## ", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    counts = {day.split("\n")[0]: day.count("\n$ ") for day in days if "\n$ " in day}
    assert len(counts) == 4
    assert max(counts.values()) <= 10, counts


def test_every_page_that_is_linked_is_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def edits(page: Path, folder: str) -> Iterator[tuple[Block, str]]:
    """Yield each piece of an edit that a page shows of a file in a folder."""
    for block in blocks(page, "diff"):
        for edit in re.split(r"^\+\+\+ ", block.text, flags=re.MULTILINE)[1:]:
            header, *pieces = re.split(r"^@@\n", edit, flags=re.MULTILINE)
            yield from ((block, piece) for piece in pieces if header.startswith(folder))


def test_no_page_edits_what_was_signed() -> None:
    shown = [(block, piece) for page in PAGES for block, piece in edits(page, "contracts/")]
    assert len(shown) >= 3
    for block, piece in shown:
        kept, _, appended = piece.partition("\n+")
        assert {line[:1] for line in kept.splitlines()} <= {" ", ""}, block
        added = tomli.loads("\n".join(line.removeprefix("+") for line in appended.splitlines()))
        assert {line[:1] for line in f"+{appended}".splitlines()} == {"+"}, block
        assert set(added) == {"event"}, block


def install(folder: Path, block: Block) -> None:
    """Put a plugin's module in a folder, with what makes it an installed distribution."""
    facts = folder / "permanence_long_calls-1.0.dist-info"
    facts.mkdir(parents=True)
    (folder / "long_calls.py").write_text(block.text, encoding="utf-8")
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: permanence-long-calls\nVersion: 1.0\n", "utf-8")
    (facts / "entry_points.txt").write_text("[permanence]\nlong_calls = long_calls\n", "utf-8")


def test_the_three_days_print_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    [plugin] = blocks(README, "python")
    install(tmp_path / "site", plugin)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for command in DEMO:
        run(command, tmp_path)
    repeat(README, tmp_path)

"""What others write into call files, file names and words that are typed gives a terminal no order, and is not lost."""

from pathlib import Path

import pytest
from permanence.cli.console import CleanConsole
from permanence.model.signs import STRANGE_IN_LINES
from rich.text import Text

from tests.cli.typed import typed, values

ESCAPE, BACKWARDS = "\x1b[2J", "\u202e"
HEADER = "call_id,start,wait_seconds,talk_seconds,status,tags,number\n"
NAME = f"appels{ESCAPE}{BACKWARDS}.csv"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = (
        f"a{ESCAPE},2026-10-02T08:00:00+02:00,3,60,answered,urgent{BACKWARDS},+33199000001",
        f"b,2026-10-02T08:00:00+02:00,3,60,gone{ESCAPE},,+33199000001",
        f"c,2026-10-02T08:00:00+02:00,3,60,answered,,{ESCAPE}+33199000001",
        f"d,le deux{BACKWARDS},3,60,answered,,+33199000001",
    )
    Path(NAME).write_text(HEADER + "\n".join(rows) + "\n", "utf-8")


def test_what_a_call_file_and_its_name_say_is_shown_by_the_number_of_each_sign() -> None:
    shown = ""
    for words in (("calls", "try", NAME), ("calls", "import", NAME), ("calls", "import", f"no{ESCAPE}.csv")):
        result = typed(*words, "--format", "generic")
        shown += result.stdout + result.stderr
    assert not STRANGE_IN_LINES.search(shown)
    assert shown.count("<U+001B>[2J") > 3
    assert "<U+202E>" in shown


def test_no_record_is_lost_for_its_signs() -> None:
    counts = values("calls", "import", NAME, "--format", "generic")
    came_in = counts["files"][0]
    assert came_in["rows"] == 4
    assert typed("calls", "import", NAME, "--format", "generic", "--json").stdout.isascii()


@pytest.mark.parametrize(
    "words",
    [
        ("explain", f"2026-10-C0001{ESCAPE}"),
        ("calendar", f"C0001{ESCAPE}"),
        ("calls", "find", f"{BACKWARDS}33", "--at", "2026-10-01"),
        ("bill", f"2026-10{ESCAPE}"),
        ("describe", f"essentielle{ESCAPE}"),
        ("check", f"rules{ESCAPE}.toml"),
    ],
)
def test_what_is_typed_comes_back_by_the_number_of_each_sign(words: tuple[str, ...]) -> None:
    result = typed(*words)
    assert result.exit_code in (1, 2)
    assert not STRANGE_IN_LINES.search(result.stdout + result.stderr)


def test_colours_are_the_console_s_own_and_stay() -> None:
    console = CleanConsole(force_terminal=True, width=60, highlight=False)
    with console.capture() as told:
        console.print(Text(f"rouge{ESCAPE}", style="red"), f"et {BACKWARDS}")
    assert told.get() == "\x1b[31mrouge<U+001B>[2J\x1b[0m et <U+202E>\n"

"""`permanence check` as a workbench: warnings, counts, colours, signed versions, looking again after a save."""

import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import permanence.cli.commands.check
import pytest
from permanence import hookimpl
from permanence.cli.screens.problems import show_findings
from permanence.cli.watching import stamps, watch
from permanence.model.offer import Offer
from permanence.model.problem import Place, Problem, errors
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins
from rich.console import Console

from tests.cli.typed import out, refused, typed, values
from tests.installed import PLUGINS

ESSENTIELLE = Path("rules/essentielle-2023-01-01.toml")
ERROR = Problem(Place("a.toml", 2, 5, "x = 'été' # y", 5), "it is wrong", "mend it")
WARNING = Problem(Place("b.toml", 1, 1, "[[rule]]", 8), "it is odd", warning=True)


@pytest.fixture(autouse=True)
def here(folder: Path) -> Path:
    return folder


@pytest.fixture
def unsigned() -> None:
    """Take the contracts away: nobody has signed the rule files then."""
    Path("contracts/customers.toml").unlink()


def printed(problems: Iterable[Problem], **console: object) -> str:
    text = io.StringIO()
    show_findings(Console(file=text, width=80, **console), tuple(problems))  # type: ignore[arg-type]
    return text.getvalue()


def spoil(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a plugin that has a doubt about every offer."""

    @hookimpl
    def check_offer(offer: Offer) -> list[Problem]:
        return [Problem(offer.rules[0].place, "it is odd", "think again", warning=True)]

    doubt = SimpleNamespace(__name__="doubt", check_offer=check_offer)
    ours = [finding for finding in PLUGINS._manager.get_plugins() if hasattr(finding, "register_options")]
    monkeypatch.setattr(Plugins, "installed", lambda *_: Plugins.of(*ours, doubt))


def test_a_warning_is_told_and_keeps_nothing_from_being_used(doubtful: None) -> None:
    result = typed("check")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0].endswith(":67:1: warning: it is odd; think again")
    assert result.stderr.splitlines()[-1] == "5 warnings in 5 files"
    assert "essentielle@2023-01-01" in result.stdout
    assert open_book(Path("rules"), Path("contracts"), Plugins.installed()).offers
    assert "Devis" in out("quote", "essentielle", "--for", "X", "--calls", "10", "--on", "2026-11-01")


def test_an_example_is_tried_in_spite_of_warnings(doubtful: None, unsigned: None) -> None:
    spoil(ESSENTIELLE, 'total = "59.00"', 'total = "60.00"')
    result = typed("check", str(ESSENTIELLE))
    assert result.exit_code == 1
    assert "expects 60,00\u00a0€" in result.stderr
    assert result.stderr.splitlines()[-1] == "1 problem, 1 warning in 1 file"


def test_scripts_are_told_which_problems_are_warnings_and_which_signs_are_meant(doubtful: None) -> None:
    found = values("check", str(ESSENTIELLE))["problems"]
    assert [(one["severity"], one["line"], one["column"], one["end_column"]) for one in found] == [
        ("warning", 93, 1, 9)
    ]
    spoil(ESSENTIELLE, 'days = "mon-fri"', 'days = "mon-fry"')
    result = typed("check", str(ESSENTIELLE), "--json")
    assert result.exit_code == 1
    one = json.loads(result.stdout)["problems"][0]
    line = ESSENTIELLE.read_text("utf-8").splitlines()[one["line"] - 1]
    assert (one["severity"], line[one["column"] - 1 : one["end_column"] - 1]) == ("error", '"mon-fry"')


def test_only_errors_are_errors() -> None:
    assert errors([ERROR, WARNING]) == (ERROR,)


@pytest.mark.parametrize(
    ("problems", "ending"),
    [
        ([ERROR], "1 problem in 1 file"),
        ([ERROR, ERROR, WARNING], "2 problems, 1 warning in 2 files"),
        ([WARNING, WARNING], "2 warnings in 1 file"),
    ],
)
def test_the_last_line_counts_problems_warnings_and_files(problems: list[Problem], ending: str) -> None:
    assert printed(problems).splitlines()[-1] == ending


def test_what_is_piped_is_plain_and_exactly_what_the_problem_says() -> None:
    assert printed([ERROR, WARNING]) == f"{ERROR}\n{WARNING}\n1 problem, 1 warning in 2 files\n"
    assert str(ERROR) == "a.toml:2:5: it is wrong; mend it\n    x = 'été' # y\n        ^^^^^"


def test_a_terminal_shows_colours_unless_they_are_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    red, yellow = "\x1b[1;31m", "\x1b[1;33m"
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = printed([ERROR, WARNING], force_terminal=True, color_system="standard")
    assert f"{red}    ^^^^^" in coloured
    assert f"{yellow}^^^^^^^^" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = printed([ERROR, WARNING], force_terminal=True, color_system="standard")
    assert "^^^^^" in plain
    assert red not in plain
    assert "\x1b[31m" not in plain


def sign_and_edit(*customers: str) -> str:
    """Sign a quote with each customer, raise a price of the rule file, and return what the first contract pins."""
    for number, name in enumerate(customers):
        out("quote", "essentielle", "--for", name, "--calls", "40", "--on", "2026-11-01", "--save", "quotes")
        quotes = sorted(Path("quotes").glob("*.toml"), key=lambda path: path.stat().st_mtime_ns)
        line = f"+3319955{number:04d}"
        out("sign", str(quotes[-1]), "--line", line, "--on", "2026-11-02", "--contract", f"S{number}")
    spoil(ESSENTIELLE, 'simple = "229.00"', 'simple = "228.00"')
    spoil(ESSENTIELLE, 'total = "229.00"', 'total = "228.00"')
    return Path("contracts/S0.toml").read_text("utf-8")


@pytest.mark.parametrize("words", [("check",), ("check", str(ESSENTIELLE))], ids=len)
def test_a_version_that_contracts_signed_may_not_be_edited(unsigned: None, words: tuple[str, ...]) -> None:
    assert 'digest = "' in sign_and_edit("A", "B", "C", "D")
    assert refused(*words)[:3] == [
        "rules/essentielle-2023-01-01.toml:9:13: essentielle@2023-01-01 was edited after 4 contracts signed it: "
        "S0, S1, S2 …; make it the next version, `permanence new-offer --from essentielle@2023-01-01`, "
        "then put this text back",
        "    sold_from = 2023-01-01",
        "                ^^^^^^^^^^",
    ]


def test_a_version_may_be_edited_as_long_as_nobody_signed_it(unsigned: None) -> None:
    sign_and_edit("A")
    spoil(Path("contracts/S0.toml"), 'offer = "essentielle@2023-01-01"', 'offer = "continue@2023-01-01"')
    assert out("check", str(ESSENTIELLE))


def test_no_example_is_written_into_a_version_that_a_contract_signed(unsigned: None) -> None:
    text = ESSENTIELLE.read_text("utf-8")
    ESSENTIELLE.write_text(text.split("\n[[example]]", maxsplit=1)[0], "utf-8")
    out("quote", "essentielle", "--for", "A", "--calls", "40", "--on", "2026-11-01", "--save", "quotes")
    (quote,) = Path("quotes").glob("*.toml")
    out("sign", str(quote), "--line", "+33199550000", "--on", "2026-11-02", "--contract", "S0")
    was = ESSENTIELLE.read_bytes()
    told = typed("check", str(ESSENTIELLE), "--write-examples")
    assert told.exit_code == 1
    assert told.stdout == (
        f"{ESSENTIELLE}: no example written: 1 contract (S0) signed it; make it the next version, "
        "`permanence new-offer --from essentielle@2023-01-01`\n"
    )
    assert ESSENTIELLE.read_bytes() == was


def test_files_are_checked_again_when_one_is_saved_until_ctrl_c(tmp_path: Path) -> None:
    file, shown = tmp_path / "a.toml", list[str]()
    saves = iter(["two", None, "three", "gone"])

    def wait() -> None:
        match next(saves, "end"):
            case "end":
                raise KeyboardInterrupt
            case "gone":
                file.unlink()
            case str() as text:
                file.write_text(text, "utf-8")

    file.write_text("one and more", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        watch(
            lambda: stamps([file]),
            lambda: shown.append(file.read_text("utf-8") if file.exists() else "no file"),
            wait,
        )
    assert shown == ["one and more", "two", "three", "no file"]


def test_check_watches_every_file_and_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    edits = iter([("total", "totl"), ("totl", "total"), None])

    def save(seconds: float) -> None:
        edit = next(edits)
        if edit is None:
            raise KeyboardInterrupt
        spoil(ESSENTIELLE, *edit)

    monkeypatch.setattr(permanence.cli.commands.check, "sleep", save)
    result = typed("check", str(ESSENTIELLE), "--watch")
    assert result.exit_code == 0
    assert result.stdout.count("Offers without a problem") == 2
    assert 'unknown key "totl"; did you mean "total"?' in result.stderr
    assert len(re.findall(r"^\d\d:\d\d:\d\d: looking again when a file is saved", result.stderr, re.MULTILINE)) == 3


@pytest.mark.parametrize("words", [(), (str(ESSENTIELLE),)], ids=len)
def test_a_file_that_comes_and_goes_ends_no_watching(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ESSENTIELLE.read_text("utf-8")
    rules = sorted(Path("rules").glob("*.toml"))
    steps = iter(["away", "back", "end"])

    def save(seconds: float) -> None:
        match next(steps):
            case "away":
                for path in rules:
                    path.unlink()
            case "back":
                ESSENTIELLE.write_text(kept, "utf-8")
            case _:
                raise KeyboardInterrupt

    monkeypatch.setattr(permanence.cli.commands.check, "sleep", save)
    result = typed("check", *words, "--watch")
    assert result.exit_code == 0
    assert "looking again when a file is saved" in result.stderr

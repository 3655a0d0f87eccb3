"""What `permanence live` has counted is shown again only while nothing that it hangs on has changed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from permanence.cli import watched_live
from permanence.cli.kept_month import KeptMonth, MonthNow

from tests.cli.conftest import CALLS
from tests.cli.typed import out, refused, typed, values

DAY = ("--on", "2026-02-02")
OTHER_WORDS = (("--on", "2026-02-03"), ("--without", "permanence:svi", *DAY))


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(small, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    Path("live.kept").unlink(missing_ok=True)


def imported(call: str) -> str:
    Path("more.csv").write_text(CALLS.replace("\n1,", f"\n{call},"), "utf-8")
    return out("calls", "import", "more.csv", "--format", "generic")


CHANGES: dict[str, Callable[[], object]] = {
    "a call came in": lambda: imported("2"),
    "a contract file was touched": lambda: os.utime("contracts/customers.toml", (1, 1)),
    "a contract file came": lambda: Path("contracts/other.toml").write_text("format = 1\n", "utf-8"),
    "a rule file was touched": lambda: os.utime("rules/small.toml", (1, 1)),
    "an index came": lambda: shutil.copytree("quotes", "rules/indices"),
    "a seller was touched": lambda: os.utime("sellers/exemple.toml", (1, 1)),
    "settings came": lambda: Path("permanence.toml").write_text('files = "shared"\n', "utf-8"),
    "a month was billed": lambda: out("bill", "2026-01", "--incomplete", "--on", "2026-02-02"),
}


def marked() -> None:
    """Put a mark into what is kept, of the same length: who shows it has counted nothing."""
    kept = Path("live.kept").read_bytes()
    assert b"jusqu'ici" in kept
    Path("live.kept").write_bytes(kept.replace(b"jusqu'ici", b"JUSQU'ICI"))


def shows_what_is_kept(*words: str) -> bool:
    return "JUSQU'ICI" in typed("live", "C0001", *words).stdout


def test_what_is_kept_is_what_is_counted_in_words_and_for_scripts() -> None:
    words, plain = out("live", "C0001", *DAY), values("live", "C0001", *DAY)
    Path("live.kept").unlink()
    assert (values("live", "C0001", *DAY), out("live", "C0001", *DAY)) == (plain, words)
    out("live", *DAY)
    marked()
    assert shows_what_is_kept(*DAY)
    assert values("live", "C0002", *DAY)["contracts"] == [
        row for row in values("live", *DAY)["contracts"] if row["contract"] == "C0002"
    ]


@pytest.mark.parametrize("change", CHANGES)
def test_once_anything_has_changed_the_month_is_counted_again(change: str) -> None:
    out("live", *DAY)
    marked()
    assert shows_what_is_kept(*DAY)
    CHANGES[change]()
    assert not shows_what_is_kept(*DAY)


@pytest.mark.parametrize("words", OTHER_WORDS, ids=" ".join)
def test_another_question_is_counted(words: tuple[str, ...]) -> None:
    out("live", *DAY)
    marked()
    assert not shows_what_is_kept(*words)


def test_one_contract_after_the_other_is_kept_beside_those_before() -> None:
    for contract in ("C0001", "C0002"):
        out("live", contract, *DAY)
        Path("live.calls").unlink()
    marked()
    assert shows_what_is_kept(*DAY)
    assert list(json.loads(Path("live.kept").read_bytes().split(b"\n")[0])["rows"]) == ["C0001", "C0002"]
    assert refused("live", "C0009", *DAY)[0].startswith('CONTRACT: there is no contract "C0009"')


def test_what_one_contract_was_told_after_a_change_is_kept_for_who_asks_again() -> None:
    out("live", *DAY)
    imported("2")
    out("live", "C0001", *DAY)
    marked()
    assert shows_what_is_kept(*DAY)


def test_what_is_damaged_or_cannot_be_written_is_no_loss() -> None:
    told = out("live", "C0001", *DAY)
    whole = Path("live.kept").read_bytes()
    for content in (b"", b"{}", b"null\n[]", whole[: len(whole) // 2], whole[:-20], b"\xff\x00" * 50):
        Path("live.kept").write_bytes(content)
        assert out("live", "C0001", *DAY) == told
    Path("live.kept").unlink()
    Path("live.kept").mkdir()
    assert out("live", "C0001", *DAY) == told


def test_what_is_kept_is_shown_with_next_to_nothing_loaded() -> None:
    out("live", "C0001", *DAY)
    marked()
    ask = f"main({['live', 'C0001', *DAY]!r}, standalone_mode=False)"
    script = f"import sys\nfrom permanence.cli.main import main\n{ask}\nprint(sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not [name for name in ("numpy", "pyarrow", "durable", "pluggy") if f"'{name}'" in ran.stdout]


def test_a_watched_month_is_shown_again_when_a_call_comes_in_and_ends_with_ctrl_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = iter([lambda: None, lambda: imported("2"), lambda: None, break_rules, interrupted])
    monkeypatch.setattr(time, "sleep", lambda _: next(steps)())
    ended = typed("live", "C0001", "--watch", *DAY)
    assert ended.exit_code == 0
    assert [told for told in ended.stdout.split() if told in ("1", "2")].count("2") >= 1
    assert ended.stdout.count("C0001, Café du Port") == 2
    assert "rules/small.toml" in ended.stderr


def test_a_folder_of_programs_that_it_is_kept_in_is_looked_at_for_what_is_installed_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(".")
    out("live", *DAY)
    marked()
    assert shows_what_is_kept(*DAY)
    Path("further-1.0.dist-info").mkdir()
    assert not shows_what_is_kept(*DAY)


def test_a_contract_that_is_watched_is_counted_alone_once_its_month_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    all_counted: list[int] = []

    class Counting(KeptMonth):
        def __call__(self) -> MonthNow:
            all_counted.append(1)
            return super().__call__()

    for name in ("live.book", "live.calls"):
        Path(name).unlink(missing_ok=True)
    monkeypatch.setattr(watched_live, "KeptMonth", Counting)
    steps = iter([lambda: imported("2"), lambda: None, lambda: imported("3"), interrupted])
    monkeypatch.setattr(time, "sleep", lambda _: next(steps)())
    shown = typed("live", "C0001", "--watch", "--json", *DAY).stdout
    told = [json.loads(line)["contracts"][0] for line in shown.replace("}\n{", "}\n\n{").split("\n\n")]
    assert [one["calls"] for one in told] == [1, 2, 3]
    assert len(all_counted) == 1
    assert told[-1] == values("live", "C0001", *DAY)["contracts"][0]


def break_rules() -> None:
    Path("rules/small.toml").write_text("format = ", "utf-8")


def interrupted() -> None:
    raise KeyboardInterrupt

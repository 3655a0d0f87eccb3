"""An option that never answers, or ends the process, is named: by the command itself, or by the next one."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from permanence import Charge, Option, OptionMonth
from permanence.cli.machine_settings import MachineSettings
from permanence.plugin_manager import Plugins

from tests.cli.conftest import unsigned
from tests.cli.typed import refused, typed, values
from tests.plugins.distributions import Installed, fax, installed
from tests.plugins.hostile import parcel

__all__ = ["installed"]
ROOT = Path(__file__).parents[2]
BILL = ("bill", "2026-02", "--on", "2026-03-01", "--incomplete")
HURRIED = """
import os, signal, sys, time
from permanence.cli import option_watch
from permanence.cli.main import main
from permanence.plugin_manager import Plugins
from tests.plugins.distributions import Installed, fax, installed
from tests.plugins.hostile import parcel

signal.signal(signal.SIGINT, signal.default_int_handler)
option_watch.SECONDS, option_watch.GRACE, option_watch.LOOKS = 0.3, 0.3, 0.05
Plugins.installed = classmethod(lambda plugins, *_: plugins.of(parcel))
def charge(option, month):
    {does}
parcel.Parcel.charge = charge
main(sys.argv[1:])
"""
WHOSE = "option « parcel » (tests.plugins.hostile.parcel)"
TOO_LONG = f"plugins: the {WHOSE} has taken more than 0.3 seconds for one month"


@pytest.fixture
def selling(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the small service with a contract that has an option, billed in January."""
    here = tmp_path / "service"
    shutil.copytree(small, here)
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Path("rules/small.toml").open("a", encoding="utf-8") as rules:
        rules.write('\n[option.parcel]\nprice = "5.00"\n')
    (contracts,) = Path("contracts").glob("*.toml")
    unsigned(contracts)
    text = contracts.read_text("utf-8")
    first, second = text.index("[[contract]]"), text.rindex("[[contract]]")
    assert first < second
    taken = '[[contract.option]]\nid = "parcel"\n\n'
    contracts.write_text(text[:second] + taken + text[second:], "utf-8")
    monkeypatch.setattr(Plugins, "installed", classmethod(lambda plugins, *_: plugins.of(parcel)))
    assert typed(*BILL).exit_code == 0
    return here


def ends(does: str) -> subprocess.CompletedProcess[str]:
    """Return how a command ends in whose bills an option does something."""
    return subprocess.run(
        [sys.executable, "-c", HURRIED.format(does=does), *BILL],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def drafts() -> list[tuple[str, int]]:
    with sqlite3.connect("billing.db") as database:
        return database.execute("SELECT id, total_cents FROM invoice ORDER BY id").fetchall()


@pytest.mark.parametrize("does", ["time.sleep(100)", "while True: pass"])
def test_a_bill_with_an_option_that_never_answers_ends_and_names_it(selling: Path, does: str) -> None:
    before = drafts()
    ended = ends(does)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert TOO_LONG in ended.stderr
    assert "nothing was done" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert drafts() == before
    assert not list(selling.parent.glob("permanence-asked-*"))


STUBBORN = """
    while True:
        try:
            time.sleep(100)
        except BaseException:
            pass
"""


def test_an_option_that_goes_on_though_it_is_interrupted_takes_the_process_with_it(selling: Path) -> None:
    before = drafts()
    ended = ends(STUBBORN)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert TOO_LONG in ended.stderr
    assert drafts() == before
    assert "without a word" not in typed(*BILL).stderr


def test_an_option_that_ends_the_process_is_named_by_the_next_bill_and_by_no_other(selling: Path) -> None:
    before = drafts()
    ended = ends("os._exit(0)")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert drafts() == before
    told = f"plugins: warning: the last command ended without a word while the {WHOSE} was being asked"
    again, then = typed(*BILL), typed(*BILL)
    assert (again.exit_code, then.exit_code) == (0, 0)
    assert told in again.stderr
    assert told not in then.stderr
    assert drafts() == before


SERVICE = ("--for", "X", "--calls", "5", "--on", "2026-09-01")
ASKING = (
    ("check",),
    ("quote", "accueil", *SERVICE),
    ("sign", "quotes/X.toml", "--line", "+33199000009"),
    ("addendum", "C0001", "parcel", "--on", "2026-03-02"),
    ("describe", "accueil@2026-01-01"),
    ("diff", "accueil@2026-01-01", "new.toml"),
    ("impact", "new.toml", "--against", "accueil@2026-01-01", "--months", "2026-02..2026-02"),
    ("explain", "2026-02-C0001", "--calls"),
    ("deadlines",),
    ("calendar", "C0001"),
    ("simulate-life", "C0001", "--until", "2026-12-31", "--calls", "5/month"),
    ("holds",),
    ("months",),
    ("issue", "2026-02"),
    ("correct", "F2026-00001", "--why", "X"),
    ("rebill", "F2026-00001"),
    BILL,
)
"""A command of each kind that asks options."""


def test_an_option_that_ends_any_command_is_named_by_the_next(selling: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = values("issue", "2026-02", "--on", "2026-03-02")["issued"][0]["number"]
    for words in ASKING:
        if not (child := os.fork()):
            for method in ("prices", "widen", "measure", "charge"):
                monkeypatch.setattr(parcel.Parcel, method, lambda *_: os._exit(7))
            typed(*(number if word == "F2026-00001" else word for word in words))
            os._exit(0)
        assert (words[0], os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])) == (words[0], 7)
        told = f"plugins: warning: the last command ended without a word while the {WHOSE} was being asked"
        assert told in typed("describe", "nobody").stderr
        assert told not in typed("describe", "nobody").stderr


@pytest.mark.parametrize("code", ["{ends}", "{good}\n    {ends}"], ids=["its module", "its options"])
def test_a_plugin_that_ends_the_process_as_it_is_loaded_is_named_by_the_next_command(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    good = fax("fax").partition("    return [Fax]")[0].rstrip()
    name = installed("stranger", f"import os\n{code.format(good=good, ends='os._exit(3)')}\n")
    (site,) = [one for one in sys.path if Path(one, "stranger_plugin.py").exists()]

    def ended(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": site, "COLUMNS": "250"}
        command = [sys.executable, "-m", "permanence", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    first = ended("options")
    assert (first.returncode, first.stdout, first.stderr) == (3, "", "")
    told = (
        'stranger 1.0: warning: the last command ended without a word while its plugin "stranger" was being loaded; '
        f"remove or mend that distribution, or go without it: --without {name}\n"
    )
    assert (again := ended("check", "--schema")).stderr == told
    assert again.returncode == 3
    well = ended("options", "--without", name)
    assert (well.returncode, well.stderr) == (0, "")
    assert not list(tmp_path.glob("permanence-loading-*"))


@pytest.mark.parametrize(
    "does",
    [
        "os.chdir('/')",
        "os.environ['PERMANENCE_USER'] = 'boss'",
        "os.environ.clear()",
        "os.umask(0)",
        "signal.signal(signal.SIGINT, signal.SIG_IGN)",
        "signal.setitimer(signal.ITIMER_REAL, 1000)",
        "os.fork()",
    ],
)
def test_what_a_plugin_does_to_the_process_reaches_nothing_else_of_the_command(
    selling: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    def charge(self: parcel.Parcel, month: OptionMonth) -> Iterator[Charge]:
        exec(does, {"os": os, "signal": signal})
        yield from Option.charge(self, month)

    def noted() -> list[tuple[str, str]]:
        with sqlite3.connect("billing.db") as database:
            return database.execute("SELECT who, came_of FROM audit ORDER BY id").fetchall()

    before, deeds, settings = drafts(), noted(), MachineSettings.now()
    monkeypatch.setattr(parcel.Parcel, "charge", charge)
    assert typed(*BILL).exit_code == 0
    assert MachineSettings.now() == settings
    assert drafts() == before
    assert noted()[:-1] == deeds
    assert noted()[-1][0] == deeds[-1][0]


@pytest.mark.usefixtures("selling")
def test_an_invoice_whose_plugin_is_gone_says_why_it_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    number = values("issue", "2026-02", "--incomplete")["issued"][0]["number"]
    monkeypatch.setattr(Plugins, "installed", classmethod(lambda plugins, *_: plugins.of()))
    (said,) = refused("rebill", number)
    assert "it cannot be billed now: L'option « parcel »" in said
    assert "it was worked out with parcel" in said

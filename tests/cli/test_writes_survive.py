"""Whatever kills a command or refuses it space, each file is wholly old or wholly new, and what is said is true."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import sleep

import pytest
from attrs import frozen

from tests.cli.conftest import SMALL_OFFER as VERSION
from tests.cli.conftest import SMALL_OFFER_NEXT as NEXT
from tests.cli.conftest import sell_next, unsigned
from tests.cli.faults import (
    Ended,
    Fault,
    files_in,
    interrupted_at,
    killed_at,
    run,
    run_apart,
    started,
    without_space_at,
)
from tests.cli.typed import out, values

RULE = Path("rules/small.toml")
QUOTE = ("quote", "accueil", "--calls", "5", "--on", "2026-09-01", "--save", "quotes", "--for")


@frozen
class Case:
    """A command that writes files, in a folder where a customer list was imported and billed."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    is_done: str = ""

    def __str__(self) -> str:
        return " ".join(word for word in self.words[:3] if "/" not in word)


CASES = (
    Case(("check", str(RULE), "--correct-examples")),
    Case(("check", str(RULE), "--write-examples")),
    Case(("sign", "quotes/X.toml", "--line", "+33199000009", "--on", "2026-09-02"), is_done="was signed already"),
    Case(("contracts", "import", "customers.csv", "--offer", VERSION), without=("contracts",)),
    Case(("contracts", "amend", "--offer", VERSION, "--to", NEXT, "--announced", "2026-09-10", "--yes")),
    Case(("contracts", "amend", "C0001", "C0009", "--to", NEXT, "--announced", "2026-09-10", "--yes")),
    Case(("contracts", "pin")),
    Case(("new-offer", "--from", VERSION, "--sold-from", "2027-01-01"), is_done="is there already"),
    Case((*QUOTE, "Y", "--html", "quote.html")),
    Case(("calendar", "C0001", "--ics", "C0001.ics", "--on", "2026-05-05")),
    Case(("describe", "accueil", "--html", "offer.html", "--on", "2026-05-05")),
    Case(("impact", "new.toml", "--against", VERSION, "--months", "2026-02", "--csv", "impact.csv")),
    Case(("sample", "trial", "--contracts", "1", "--months", "2026-02")),
)
LONG = (Case(("new-offer", "neuf", "--yes", "--sold-from", "2027-01-01"), is_done="is there already"),)
"""Tried with SOAK=1: each of its runs takes as long as ten of the others."""
RUN = [*CASES, *(LONG if "SOAK" in os.environ else ())]


@pytest.fixture(scope="module")
def before(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an offer, two contracts, calls, a quote, and a former state of every output."""
    here = tmp_path_factory.mktemp("before") / "here"
    shutil.copytree(small, here)
    for name in ("quote.html", "offer.html", "C0001.ics", "impact.csv"):
        (here / name).write_text("what was there before\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for case in RUN:
            # What a command loads only when it runs is loaded once, not in each process.
            patch.chdir(prepared(case, here, tmp_path_factory.mktemp("loaded") / "here"))
            out(*case.words)
    return here


def prepared(case: Case, before: Path, folder: Path) -> Path:
    shutil.copytree(before, folder)
    for name in case.without:
        shutil.rmtree(folder / name)
    if {"pin", "--correct-examples", "--write-examples"} & {*case.words}:
        unsigned(folder / "contracts/customers.toml")
    text = (folder / RULE).read_text("utf-8")
    if "--correct-examples" in case.words:
        (folder / RULE).write_text(text.replace('total = "11.00"', 'total = "12.00"'), "utf-8")
    if "amend" in case.words:
        sell_next(folder)
        signed = (folder / "contracts" / "customers.toml").read_text("utf-8").replace("C0001", "C0009")
        alone = signed[: signed.index("[[contract]]", signed.index("C0009"))].replace("+33199000001", "+33199000009")
        (folder / "contracts" / "C0009.toml").write_text(alone, "utf-8")
        unsigned(folder / "contracts" / "C0009.toml")
    if "--write-examples" in case.words:
        (folder / RULE).write_text(text[: text.rindex("\n[[example]]")], "utf-8")
    return folder


def seen(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder that anything of ours would read."""
    return {name: content for name, content in files_in(folder).items() if not name.endswith(".part")}


def whole_of(part: str) -> str:
    """Return the file beside which a part of it stands."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/{name.removeprefix('.').removesuffix('.part')}".lstrip("/")


Run = Callable[[Sequence[str], Path, Fault], Ended]


class Survival:
    """A command and its files: as they were, as they are when it has run through, and after a fault."""

    def __init__(self, case: Case, before: Path, folder: Path) -> None:
        self.case, self.before, self.folder = case, before, folder
        self.old = files_in(prepared(case, before, folder / "old"))
        ended = run(case.words, prepared(case, before, folder / "new"))
        assert ended.code == 0, ended
        self.new = files_in(folder / "new")
        assert self.new != self.old
        assert all(not name.endswith(".part") for name in self.new)
        self.calls = len(ended.calls)
        self.known: list[dict[str, bytes]] = []
        self.checked: list[dict[str, bytes]] = []

    def faults(self, fault: Callable[[int], Fault], run: Run = run) -> Iterator[tuple[Ended, Path]]:
        """Yield how the command ends with a fault at each of its calls in turn, and where."""
        for number in range(self.calls):
            here = prepared(self.case, self.before, self.folder / f"{number}")
            yield run(self.case.words, here, fault(number)), here
            shutil.rmtree(here)

    def is_whole(self, here: Path) -> None:
        """Refuse a file that is neither wholly old nor wholly new."""
        now = seen(here)
        assert self.old.keys() <= now.keys()
        for name, content in now.items():
            assert content in (self.old.get(name), self.new.get(name)), f"{name}: {content!r}"

    def is_told(self, ended: Ended, here: Path, nothing: str) -> None:
        """Refuse a last sentence that does not name what has changed, or ``nothing`` where nothing has."""
        changed = {name for name, content in seen(here).items() if content != self.old.get(name)}
        told = ended.stderr.splitlines()[-1]
        assert ended.code == 1
        assert set(re.findall(r"([\w./-]+) was written", told)) == changed
        assert (told == nothing) == (not changed)

    def goes_on(self, here: Path) -> None:
        """Refuse a folder in which `check` fails, or the same command does not do what is left to do."""
        now = {name: content if not name.endswith(".part") else content[:1] for name, content in files_in(here).items()}
        if now in self.known:
            return
        self.known.append(now)
        if (there := seen(here)) not in self.checked:
            self.checked.append(there)
            found = run(("check",), here)
            is_old = self.case.words[0] == "check" and there != self.new
            assert found.code == (1 if is_old else 0), found
        again = run(self.case.words, here)
        if again.code:
            assert self.case.is_done
            assert self.case.is_done in again.stderr
        assert seen(here) == self.new
        # What is left beside a file is gone, but where the file was whole already and was not written again.
        left = [name for name in files_in(here) if name.endswith(".part")]
        assert all(name in now and whole_of(name) in now for name in left)


@pytest.fixture(scope="module", params=RUN, ids=str)
def survival(request: pytest.FixtureRequest, before: Path, tmp_path_factory: pytest.TempPathFactory) -> Survival:
    """Return a command and its files; each state that a fault leaves is looked at once."""
    return Survival(request.param, before, tmp_path_factory.mktemp("survival"))


def test_a_command_that_is_killed_leaves_every_file_whole_and_can_be_run_again(survival: Survival) -> None:
    for ended, here in survival.faults(killed_at, run_apart):
        assert ended.code is None
        survival.is_whole(here)
        survival.goes_on(here)


def test_a_command_without_space_leaves_every_file_whole_and_says_what_it_did(survival: Survival) -> None:
    for ended, here in survival.faults(without_space_at):
        survival.is_whole(here)
        if ended.code:
            assert "No space left on device; make room for it, and try again" in ended.stderr.splitlines()[0]
            survival.is_told(ended, here, "1 problem; nothing was done.")
        else:
            assert seen(here) == survival.new
        survival.goes_on(here)


def test_an_interrupted_command_says_what_it_did(before: Path, tmp_path: Path) -> None:
    survival = Survival(CASES[3], before, tmp_path)
    for ended, here in survival.faults(interrupted_at):
        survival.is_whole(here)
        survival.is_told(ended, here, "Aborted!")


def slowly(_call: str) -> None:
    """Let others come between two calls."""
    sleep(0.02)


def at_once(folder: Path, *commands: Sequence[str]) -> list[Ended]:
    """Return how commands end that run at the same time, each of them slow to write."""
    waiting = [started(words, folder, slowly) for words in commands]
    return [wait() for wait in waiting]


@pytest.fixture
def folder(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the folder as the current one."""
    here = tmp_path / "here"
    shutil.copytree(before, here)
    monkeypatch.chdir(here)
    return here


def signing(quote: Path, number: int) -> tuple[str, ...]:
    return ("sign", quote.as_posix(), "--line", f"+3319900010{number}", "--on", "2026-09-02")


def test_quotes_that_are_signed_at_once_become_contracts_with_numbers_of_their_own(folder: Path) -> None:
    quotes = [Path("quotes", f"{values(*QUOTE, name)['number']}.toml") for name in ("Un", "Deux", "Trois", "Quatre")]
    ended = at_once(folder, *(signing(quote, number) for number, quote in enumerate(quotes)))
    assert [one.code for one in ended] == [0] * 4
    assert {re.findall(r"C\d{4}", one.stdout)[0] for one in ended} == {"C0003", "C0004", "C0005", "C0006"}
    assert values("check")["contracts"] == 6


def test_a_quote_that_is_signed_at_once_by_several_becomes_one_contract(folder: Path) -> None:
    ended = at_once(folder, *(signing(Path("quotes/X.toml"), number) for number in range(4)))
    assert sorted(one.code or 0 for one in ended) == [0, 1, 1, 1]
    assert all("was signed already: contract C0003" in one.stderr for one in ended if one.code)
    assert all("nothing was done" in one.stderr for one in ended if one.code)
    assert values("check")["contracts"] == 3


def test_contracts_that_are_amended_at_once_have_each_event_once(before: Path, tmp_path: Path) -> None:
    amend = Case(("contracts", "amend", "--offer", VERSION, "--to", NEXT, "--announced", "2026-09-10", "--yes"))
    alone, together = (prepared(amend, before, tmp_path / name) for name in ("alone", "together"))
    assert run(amend.words, alone).code == 0
    named = ("contracts", "amend", "C0002", *amend.words[4:])
    ended = at_once(together, amend.words, named, amend.words)
    assert [one.code for one in ended] == [0, 0, 0]
    for name, content in files_in(alone).items():
        # Whichever command comes first, its events do.
        assert sorted(files_in(together)[name].strip().split(b"\n\n")) == sorted(content.strip().split(b"\n\n"))


@pytest.mark.parametrize("how", ["--correct-examples", "--write-examples"])
def test_examples_that_are_written_at_once_are_written_once(before: Path, tmp_path: Path, how: str) -> None:
    words = ("check", str(RULE), how)
    alone, together = (prepared(Case(words), before, tmp_path / name) for name in ("alone", "together"))
    assert run(words, alone).code == 0
    ended = at_once(together, words, words, words)
    assert files_in(together) == files_in(alone)
    assert [one.code for one in ended] == [0, 0, 0]
    assert len([one for one in ended if "to be reviewed" in one.stdout]) == 1


def test_a_customer_list_that_is_imported_at_once_is_there_once(folder: Path) -> None:
    shutil.rmtree("contracts")
    ended = at_once(folder, *[CASES[3].words] * 3)
    assert [one.code for one in ended] == [0, 0, 0]
    assert sorted("unchanged" in one.stdout for one in ended) == [False, True, True]

"""What a command prints may get lost: its exit code tells, and what is done is said to be done; no sign is a fault."""

import io
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO, cast

import pytest
from permanence.cli.main import COMMANDS, main
from permanence.cli.streams import legible

from tests.cli.conftest import CALLS, SMALL_OFFER, SMALL_OFFER_NEXT, unsigned
from tests.cli.faults import Ended, in_process, run
from tests.cli.typed import out, typed

Words = tuple[str, ...]
ASKED = ("--calls", "5", "--on", "2026-09-01", "--for", "Café « Œil »")
TYPED: dict[str, tuple[Words, str]] = {
    "accounts": (
        ("accounts", "2026-03"),
        "accounts/000319996FEC20260331.txt was written and accounts/000319996FEC20260331.csv was written",
    ),
    "addendum": (("addendum", "C0001", "bilingual", "--on", "2026-10-05"), ""),
    "alerts": (("alerts", "list", "2026-02-15"), ""),
    "backup": (("backup", "backups"), "backups/"),
    "bill": (("bill", "2026-02", "--billing", "new.db"), "2026-02 was billed into new.db"),
    "calendar": (("calendar", "C0001", "--on", "2026-05-05", "--ics", "C1.ics"), "C1.ics was written"),
    "calls": (("calls", "import", "more.csv", "--format", "generic"), "more.csv was taken into calls.db"),
    "calls exclude": (("calls", "exclude", "1", "--why", "Faux", "--by", "A"), "call 1 is excluded"),
    "calls find": (("calls", "find", "1"), ""),
    "calls formats": (("calls", "formats"), ""),
    "calls new-format": (("calls", "new-format", "more.csv"), "more.toml was written"),
    "calls try": (("calls", "try", "more.csv"), ""),
    "check": (("check",), ""),
    "contracts": (
        ("contracts", "import", "customers.csv", "--offer", SMALL_OFFER, "--contracts", "new"),
        "new/customers.toml was written and new/contract.schema.json was written",
    ),
    "contracts amend": (
        ("contracts", "amend", "--offer", SMALL_OFFER, "--to", SMALL_OFFER_NEXT, "--announced", "2026-09-10", "--yes"),
        "contracts/customers.toml was written",
    ),
    "contracts print": (("contracts", "print", "C0001", "--pdf", "C1.pdf"), "C1.pdf was written"),
    "contracts pin": (("contracts", "pin", "C0001", "--correct"), ""),
    "deadlines": (("deadlines", "--on", "2026-05-05"), ""),
    "debits": (("debits", "2026-02"), "février 2026 was asked for: 1 debit and debits/"),
    "describe": (("describe", "accueil", "--on", "2026-05-05", "--html", "offer.html"), "offer.html was written"),
    "diff": (("diff", SMALL_OFFER, "new.toml"), ""),
    "documents": (
        ("documents", "2026-02"),
        "documents/F-2026-00001.pdf was written and documents/F-2026-00002.pdf was written",
    ),
    "explain": (("explain", "2026-02-C0001"), ""),
    "forget": (
        ("forget", "--older-than", "1 day", "--on", "2026-05-05"),
        "calls.db.key was written and calls.db has forgotten callers' numbers",
    ),
    "holds": (("holds", "2026-02"), ""),
    "impact": (
        ("impact", "new.toml", "--against", SMALL_OFFER, "--months", "2026-02", "--csv", "a.csv", "--database", "i.db"),
        "i.db was written and a.csv was written",
    ),
    "live": (("live", "--on", "2026-02-15"), ""),
    "log": (("log", "--last", "1", "--command", "issue"), ""),
    "mail": (("mail", "list"), ""),
    "months": (("months", "--on", "2026-05-05"), ""),
    "new-offer": (
        ("new-offer", "--from", SMALL_OFFER, "--sold-from", "2027-01-01"),
        "rules/offer.schema.json was written and rules/accueil-2027-01-01.toml was written",
    ),
    "new-option": (
        ("new-option", "fax", "--yes"),
        "permanence-fax was written",
    ),
    "options": (("options",), ""),
    "correct": (("correct", "F-2026-00001", "--why", "Un appel tardif."), "F-2026-00001 was corrected"),
    "issue": (("issue", "2026-01", "--incomplete"), "janvier 2026 was issued: 2 documents"),
    "portal link": (
        ("portal", "link", "C0002"),
        "portal.db.key was written and portal.db keeps 1 link",
    ),
    "portal links": (("portal", "links"), ""),
    "payments": (("payments", "import", "camt.xml"), "camt.xml was taken into billing.db"),
    "reconcile": (("reconcile", "2026-02", "--documents", "written"), ""),
    "reminders": (("reminders", "--on", "2026-12-20"), ""),
    "rebill": (("rebill", "F-2026-00001"), ""),
    "verify": (("verify",), ""),
    "report": (("report", "2026-02-02"), ""),
    "restore": (("restore", "backups/then", "--into", "restored"), "restored was written"),
    "quote": (
        ("quote", "accueil", *ASKED, "--html", "quote.html", "--pdf", "quote.pdf"),
        "quote.html was written and quote.pdf was written",
    ),
    "sample": (("sample", "trial", "--contracts", "1", "--months", "2026-02"), "trial/customers.csv was written"),
    "sign": (
        ("sign", "quotes/X.toml", "--line", "+33199000009", "--on", "2026-09-02"),
        "contracts/C0003.toml was written",
    ),
    "simulate-life": (("simulate-life", "C0001", "--until", "2026-03-01", "--calls", "5/month"), ""),
    "upgrade": (("upgrade", "billing.db", "calls.db"), ""),
    "usage": (("usage", "import", "work.csv"), "work.csv was taken into calls.db"),
}
"""Each command as it is typed, and what it has done when it comes to print."""
FRAMES = str.maketrans("╭╮╰╯─│", "++++-|")
"""What Rich draws frames with, there and here."""
OF_THE_SECOND = re.compile(r"[0-9a-f]{64}|/c/[\w-]{43}|\d{4}-\d\d-\d\dT\d{6}Z")
"""What is printed of the second in which it was done: digests of what notes it, a link, the name of a backup."""
EACH = pytest.mark.parametrize("name", TYPED)


@pytest.fixture(autouse=True)
def here(richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(richer, here)
    monkeypatch.chdir(here)
    return here


def full() -> TextIO:
    return Path("/dev/full").open("w", encoding="utf-8")


def unread() -> TextIO:
    reads, writes = os.pipe()
    os.close(reads)
    return os.fdopen(writes, "w", encoding="utf-8")


def closed() -> TextIO:
    return cast("TextIO", None)


def printing(words: Words, stdout: Callable[[], TextIO], stderr: Callable[[], TextIO] | None = None) -> Ended:
    """Return how a command ends that prints into these streams, in a process of its own."""

    def act() -> Any:
        errors = io.StringIO()
        sys.stdout, sys.stderr = stdout(), stderr() if stderr else errors
        code = 0
        try:
            main(words, prog_name="permanence")
        except SystemExit as ended:
            code = int(ended.code or 0)
        return [code, errors.getvalue()]

    code, errors = in_process(act)()
    return Ended(code, "", errors)


def test_every_command_that_ends_is_tried() -> None:
    assert {*(name.split()[0] for name in TYPED), "browse"} == set(COMMANDS)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to print to")
@EACH
def test_output_without_space_is_told_with_what_was_done(name: str) -> None:
    words, done = TYPED[name]
    ended = printing(words, full)
    lost, outcome = ended.stderr.splitlines()[-2:]
    assert (ended.code, lost) == (1, "output: not all of it could be printed: No space left on device")
    assert outcome.startswith(f"1 problem; {done or 'nothing was changed.'}")


@pytest.mark.parametrize("name", ["bill", "check", "sign"])
@pytest.mark.parametrize(("stdout", "why"), [(unread, "Broken pipe"), (closed, "it is closed")])
def test_output_that_nobody_reads_is_told_with_what_was_done(name: str, stdout: Callable[[], TextIO], why: str) -> None:
    words, done = TYPED[name]
    ended = printing(words, stdout)
    assert (ended.code, ended.stderr.splitlines()) == (
        1,
        [f"output: not all of it could be printed: {why}", f"1 problem; {done or 'nothing was changed'}."],
    )


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("bill", "--help")], ids=" ".join)
def test_lost_help_is_told(words: Words) -> None:
    ended = printing(words, unread)
    assert (ended.code, ended.stderr.splitlines()[0]) == (1, "output: not all of it could be printed: Broken pipe")


@pytest.mark.parametrize("stderr", [unread, closed])
def test_errors_that_nobody_reads_are_told_by_the_exit_code(stderr: Callable[[], TextIO]) -> None:
    doubtful = Path("rules/small.toml")
    unsigned(Path("contracts/customers.toml"))
    Path("billing.db").unlink()  # its months rest on the text that is edited here
    doubtful.write_text(doubtful.read_text("utf-8").replace('total = "11.00"', 'total = "12.00"'), "utf-8")
    for words in (("check",), ("check", "none.toml"), ("check", "--correct-examples", "--json")):
        assert printing(words, io.StringIO, stderr).code == 1, words
    # The last one was done, and only what it says of it is lost.
    assert typed("check", "rules/small.toml").exit_code == 0


@EACH
def test_signs_that_a_terminal_cannot_show_have_others_in_their_place(name: str, here: Path) -> None:
    words, _ = TYPED[name]
    shutil.copytree(here, "again")
    printed = io.TextIOWrapper(io.BytesIO(), "ascii")
    ended = in_process(lambda: ascii_only(words, printed))()
    os.chdir("again")
    whole = out(*words).translate(FRAMES)
    assert ended[0] == 0, ended
    assert OF_THE_SECOND.sub("", ended[1]) == OF_THE_SECOND.sub("", legible(whole, "ascii"))


def ascii_only(words: Words, printed: io.TextIOWrapper) -> Any:
    os.environ["COLUMNS"] = "200"
    sys.stdout, sys.stderr, code = printed, io.StringIO(), 0
    try:
        main(words, prog_name="permanence")
    except SystemExit as ended:
        code = int(ended.code or 0)
    return [code, cast("io.BytesIO", printed.buffer).getvalue().decode("ascii")]


def test_scripts_read_the_same_values_whatever_the_output_can_show() -> None:
    words = ("quote", "accueil", *ASKED, "--json")
    code, printed = in_process(lambda: ascii_only(words, io.TextIOWrapper(io.BytesIO(), "ascii")))()
    assert code == 0
    assert json.loads(printed) == json.loads(out(*words))
    assert json.loads(printed)["customer"]["name"] == "Café « Œil »"


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("59,00 € → « Été »", "ascii", '59,00 EUR -> " Ete "'),
        ("59,00 € → « Été »", "latin-1", "59,00 EUR -> « Été »"),
        ("59,00 € → Œ", "cp1252", "59,00 € -> Œ"),
        ("20\u202f840,57\u00a0€", "ascii", "20 840,57 EUR"),
        ("x\u0301漢\udcff", "ascii", "x??"),
        ("a\udcff", "utf-8", "a?"),
    ],
)
def test_each_sign_that_is_not_there_has_the_nearest_one_that_is(text: str, encoding: str, shown: str) -> None:
    found = legible(text, encoding)
    assert found.encode(encoding)
    assert found == shown


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to print to")
def test_python_has_nothing_to_add_when_it_ends() -> None:
    with full() as disk:
        ended = subprocess.run(
            [sys.executable, "-m", "permanence", "options"],
            stdout=disk,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr.splitlines()) == (
        1,
        ["output: not all of it could be printed: No space left on device", "1 problem; nothing was changed."],
    )


def limited(words: Words, size: int) -> Ended:
    """Return how a command ends that may write no file longer than a size, in bytes."""

    def act() -> Any:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        ended = typed(*words)
        return [ended.exit_code, ended.stdout, ended.stderr]

    return Ended(*in_process(act)())


def months(path: str) -> list[str]:
    if not Path(path).exists():
        return []
    with closing(sqlite3.connect(path)) as database:
        there = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'run'").fetchone()
        return [month for (month,) in database.execute("SELECT id FROM run")] if there else []


@pytest.mark.parametrize("size", [0, 1024, 8192, 65_536, 131_072, 196_608])
def test_a_month_that_finds_no_space_is_not_billed_and_says_so(size: int) -> None:
    for database in ("new.db", "billing.db"):
        before = months(database)
        ended = limited(("bill", "2026-03", "--billing", database, "--incomplete"), size)
        if ended.code:
            assert ended.code == 1
            assert months(database) == before
            made = "new.db was made" if database == "new.db" and Path("new.db").exists() else "nothing was done"
            assert ended.stderr.splitlines()[-1] == f"1 problem; {made}."
        else:
            assert months(database) == [*before, "2026-03"]
        assert run(("bill", "2026-03", "--billing", database, "--incomplete"), Path()).code == 0
        assert "2026-03" in months(database)


def test_files_of_calls_that_are_in_before_space_runs_out_are_named() -> None:
    many = [f"{number},2026-03-02T10:00:00+01:00,3,60,answered,+33199000001," for number in range(1000, 9000)]
    Path("many.csv").write_text("\n".join([CALLS.splitlines()[0], *many, ""]), "utf-8")
    ended = limited(("calls", "import", "more.csv", "many.csv", "--format", "generic"), 262_144)
    assert ended.code == 1
    lost, last = ended.stderr.splitlines()[-2:]
    assert re.fullmatch(r"many\.csv: calls\.db: SQLite says: .*; make room for it, and try again", lost)
    assert last == "1 problem; nothing of that file was taken in."

"""Every command that writes, as it is typed, in a folder in which it has something to write."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from tests.cli.conftest import SMALL_OFFER, SMALL_OFFER_NEXT, richer_service, sell_next, small_service, unsigned
from tests.cli.test_output_lost import TYPED
from tests.cli.typed import out
from tests.store.small_databases import MADE_BEFORE, restore

RULE = Path("rules/small.toml")
LATE = """call_id,start,wait_seconds,talk_seconds,status,account
{0}1,2026-02-03T10:00:00+01:00,3,60,answered,C0001
{0}2,2026-02-03T11:00:00+01:00,3,60,answered,C0001
"""
ISSUED_ON = ("--on", "2026-11-05")


@frozen
class Writing:
    """A command with the folder that it starts from."""

    name: str
    words: tuple[str, ...]
    start: str = "small"
    prepare: Callable[[Path], object] | None = None
    whole: bool = False
    """Whether a database is as before or as afterwards, and never between."""


def _lose_contracts(here: Path) -> None:
    shutil.rmtree(here / "contracts")


def _unsign(here: Path) -> None:
    unsigned(here / "contracts/customers.toml")


def _wrong_example(here: Path) -> None:
    _unsign(here)
    (here / RULE).write_text((here / RULE).read_text("utf-8").replace('total = "11.00"', 'total = "12.00"'), "utf-8")


def _no_last_example(here: Path) -> None:
    _unsign(here)
    text = (here / RULE).read_text("utf-8")
    (here / RULE).write_text(text[: text.rindex("\n[[example]]")], "utf-8")


def _of_before(name: str) -> Callable[[Path], object]:
    """Return what puts a database of the last version before this one in place of what is there."""
    kept = max(MADE_BEFORE.glob(f"{name}.*.sql"), key=lambda path: int(path.name.split(".")[1]))

    def prepare(here: Path) -> None:
        for old in here.glob(f"{name}.db*"):
            old.unlink()
        restore(kept.name, here / f"{name}.db")

    return prepare


COMMANDS = (
    Writing("bill", ("bill", "2026-02"), whole=True),
    Writing("issue", ("issue", "2026-02", *ISSUED_ON), start="billed", whole=True),
    Writing("calls import", ("calls", "import", "more.csv", "--format", "generic"), whole=True),
    Writing("calls import, two files", ("calls", "import", "more.csv", "late.csv", "--format", "generic")),
    Writing("bill again", ("bill", "2026-02"), start="late", whole=True),
    Writing(
        "correct",
        ("correct", "F-2026-00001", "--why", "Un appel tardif.", "--on", "2026-11-06"),
        start="late",
        whole=True,
    ),
    Writing("usage import", ("usage", "import", "work.csv"), whole=True),
    Writing("upgrade billing.db", ("upgrade", "billing.db"), prepare=_of_before("billing"), whole=True),
    Writing("upgrade calls.db", ("upgrade", "calls.db"), prepare=_of_before("calls"), whole=True),
    Writing("check --correct-examples", ("check", str(RULE), "--correct-examples"), prepare=_wrong_example),
    Writing("check --write-examples", ("check", str(RULE), "--write-examples"), prepare=_no_last_example),
    Writing(
        "sign",
        ("sign", "quotes/X.toml", "--line", "+33199000009", "--on", "2026-09-02"),
    ),
    Writing(
        "contracts import",
        ("contracts", "import", "customers.csv", "--offer", SMALL_OFFER),
        prepare=_lose_contracts,
    ),
    Writing(
        "contracts amend",
        ("contracts", "amend", "--offer", SMALL_OFFER, "--to", SMALL_OFFER_NEXT, "--announced", "2026-09-10", "--yes"),
        prepare=sell_next,
    ),
    Writing("contracts pin", ("contracts", "pin"), prepare=_unsign),
    Writing(
        "new-offer",
        ("new-offer", "--from", SMALL_OFFER, "--sold-from", "2027-01-01"),
    ),
    Writing(
        "quote",
        (
            "quote",
            "accueil",
            "--calls",
            "5",
            "--on",
            "2026-09-01",
            "--save",
            "quotes",
            "--html",
            "q.html",
            "--for",
            "Y",
        ),
    ),
    Writing("calendar", ("calendar", "C0001", "--ics", "C0001.ics", "--on", "2026-05-05")),
    Writing("describe", ("describe", "accueil", "--html", "offer.html", "--on", "2026-05-05")),
    Writing(
        "impact",
        ("impact", "new.toml", "--against", SMALL_OFFER, "--months", "2026-02", "--csv", "a.csv", "--database", "i.db"),
    ),
    Writing("calls exclude", ("calls", "exclude", "1", "--why", "Faux", "--by", "A"), start="late", whole=True),
    Writing(
        "calls exclude --undo",
        ("calls", "exclude", "1", "--why", "Si", "--by", "A", "--undo"),
        start="excluded",
        whole=True,
    ),
    Writing("forget", ("forget", "--older-than", "1 day", "--on", "2026-05-05"), start="late", whole=True),
    Writing("forget --caller", ("forget", "--caller", "+33199000077"), start="late", whole=True),
    Writing("backup", ("backup", "backups"), start="late", whole=True),
    Writing("restore", ("restore", "backups/then", "--into", "restored"), start="typed"),
    Writing("sample", ("sample", "trial", "--contracts", "1", "--months", "2026-02")),
)
SHORT = [one for one in COMMANDS if one.name in ("bill again", "issue", "calls import")]
"""Those of `make test`."""


def typed_elsewhere() -> tuple[Writing, ...]:
    """Return the commands that write and are not among these, as the tests of output type them."""
    known = {one.name for one in COMMANDS}
    return tuple(
        Writing(name, words, start="typed") for name, (words, done) in TYPED.items() if done and name not in known
    )


def services(folder: Path) -> dict[str, Path]:
    """Make the folders that commands start from, each by its name; what commands load is loaded then."""
    small = folder / "small"
    small.mkdir(parents=True)
    small_service(small)
    (small / "more.csv").write_text(LATE.format(2), "utf-8")
    (small / "late.csv").write_text(LATE.format(3), "utf-8")
    (small / "work.csv").write_text("contract,day,what,quantity\nC0001,2026-02-03,letters,1\n", "utf-8")
    steps = {
        "billed": (("bill", "2026-02"),),
        "late": (
            ("issue", "2026-02", *ISSUED_ON),
            ("calls", "import", "more.csv", "late.csv", "--format", "generic"),
            ("bill", "2026-02"),
            ("bill", "2026-01", "--incomplete"),
        ),
        "excluded": (("calls", "exclude", "1", "--why", "Faux", "--by", "A"),),
    }
    made, last = {"small": small, "typed": richer_service(small, folder / "typed")}, small
    with pytest.MonkeyPatch.context() as patch:
        for name, commands in steps.items():
            made[name] = folder / name
            shutil.copytree(last, made[name])
            patch.chdir(made[name])
            for words in commands:
                out(*words)
            last = made[name]
    return made

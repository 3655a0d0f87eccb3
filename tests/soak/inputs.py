"""What may stand in a folder, made from valid files of every kind, and the commands that read it."""

import csv
import io
import json
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from tests.cli.conftest import SMALL_OFFER
from tests.cli.typed import out, typed
from tests.soak.mutated import mutated, toml_of, written

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests/cli/small/rules"
FORMATS = ROOT / "engine/permanence/read/call_formats"
CASES = ROOT / "tests/read/call_cases"
LONGEST = 10
"""Seconds of CPU time after which a command hangs."""
MONTH = "2026-02"
CALLS_BEFORE = "".join(
    [
        "call_id,start,wait_seconds,talk_seconds,status,line\n",
        *(f"{day},2026-02-{day:02}T10:00:00+01:00,3,60,answered,+3319900000{1 + day % 2}\n" for day in range(1, 29)),
    ]
)
CALLS = ("call_id", "start", "wait_seconds", "talk_seconds", "status", "line")
CELLS = (
    *("", " ", "0", "-1", "1", "7", "86401", "1e3", "0x1F", "NaN", "answered", "abandoned", "ANSWERED", "é", "=1+1"),
    *("2026-02-30T10:00:00+01:00", "2026-02-02T10:00:00Z", "2026-03-29T02:30:00", "1790000000", "2026-02-02 25:00:00"),
    *("+33199000001", "0199000001", "C0001", "+33", '"', "a;b", "a\tb", "a\nb", "x" * 2000, "\u2066", "١٢٣"),
)
LISTED = ("account", "line", "customer", "kind", "region", "mission", "signed", "live", "options", "note", "siren")
LIST_CELLS = ("C0001", "+33199000003", "Café", "professional", "consumer", "FR", "FR-974", "ZZ", "simple", "2026-01-02")


class SilenceError(AssertionError):
    """A command that failed without a sentence, hung, or lost a record."""


@frozen
class Input:
    """Files, by their path, and the commands that are to read them."""

    files: Mapping[str, str]
    commands: Sequence[tuple[str, ...]]
    calls: str = ""
    """Calls that were imported before."""
    counts: bool = False
    """Whether the last command counts records; so many at the least is what the file has."""
    records: int = 0


@cache
def tables(*patterns: str) -> tuple[dict[str, Any], ...]:
    """Return what the repository's own files say."""
    found = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return tuple(toml_of(path) for path in found)


def offers() -> st.SearchStrategy[Input]:
    """Return rule files, checked."""
    own = tables(
        "rules/*.toml", "tests/price_lists/*.toml", "tests/read/good/offer*.toml", "tests/cli/small/rules/*.toml"
    )
    indices = {f"indices/{path.name}": path.read_text("utf-8") for path in ROOT.glob("tests/price_lists/indices/*")}
    files = mutated(own).map(lambda whole: {"rules/offer.toml": written(whole), **indices})
    return files.map(lambda found: Input(found, [("check", "rules/offer.toml")]))


def small_offers() -> st.SearchStrategy[Input]:
    """Return a small rule file with a contract, checked and billed."""
    own = tables("tests/cli/small/rules/*.toml")
    return mutated(own).map(lambda whole: _billed({"rules/small.toml": written(whole), **_contracts()}))


def contracts() -> st.SearchStrategy[Input]:
    """Return contracts with events, checked and billed."""
    lives = tables("contracts/*.toml", "tests/read/good/contract.toml", "tests/soak/contracts.toml")
    return mutated(lives, 4).map(lambda whole: _billed({**_rules(), "contracts/c.toml": written(whole)}))


def sellers() -> st.SearchStrategy[Input]:
    """Return a seller's file, checked."""
    found = mutated(tables("sellers/*.toml"), 4)
    return found.map(lambda whole: Input({**_rules(), **_contracts(), "sellers/s.toml": written(whole)}, [("check",)]))


def mappings() -> st.SearchStrategy[Input]:
    """Return a mapping of call records, with a file of the system that it is for."""
    own = tuple(path for path in sorted(CASES.glob("*/mapping.toml")) if _sample(path))

    def reading(drawn: tuple[Path, Mapping[str, Any]]) -> Input:
        name, whole = drawn
        return _imported({"m.toml": written(whole), "calls.csv": _sample(name)}, "m.toml")

    pairs = st.sampled_from(own).flatmap(
        lambda name: st.tuples(st.just(name), mutated((toml_of(name), *map(toml_of, own)), 3))
    )
    return pairs.map(reading)


def call_files() -> st.SearchStrategy[Input]:
    """Return a file of call records of the generic form."""
    start = st.sampled_from([f"2026-02-{day:02}T{hour:02}:00:00+01:00" for day in (1, 2, 28) for hour in (0, 7, 23)])
    good = st.tuples(
        *(st.integers(1, 9).map(str), start, st.integers(0, 90).map(str), st.integers(0, 900).map(str)),
        *(st.sampled_from(["answered", "no_answer"]), st.sampled_from(["+33199000001", "+33199000002"])),
    )
    return _csv(CALLS, good, CELLS).map(lambda found: _imported({"calls.csv": found[0]}, "generic", found[1]))


def customer_lists() -> st.SearchStrategy[Input]:
    """Return a list of customers."""
    number = st.integers(1, 9)
    good = number.map(
        lambda n: (
            *(f"C000{n}", f"+3319900000{n}", "Café", "professional", "FR", "simple"),
            *("2026-01-02", "2026-01-02", "", "", "none"),
        )
    )
    command = ("contracts", "import", "list.csv", "--offer", SMALL_OFFER)
    return _csv(LISTED, good, (*CELLS, *LIST_CELLS)).map(
        lambda found: Input({**_rules(), "list.csv": found[0]}, [command, ("check",)])
    )


EVERY: Mapping[str, Callable[[], st.SearchStrategy[Input]]] = {
    "offers": offers,
    "offers billed": small_offers,
    "contracts and events": contracts,
    "sellers": sellers,
    "mappings": mappings,
    "call files": call_files,
    "customer lists": customer_lists,
}


def answered(given: Input, folder: Path) -> None:
    """Let the commands read what is given; raise SilenceError where one has no answer, or loses a record."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in given.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", errors="surrogatepass")
    if given.calls:
        (folder / "calls.db").write_bytes(imported(given.calls))
    with chdir(folder):
        for words in given.commands:
            ended = _in_time(words)
            if ended.exit_code not in (0, 1) or (ended.exit_code and not (ended.stderr or ended.stdout).strip()):
                raise SilenceError(f"{words} ends with {ended.exit_code} and {ended.output!r}")
        if given.counts and ended.exit_code in (0, 1) and ended.stdout:
            _no_record_lost(json.loads(ended.stdout), given.records)


@cache
def imported(calls: str) -> bytes:
    """Return a database into which calls were imported."""
    with TemporaryDirectory() as folder, chdir(folder):
        Path("calls.csv").write_text(calls, "utf-8")
        out("calls", "import", "calls.csv", "--format", "generic")
        return Path("calls.db").read_bytes()


def _no_record_lost(told: Mapping[str, Any], records: int) -> None:
    for one in told["files"]:
        if one["rows"] < records:
            raise SilenceError(f"{records} records are in the file: {one}")
        if one["rows"] != one["accepted"] + one["duplicate"] + one["refused"]:
            raise SilenceError(f"records are lost: {one}")


@contextmanager
def _timer() -> Iterator[None]:
    def over(*_: object) -> None:
        raise SilenceError(f"no answer within {LONGEST} seconds")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _in_time(words: tuple[str, ...]) -> Any:
    with _timer():
        return typed(*words)


def _rules() -> dict[str, str]:
    return {f"rules/{path.name}": path.read_text("utf-8") for path in SMALL.glob("*.toml")}


def _contracts() -> dict[str, str]:
    return {"contracts/c.toml": (ROOT / "tests/soak/contracts.toml").read_text("utf-8")}


def _billed(files: Mapping[str, str]) -> Input:
    return Input(files, [("check",), ("bill", MONTH, "--incomplete")], calls=CALLS_BEFORE)


def _imported(files: Mapping[str, str], form: str, records: int = 0) -> Input:
    return Input(files, [("calls", "import", "calls.csv", "--format", form, "--json")], counts=True, records=records)


@cache
def _sample(mapping: Path) -> str:
    """Return a file that a mapping reads, where there is one that is text."""
    for path in sorted(mapping.parent.glob("*.csv")):
        try:
            return path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return ""


def _csv(
    header: Sequence[str], good: st.SearchStrategy[tuple[str, ...]], cells: Sequence[str]
) -> st.SearchStrategy[tuple[str, int]]:
    """Return CSV texts with how many records they have: a header that may lack a column, cells that may be odd."""

    @st.composite
    def rows(draw: st.DrawFn) -> tuple[str, int]:
        table = [list(header), *(list(row) for row in draw(st.lists(good, min_size=1, max_size=8)))]
        for _ in range(draw(st.integers(0, 3))):
            row = draw(st.sampled_from(table[1:]))
            if row:
                row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(cells))
        way = draw(st.sampled_from([*["whole"] * 6, "no column", "column twice", "short row", "long row", "no header"]))
        column = draw(st.integers(0, len(header) - 1))
        if way == "no column":
            table = [row[:column] + row[column + 1 :] for row in table]
        elif way == "column twice":
            table = [[*row, row[column]] for row in table]
        elif way == "short row":
            table[-1] = table[-1][:column]
        elif way == "long row":
            table[-1] = [*table[-1], "x"]
        elif way == "no header":
            table = table[1:]
        text = io.StringIO()
        csv.writer(text, delimiter=draw(st.sampled_from([*",,,,,", ";", "\t", "|"])), lineterminator="\n").writerows(
            table
        )
        return text.getvalue(), sum(any(row) for row in table[1:])

    return rows()

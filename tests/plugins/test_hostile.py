"""Whatever a plugin does, it holds back the bills of those who have its option, by name, and no other row changes."""

import builtins
import decimal
import gc
import itertools
import locale
import math
import re
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import permanence
import pytest
from attrs import evolve
from permanence.bill.basis import basis_of
from permanence.contracts.book import Book
from permanence.contracts.signature import pinned
from permanence.model.invoice import MonthRun
from permanence.model.kept_calls import CallKind
from permanence.model.options_on_sale import NotLoaded
from permanence.model.problem import Place, Problem
from permanence.offers.check.files import check_files
from permanence.plugin_manager import Plugins
from permanence.store.results import open_billing, publish
from permanence_options import bilingual
from sqlite_utils import Database

from tests.bill.months import bill, calls, contract, offer, on_file, taken
from tests.plugins.hostile import CASES, HEAD, parcel, rows
from tests.proved_once import READ

OPTIONS = """
[option.bilingual]
price = "39.00"

[option.parcel]
price = "12.00"
installation = "40.00"
each = "0.50"
"""
SETTLED = taken("parcel") + "with = { size = 2 }\n"
CONTRACTS = [
    contract("H1", taken("parcel") + taken("bilingual")),
    contract("H2", taken("parcel", "2026-10-05"), region="FR-57"),
    contract("H3", SETTLED),
    contract("P1", taken("bilingual")),
    contract("P2", 'mission = "complex"'),
    contract("P3", taken("bilingual", "2026-10-10")),
]
CALLS = [
    call
    for name, parcels in (("H1", 5), ("H2", 2), ("H3", 3), ("P1", 4), ("P2", 0), ("P3", 1))
    for call in (
        *calls(parcels, account=name, tags="parcel"),
        *calls(3, "2026-10-06 20:00:00", account=name, language="en"),
        *calls(49, "2026-10-07 11:00:00", account=name),
    )
]
OF_ALL_TOGETHER = ("run", "call_kind", "call_kept")
"""Tables with numbers of all contracts together; what became of each call is compared call by call."""
AT_WORK = re.compile("a échoué pour")
OF_WORDS = ("fact", "title")
"""Tables of what options are called, and what they count."""
BLAMED = "option « Réception de colis » (tests.plugins.hostile.parcel)"
Dump = Mapping[str, list[tuple[Any, ...]]]


class Small(NamedTuple):
    """The small month: what is on file, where it is stored, and what is stored while the plugin is harmless."""

    book: Book
    unsigned: Book
    database: Database
    run: MonthRun
    harmless: Dump
    harmless_unsigned: Dump
    folder: Path


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("hostile")
    database = open_billing(folder / "billing.db")
    book = on_file(offer(OPTIONS), CONTRACTS, Plugins.of(parcel, bilingual), folder=folder)
    unsigned, book = book, evolve(book, contracts=tuple(pinned(book, one) for one in book.contracts))
    _, harmless_unsigned = stored(unsigned, database)
    run, harmless = stored(book, database)
    assert not run.holds
    assert len(run.invoices) == len(CONTRACTS)
    yield Small(book, unsigned, database, run, harmless, harmless_unsigned, folder)
    database.close()


def stored(book: Book, database: Database) -> tuple[MonthRun, Dump]:
    """Return a run of the month and every row that is stored of it, table by table."""
    book = evolve(book, memory={})
    run = bill(book, CALLS)
    publish(database, run, datetime(2026, 11, 2, tzinfo=UTC), "0", basis_of(book, run))
    return run, {
        name: sorted(map(tuple, database.execute(f"SELECT * FROM [{name}]")), key=repr) for name in tables(database)
    }


def tables(database: Database) -> list[str]:
    return [name for name in database.table_names() if not name.startswith("sqlite_")]


def left(when: str) -> Plugins:
    """Return the plugins that are left when the one of parcels is not there, or is not taken."""
    if when == "from_the_first":
        return Plugins.of(parcel, bilingual)
    manager = Plugins.of(bilingual)._manager
    origins = {bilingual.__name__: bilingual.__name__}
    if when == "refused":
        manager.register(parcel, "parcels:parcel")
        return Plugins(manager, {**origins, "parcels:parcel": "parcels 1.0"})
    problem = Problem(Place("parcels 1.0"), 'its plugin "parcel" could not be loaded: ImportError: no wings')
    return Plugins(manager, origins, [NotLoaded("parcels:parcel", "parcels 1.0", (problem,))] * (when == "not_loaded"))


def of_others(dump: Dump, held: list[str], *, wordless: bool = False) -> Dump:
    """Return the rows that are of no contract on hold, and of nothing that these alone have.

    An option whose class is not there is ``wordless``: what it is called, and what it counts, nobody can say.
    """
    mine = (*held, "option-parcel") if len(held) == 3 else tuple(held)
    words = ("parcel",) if wordless else ()
    return {
        name: [
            row
            for row in rows
            if not any(one in str(cell) for cell in row for one in (*mine, *(words if name in OF_WORDS else ())))
        ]
        for name, rows in dump.items()
        if name not in OF_ALL_TOGETHER
    }


def became(run: MonthRun, held: list[str]) -> list[tuple[int, str, CallKind]]:
    """Return what became of each call of those that are not on hold."""
    kept = run.kept
    found = zip(kept.call.tolist(), kept.contract.tolist(), kept.kind.tolist(), strict=True)
    calls = ((call, kept.contracts[number] if number >= 0 else "", kept.kinds[kind]) for call, number, kind in found)
    return [one for one in calls if one[1] not in held]


def behave(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Give the option the methods that are written in a text."""
    names = {name: getattr(permanence, name) for name in permanence.__all__}
    known = {
        **names,
        **vars(parcel),
        "sys": sys,
        "np": np,
        "math": math,
        "itertools": itertools,
        "signal": signal,
        "TIMES": [],
    }
    methods: dict[str, Any] = {}
    exec(code, known, methods)
    for name, method in methods.items():
        monkeypatch.setattr(parcel.Parcel, name, method)


def of_python() -> list[Any]:
    """Return what Python is set to for everybody in the process, but for coverage, which stops watching by itself."""
    digits, tracer = decimal.getcontext(), sys.gettrace()
    everybody = [digits.prec, digits.rounding, digits.traps, locale.setlocale(locale.LC_ALL), np.geterr()]
    own = None if type(tracer).__module__.startswith("coverage") else tracer
    traced = [own, sys.getprofile(), sys.getrecursionlimit(), gc.isenabled()]
    return [*everybody, *traced, [*warnings.filters], [*sys.path], dict(vars(builtins))]


@pytest.mark.filterwarnings("ignore:hello")
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_hostile_plugin_holds_back_those_who_have_its_option_and_changes_no_other_row(
    month: Small, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], case: Mapping[str, Any]
) -> None:
    behave(monkeypatch, case["code"])
    settings = of_python()
    book = month.book if case.get("signed", True) else month.unsigned
    if when := case.get("when"):
        READ.clear()
        anew = on_file(offer(OPTIONS), CONTRACTS, left(when), out_of_use=True, folder=month.folder)
        book = evolve(anew, contracts=book.contracts)
    run, dump = stored(book, month.database)
    assert [hold.contract.id for hold in run.holds] == case["held"]
    for hold in run.holds:
        assert case["says"] in hold.reason
        if not hold.reason.startswith("Le réglage de l'option"):
            assert "parcel" in hold.reason if case.get("when") else BLAMED in hold.reason
        if not hold.reason.startswith("Le réglage de l'option") and AT_WORK.search(hold.reason):
            assert f"contrat {hold.contract.id}, 2026-10" in hold.reason
    harmless = month.harmless if case.get("signed", True) else month.harmless_unsigned
    wordless = case.get("when", "from_the_first") != "from_the_first"
    assert of_others(dump, case["held"], wordless=wordless) == of_others(harmless, case["held"], wordless=wordless)
    assert became(run, case["held"]) == became(month.run, case["held"])
    assert capfd.readouterr() == ("", "")
    assert of_python() == settings


@pytest.mark.parametrize("method", ["measure", "charge", "widen", "prices"])
def test_who_presses_ctrl_c_while_a_plugin_works_ends_the_command(
    month: Small, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    behave(monkeypatch, f"def {method}(self, *given):\n    signal.raise_signal(signal.SIGINT)\n    return ()\n")
    try:
        with pytest.raises(KeyboardInterrupt):
            bill(evolve(month.book, memory={}), CALLS)
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("def prices(self):\n    sys.exit(0)\n", "cannot say its prices: SystemExit: 0"),
        ("def priced(self):\n    raise KeyboardInterrupt\n", "cannot say its prices: KeyboardInterrupt"),
        ("def prices(self):\n    return itertools.repeat(None)\n", "prices() yielded more than 1000"),
        ("def __attrs_post_init__(self):\n    sys.exit(0)\n", "SystemExit: 0"),
        ("def widen(self, windows):\n    sys.exit(0)\n", "an option cannot say its windows: SystemExit: 0"),
    ],
)
def test_an_offer_whose_option_fails_from_the_first_is_told_by_check_with_the_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, says: str
) -> None:
    behave(monkeypatch, code)
    path = tmp_path / "offer.toml"
    path.write_text(offer(OPTIONS), encoding="utf-8")
    checked = check_files([path], tmp_path, tmp_path / "none", Plugins.of(parcel, bilingual), examples=False)
    told = [str(problem) for problem in checked.problems]
    assert [one for one in told if says in one and one.startswith(f"{path}:")]


def test_the_page_for_plugin_authors_has_each_case_with_what_happens() -> None:
    page = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
    shown = (HEAD + page.partition(HEAD)[2].partition("\n\n")[0]).splitlines()
    assert shown == list(rows()), "run python -m tests.plugins.hostile"

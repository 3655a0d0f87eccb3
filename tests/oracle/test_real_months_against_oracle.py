"""Both real months, from the files as they came: every contract's calls end as the oracle says."""

import csv
import gzip
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from permanence.contracts.book import Book
from permanence.model.period import Month
from permanence.read.contracts.contract_import import import_contracts

from tests.installed import PLUGINS
from tests.oracle.contracts import read_customers
from tests.oracle.engine import billed, closing_told, kinds_told, proved
from tests.oracle.records import Intake, intake, records_of_asterisk
from tests.oracle.verdicts import Verdict, closing, judged, kinds_judged, of_month
from tests.oracle.ways import imported_files

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "answering"
FILES = (REAL / "cdr-2026-09.csv.gz", REAL / "cdr-2026-10.csv.gz")
RULES = ROOT / "rules" / "essentielle-2023-01-01.toml"
NOTICE = {"C0013": date(2026, 9, 30)}
"""The one whose notice the customer list notes: received on 31 May 2026, three months before the term."""
MONTHS = (Month(2026, 9), Month(2026, 10))

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real calls are not on this machine")


@cache
def came_in() -> Intake:
    return intake(record for path in FILES for record in records_of_asterisk(unpacked(path)))


def unpacked(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


@cache
def verdicts() -> list[Verdict]:
    with (REAL / "contracts.csv").open(encoding="utf-8", newline="") as text:
        signed = read_customers(csv.DictReader(text), tomllib.loads(RULES.read_text(encoding="utf-8")), NOTICE)
    return judged(came_in().kept, signed)


@pytest.fixture(scope="module")
def calls_db(tmp_path_factory: pytest.TempPathFactory) -> str:
    return imported_files(tmp_path_factory.mktemp("real"), FILES, "asterisk")


@pytest.fixture(scope="module")
def book() -> Book:
    contracts, wrong = import_contracts(REAL / "contracts.csv", "essentielle@2023-01-01")
    assert wrong == ()
    deciders = proved([RULES.read_text(encoding="utf-8")]).deciders
    return Book(PLUGINS, deciders, tuple(evolve(one, live=one.signed) for one in contracts))


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_contract_of_a_real_month_has_the_calls_that_the_oracle_says(
    month: Month, calls_db: str, book: Book
) -> None:
    run = billed(book, calls_db, month)
    when = (month.year, month.month)
    assert run.holds == ()
    assert kinds_told(run) == kinds_judged(of_month(verdicts(), when))
    assert closing_told(run) == closing(verdicts(), came_in(), when)

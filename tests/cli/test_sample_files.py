"""The sample's files have the layouts that a customer list and Asterisk's call records have."""

import csv
import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from permanence.cli.sample import generate, write
from permanence.model.period import Month
from permanence.read.contracts.contract_import import import_contracts

OCTOBER = Month(2026, 10)
FICTION = re.compile(r"\+33(19900|26191|35301|46571|53649|63998)\d{4}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "new"
    write(generate(3, 20, [OCTOBER]), path)
    return path


@pytest.fixture(scope="module")
def records(folder: Path) -> list[list[str]]:
    with gzip.open(folder / "cdr-2026-10.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_the_same_seed_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write(generate(3, 20, [OCTOBER]), tmp_path)
    assert [path.name for path in again] == ["customers.csv", "exemple.toml", "cdr-2026-10.csv.gz"]
    for path in again:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_another_seed_writes_other_bytes(folder: Path, tmp_path: Path) -> None:
    customers, _, calls = write(generate(4, 20, [OCTOBER]), tmp_path)
    for path in (customers, calls):
        assert path.read_bytes() != (folder / path.name).read_bytes()


def test_the_customer_list_names_the_offer_that_each_signed(folder: Path) -> None:
    with (folder / "customers.csv").open(encoding="utf-8", newline="") as lines:
        customers = list(csv.DictReader(lines))
    assert len(customers) == 20
    assert list(customers[0]) == [
        *("account", "line", "customer", "kind", "region", "offer", "mission", "signed", "live", "options", "note"),
        *("address", "postcode", "town", "siren", "vat_number", "email", "iban", "mandate", "mandate_signed"),
    ]
    for customer in customers:
        assert re.fullmatch(r"[a-z-]+@2023-01-01", customer["offer"])
        assert customer["signed"] >= "2023-01-01"


def test_every_call_record_has_the_eighteen_columns_of_asterisk(records: list[list[str]]) -> None:
    assert {len(record) for record in records} == {18}
    assert {record[14] for record in records} == {"ANSWERED", "NO ANSWER"}


def test_the_unique_id_begins_with_the_second_of_the_start(records: list[list[str]]) -> None:
    for record in records:
        start = datetime.strptime(record[9], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        assert record[16].split(".")[0] == str(int(start.timestamp()))
    assert len({record[16] for record in records}) == len(records)


def test_duration_is_the_wait_and_the_conversation_together(records: list[list[str]]) -> None:
    for record in records:
        start, answer, end = (datetime.fromisoformat(stamp) if stamp else None for stamp in record[9:12])
        assert start is not None
        assert end is not None
        assert (end - start).total_seconds() == int(record[12])
        assert ((end - answer).total_seconds() if answer else 0) == int(record[13])


def test_every_telephone_number_is_one_of_fiction(records: list[list[str]]) -> None:
    assert all(FICTION.fullmatch(number) for record in records for number in (record[1], record[2]))


def test_the_customer_list_becomes_contracts_without_a_problem(folder: Path) -> None:
    contracts, problems = import_contracts(folder / "customers.csv", "essentielle@2023-01-01")
    assert not problems
    assert len(contracts) == 20
    assert len({contract.offer for contract in contracts}) > 1

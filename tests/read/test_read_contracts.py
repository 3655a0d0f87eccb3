"""Contract files and customer lists become contracts, and contracts become files again."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.contracts.against_offer import check_contract
from permanence.model.contract import Contract, Customer, OptionTaken
from permanence.model.option import Option
from permanence.model.problem import Place
from permanence.model.regions import REGIONS
from permanence.offers.form import read_offer
from permanence.read.contracts.contract_import import import_contracts
from permanence.read.contracts.contract_text import write_contracts
from permanence.read.contracts.contracts import read_contracts
from permanence.read.toml.faults import Notes
from permanence.read.toml.located_toml import parse
from permanence.read.toml.structure import shape_of

GOOD = Path(__file__).parent / "good"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "answering" / "contracts.csv"
HEADER = "account,line,customer,kind,region,mission,signed,options,note"


def without_places(contracts: tuple[Contract, ...]) -> list[Contract]:
    return [evolve(contract, place=Place("")) for contract in contracts]


def customer_list(folder: Path, *lines: str) -> Path:
    file = folder / "customers.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_contract_file_says_what_was_signed() -> None:
    contracts, problems = read_contracts([GOOD / "contract.toml"])
    assert problems == ()
    assert contracts[0].customer == Customer(name="Plomberie de la Gare", region="FR-57")
    assert contracts[0].start == date(2026, 2, 3)
    assert contracts[0].options == (OptionTaken(id="bilingual", since=date(2026, 3, 15)),)
    assert contracts[1].customer.name == "Cabinet médical du Château"


def test_a_contract_stands_at_its_header_whatever_its_note_says() -> None:
    contracts, _ = read_contracts([GOOD / "contract.toml"])
    assert [contract.place.line for contract in contracts] == [3, 16]
    assert {contract.place.text for contract in contracts} == {"[[contract]]"}


def test_headers_are_counted_to_the_places_that_the_parser_gives(tmp_path: Path) -> None:
    text = write_contracts(read_contracts([GOOD / "contract.toml"])[0] * 3).replace("[[contract]]", " [[ contract ]]")
    file = tmp_path / "many.toml"
    file.write_text(text, encoding="utf-8")
    contracts, _ = read_contracts([file])
    located = parse(text, file.as_posix())
    assert '"""' not in text
    assert [c.place.line for c in contracts] == [located.place(("contract", n)).line for n in range(6)]


def test_contracts_in_one_list_have_places_too(tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_text(
        "format = 1\ncontract = [\n"
        '{ id = "A", customer.name = "B", offer = "C", lines = ["D"], signed = 2026-01-01 },\n]',
        encoding="utf-8",
    )
    [contract] = read_contracts([file])[0]
    assert (contract.place.line, contract.place.column) == (3, 1)


def test_every_file_is_read_and_counted(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    counted: list[int] = []
    contracts, problems = read_contracts([missing, GOOD / "contract.toml"], counted.append)
    assert (counted, len(contracts)) == ([0, 2], 2)
    assert [problem.where.file for problem in problems] == [missing.as_posix()]


SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
"""The signs that a text may have."""
words = st.text(SIGNS, min_size=1, max_size=12)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
customers = st.builds(
    Customer,
    name=words.filter(str.strip),
    kind=st.sampled_from(["professional", "non_professional", "consumer"]),
    region=st.sampled_from(sorted(REGIONS)),
)
options_taken = st.builds(OptionTaken, id=words, since=st.none() | days)
contracts_of_all_kinds = st.builds(
    Contract,
    id=st.uuids().map(str),
    customer=customers,
    offer=words,
    mission=words,
    lines=st.uuids().map(lambda line: (str(line), f"{line}-2")),
    signed=days,
    band=st.none() | st.integers(0, 10_000),
    options=st.lists(options_taken, max_size=3, unique_by=lambda option: option.id).map(tuple),
    note=st.text(SIGNS, max_size=20),
)


@settings(deadline=None)
@given(st.lists(contracts_of_all_kinds, max_size=3))
def test_what_is_written_is_what_was_read(contracts: list[Contract]) -> None:
    located = parse(write_contracts(contracts), "x.toml")
    notes = Notes(located.place, located.text_place)
    shape = shape_of(Contract)
    back = tuple(
        shape.read(table, ("contract", number), notes) for number, table in enumerate(located.table.get("contract", []))
    )
    assert notes.faults == []
    assert without_places(back) == contracts


def test_a_written_file_looks_as_a_person_would_write_it() -> None:
    contracts, _ = read_contracts([GOOD / "contract.toml"])
    assert write_contracts(contracts[:1]) == (
        "#:schema contract.schema.json\nformat = 1\n\n"
        "[[contract]]\n"
        'id = "C0001"\n'
        'customer = { name = "Plomberie de la Gare", kind = "professional", region = "FR-57" }\n'
        'offer = "essentielle@2026-01-01"\n'
        'mission = "complex"\n'
        'lines = ["C0001", "+33199000010"]\n'
        "signed = 2026-02-01\n"
        "live = 2026-02-03\n\n"
        "[[contract.option]]\n"
        'id = "bilingual"\n'
        "from = 2026-03-15\n"
    )


def test_a_customer_list_becomes_contracts(tmp_path: Path) -> None:
    row = "C0001,+33199000010,Plomberie,consumer,FR-57,complex,2026-02-01,svi bilingual,notice received 2026-05-31"
    contracts, problems = import_contracts(customer_list(tmp_path, HEADER, row), "essentielle@2026-01-01")
    assert problems == ()
    assert without_places(contracts) == [
        Contract(
            id="C0001",
            customer=Customer(name="Plomberie", kind="consumer", region="FR-57"),
            offer="essentielle@2026-01-01",
            mission="complex",
            lines=("C0001", "+33199000010"),
            signed=date(2026, 2, 1),
            notice=date(2026, 5, 31),
            options=(OptionTaken(id="svi"), OptionTaken(id="bilingual")),
            note="notice received 2026-05-31",
        )
    ]
    assert (contracts[0].place.line, contracts[0].place.text) == (2, row)


def test_a_list_may_say_more_and_be_separated_by_semicolons(tmp_path: Path) -> None:
    header = HEADER.replace(",", ";") + ";id;live;offer;notice;band"
    more = "K1;2026-02-03;other@2026-01-01;2026-06-01;150"
    row = f'C0001;;"Garage; Étoile";;;;2026-02-01;;notice received 2026-05-31;{more}'
    [contract], problems = import_contracts(customer_list(tmp_path, header, row, ""), "essentielle@2026-01-01")
    assert problems == ()
    assert (contract.id, contract.lines, contract.offer, contract.band) == ("K1", ("C0001",), "other@2026-01-01", 150)
    assert (contract.live, contract.notice) == (date(2026, 2, 3), date(2026, 6, 1))
    assert contract.customer == Customer(name="Garage; Étoile")
    assert contract.mission == "simple"


def test_a_row_over_two_lines_is_one_row(tmp_path: Path) -> None:
    rows = ['C1,,"Garage', 'Étoile",,,,2026-02-01,,', "C2,,Garage,,,,2026-02-30,,"]
    contracts, [problem] = import_contracts(customer_list(tmp_path, HEADER, *rows), "x@2026-01-01")
    assert contracts == ()
    assert (problem.where.line, problem.where.column, problem.what[:12]) == (4, 15, '"2026-02-30"')


def test_the_real_customer_list_survives_import_and_writing(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("the shared customer list is not on this machine")
    contracts, problems = import_contracts(SHARED, "essentielle@2023-01-01")
    assert (len(contracts), problems) == (120, ())
    file = tmp_path / "contracts.toml"
    file.write_text(write_contracts(contracts), encoding="utf-8")
    back, problems = read_contracts([file])
    assert problems == ()
    assert without_places(back) == without_places(contracts)
    assert contracts[12].notice == date(2026, 5, 31)


def test_a_contract_is_held_against_its_own_offer_only() -> None:
    contracts, _ = read_contracts([GOOD / "contract.toml"])
    problems = [problem for contract in contracts for problem in check_contract(contract, {})]
    assert [problem.what[:16] for problem in problems] == ['contract "C0001"', 'contract "C0002"']


@pytest.mark.parametrize(
    ("band", "right"), [(50, True), (150, True), (250, True), (1050, True), (200, False), (0, False)]
)
def test_a_contracted_band_is_one_of_the_steps_or_past_them_by_whole_bands(
    band: int, right: bool, options: Mapping[str, type[Option]]
) -> None:
    offer = read_offer(GOOD / "offer.toml", options).offer
    assert offer
    contract = evolve(read_contracts([GOOD / "contract.toml"])[0][0], band=band)
    assert (list(check_contract(contract, {offer.version: offer})) == []) is right


def test_a_line_may_pass_on_once_the_first_contract_has_been_given_notice(tmp_path: Path) -> None:
    text = """format = 1
[[contract]]
id = "C1"
customer = { name = "Garage du Parc" }
offer = "essentielle@2023-01-01"
lines = ["+33199000010"]
signed = 2025-01-10
notice = 2026-01-05

[[contract]]
id = "C2"
customer = { name = "Garage du Parc" }
offer = "essentielle@2023-01-01"
lines = ["01 99 00 00 10"]
signed = 2026-02-10
"""
    path = tmp_path / "contracts.toml"
    path.write_text(text, encoding="utf-8")
    assert read_contracts([path])[1] == ()
    without = text.replace("notice = 2026-01-05\n", "")
    path.write_text(without, encoding="utf-8")
    (problem,) = read_contracts([path])[1]
    assert problem.what == '"C2" and "C1" both hold the line "01 99 00 00 10" from 2026-02-10'
    for event in ('what = "notice_received"', 'what = "line_removed"\nline = "+33199000010"'):
        path.write_text(f'{without}\n[[event]]\ncontract = "C1"\non = 2026-01-05\n{event}\n', encoding="utf-8")
        assert read_contracts([path])[1] == ()


def test_a_line_that_an_event_adds_is_held_like_any_other(tmp_path: Path) -> None:
    signed = [
        f"""
[[contract]]
id = "C{number}"
customer = {{ name = "Garage du Parc" }}
offer = "essentielle@2023-01-01"
lines = ["C{number}"]
signed = 2025-01-10
"""
        for number in (1, 2)
    ]
    added = '\n[[event]]\ncontract = "C2"\non = 2026-03-01\nwhat = "line_added"\nline = "C1"\n'
    path = tmp_path / "contracts.toml"
    path.write_text("format = 1\n" + "".join(signed) + added, encoding="utf-8")
    (problem,) = read_contracts([path])[1]
    assert problem.what == '"C2" and "C1" both hold the line "C1" from 2026-03-01'
    assert (problem.where.line, problem.where.text) == (17, "[[event]]")

"""docs/offers.md: whole files load, pieces have no unknown key, conditions can be read, readings are complete."""

import re
import tomllib
from pathlib import Path

import pytest
from attrs import evolve
from permanence.bill.floors import Case, Walk
from permanence.contracts.history import history_of
from permanence.decide.condition_text import parse
from permanence.decide.vocabulary import vocabulary
from permanence.model.offer import Offer, Rule
from permanence.model.option import Option
from permanence.model.period import Month
from permanence.model.problem import errors
from permanence.offers.check.files import check_files
from permanence.offers.form import read_offer
from permanence.offers.proved import prove_offers
from permanence.read.contracts.contracts import ContractFile
from permanence.read.offers.offers import offer_record
from permanence.read.toml.faults import Notes
from permanence.read.toml.located_toml import parse as parse_toml
from permanence.read.toml.shapes import ListOf, Record, TableOf
from permanence.read.toml.structure import record_of

from tests.bill.months import bill, contract, on_file, only_invoice
from tests.bill.samples import make_call
from tests.docs.documents import ROOT, Block, agrees, apply, blocks, commands, run, section
from tests.installed import PLUGINS

PAGE = ROOT / "docs" / "offers.md"
SCHEMA = "#:schema "
PIECES = [block for block in blocks(PAGE, "toml") if not block.text.startswith(SCHEMA)]


def whole(kind: str) -> list[Block]:
    return [block for block in blocks(PAGE, "toml") if block.text.startswith(f"{SCHEMA}{kind}.")]


def written(block: Block, path: Path) -> Path:
    path.write_text(block.text, encoding="utf-8")
    return path


def test_every_whole_file_shown_is_without_a_problem(tmp_path: Path) -> None:
    rules, contracts = tmp_path / "rules", tmp_path / "contracts"
    for folder, kind in ((rules, "offer"), (contracts, "contract")):
        folder.mkdir()
        for number, block in enumerate(whole(kind)):
            written(block, folder / f"{number}.toml")
    checked = check_files([], rules, contracts, PLUGINS)
    assert errors(checked.problems) == ()
    assert (len(checked.summary["offers"]), checked.summary["contracts"]) == (len(whole("offer")), 1)


def shipped(tmp_path: Path) -> Offer:
    offer = read_offer(written(whole("offer")[-1], tmp_path / "offer.toml"), PLUGINS.options).offer
    assert offer is not None
    return offer


@pytest.mark.parametrize("block", PIECES, ids=str)
def test_every_piece_shown_says_only_what_a_rule_file_can_say(block: Block, tmp_path: Path) -> None:
    source = parse_toml(block.text, str(block))
    notes = Notes(source.key_place, source.text_place)
    fields = offer_record(PLUGINS.options).read_fields(source.table, (), notes)
    assert [fault.what for fault in notes.faults if not fault.what.startswith("missing key")] == []
    rules: tuple[Rule, ...] = fields.get("rules", ())
    names = ("work", "occurrences", "numbers", "words", "tags", "called")
    named = {name: fields[name] for name in names if name in fields}
    offer = evolve(shipped(tmp_path), **named)
    assert all(parse(rule, vocabulary(offer, rule.on)) for rule in rules)


def test_the_examples_shown_come_out_of_the_offer_shown(tmp_path: Path) -> None:
    (shown,) = (block for block in PIECES if block.text.startswith("[[example]]"))
    path = tmp_path / "offer.toml"
    path.write_text(f"{whole('offer')[-1].text}\n{shown.text}", encoding="utf-8")
    assert prove_offers([path], PLUGINS).problems == ()


class Asked(dict[Case, Rule | None]):
    """What the rules on past months were asked, and what they were asked last."""

    last: Case | None = None

    def __getitem__(self, case: Case) -> Rule | None:
        self.last = case
        return super().__getitem__(case)


def test_the_floors_shown_are_those_that_the_rules_shown_make(tmp_path: Path) -> None:
    (shown,) = (block.text for block in PIECES if 'on = "history"' in block.text)
    head, tail = whole("offer")[-1].text.split("[[rule]]", 1)
    book = on_file(f"{head}{shown}\n[[rule]]{tail}", contract(version="garde@2026-01-01", signed="2026-01-01"))
    rows = re.findall(r"^\| (2026-\d\d) \|" + r" (\d+) \|" * 5, PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 8
    past: dict[Month, int] = {}
    for name, *numbers in rows:
        month, (calls, above, below, floor, billed) = Month.parse(name), map(int, numbers)
        asked = Asked()
        (held,) = Walk(book, history_of(book, book.contracts[0]), past, asked).floors(month)
        assert asked.last == ("garde@2026-01-01", (above, below))
        assert (held.up_to if held else 0) == floor
        came_in = [make_call(f"{month}-15 12:00:00") for _ in range(calls)]
        assert only_invoice(bill(book, came_in, month, {"C1": past})).band == billed
        past[month] = calls


def reading_rows() -> list[list[str]]:
    rows = re.findall(r"^\| (A\d+) \|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [[name, *(cell.strip() for cell in rest.split("|"))] for name, rest in rows]


def test_every_reading_is_listed_once() -> None:
    assert [row[0] for row in reading_rows()] == [f"A{number}" for number in range(1, 29)]


def find(record: Record, names: list[str]) -> None:
    """Follow a dotted key through the tables of a file; KeyError where there is none."""
    shape = record.keys[names[0]].shape
    if len(names) > 1:
        inner = shape.item if isinstance(shape, ListOf | TableOf) else shape
        assert isinstance(inner, Record), names
        find(inner, names[1:])


def test_every_key_that_a_reading_names_is_there() -> None:
    roots = {"option": (record_of(Option), 1), "contract": (record_of(ContractFile), 0)}
    named = [name for row in reading_rows() for name in re.findall(r"`([\w.]+)`", row[3])]
    assert len(named) > 30
    for name in named:
        parts = name.split(".")
        record, skip = roots.get(parts[0], (offer_record({}), 0))
        find(record, parts[skip:])


def test_every_value_that_a_reading_offers_is_accepted() -> None:
    """A word in quotes, in the last column, is one that the row's keys can have."""
    for row in reading_rows():
        for value in re.findall(r'`"(\w+)"`', row[4]):
            accepted = [key for key in re.findall(r"`([\w.]+)`", row[3]) if value in expects(key)]
            assert accepted, f"{row[0]}: no key accepts {value}"


def expects(name: str) -> str:
    """Return what the key that a reading names can be, as an error message says it; of ``then``, its `end`."""
    names = name.split(".")
    record = record_of(Option) if names[0] == "option" else offer_record({})
    for part in names[1:] if names[0] == "option" else names:
        shape = record.keys[part].shape
        inner = shape.item if isinstance(shape, ListOf) else shape
        if not isinstance(inner, Record):
            return inner.expects
        record = inner
    return record.keys["end"].shape.expects


def test_the_rule_file_pieces_are_toml_of_the_present_version() -> None:
    assert all(tomllib.loads(block.text) for block in PIECES)


def test_the_workbench_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    told = section(PAGE, "What a salesperson says, and what a customer notices")
    for block in (block for block in blocks(PAGE, "console", "diff") if block.line not in told):
        if block.language == "diff":
            apply(block, tmp_path)
            continue
        for shown in commands(block):
            printed = run(shown.text, tmp_path)
            assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)

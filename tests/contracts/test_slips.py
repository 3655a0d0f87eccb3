"""What is wrong with one contract holds that contract: every other is billed as if it were not there."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from permanence.bill.month import bill_month
from permanence.cli.main import main
from permanence.contracts.book import Book
from permanence.contracts.deadlines import deadlines
from permanence.contracts.signature import pinned
from permanence.model.invoice import Invoice, MonthRun
from permanence.model.period import Month, Span
from permanence.model.problem import Refused
from permanence.model.records import CallBatch
from permanence.model.slip import Slip
from permanence.on_file import open_book
from permanence.read.contracts.contract_text import write_contracts
from permanence.read.contracts.contracts import read_contracts

from tests.bill.samples import make_call, records
from tests.installed import PLUGINS

OFFER = Path(__file__).parent / "lives" / "offers" / "basic-2024-01-01.toml"
BAD = Path(__file__).parents[1] / "read" / "bad"
MARCH, MAY = Month(2024, 3), Month(2024, 5)
OTHER = """
[[contract]]
id = "OTHER"
customer = { name = "Boulangerie du Pont" }
offer = "basic@2024-01-01"
lines = ["OTHER", "+33199000010"]
signed = 2024-02-03
live = 2024-02-03
option = [{ id = "sms" }]
"""
RIGHT = """
[[contract]]
id = "A"
customer = { name = "Garage du Parc", region = "FR" }
offer = "basic@2024-01-01"
lines = ["A"]
signed = 2024-02-03
live = 2024-02-05
option = [{ id = "bilingual", from = 2024-02-10, until = 2024-06-01 }]
"""
EVENT = '\n[[event]]\ncontract = "A"\non = 2024-03-05\nwhat = '
SLIPS = {
    "L'option « bilingual » prend fin avant de commencer, le 10 février 2024.": ("2024-06-01", "2024-02-08"),
    "Le contrat a deux fois l'option « bilingual » le 10 février 2024.": ("01 }]", '01 }, { id = "bilingual" }]'),
    "Le client n'a pas de nom.": ("Garage du Parc", " "),
    "La région « FR-99 » n'est pas connue.": ('region = "FR"', 'region = "FR-99"'),
    "Le contrat n'a aucune ligne.": ('["A"]', "[]"),
    "Une ligne du contrat est vide.": ('["A"]', '["A", " ", ""]'),
    "La ligne « A » y figure deux fois.": ('["A"]', '["A", "A"]'),
    "La date de mise en service précède la signature du 3 février 2024.": ("2024-02-05", "2024-02-01"),
    "La date de mise en service, le 5 février 2924, n'est pas comprise entre 1900 et 2199.": (
        "2024-02-05",
        "2924-02-05",
    ),
    "La date de signature, le 3 février 3024, n'est pas comprise entre 1900 et 2199.": (
        "2024-02-03\nlive = 2024-02-05",
        "3024-02-03",
    ),
    "« A A » n'est pas un numéro de contrat : il a au moins un signe, et aucune espace.": ('"A"', '"A A"'),
    "Le numéro A est celui de deux contrats.": ("\n[[contract]]", f"{RIGHT}\n[[contract]]"),
    "Changement de région du 5 mars 2024 : cette région n'est pas connue.": (
        "",
        f'{EVENT}"region_moved"\nregion = "FR-99"',
    ),
    "Retrait d'une option du 5 mars 2024 : « option » n'est pas indiqué.": ("", f'{EVENT}"option_removed"'),
    "Suspension du 5 mars 2024 : « line » n'y dit rien.": ("", f'{EVENT}"suspended"\nline = "A"'),
    "Suspension du 5 mars 2924 : la date n'est pas comprise entre 1900 et 2199.": (
        "",
        f'{EVENT.replace("2024", "2924")}"suspended"',
    ),
    "La ligne « OTHER » est à la fois celle de A et de OTHER à compter du 5 mars 2024.": (
        "",
        f'{EVENT}"line_added"\nline = "OTHER"',
    ),
    "La ligne « 01 99 00 00 10 » est à la fois celle de A et de OTHER à compter du 5 février 2024.": (
        '["A"]',
        '["A", "01 99 00 00 10"]',
    ),
}
"""What the staff are told of contract A, by what is written in it in place of what."""


def on_file(folder: Path, *contracts: str) -> tuple[Book, Path]:
    """Return the book that contract files make, each of these texts one, and their folder; the offer is beside it."""
    rules, signed = folder.parent / "rules", folder
    for path in (rules, signed):
        path.mkdir(exist_ok=True)
    (rules / OFFER.name).write_text(OFFER.read_text("utf-8"), "utf-8")
    for number, text in enumerate(contracts):
        (signed / f"{number}.toml").write_text(f"format = 1\n{text}\n", "utf-8")
    return open_book(rules, signed, PLUGINS), signed


def billed(book: Book, month: Month = MARCH) -> MonthRun:
    days = (("OTHER", 4), ("OTHER", 28), ("", 12), ("A", 12))
    calls = [make_call(f"{month}-{day:02d} 10:00:00", account=line, number="01 99 00 00 10") for line, day in days]
    return bill_month(book, month, CallBatch(records=records([*calls, make_call(f"{month}-15 10:00:00", account="")])))


def of_other(invoices: Sequence[Invoice]) -> tuple[object, ...]:
    (one,) = (invoice for invoice in invoices if invoice.contract.id == "OTHER")
    return one.served, one.lines, one.vat, one.calls, one.usage


@pytest.mark.parametrize("reason", SLIPS)
def test_a_slip_holds_its_own_contract_and_every_other_has_the_bill_that_it_would_have_without_it(
    reason: str, tmp_path: Path
) -> None:
    alone, _ = on_file(tmp_path / "alone", OTHER)
    wrong, replaced = SLIPS[reason]
    text = RIGHT + replaced if not wrong else RIGHT.replace(wrong, replaced, 1 if "option" in replaced else -1)
    for number, contracts in enumerate([(text, OTHER), (OTHER, text)]):
        book, folder = on_file(tmp_path / str(number), *contracts)
        run = billed(book)
        (hold,) = run.holds
        assert reason in hold.reason
        assert [invoice.contract.id for invoice in run.invoices] == ["OTHER"]
        assert of_other(run.invoices) == of_other(billed(alone).invoices)
        _, waiting = deadlines(book, date(2024, 3, 31), Span(30, "days"))
        assert [one.reason for one in waiting] == ([] if "3024" in reason else [hold.reason])
        rules = tmp_path / "rules"
        with pytest.raises(SystemExit) as left:
            main(["check", "--rules", str(rules), "--contracts", str(folder)], prog_name="permanence")
        assert left.value.code == 1


def test_a_month_before_the_slip_is_billed_as_it_was(tmp_path: Path) -> None:
    slip = EVENT.replace("2024-03-05", "2024-05-05")
    book, _ = on_file(tmp_path / "slip", f'{RIGHT}{slip}"line_added"\nline = "OTHER"', OTHER)
    right, _ = on_file(tmp_path / "right", RIGHT, OTHER)
    shown = [[(one.lines, one.vat, one.usage) for one in billed(each).invoices] for each in (book, right)]
    assert len(shown[0]) == 2
    assert shown[0] == shown[1]
    assert [hold.contract.id for hold in billed(book, MAY).holds] == ["A"]


def test_two_contracts_that_take_one_line_on_one_day_both_wait(tmp_path: Path) -> None:
    book, _ = on_file(tmp_path / "both", RIGHT.replace("2024-02-05", "2024-02-03").replace('["A"]', '["OTHER"]'), OTHER)
    run = billed(book)
    assert (run.invoices, [hold.contract.id for hold in run.holds]) == ((), ["A", "OTHER"])


def test_a_line_that_another_contract_held_for_a_while_is_told_though_it_was_removed_since(tmp_path: Path) -> None:
    taken = f'{EVENT}"line_added"\nline = "+33199000010"'
    given = '\n[[event]]\ncontract = "OTHER"\non = 2024-04-20\nwhat = "line_removed"\nline = "+33199000010"'
    _, folder = on_file(tmp_path / "taken", RIGHT + taken, OTHER + given)
    (slip,) = read_contracts(sorted(folder.glob("*.toml")))[1]
    assert slip.what == '"A" and "OTHER" both hold the line "+33199000010" from 2024-03-05'
    assert (slip.where.text, Path(slip.where.file).name) == ("[[event]]", "0.toml")
    later = taken.replace("2024-03-05", "2024-04-20")
    assert billed(on_file(tmp_path / "later", RIGHT + later, OTHER + given)[0], MAY).holds == ()


STOPS = {
    "contract_bad_date",
    "contract_date_in_quotes",
    "contract_event_of_an_unknown_contract",
    "contract_event_of_no_contract",
    "contract_event_says_too_little",
    "contract_event_unknown_kind",
    "contract_events_that_are_a_number",
    "contract_events_that_are_an_empty_table",
    "contract_legal_address",
    "contract_missing_keys",
    "contract_neither_signed_nor_told",
    "contract_several_at_once",
    "contract_single_brackets",
    "contract_strange_signs",
    "contract_unknown_key",
    "contract_unknown_kind",
    "contract_wrong_format",
}
"""Files that cannot be read as contracts, and events of which nobody can tell whose they are."""


@pytest.mark.parametrize("file", sorted(BAD.glob("contract_*.toml")), ids=lambda file: file.stem)
def test_what_can_be_read_stops_nobody_and_what_cannot_stops_all(file: Path) -> None:
    contracts, found = read_contracts([file])
    assert all(isinstance(problem, Slip) for problem in found) == (file.stem not in STOPS)
    held = {name for problem in found if isinstance(problem, Slip) and problem.holds for name in problem.contracts}
    assert {contract.id for contract in contracts if contract.slips} == held & {contract.id for contract in contracts}
    assert all(slip.french for contract in contracts for slip in contract.slips)


def test_a_file_that_cannot_be_read_stops_everybody(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        on_file(tmp_path / "unread", RIGHT.replace("signed = ", "signed = maybe"), OTHER)


def test_a_day_at_the_end_of_the_calendar_holds_its_contract_alone(tmp_path: Path) -> None:
    book, _ = on_file(tmp_path / "far", RIGHT.replace("signed = 2024-02-03", "signed = 9999-12-31"), OTHER)
    run = billed(book)
    assert [hold.contract.id for hold in run.holds] == ["A"]
    assert [invoice.contract.id for invoice in run.invoices] == ["OTHER"]


def test_of_two_on_one_line_the_one_whose_lines_were_edited_waits_alone(tmp_path: Path) -> None:
    book, _ = on_file(tmp_path / "signed", RIGHT, OTHER)
    signed = [write_contracts([pinned(book, one)]).partition("\n\n")[2] for one in book.contracts]
    edited = [text.replace('lines = ["OTHER",', 'lines = ["A",') for text in signed]
    assert edited != signed
    run = billed(on_file(tmp_path / "edited", *edited)[0])
    assert [hold.contract.id for hold in run.holds] == ["OTHER"]
    assert [invoice.contract.id for invoice in run.invoices] == ["A"]

"""billing.db: a month's run replaces that month's drafts and nothing else, all of it or none."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from permanence.contracts.book import Book
from permanence.model.invoice import MonthRun
from permanence.store.opening import PAGE_BYTES
from permanence.store.results import MONTHLY, open_billing, publish
from sqlite_utils import Database

from tests.bill.months import NOVEMBER, OCTOBER, SEPTEMBER, bill, calls, contract, event, offer, on_file, taken

NOW, LATER = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC)
BILINGUAL = '[option.bilingual]\nprice = "39.00"\n'
CONTRACTS = [
    contract("C1", taken("bilingual")),
    contract("C2", region="FR-974"),
    contract("C3", version="none@2026-01-01"),
]
TABLES = ("run", "offer", "rule", "contract", "fact", *MONTHLY)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_billing(tmp_path / "billing.db")
    yield database
    database.close()


def test_a_new_database_has_pages_in_which_a_month_is_written_in_less_time(database: Database) -> None:
    assert database.execute("PRAGMA page_size").fetchone() == (PAGE_BYTES,)


def the_book(price: str = "59.00", contracts: list[str] | None = None) -> Book:
    return on_file(offer(BILINGUAL).replace("59.00", price), contracts or CONTRACTS)


def content(database: Database) -> dict[str, list[Any]]:
    return {table: sorted(database.execute(f"SELECT * FROM [{table}]").fetchall()) for table in TABLES}


def of_month(database: Database, month: object) -> dict[str, list[Any]]:
    """Return the rows of a month's drafts, byte for byte."""
    return {name: [row for row in rows if row[0].startswith(str(month))] for name, rows in content(database).items()}


def column(database: Database, sql: str) -> list[Any]:
    return [row[0] for row in database.execute(sql).fetchall()]


def test_a_run_is_read_back_as_it_was_billed(database: Database) -> None:
    came_in = calls(59, language="en") + calls(2, language="en", linked=1)
    run = bill(the_book(), came_in + calls(5, account="C9") + calls(4, account="C3"))
    publish(database, run, NOW, "0.1.0")
    assert database.execute("SELECT * FROM run").fetchall() == [
        (
            "2026-10",
            int(NOW.timestamp()),
            "calls.db",
            0,
            70,
            60,
            0,
            0,
            0,
            5,
            0,
            run.questions,
            "0.1.0",
            70,
            69,
            4,
            "",
            None,
        )
    ]
    assert database.execute("SELECT id, calls, band, net_cents, vat_cents, total_cents FROM invoice").fetchall() == [
        ("2026-10-C1", 60, 150, 18800, 3760, 22560),
        ("2026-10-C2", 0, 50, 5900, 502, 6402),
    ]
    assert database.execute("SELECT id, code, amount_cents FROM line WHERE invoice = '2026-10-C1'").fetchall() == [
        ("2026-10-C1-1", "bands", 14900),
        ("2026-10-C1-2", "option.bilingual", 3900),
    ]
    assert database.execute("SELECT name, value FROM line_fact WHERE line = '2026-10-C1-2'").fetchall() == [
        ("option.bilingual", "1"),
    ]
    assert database.execute("SELECT * FROM vat WHERE invoice = '2026-10-C2'").fetchall() == [
        ("2026-10-C2-850", "2026-10-C2", 850, 5900, 502, "Taux applicable à La Réunion (art. 296 du CGI)", "EUR")
    ]
    assert database.execute("SELECT outcome, window, window_title, calls FROM usage").fetchall() == [
        ("counted", "weekdays", "en semaine", 60)
    ]


def test_a_contract_on_hold_is_there_with_its_reason(database: Database) -> None:
    publish(database, bill(the_book(), calls(4, account="C3")), NOW)
    reason = "L'offre « none@2026-01-01 » n'existe pas ; la plus proche est « essentielle@2026-01-01 »."
    assert database.execute("SELECT * FROM hold").fetchall() == [("2026-10-C3", "C3", "2026-10", reason, 4)]
    assert "C3" in column(database, "SELECT id FROM contract")


def test_a_month_that_has_not_ended_is_provisional_until_it_is_billed_again(database: Database) -> None:
    publish(database, bill(the_book(), provisional=True), NOW)
    assert column(database, "SELECT provisional FROM run") == [1]
    assert column(database, "SELECT DISTINCT status FROM invoice") == ["provisional"]
    publish(database, bill(the_book()), LATER)
    assert column(database, "SELECT provisional FROM run") == [0]
    assert column(database, "SELECT DISTINCT status FROM invoice") == ["draft"]


def test_billing_a_month_again_replaces_its_drafts_and_nothing_else(database: Database) -> None:
    book = the_book()
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        publish(database, bill(book, calls(60) if month == OCTOBER else (), month), NOW)
    others = [of_month(database, month) for month in (SEPTEMBER, NOVEMBER)]
    publish(database, bill(the_book(contracts=CONTRACTS[:1]), calls(1)), LATER)
    assert [of_month(database, month) for month in (SEPTEMBER, NOVEMBER)] == others
    assert column(database, "SELECT id FROM invoice WHERE month = '2026-10'") == ["2026-10-C1"]
    assert column(database, "SELECT net_cents FROM invoice WHERE month = '2026-10'") == [9800]
    assert column(database, "SELECT id FROM hold WHERE month = '2026-10'") == []


def test_billing_a_month_again_from_the_same_changes_nothing_but_the_time_it_ran(database: Database) -> None:
    run = bill(the_book(), calls(60))
    publish(database, run, NOW)
    before = content(database)
    publish(database, run, LATER)
    after = content(database)
    assert {name for name in before if before[name] != after[name]} == {"run"}


def with_a_row_that_is_no_number(run: MonthRun) -> MonthRun:
    first, *rest = run.invoices
    line = evolve(first.lines[0], quantity="many")  # type: ignore[arg-type]
    return evolve(run, invoices=(evolve(first, lines=(line,)), *rest))


def with_a_fact_that_nobody_knows(run: MonthRun) -> MonthRun:
    return evolve(run, facts=())


@pytest.mark.parametrize("spoil", [with_a_row_that_is_no_number, with_a_fact_that_nobody_knows])
def test_an_error_in_the_middle_leaves_the_former_drafts(database: Database, spoil: Any) -> None:
    if spoil is with_a_row_that_is_no_number:
        publish(database, bill(the_book(), calls(60)), NOW)
    before = content(database)
    with pytest.raises(sqlite3.IntegrityError):
        publish(database, spoil(bill(the_book(price="61.00"))), LATER)
    assert content(database) == before
    assert not database.conn.in_transaction


def test_every_reference_leads_somewhere(database: Database) -> None:
    for month in (SEPTEMBER, OCTOBER, OCTOBER):
        publish(database, bill(the_book(), calls(60), month), NOW)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_rule_s_text_stays_while_a_draft_rests_on_it_and_goes_when_none_does(database: Database) -> None:
    publish(database, bill(the_book(), month=SEPTEMBER), NOW)
    publish(database, bill(the_book("61.00")), NOW)
    assert len(column(database, "SELECT id FROM offer")) == 2
    assert len(column(database, "SELECT id FROM rule WHERE name = 'subscription'")) == 2
    publish(database, bill(the_book("61.00"), month=SEPTEMBER), LATER)
    (text,) = column(database, "SELECT text FROM offer")
    assert 'simple = "61.00"' in text
    assert len(column(database, "SELECT id FROM rule WHERE name = 'subscription'")) == 1


def test_a_customer_s_new_name_reaches_the_contract_and_not_its_former_drafts(database: Database) -> None:
    publish(database, bill(the_book(contracts=CONTRACTS[:1]), month=SEPTEMBER), NOW)
    before = of_month(database, SEPTEMBER)
    renamed = CONTRACTS[0].replace("Garage du Parc", "Garage du Port")
    publish(database, bill(the_book(contracts=[renamed])), LATER)
    assert column(database, "SELECT customer FROM contract") == ["Garage du Port"]
    assert of_month(database, SEPTEMBER) == before


@pytest.mark.parametrize(
    ("live", "region", "promised", "late"),
    [
        ("2026-10-14", "FR", "2026-10-14", None),
        ("2026-10-13", "FR", "2026-10-14", None),
        ("2026-10-20", "FR", "2026-10-14", 6),
        ("", "FR", "2026-10-14", 17),
        ("2026-10-14", "FR-99", None, None),
    ],
)
def test_the_day_that_was_promised_and_its_breach_are_beside_the_first_day_of_service(
    tmp_path: Path, live: str, region: str, promised: str | None, late: int | None
) -> None:
    """Signed on Monday 12 October 2026; nobody knows when service begins on the month's last day, the 31st."""
    book = on_file(offer(), contract(signed="2026-10-12", live=live))
    (signed,) = book.contracts
    there = evolve(signed, customer=evolve(signed.customer, region=region))
    database = open_billing(tmp_path / "billing.db")
    publish(database, bill(evolve(book, contracts=(there,))), NOW)
    assert list(database.query("SELECT live, promised, days_late FROM contract")) == [
        {"live": live or None, "promised": promised, "days_late": late}
    ]


def test_the_promise_is_that_of_the_place_where_the_contract_was_signed(tmp_path: Path) -> None:
    """Good Friday, the day after the signature, is a holiday in Moselle, and Easter Monday everywhere."""
    life = contract(signed="2026-04-02", live="2026-04-08", region="FR-57") + event(
        "2026-09-01", "region_moved", 'region = "FR"'
    )
    database = open_billing(tmp_path / "billing.db")
    publish(database, bill(on_file(offer(), life)), NOW)
    assert list(database.query("SELECT region, promised, days_late FROM contract")) == [
        {"region": "FR", "promised": "2026-04-08", "days_late": None}
    ]


def test_a_contract_has_what_it_agreed_as_it_was_billed_last(database: Database) -> None:
    discount = '[[contract.discount]]\npercent = "-10"\nof = ["bands"]\nuntil = 2027-01-01\nwhy = "Bienvenue."\n'
    desks = '[quantity.desks]\ntitle = { fr = "Postes" }\nunit = { fr = "poste" }\nunits = { fr = "postes" }\n'
    quantity = '[[contract.quantity]]\nid = "desks"\nquantity = 3\n'
    for terms in (discount + quantity, discount, quantity):
        book = on_file(offer(desks), [contract("C1", terms), contract("C2")])
        publish(database, bill(book, calls(9)), NOW)
    rows = "SELECT id, term, name, said, since, until, why FROM contract_term"
    assert database.execute(rows).fetchall() == [("C1-1", "quantity", "desks", "Postes : 3", None, None, "")]
    publish(database, bill(on_file(offer(), [contract("C1", discount)]), calls(9)), NOW)
    said = ("discount", "bands", "Remise de 10\u00a0% de la formule", None, "2027-01-01", "Bienvenue.")
    assert database.execute(rows).fetchall() == [("C1-1", *said)]

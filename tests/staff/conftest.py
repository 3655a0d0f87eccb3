"""A small billing.db and calls.db of invented customers, served by the application itself."""

import gc
import warnings
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from permanence.model.basis import MonthsOutdated, Outdated
from permanence.model.facts import MONTH_FACTS, FactField
from permanence.model.impact import Amounts, Impact, NotCompared, Replayed
from permanence.model.kept_calls import CallKind, KeptCalls
from permanence.model.money import Cents
from permanence.model.outcome import Outcome
from permanence.model.period import Month
from permanence.staff.application import application, close
from permanence.store.impacts import write_database
from permanence.store.kept_calls import kept_tables
from permanence.store.migrations import BILLING, CALLS
from permanence.store.opening import open_to_write
from sqlite_utils import Database

from tests.store.small_databases import fill_mail

RULES = """format = 1

[offer]
id = "essentielle"
title = { fr = "Permanence Essentielle" }
sold_from = 2026-01-01

[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = { charge = "bands" }
why = "Le forfait correspond au nombre d'appels traités dans le mois."
"""
OFFERS = [
    ("e" * 64, "essentielle@2026-01-01", "Permanence Essentielle", "2026-01-01", "rules/essentielle.toml", RULES),
    ("c" * 64, "continue@2026-01-01", "Permanence Continue 24 h/24", "2026-01-01", "rules/continue.toml", RULES),
    ("a" * 64, "alacarte@2026-02-01", "Permanence à la carte", "2026-02-01", "rules/alacarte.toml", RULES),
]
RULE_ID = "eeeeeeeeeeee-subscription"
CUSTOMERS = [
    ("C0001", "Cabinet d'infirmières des Tilleuls", "professional", "FR"),
    ("C0002", "Garage de la Marne <SARL>", "professional", "FR-57"),
    ("C0003", "Syndic du Port", "non_professional", "FR-974"),
    ("C0004", "Étude notariale Belle-Rive", "professional", "FR"),
    ("C0005", "Plomberie de l'Étang", "professional", "FR"),
    ("C0006", "Vétérinaires du Vallon", "professional", "FR"),
]
CALLER = "+33199004217"
AGAIN = (Outdated(month=Month(2026, 10), calls={"C0001": 2}, changed=("C0004",)),)
"""What the pages are told of months that are to be done again."""
FACTS = (*MONTH_FACTS.fields.values(), FactField("usage.escalated", "number", "Appels marqués « escalated »", "appels"))


COUNTED, OUTSIDE = CallKind(Outcome.COUNTED, window="weekdays", marks=("escalated",)), CallKind(Outcome.OUTSIDE)
HELD, NOBODY = CallKind(Outcome.HELD), CallKind(Outcome.UNASSIGNED, "unknown_line")
KEPT = KeptCalls(
    contracts=("C0001", "C0006"),
    kinds=(COUNTED, OUTSIDE, HELD, NOBODY),
    call=np.array([11, 12, 13, 14, 15, 16]),
    start=np.array([1793523600, 1793610000, 1793613600, 1793613900, 1793620000, 1793630000]),
    talk=np.array([95, 0, 400, 61, 62, 63], np.int32),
    contract=np.array([0, 0, 0, 1, -1, 0], np.int32),
    kind=np.array([0, 0, 1, 2, 3, 0], np.uint8),
)
"""What became of six calls of November: four of C0001, one of C0006, which waits, and one that is nobody's."""

PRICED, DATED = ("invoice", "line", "vat"), ("invoice", "line")


def put(database: Database, table: str, *rows: tuple[Any, ...]) -> None:
    """Insert whole rows, in the order of the table's columns; with amounts in euros, of a month, without a deposit."""
    if table in PRICED:
        rows = tuple((*row, "EUR") for row in rows)
    if table in DATED:
        beside = {"invoice": (0, None, None, None, None), "line": (None,)}[table]
        rows = tuple((*row, f"{row[0][:7]}-01", f"{row[0][:7]}-30", *beside) for row in rows)
    if table == "run":
        rows = tuple((*row, None) for row in rows)
    database.conn.executemany(f"insert into [{table}] values ({', '.join('?' * len(rows[0]))})", rows)


def an_invoice(database: Database, month: str, contract: str, offer: str, calls: int, band: int, cents: int) -> None:
    """Insert a one-line invoice with its facts, VAT and usage."""
    key, vat = f"{month}-{contract}", cents // 5
    status = "provisional" if month == "2026-11" else "draft"
    row = (key, contract, month, offer, status, f"{month}-01", 30, calls, band, cents, vat, cents + vat)
    put(database, "invoice", row)
    sentence = f"{calls} appels traités : forfait jusqu'à {band} appels, mission simple."
    price = (1, "mois", cents * 10_000, 1, 1, 1, cents)
    put(database, "line", (f"{key}-1", key, 1, "bands", "Forfait mensuel", *price, RULE_ID, sentence))
    facts = (("contract.active", "1"), ("usage.calls", str(calls)), ("mission", "simple"), ("usage.escalated", "3"))
    put(database, "line_fact", *((f"{key}-1", number, *fact) for number, fact in enumerate(facts, 1)))
    put(database, "vat", (key, 2000, cents, vat, "Taux applicable en métropole"))
    counted = (key, 1, "counted", "", "weekdays", "en semaine", "", calls, calls * 95)
    outside = (key, 2, "outside", "", "", "", "", 7, 400)
    put(database, "usage", counted, outside)


def fill_billing(path: Path) -> None:
    """Write a billing.db with two months."""
    database = open_to_write(path, BILLING)
    with database.atomic():
        put(
            database,
            "run",
            ("2026-10", 1793520000, "calls.db", 0, 1200, 900, 150, 80, 30, 15, 5, 14, "0.1.0", 1165, 1150, 5, ""),
            (
                "2026-11",
                1795000000,
                "calls.db",
                1,
                64943,
                48000,
                9000,
                7000,
                900,
                40,
                3,
                14,
                None,
                None,
                None,
                None,
                "2026-11-05..2026-11-05, 2026-11-09..2026-11-13",
            ),
        )
        put(database, "offer", *OFFERS)
        put(database, "fact", *((fact.name, fact.meaning, fact.unit) for fact in FACTS))
        why = "Le forfait correspond au nombre d'appels traités dans le mois."
        rule = ("subscription", "month", "contract.active", "charge = bands", why, "rules/essentielle.toml", 8)
        put(database, "rule", (RULE_ID, "e" * 64, *rule))
        pinned = ("essentielle@2026-01-01", "simple", "2025-11-03", "2025-11-10", "2025-11-05", 5)
        put(database, "contract", *((*customer, *pinned) for customer in CUSTOMERS))
        until, why = "2027-06-30", "Remise de bienvenue."
        put(
            database,
            "contract_term",
            ("C0002", 1, "window", "weekdays", "Horaires choisis : en semaine", None, None, ""),
            ("C0002", 2, "quantity", "practitioners", "Praticiens : 3", "2026-03-01", None, ""),
            ("C0002", 3, "discount", "bands", "Remise de 10\u00a0% de la formule", None, until, why),
            ("C0002", 4, "agreed", "price.night", "Prix convenu pour « Nuit » : 0,45\u00a0€", None, None, "Convenu."),
        )
        for month, more in (("2026-10", 0), ("2026-11", 4)):
            an_invoice(database, month, "C0001", "e" * 64, 141 + more, 150, 123450)
            an_invoice(database, month, "C0002", "c" * 64, 48 + more // 4, 50, 8900 + 500 * more)
            an_invoice(database, month, "C0003", "e" * 64, 12, 50, 5900)
            an_invoice(database, month, "C0004", "a" * 64, 203, 250, 18900)
            an_invoice(database, month, "C0005", "c" * 64, 77, 150, 31000)
        talk, price = ("2026-10-C0005", 2, "price.talk", "Conversation"), (4530, "s", 1_400_000, 60, 1, 1, 10570)
        sentence = "Conversation : 4 530 s, à 1,40 € la minute."
        put(database, "line", ("2026-10-C0005-2", *talk, *price, RULE_ID, sentence))
        put(
            database,
            "basis",
            ("2026-10", "2026-10", "Europe/Paris", "calls.db", "5" * 64, 1, 1200, "1200-0123456789abcdef", 0),
        )
        put(database, "basis_contract", ("2026-10-C0001", "2026-10", "C0001", "d" * 64, "a" * 64, "+33199000001", 148))
        parts = (("offer", "essentielle@2026-01-01", "e" * 64), ("option", "svi", "permanence-options 0.1.0"))
        put(
            database,
            "basis_part",
            *((f"2026-10-{part}-{name}", "2026-10", part, name, was) for part, name, was in parts),
        )
        for table, rows in kept_tables("2026-11", KEPT):
            put(database, table, *rows)
        put(
            database,
            "work_done",
            ("2026-10-C0003-letters-counted", "2026-10", "C0003", "letters", "counted", 1, 12, 2),
            ("2026-10-C0003-leters-counted", "2026-10", "C0003", "leters", "counted", 0, 3, 1),
        )
        reason = "L'offre « ancienne@2024-01-01 » n'existe pas : ajoutez son fichier dans rules/."
        put(database, "hold", ("2026-11-C0006", "C0006", "2026-11", reason, 12))
    database.close()


def fill_calls(path: Path) -> None:
    """Write a calls.db with one call."""
    database = open_to_write(path, CALLS)
    put(
        database,
        "import",
        (1, "calls/2026-11.csv", "d" * 64, "asterisk", "Europe/Paris", 2, 1, 0, 1, "0.1.0", None, 812),
    )
    what = (1793523600, 12, 185, "answered", "inbound", "fr", "urgent", None)
    put(database, "call", (1, 1, 2, "asterisk", "1793523600.1", None, "A1", "+33100000001", CALLER, *what))
    reason = "la durée est négative"
    put(database, "set_aside", (1, 1, 3, "refused", 1793523700, reason, "1793523700.1", "A1;+331••••••;-3"))
    database.conn.commit()
    database.close()


@pytest.fixture
def caller() -> str:
    """Return the number that called, which nobody may read."""
    return CALLER


@pytest.fixture(scope="session")
def billing_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a billing.db, under a name of its own."""
    path = tmp_path_factory.mktemp("staff") / "any-name.db"
    fill_billing(path)
    return path


@pytest.fixture(scope="session")
def calls_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a calls.db."""
    path = tmp_path_factory.mktemp("calls") / "calls.db"
    fill_calls(path)
    return path


def an_impact(changes: Sequence[int]) -> Impact:
    """Return the impact on as many contracts, three months each: one is new, one loses its bill, the others change."""
    months = (Month(2026, 9), Month(2026, 10), Month(2026, 11))
    bills = [
        Replayed(
            contract=f"C{number:04}",
            customer="Garage de la Marne <SARL>" if number == 1 else f"Client {number}",
            mission="simple",
            month=month,
            calls=140 + number,
            charged={
                ("bands", "subscription", "Essentielle, jusqu'à 150 appels"): Amounts(
                    Cents(14900), Cents(14900 + change)
                ),
                ("price.night", "night", "Nuit"): Amounts(Cents(60), Cents(60)),
            },
            band_before=150,
            band_after=150 + 100 * (change > 500) - 100 * (change < -500),
        )
        for month in months
        for number, change in enumerate(changes, 1)
    ]
    left = [
        NotCompared(
            contract="C0099",
            customer="Client 99",
            mission="complex",
            month=month,
            why_before="",
            why_after="L'offre essentielle@2026-12-01 n'a pas d'option « svi ».",
            before=Cents(5900),
            after=None,
        )
        for month in months
    ]
    return Impact(
        against="essentielle@2026-01-01",
        version="essentielle@2026-12-01",
        file="rules/essentielle-2026-12-01.toml",
        currency="EUR",
        measured_again=("[count]",),
        whys={"subscription": "Le forfait correspond au nombre d'appels traités."},
        months=months,
        bills=tuple(bills),
        not_compared=tuple(left),
    )


@pytest.fixture(scope="session")
def impact_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of an impact.db."""
    path = tmp_path_factory.mktemp("impact") / "impact.db"
    write_database(path, an_impact([0, 0, 0, 600, 600, 1200, -250, -900]))
    return path


@pytest.fixture(scope="session")
def mail_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a mail.db."""
    path = tmp_path_factory.mktemp("mail") / "mail.db"
    fill_mail(path)
    return path


@pytest.fixture
async def pages(billing_db: Path, calls_db: Path, impact_db: Path, mail_db: Path) -> AsyncIterator[Any]:
    """Return the application; its `client` asks as the machine itself."""
    served = application(billing_db, calls_db, impact_db, lambda: MonthsOutdated(AGAIN), mail_db)
    await served.invoke_startup()
    yield served
    close(served)


@pytest.fixture
def stranger(pages: Any) -> httpx.AsyncClient:
    """Return a client at another address."""
    transport = httpx.ASGITransport(app=pages.app(), client=("10.0.0.5", 1234))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


DATASETTE_LEAKS = "ignore:unclosed database in <sqlite3.Connection:ResourceWarning"
"""Datasette opens databases in memory to ask SQLite's version and leaves them; Python 3.13 and newer tell."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bear with what Datasette leaves open, in the tests of this folder only."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(DATASETTE_LEAKS))


@pytest.fixture(scope="module", autouse=True)
def swept() -> Iterator[None]:
    """Collect here what Datasette leaves open, so that no test elsewhere is blamed for it."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()

"""What two offers call one id differently is told by the offer that billed; by both, where nobody knows which."""

import pytest
from permanence.store.migrations import BILLING
from permanence.store.titles import OF_AN_ID, one_title
from sqlite_utils import Database

ROWS = (
    ("2026-09", "jour@2026-01-01", "mark", "late", "Appels tardifs"),
    ("2026-10", "jour@2026-01-01", "mark", "late", "Appels du soir"),
    ("2026-10", "nuit@2026-01-01", "mark", "late", "Appels de nuit"),
    ("2026-11", "nuit@2026-01-01", "mark", "late", "Appels de nuit"),
)


@pytest.mark.parametrize(
    ("month", "offer", "told"),
    [
        ("2026-09", "jour@2026-01-01", "Appels tardifs"),
        ("2026-10", "jour@2026-01-01", "Appels du soir"),
        ("2026-10", "", "Appels de nuit / Appels du soir"),
        ("2026-10", "autre@2026-01-01", "Appels de nuit / Appels du soir"),
        ("", "jour@2026-01-01", "Appels du soir"),
        ("", "", "Appels de nuit"),
        ("2026-08", "jour@2026-01-01", ""),
    ],
)
def test_a_mark_goes_by_what_the_offer_called_it_in_the_month(month: str, offer: str, told: str) -> None:
    database = Database(memory=True)
    (table,) = (table for table in BILLING.tables if table.name == "title")
    for statement in table.statements:
        database.execute(statement)
    database.conn.executemany("INSERT INTO title (month, offer, thing, name, title) VALUES (?, ?, ?, ?, ?)", ROWS)
    asked = {"thing": "mark", "name": "late", "month": month, "offer": offer}
    found = one_title(database.execute(OF_AN_ID, asked).fetchall(), offer)
    assert sorted(found.split(" / ")) == sorted(told.split(" / "))
    database.close()

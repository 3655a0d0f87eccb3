"""Filters as staff type them: what the form takes, what the tables are asked, what the form shows again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from permanence.staff.filters import filter_title, filterable, stored, turned_query, typed
from permanence.staff.french import WORDS


@pytest.mark.parametrize(
    ("column", "text", "held"),
    [
        ("total_cents", "1 234,50 €", "123450"),
        ("total_cents", "1\u202f234,50\u00a0€", "123450"),
        ("total_cents", "300", "30000"),
        ("total_cents", "-0,05", "-5"),
        ("total_cents", "\u2212\u00a00,05\u00a0€", "-5"),
        ("total_cents", "beaucoup", "beaucoup"),
        ("unit_price_micros", "0,013 €", "13000"),
        ("rate_bp", "8,5 %", "850"),
        ("month", "octobre 2026", "2026-10"),
        ("month", "Février 2026", "2026-02"),
        ("month", "10/2026", "2026-10"),
        ("month", "2026-10", "2026-10"),
        ("month", "brumaire 2026", "brumaire 2026"),
        ("start", "01/11/2026 02:00:00", "1793494800"),
        ("start", "01/11/2026 02:00", "1793494800"),
        ("start", "2026-11-01", "1793487600"),
        ("start", "hier", "hier"),
        ("signed", "01/10/2026", "2026-10-01"),
        ("status", "Brouillon", "draft"),
        ("status", "sans réponse", "no_answer"),
        ("provisional", "oui", "1"),
        ("region", "La Réunion", "FR-974"),
        ("calls", "1 200", "1200"),
        ("calls", "150", "150"),
        ("talk_seconds", "90", "90"),
        ("customer", "Étude notariale", "Étude notariale"),
        ("", "300", "300"),
    ],
)
def test_what_staff_type_becomes_what_the_tables_hold(column: str, text: str, held: str) -> None:
    assert stored(column, text) == held


@given(st.sampled_from(["net_cents", "unit_price_micros", "calls"]), st.integers(0, 10**9))
@example("rate_bp", 2000)
@example("rate_bp", 850)
def test_a_number_shown_in_the_form_means_the_same_number(column: str, value: int) -> None:
    assert stored(column, typed(column, str(value))) == str(value)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_and_a_month_shown_in_the_form_mean_the_same_day_and_month(day: date) -> None:
    assert stored("live", typed("live", day.isoformat())) == day.isoformat()
    assert stored("month", typed("month", f"{day:%Y-%m}")) == f"{day:%Y-%m}"


@given(
    st.integers(1_577_836_800, 2_208_902_400).filter(lambda seconds: datetime.fromtimestamp(seconds, UTC).month != 10)
)
def test_an_instant_shown_in_the_form_means_the_same_instant(seconds: int) -> None:
    """The hour that comes twice, in October, is left out: no form can tell its two halves apart."""
    assert stored("start", typed("start", str(seconds))) == str(seconds)


@pytest.mark.parametrize("column", WORDS)
def test_a_word_shown_in_the_form_means_the_same_word(column: str) -> None:
    for value in WORDS[column]:
        assert stored(column, typed(column, str(value))) == str(value)


def test_each_value_of_a_form_is_turned_by_its_own_column() -> None:
    form = "_filter_column_1=net_cents&_filter_op_1=gte&_filter_value_1=5&_filter_column=calls&_filter_value=5&_sort=id"
    assert turned_query(form) == form.replace("_value_1=5", "_value_1=500")


def test_a_filter_names_the_form_in_which_it_is_typed() -> None:
    assert filter_title("total_cents", "invoice") == "Total TTC"
    assert filter_title("talk_seconds") == "Conversation (en secondes)"
    assert filter_title("start") == "Début (jj/mm/aaaa)"
    assert filter_title("calls") == "Appels"


def test_nobody_is_asked_to_type_a_digest_or_what_is_masked() -> None:
    assert filterable(["id", "offer", "calls"], "billing", "invoice") == ["id", "calls"]
    assert filterable(["id", "version"], "billing", "offer") == ["version"]
    assert filterable(["number", "caller"], "calls", "call") == ["number"]


async def test_a_form_in_euros_finds_the_invoices(pages: Any) -> None:
    form = {"_filter_column": "total_cents", "_filter_op": "gte", "_filter_value": "300 €"}
    answer = await pages.client.get("/billing/invoice", params=form, follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"].endswith("total_cents__gte=30000")
    page = (await pages.client.get(answer.headers["location"])).text
    assert 'value="300,00"' in page
    assert "4 lignes" in page

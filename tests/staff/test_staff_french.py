"""Values as the French write them."""

import pytest
from permanence.staff.french import Value, column_title, count, instant, shown


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("total_cents", 123450, "1\u202f234,50\u00a0€"),
        ("net_cents", -5, "\u2212\u00a00,05\u00a0€"),
        ("unit_price_micros", 13_000, "0,013\u00a0€"),
        ("rate_bp", 2000, "20\u00a0%"),
        ("rate_bp", 850, "8,5\u00a0%"),
        ("ran_at", 1793494800, "01/11/2026 02:00:00"),
        ("start", 1792886400, "25/10/2026 02:00:00"),
        ("start", 1792890000, "25/10/2026 02:00:00"),
        ("month", "2026-02", "février 2026"),
        ("month", "toujours", "toujours"),
        ("live", "2026-10-01", "01/10/2026"),
        ("status", "draft", "brouillon"),
        ("status", "provisional", "provisoire"),
        ("outcome", "outside", "hors plage"),
        ("outcome", "charge = bands", None),
        ("mission", "complex", "complexe"),
        ("region", "FR-974", "La Réunion"),
        ("region", "FR-75C", "Ville de Paris"),
        ("code", "bands", "forfait par tranches"),
        ("code", "option.svi", "option « svi »"),
        ("code", "price.night", "tarif « night »"),
        ("kind", "non_professional", "non-professionnel"),
        ("provisional", 1, "oui"),
        ("provisional", 0, "non"),
        ("talk_seconds", 3723, "1 h 02 min 03 s"),
        ("talk_seconds", 65, "1 min 05 s"),
        ("wait_seconds", 0, "0 s"),
        ("calls", 64943, "64\u202f943"),
        ("band", None, None),
        ("reason", "", None),
        ("amount_cents", "?", "?"),
    ],
)
def test_a_value_reads_as_the_french_write_it(column: str, value: Value, text: str | None) -> None:
    assert shown(column, value, "EUR") == text


def test_a_title_may_depend_on_the_table() -> None:
    assert column_title("id", "invoice") == "Facture"
    assert column_title("id", "novelty") == "Identifiant"
    assert column_title("outcome", "rule") == "Effet"
    assert column_title("outcome", "usage") == "Issue"
    assert column_title("novelty") == "novelty"


@pytest.mark.parametrize(("number", "text"), [(0, "0 ligne"), (1, "1 ligne"), (1200, "1\u202f200 lignes")])
def test_nought_is_singular_in_french(number: int, text: str) -> None:
    assert count(number, "ligne") == text


@pytest.mark.parametrize("seconds", [1_790_920_802_000, -(10**12), 2**62, 253_402_300_799])
def test_an_instant_that_no_calendar_has_is_shown_all_the_same(seconds: int) -> None:
    assert instant(seconds).endswith(" s depuis 1970")

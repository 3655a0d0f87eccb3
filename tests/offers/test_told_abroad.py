"""What `describe` says of offers of other countries, of minutes, and of those that include nothing, is true of them."""

import pytest

from tests.offers.telling import ESSENTIELLE, SPACES, offer_of, told

HEAD = """format = 1

[offer]
id = "abroad"
title = "Accueil"
sold_from = 2026-01-01
country = "{country}"
{zone}

[term]
trial = "0 days"
commitment = "{commitment}"
renewal_period = "open_ended"
notice = "1 month"

[coverage]
holidays = "as_weekday"

[[coverage.window]]
id = "day"
days = "mon-fri"
hours = "08:00-19:00"

{prices}

[[rule]]
id = "leave"
on = "notice"
when = "notice.in_time"
then = {{ end = "term_end" }}

[[rule]]
id = "leave-late"
on = "notice"
when = "not notice.in_time"
then = {{ end = "next_term_end" }}
"""
PER_CALL = """[price.calls]
title = "Appels"
amount = "1.25"
per = "usage.calls"

[[rule]]
id = "calls"
on = "month"
when = "contract.active"
then = { charge = "price.calls" }"""
MINUTES = """[plan.small]
title = "Petite"
price = { simple = "350.00" }
included = 125
counts = "usage.talk_seconds"
for_each = 60
beyond = { simple = "2.50" }

[[rule]]
id = "plan"
on = "month"
when = "contract.active"
then = { charge = "plan" }"""


def abroad(country: str, prices: str = PER_CALL, commitment: str = "6 months") -> tuple[str, str]:
    zone = {"US": 'timezone = "America/Denver"', "CA": 'timezone = "America/Toronto"'}.get(country, "")
    offer = offer_of(HEAD.format(country=country, zone=zone, prices=prices, commitment=commitment))
    return told(offer, "fr").translate(SPACES), told(offer, "en").translate(SPACES)


@pytest.mark.parametrize(
    ("country", "french", "english"),
    [
        ("US", "les taxes sur les ventes (sales tax) ne sont pas calculées", "sales taxes are not worked out"),
        ("CA", "de 5 % à 15 % au Canada, selon la région", "which is 5% to 15% in Canada, by the customer's region"),
        ("DE", "la TVA est de 19 % en Allemagne.", "VAT, which is 19% in Germany."),
        ("ES", "la TVA est de 21 % en Espagne.", "VAT, which is 21% in Spain."),
    ],
)
def test_the_tax_of_a_country_is_told_with_what_its_regions_have(country: str, french: str, english: str) -> None:
    in_french, in_english = abroad(country)
    assert french in in_french
    assert english in in_english


def test_what_is_not_carried_over_is_what_the_offer_includes() -> None:
    in_french, in_english = abroad("US", MINUTES)
    assert "Les minutes non utilisées sont-elles reportées ?" in in_french
    assert "each month has its own minutes" in in_english
    in_french, in_english = abroad("DE")
    assert "rien n'est compris d'avance" in in_french
    assert "nothing is included in advance" in in_english
    assert "chaque mois a ses propres appels" in told(offer_of(ESSENTIELLE), "fr")


def test_a_late_notice_after_which_no_term_follows_counts_from_its_day() -> None:
    in_french, in_english = abroad("DE")
    assert "Préavis reçu plus tard : le contrat prend fin 1 mois après la réception." in in_french
    assert "A notice received later: the contract ends 1 month after the notice is received." in in_english
    assert "premier terme pour lequel" not in in_french


def test_whose_public_holidays_count_is_told_where_any_do() -> None:
    in_french, _ = abroad("DE")
    assert "Les jours fériés sont des jours comme les autres." in in_french
    assert "ceux de la région du client" not in in_french

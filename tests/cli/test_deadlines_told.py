"""What `permanence deadlines` says of a day, in words: that it may come sooner, and what was agreed by its title."""

from datetime import date

import pytest
from permanence.cli.screens.calendar_labels import TO_CUSTOMERS
from permanence.cli.screens.deadlines import deadlines_summary, told_to_customer
from permanence.contracts.deadlines import DAYS, deadlines
from permanence.model.period import Span

from tests.bill.months import contract, offer, on_file

SIGNED = date(2026, 1, 5)
TERM = 'trial = "1 month"\ntrial_until_calls = 50'
DISCOUNT = '[[contract.discount]]\npercent = "-10"\nof = ["bands"]\nuntil = 2026-02-01\nwhy = "Bienvenue"'


def told(term: str = "", more: str = "") -> list[str]:
    book = on_file(offer(term=term), contract(more=more))
    found, waiting = deadlines(book, SIGNED, Span(6, "months"))
    return [row["what"] for row in deadlines_summary(found, waiting, {"C1": "X"}, SIGNED)["deadlines"]]


def test_a_customer_reads_each_day_of_his_contract_as_his_own() -> None:
    assert set(TO_CUSTOMERS) == set(DAYS)
    found, _ = deadlines(on_file(offer(term=TERM), contract(more=DISCOUNT)), SIGNED, Span(6, "months"))
    assert [told_to_customer(one) for one in found if one.kind in DAYS] == [
        "dernier jour de ce dont nous étions convenus : Remise de 10\u00a0% de la formule : Bienvenue",
        "dernier jour de votre période d'essai, au plus tard",
    ]


@pytest.mark.parametrize(("counted", "verb"), [("sent", "envoyer"), ("received", "que nous recevions")])
def test_a_customer_reads_whether_his_notice_is_to_be_sent_or_received_by_its_last_day(counted: str, verb: str) -> None:
    term = f'trial = "1 month"\nnotice_counted_on = "{counted}"'
    found, _ = deadlines(on_file(offer(term=term), contract()), SIGNED, Span(13, "months"))
    notices = [told_to_customer(one) for one in found if one.kind == "notice_last_day"]
    assert notices
    assert all(one.startswith(f"dernier jour pour {verb} votre préavis") for one in notices)


@pytest.mark.parametrize(
    ("term", "words"),
    [(TERM, "Dernier jour de l'essai, au plus tard"), ('trial = "1 month"', "Dernier jour de l'essai")],
)
def test_a_trial_that_may_end_by_use_ends_at_the_latest_on_its_last_day(term: str, words: str) -> None:
    assert words in told(term)


def test_what_a_discount_was_of_is_told_in_words() -> None:
    assert "Dernier jour : Remise de 10 % de la formule : Bienvenue" in [
        words.replace("\u00a0", " ") for words in told(more=DISCOUNT)
    ]

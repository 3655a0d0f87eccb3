"""Answers as people type them in `permanence new-offer`, and what a rule file then has."""

import re

import pytest
from permanence.offers.draft.typed_answers import (
    Reading,
    as_amount,
    as_amount_or_none,
    as_calls,
    as_calls_or_none,
    as_day,
    as_holidays,
    as_hours,
    as_names,
    as_renewal,
    as_span,
)


@pytest.mark.parametrize(
    ("read", "typed", "answer"),
    [
        (as_hours, "8-19", "08:00-19:00"),
        (as_hours, "8h-19h", "08:00-19:00"),
        (as_hours, "8 h - 19 h", "08:00-19:00"),
        (as_hours, "8:00-19:00", "08:00-19:00"),
        (as_hours, "8 h 30 – 12 h 15", "08:30-12:15"),
        (as_hours, "de 8h à 12h et de 14h à 18h30", "08:00-12:00, 14:00-18:30"),
        (as_hours, "8-12;14-24", "08:00-12:00, 14:00-24:00"),
        (as_hours, "Fermé", "none"),
        (as_holidays, "as Sunday", "as_sunday"),
        (as_holidays, "fermé", "closed"),
        (as_span, "1 mois", "1 month"),
        (as_span, "3mois", "3 months"),
        (as_span, "1 an", "1 year"),
        (as_span, "2 Semaines", "2 weeks"),
        (as_span, "14 jours", "14 days"),
        (as_span, "0", "0 days"),
        (as_span, "aucune", "0 days"),
        (as_renewal, "durée indéterminée", "open_ended"),
        (as_renewal, "6 mois", "6 months"),
        (as_day, "1/10/2026", "2026-10-01"),
        (as_day, "29.02.2028", "2028-02-29"),
        (as_day, "2026-10-01", "2026-10-01"),
        (as_calls, "1 500", "1500"),
        (as_calls, "1,500", "1500"),
        (as_calls, "12.000", "12000"),
        (as_calls_or_none, "non", "none"),
        (as_calls_or_none, "080", "80"),
        (as_amount, "1 249,90 €", "1249.90"),
        (as_amount, "59", "59.00"),
        (as_amount, "0,013", "0.013"),
        (as_amount, "1,249.90", "1249.90"),
        (as_amount, "1.249,90 CHF", "1249.90"),
        (as_amount, "$1,234,567.5", "1234567.50"),
        (as_amount, "1,234,567", "1234567.00"),
        (as_amount, "£25", "25.00"),
        (as_amount, "$US 1 050", "1050.00"),
        (as_amount_or_none, "none", "0.00"),
        (as_amount_or_none, "75", "75.00"),
        (as_names, "simple et complex", "simple, complex"),
        (as_names, "bilingual callback,svi", "bilingual, callback, svi"),
        (as_names, "aucun", "none"),
    ],
)
def test_an_answer_is_read_as_it_is_typed(read: Reading, typed: str, answer: str) -> None:
    assert read(typed) == answer
    assert read(answer) == answer


@pytest.mark.parametrize(
    ("read", "typed", "message"),
    [
        (as_hours, "19-8", '"19:00-08:00" ends before it begins'),
        (as_hours, "8:75-19", '"08:75-19:00" is not a stretch of hours'),
        (as_hours, "matin", '"matin" is no stretch of hours such as 08:00-19:00 or 8h-19h'),
        (as_span, "12", '"12" has no unit: write 12 months or 12 days'),
        (as_span, "un mois", '"un mois" is no length of time such as 3 months or 14 days'),
        (as_span, "101 ans", '"101 years" is longer than 100 years'),
        (as_day, "2026-02-31", "the calendar has no day 2026-02-31"),
        (as_day, "31/02/2026", "the calendar has no day 31/02/2026"),
        (as_day, "demain", '"demain" is not a day such as 2026-12-01 or 01/12/2026'),
        (as_calls, "none", '"none" is not a number of calls such as 50'),
        (as_calls_or_none, "-5", '"-5" is not a number of calls such as 50'),
        (as_amount, "-5", '"-5" is negative; an amount is such as 59.00'),
        (as_amount, "1,050", '"1,050" can be read in two ways: write 1050.00 or 1.05'),
        (as_amount, "1.050 €", '"1.050 €" can be read in two ways: write 1050.00 or 1.05'),
        (as_calls, "1,50", '"1,50" is not a number of calls such as 50'),
        (as_amount, "5 euros", '"5 euros" is not an amount such as 59.00'),
    ],
)
def test_an_answer_that_cannot_be_read_says_what_can(read: Reading, typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read(typed)

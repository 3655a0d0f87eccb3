"""An option that is wanted later than from the start: the months, the hours and what falls due from its day on."""

from collections.abc import Sequence
from datetime import date

import pytest
from attrs import evolve
from permanence.model.contract import Customer
from permanence.model.period import Month
from permanence.model.problem import Refused
from permanence.model.quote import Expected
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.option_wanted import option_since
from permanence.offers.sell.quoting import contract_of_quote, make_quote
from permanence.publish.quote_told import expectations, heading
from permanence.read.contracts.quotes import write_quote

from tests.bill.samples import make_call
from tests.installed import PLUGINS
from tests.offers.asking import LINE, as_file, billed, deciders, signed

MADE, UNTIL, LIVE, LATER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 1), date(2027, 3, 1)
BY_DAY = "Du lundi au vendredi, de 8 h à 19 h."
ALWAYS = "Accueil téléphonique 24 h/24, 7 j/7 : jours fériés compris."


def asked(options: Sequence[str], since: date = LATER) -> Asked:
    return Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=180,
        options=tuple(options),
        options_from={options[0]: since},
        made=MADE,
        valid_until=UNTIL,
        live=LIVE,
    )


def lines(month: Expected) -> list[tuple[str, int]]:
    return [(line.label, line.amount) for line in month.lines]


def test_its_months_have_its_prices_and_its_hours_and_are_those_that_are_billed() -> None:
    quote = make_quote(deciders()["sur-mesure"], asked(["round_the_clock", "sms"]), PLUGINS)
    assert (quote.coverage[0], quote.month.coverage) == (BY_DAY, ())
    assert [(month.when, month.coverage[:1]) for month in quote.later] == [
        ("à partir du quatrième mois (du 1er janvier 2027 au 28 février 2027)", ()),
        ("à compter du 1er mars 2027", (ALWAYS,)),
    ]
    assert (quote.month.lines[0].amount, quote.later[-1].lines[0].amount) == (23200, 32900)
    book = signed(quote, LIVE)
    for number, month in ((11, quote.month), (2, quote.later[0]), (3, quote.later[1])):
        in_month = Month(2026 if number > 8 else 2027, number)
        calls = [make_call(f"{in_month}-10 10:00:00", account=LINE) for _ in range(180)]
        invoice = billed(book, in_month, calls)
        assert [(line.label, line.amount) for line in invoice.lines] == lines(month)
    told = [note for title, _, note in expectations(quote) if "1er mars" in title]
    assert told[0].startswith(f"Horaires de ces mois : {ALWAYS}")


def test_what_it_costs_once_has_its_day_and_a_month_that_it_leaves_as_it_is_stands_once() -> None:
    quote = make_quote(deciders()["essentielle"], asked(["svi", "callback"]), PLUGINS)
    assert quote.later == ()
    assert [line.label for line in quote.once.lines] == [
        "Installation d'un serveur vocal interactif (SVI) (le 1er mars 2027)",
        "Installation du bouton de rappel",
    ]
    assert [title for title, *_ in expectations(quote)][-1] == "Une fois"
    assert "(à compter du 1er mars 2027)" in dict(heading(quote))["Options"]


def test_it_is_signed_from_its_day_on_and_read_back_as_it_was_quoted() -> None:
    decider = deciders()["essentielle"]
    quote = make_quote(decider, asked(["svi", "callback"]), PLUGINS)
    assert as_file(write_quote(quote)).quote == quote
    contract = contract_of_quote(quote, decider.offer, "C1", ["C1"], MADE)
    assert [(one.id, one.since) for one in contract.options] == [("svi", LATER), ("callback", None)]


def test_no_option_is_quoted_for_a_day_before_service() -> None:
    with pytest.raises(Refused) as refused:
        make_quote(deciders()["essentielle"], asked(["svi"], date(2026, 9, 30)), PLUGINS)
    assert [problem.what for problem in refused.value.problems] == [
        '"svi" cannot be had before service begins, on 2026-10-01'
    ]


def test_an_option_is_typed_with_its_day() -> None:
    assert option_since("escalation:level=2 from 2027-03-01") == ("escalation:level=2", LATER)
    assert option_since("svi") == ("svi", None)
    with pytest.raises(Refused):
        option_since("svi from soon")


def test_what_is_asked_for_on_a_day_has_the_options_of_then() -> None:
    wanted = asked(["svi", "callback"])
    assert (wanted.on(LIVE).options, wanted.on(LATER)) == (("callback",), evolve(wanted, options_from={}))

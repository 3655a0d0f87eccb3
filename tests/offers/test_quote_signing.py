"""A quote is signed exactly as it was made, or not at all: whatever was changed in it or around it is named."""

import re
from datetime import date

import pytest
from attrs import evolve
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, Customer
from permanence.model.offer import Offer
from permanence.model.problem import Problem, Refused
from permanence.offers.proved import prove_offers
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.offers.sell.signing import Signature, next_number, sign
from permanence.read.contracts.quotes import write_quote

from tests.installed import PLUGINS
from tests.offers.asking import MADE, ROOT, UNTIL, as_file, deciders, offers, quoted

QUOTE = quoted("essentielle", 180, ("bilingual", "callback"))
TEXT = write_quote(QUOTE)
LIST = TEXT.index("[[price]]")
PRICES = list(re.compile(r'^unit_price = "(.*)"$', re.MULTILINE).finditer(TEXT, LIST))


def signature(on: date = date(2026, 9, 14), number: str = "C0007", line: str = "+33199000099") -> Signature:
    return Signature(signed=on, lines=(line,), live=None, number=number)


def problems(
    text: str = TEXT,
    by: Signature | None = None,
    on_sale: list[Offer] | None = None,
    contracts: tuple[Contract, ...] = (),
) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        sign(
            as_file(text),
            by or signature(),
            deciders().values() if on_sale is None else map(Decider, on_sale),
            contracts,
            PLUGINS,
        )
    return list(refused.value.problems)


def contract() -> Contract:
    return sign(as_file(TEXT), signature(), deciders().values(), (), PLUGINS)


def test_a_quote_becomes_the_contract_of_exactly_that_version() -> None:
    found = contract()
    assert (found.offer, found.digest, found.quote) == (QUOTE.offer, offers()["essentielle"].digest, QUOTE.number)
    assert (found.mission, found.customer, found.band) == ("simple", QUOTE.customer, None)
    assert [option.id for option in found.options] == ["bilingual", "callback"]
    assert (found.id, found.lines, found.start) == ("C0007", ("+33199000099",), date(2026, 9, 14))


def test_the_same_question_has_the_same_quote_to_the_byte_and_another_question_another_number() -> None:
    assert write_quote(quoted("essentielle", 180, ("bilingual", "callback"))) == TEXT
    others = [
        quoted("essentielle", 181, ("bilingual", "callback")),
        quoted("essentielle", 180, ("bilingual",)),
        quoted("essentielle", 180, ("bilingual", "callback"), "complex"),
        quoted("essentielle", 180, ("bilingual", "callback"), customer="Garage du Port"),
        quoted("continue", 180, ("bilingual", "callback")),
    ]
    assert len({QUOTE.number, *(quote.number for quote in others)}) == 6
    assert as_file(TEXT).quote == QUOTE


@pytest.mark.parametrize("number", range(len(PRICES)))
def test_a_price_that_was_edited_is_named_at_its_place(number: int) -> None:
    edited = f"{TEXT[: PRICES[number].start(1)]}1.23{TEXT[PRICES[number].end(1) :]}"
    (problem,) = problems(edited)
    assert problem.what == f'"{QUOTE.prices[number].label}" costs {PRICES[number][1]}, not 1.23'
    assert problem.where.line == TEXT[: PRICES[number].start()].count("\n") + 1
    assert len(PRICES) == len(QUOTE.prices)


def test_of_several_edited_prices_the_first_is_named() -> None:
    (problem,) = problems(TEXT.replace('unit_price = "0.35"', 'unit_price = "0.30"').replace('"229.00"', '"228.00"'))
    assert problem.what == '"Permanence Essentielle, jusqu\'à 250 appels, mission simple" costs 229.00, not 228.00'


def test_a_price_that_is_taken_out_or_put_in_is_named() -> None:
    last = TEXT.rindex("\n[[price]]")
    (missing,) = problems(TEXT[:last])
    assert missing.what == 'the price "Astreinte de nuit" is missing'
    (added,) = problems(TEXT + '\n[[price]]\nlabel = "Remise"\nunit_price = "-9.00"\ndue = "recurring"\n')
    assert added.what == 'the price "Remise" is not among the offer\'s'
    (renamed,) = problems(TEXT.replace("Astreinte de nuit", "Astreinte"))
    assert renamed.what == 'the price "Astreinte de nuit" was edited: its "label"'


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ('name = "Garage du Parc"', 'name = "Garage du Port"', "number = "),
        ("calls = 180", "calls = 150", "number = "),
        ('options = ["bilingual", "callback"]', 'options = ["bilingual"]', "number = "),
        ("valid_until = 2026-10-01", "valid_until = 2027-10-01", "number = "),
        (f'number = "{QUOTE.number}"', 'number = "D-20260901-000000"', "number = "),
        ('total = "321.60"', 'total = "300.00"', "[month]"),
        ("Préavis : 3 mois", "Préavis : 1 mois", "terms = "),
    ],
)
def test_whatever_else_was_edited_is_noticed(before: str, after: str, line: str) -> None:
    assert before in TEXT
    (problem,) = problems(TEXT.replace(before, after))
    assert " was edited: essentielle@2023-01-01 makes D-20260901-" in problem.what
    assert problem.where.text.startswith(line)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('mission = "simple"', 'mission = "simpel"', 'essentielle@2023-01-01 has no mission "simpel"'),
        ('"bilingual", ', '"bilingal", ', 'essentielle@2023-01-01 has no option "bilingal"'),
        ('region = "FR"', 'region = "XX"', '"XX" is no region'),
    ],
)
def test_an_edit_that_no_offer_could_quote_is_told_at_its_place(before: str, after: str, what: str) -> None:
    problem = problems(TEXT.replace(before, after, 1))[0]
    assert problem.what == what
    assert after.split(",", maxsplit=1)[0] in problem.where.text


def test_a_quote_is_signed_up_to_its_last_day_and_not_before_it_was_made() -> None:
    assert sign(as_file(TEXT), signature(UNTIL), deciders().values(), (), PLUGINS).signed == UNTIL
    (late,) = problems(by=signature(date(2026, 10, 2)))
    assert late.what == f"{QUOTE.number} could be signed until 2026-10-01, not on 2026-10-02"
    assert late.where.text == "valid_until = 2026-10-01"
    (early,) = problems(by=signature(date(2026, 8, 31)))
    assert early.what == f"{QUOTE.number} was made on 2026-09-01, after 2026-08-31"


def test_a_rule_file_that_was_edited_since_is_refused() -> None:
    edited = evolve(offers()["essentielle"], digest="0" * 64)
    (problem,) = problems(on_sale=[edited])
    assert problem.what == f"{edited.file} was edited after {QUOTE.number} was made"
    assert problem.where.text.startswith("digest = ")


def test_an_offer_that_is_there_no_more_is_refused() -> None:
    (problem,) = problems(on_sale=[offers()["continue"]])
    assert problem.what == 'there is no offer "essentielle@2023-01-01"'


def test_a_quote_that_is_a_contract_already_is_refused_and_the_contract_named() -> None:
    other = evolve(contract(), id="C0003", lines=("X",))
    (again,) = problems(by=signature(number="C0008"), contracts=(other,))
    assert again.what == f"{QUOTE.number} was signed already: contract C0003, in contract C0007"
    assert again.where.text == f'number = "{QUOTE.number}"'


def test_a_number_or_a_line_that_is_another_contract_s_is_refused() -> None:
    other = evolve(contract(), quote="D-20260901-000000")
    (number,) = problems(by=signature(line="X"), contracts=(other,))
    assert number.what == 'contract "C0007" is there twice'
    (line,) = problems(by=signature(number="C0008"), contracts=(other,))
    assert line.what == '"C0008" and "C0007" both hold the line "+33199000099" from 2026-09-14'


def test_everything_that_is_wrong_is_told_at_once() -> None:
    by = Signature(signed=date(2026, 10, 2), lines=("",), live=date(2026, 10, 1), number="C 1")
    edited = evolve(offers()["essentielle"], digest="0" * 64)
    assert [str(problem.where).split(":")[0].split("/")[-1] for problem in problems(by=by, on_sale=[edited])] == [
        "quote.toml",
        "quote.toml",
        "--contract",
        "--line",
        "--live",
    ]


@pytest.mark.parametrize(
    ("ids", "following"), [([], "C0001"), (["C0009", "C12", "X7"], "C0013"), (["C99999"], "C100000")]
)
def test_the_next_number_follows_the_highest(ids: list[str], following: str) -> None:
    assert next_number([evolve(contract(), id=name) for name in ids]) == following


def test_an_offer_with_a_contracted_floor_has_its_band_from_the_quote() -> None:
    bands = offers()["essentielle"].bands
    assert bands is not None
    offer = evolve(offers()["essentielle"], bands=evolve(bands, floor="contracted"))
    for calls, band in ((180, 250), (700, 750)):
        asked = Asked(customer=QUOTE.customer, mission="simple", calls=calls, options=(), made=MADE, valid_until=UNTIL)
        quote = make_quote(Decider(offer), asked, PLUGINS)
        assert sign(as_file(write_quote(quote)), signature(), [Decider(offer)], (), PLUGINS).band == quote.band == band


def test_a_quote_of_a_plan_is_signed_with_it() -> None:
    path = ROOT / "tests" / "price_lists" / "livemsg-plans.toml"
    (decider,) = prove_offers([path], PLUGINS).deciders.values()
    asked = Asked(
        customer=Customer(name="X"),
        mission="simple",
        plan="standard",
        calls=45,
        options=(),
        made=MADE,
        valid_until=UNTIL,
    )
    quote = make_quote(decider, asked, PLUGINS)
    assert sign(as_file(write_quote(quote)), signature(), [decider], (), PLUGINS).plan == "standard"


def test_a_quote_that_was_made_before_missions_were_said_in_words_is_signed() -> None:
    untitled = "".join(line for line in TEXT.splitlines(keepends=True) if not line.startswith("mission_title"))
    assert untitled != TEXT
    assert sign(as_file(untitled), signature(), deciders().values(), (), PLUGINS).quote == QUOTE.number

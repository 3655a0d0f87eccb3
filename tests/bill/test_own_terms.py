"""What was agreed with one customer alone: discounts, prices, and of which lines they are; all by days."""

from collections.abc import Sequence
from datetime import date

import pytest
from attrs import evolve
from permanence.bill.price.agreed import as_agreed
from permanence.bill.price.models.discount import discount_price
from permanence.bill.price.month_lines import month_lines
from permanence.bill.price.own_terms import own_decisions
from permanence.bill.price.price_list import NotQuoted, Tariff, check_quoted, tariff
from permanence.bill.price.priced_month import PricedMonth
from permanence.model.chosen import Chosen
from permanence.model.invoice import ChargeLine
from permanence.model.money import cents, micros, per_cent
from permanence.model.offer import Offer
from permanence.model.own_terms import AgreedPrice, Discount
from permanence.model.period import Period, ServiceDays
from permanence.model.price import Price
from permanence.model.scalars import Words
from permanence.model.served import Served
from permanence.model.words.agreed import as_sentence

from tests.bill.samples import OCTOBER, make_contract
from tests.bill.test_shares import charging, offer, share

HALF = date(2026, 10, 17)


def parts(
    sold: Offer, discounts: Sequence[Discount], agreed: Sequence[AgreedPrice] = (), *, cut: bool = False
) -> list[PricedMonth]:
    """Return October of a contract with terms of its own, in two parts where it is cut after its sixteenth day."""
    contract = evolve(make_contract(), discounts=tuple(discounts), agreed=tuple(agreed))
    period = OCTOBER.period
    assert period.end
    periods = [Period(period.start, HALF), Period(HALF, period.end)] if cut else [period]
    found = []
    for days in periods:
        served = Served(contract, sold, days, ServiceDays.of(period))
        listed = as_agreed(sold, served.agreed) if served.agreed else None
        facts = {"usage.calls": 60}
        found.append(PricedMonth(served=served, month=OCTOBER, billed=days, facts=facts, agreed=listed))
    return found


def lines(months: Sequence[PricedMonth], *codes: str) -> tuple[ChargeLine, ...]:
    return month_lines([(one, (*charging(*codes), *own_decisions(one.served))) for one in months])


def told(found: Sequence[ChargeLine]) -> list[str]:
    return [f"{line.code} {line.amount / 100:.2f}" for line in found]


def ten(*of: str, until: date | None = None) -> Discount:
    return Discount(percent=per_cent("-10"), of=of, why="Bienvenue.", until=until)


def test_ten_per_cent_off_the_bands_make_134_10_of_149() -> None:
    assert told(lines(parts(offer({}), [ten("bands")]), "bands")) == ["bands 149.00", "discount.1 -14.90"]


def test_a_discount_of_all_is_of_the_per_cents_of_the_offer_too() -> None:
    sold = offer({"bilingual": share("25", "bands")})
    found = told(lines(parts(sold, [ten()]), "bands", "price.bilingual"))
    assert found == ["bands 149.00", "price.bilingual 37.25", "discount.1 -18.63"]


def test_a_discount_of_the_bands_is_of_nothing_else() -> None:
    sold = offer({"bilingual": share("25", "bands")})
    assert told(lines(parts(sold, [ten("bands")]), "bands", "price.bilingual"))[-1] == "discount.1 -14.90"


def test_a_discount_for_some_days_is_of_what_these_days_cost_per_cents_and_whole_fees_by_days_included() -> None:
    fee = Price(title=Words("Dossier"), amount=micros("31.00"), prorate=False)
    sold = offer({"bilingual": share("25", "bands"), "fee": fee})
    months = parts(sold, [ten(until=HALF)], cut=True)
    found = told(lines(months, "bands", "price.bilingual", "price.fee"))
    # Sixteen days of 31: 76.90 of the bands, 19.23 of the per cent, 16.00 of the fee.
    assert found == ["bands 149.00", "price.fee 31.00", "price.bilingual 37.25", "discount.1 -11.21"]


@pytest.mark.parametrize(("percents", "second"), [("same_base", "-14.90"), ("one_after_other", "-13.41")])
def test_two_discounts_are_of_the_same_base_or_one_after_the_other(percents: str, second: str) -> None:
    found = told(lines(parts(offer({}, percents=percents), [ten("bands"), ten("bands")]), "bands"))
    assert found == ["bands 149.00", "discount.1 -14.90", f"discount.2 {second}"]


def test_an_amount_takes_off_no_more_than_there_is() -> None:
    off = Discount(amount=cents("-200.00"), of=("bands",), why="Geste commercial.")
    [_, line] = lines(parts(offer({}), [off]), "bands")
    assert (line.amount, line.unit_price) == (-14900, micros("-149.00"))
    assert "dans la limite de 149,00" in line.sentence
    check_quoted([line], [Tariff((discount_price(offer({}), off, 1),))])


def test_the_rule_of_a_discount_is_the_contracts_own() -> None:
    [_, line] = lines(parts(offer({}), [ten("bands")]), "bands")
    rule = line.decision.rule
    assert (rule.id, rule.why, rule.place) == ("C1-discount-1", "Bienvenue.", make_contract().place)
    assert line.label == "Remise convenue : Bienvenue"


def test_a_discount_that_the_contract_does_not_have_is_no_price_of_its_invoice() -> None:
    [_, line] = lines(parts(offer({}), [ten("bands")]), "bands")
    sold = tariff(offer({}), Chosen("simple"))
    with pytest.raises(NotQuoted):
        check_quoted([line], [sold])
    check_quoted([line], [Tariff((*sold.prices, discount_price(offer({}), ten("bands"), 1)))])
    five = evolve(ten("bands"), percent=per_cent("-5"))
    with pytest.raises(NotQuoted):
        check_quoted([line], [Tariff((discount_price(offer({}), five, 1),))])


def test_an_agreed_price_says_what_the_offer_asks() -> None:
    agreed = AgreedPrice(charge="bands", amount=micros("120.00"), up_to=150, why="Prix convenu.")
    [line] = lines(parts(offer({}), [], [agreed]), "bands")
    assert line.amount == 12000
    assert "au lieu de 149,00" in line.sentence


def test_another_band_than_the_one_agreed_costs_what_the_offer_asks() -> None:
    agreed = AgreedPrice(charge="bands", amount=micros("12.00"), up_to=50, why="Prix convenu.")
    [line] = lines(parts(offer({}), [], [agreed]), "bands")
    assert line.amount == 14900
    assert "convenu" not in line.sentence


@pytest.mark.parametrize(
    ("why", "sentence"),
    [("Bienvenue", "Bienvenue."), (" Geste commercial. ", "Geste commercial."), ("Promis !", "Promis !"), ("", "")],
)
def test_why_a_discount_was_agreed_is_a_sentence_that_others_can_follow(why: str, sentence: str) -> None:
    assert as_sentence(why) == sentence

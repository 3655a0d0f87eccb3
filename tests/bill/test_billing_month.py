"""A month of calls becomes the right amounts: bands, partial months, trials, floors, VAT."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from permanence.bill.month import bill_month
from permanence.model.clock import month_bounds
from permanence.model.period import Month
from permanence.model.problem import Refused
from permanence.on_file import calls_between

from tests.bill.months import (
    NOVEMBER,
    OCTOBER,
    PACKAGE,
    SEPTEMBER,
    bill,
    calls,
    charged,
    contract,
    offer,
    on_file,
    only_invoice,
    rule,
    taken,
)
from tests.bill.samples import at

BASIC = on_file(offer(), contract())
FIRST_DAY_THE_TENTH = contract(signed="2026-10-10")


def test_a_month_without_calls_is_billed_at_the_lowest_band() -> None:
    invoice = only_invoice(bill(BASIC))
    assert (invoice.number, invoice.net, invoice.calls, invoice.band) == ("2026-10-C1", 5900, 0, 50)
    assert invoice.lines[0].sentence == (
        "Aucun appel traité en octobre 2026 : forfait jusqu'à 50 appels, mission simple. "
        "Le forfait correspond au nombre d'appels traités dans le mois."
    )


@pytest.mark.parametrize(
    ("count", "band", "net"),
    [(1, 50, 5900), (50, 50, 5900), (51, 150, 14900), (150, 150, 14900), (151, 250, 22900), (251, 350, 29400)],
)
def test_one_call_too_many_moves_the_whole_month_up_a_band(count: int, band: int, net: int) -> None:
    run = bill(BASIC, calls(count))
    assert charged(run) == [("bands", net)]
    assert only_invoice(run).band == band


def test_a_complex_mission_has_its_own_prices() -> None:
    assert charged(bill(on_file(offer(), contract(more='mission = "complex"')), calls(351))) == [("bands", 46700)]


def test_calls_not_used_in_one_month_are_not_carried_over_to_the_next() -> None:
    assert charged(bill(BASIC, calls(0), SEPTEMBER)) == [("bands", 5900)]
    assert charged(bill(BASIC, calls(51))) == [("bands", 14900)]
    assert charged(bill(BASIC, calls(50, "2026-11-02 10:00:00"), NOVEMBER)) == [("bands", 5900)]


def test_a_call_that_goes_on_past_closing_time_or_midnight_counts_where_it_began() -> None:
    book = on_file(offer(), contract())
    begun_in_time = calls(1, "2026-10-05 18:59:59", talk=6 * 3600)
    too_late, too_early = calls(1, "2026-10-05 19:00:00"), calls(1, "2026-10-05 07:59:59", talk=600)
    assert bill(book, begun_in_time + too_late + too_early).outcomes.by_outcome == (1, 2, 0, 0, 0)


def test_a_call_over_the_month_s_end_belongs_to_the_month_in_which_it_began(tmp_path: Path) -> None:
    book = on_file(offer('[option.round_the_clock]\nprice = "120.00"'), contract(more=taken("round_the_clock")))
    starts = [at("2026-10-31 23:59:59"), at("2026-11-01 00:00:00"), at("2026-10-01 00:00:00")]
    table = {
        "call_id": ["1", "2", "3"],
        "account": ["C1"] * 3,
        "start": starts,
        "wait_seconds": [3] * 3,
        "talk_seconds": [900] * 3,
        "status": ["answered"] * 3,
    }
    pq.write_table(pa.table(table), tmp_path / "calls.parquet")
    counted = []
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        batch = calls_between(str(tmp_path / "*.parquet"), *month_bounds(month, book.zone))
        counted.append(only_invoice(bill_month(book, month, batch)).calls)
    assert counted == [0, 2, 1]


@pytest.mark.parametrize(
    ("partial", "net", "band"),
    [("prorate_price", 4187, 50), ("full", 5900, 50), ("prorate_price_and_bands", 10574, 150)],
)
def test_a_first_month_of_22_days_follows_the_offer_s_convention(partial: str, net: int, band: int) -> None:
    run = bill(on_file(offer(billing=f'partial = "{partial}"'), FIRST_DAY_THE_TENTH), calls(40, "2026-10-12 10:00:00"))
    assert charged(run) == [("bands", net)]
    assert only_invoice(run).band == band
    assert only_invoice(run).served.days == 22


def test_a_price_by_days_says_so_and_calls_before_the_first_day_are_nobody_s() -> None:
    run = bill(on_file(offer(), FIRST_DAY_THE_TENTH), calls(3, "2026-10-09 10:00:00"))
    line = only_invoice(run).lines[0]
    assert (line.days, line.of_days) == (22, 31)
    assert line.sentence.endswith(" Au prorata : 22 jours sur 31, du 10 au 31 octobre 2026.")
    assert run.outcomes.by_outcome == (0, 0, 0, 3, 0)


def test_a_contract_is_not_billed_before_its_first_day_of_service_nor_after_its_last() -> None:
    leave = rule("leave", "notice", "notice.received", 'end = "notice_end"')
    book = on_file(offer(leave, term='notice = "1 month"'), contract(more="notice = 2026-09-16"))
    assert bill(book, month=Month(2025, 12)).invoices == ()
    assert charged(bill(book)) == [("bands", 2855)]
    assert bill(book, month=NOVEMBER).invoices == ()


def test_a_contract_whose_notice_no_rule_answers_waits() -> None:
    leave = rule("leave", "notice", "contract.in_trial", 'end = "trial_end"')
    run = bill(on_file(offer(leave), contract(more="notice = 2026-05-31")))
    assert [hold.reason for hold in run.holds] == [
        "Préavis du 31 mai 2026 : aucune règle de l'offre ne dit quand il met fin au contrat."
    ]


def test_a_trial_is_billed_unless_the_offer_gives_it() -> None:
    in_trial = contract(signed="2026-09-15")
    assert charged(bill(on_file(offer(), in_trial))) == [("bands", 5900)]
    free = on_file(offer(term="trial_billed = false"), in_trial)
    assert charged(bill(free, month=SEPTEMBER)) == []
    assert charged(bill(free)) == [("bands", 3235)]
    assert charged(bill(free, month=NOVEMBER)) == [("bands", 5900)]


def test_a_contracted_band_is_the_least_that_is_billed() -> None:
    book = on_file(offer(floor='floor = "contracted"'), contract(more="band = 150"))
    assert charged(bill(book, calls(3))) == [("bands", 14900)]
    assert charged(bill(book, calls(151))) == [("bands", 22900)]


@pytest.mark.parametrize(("count", "lines"), [(20, [2400]), (21, [2400, 105]), (63, [2400, 4515])])
def test_a_package_includes_calls_and_charges_each_further_one(count: int, lines: list[int]) -> None:
    book = on_file(PACKAGE, contract(version="a-la-carte@2026-01-01"))
    invoice = only_invoice(bill(book, calls(count)))
    assert [line.amount for line in invoice.lines] == lines
    assert invoice.band is None


def test_each_call_past_the_package_is_explained() -> None:
    book = on_file(PACKAGE, contract(version="a-la-carte@2026-01-01"))
    line = only_invoice(bill(book, calls(63))).lines[1]
    assert line.sentence == (
        "Appels au-delà du forfait : 63, dont 20 compris, à 1,05\u00a0€ l'unité. Vingt appels sont compris."
    )
    assert line.decision.facts == (("contract.active", 1), ("mission", "simple"), ("usage.calls", 63))


@pytest.mark.parametrize("signed", ["2026-10-01", "2026-10-10"])
def test_a_set_up_fee_is_charged_whole_and_only_in_the_first_month(signed: str) -> None:
    book = on_file(offer(term='setup_fee = "25.00"'), contract(signed=signed))
    fee = only_invoice(bill(book)).lines[-1]
    assert (fee.code, fee.amount, fee.label) == ("setup_fee", 2500, "Frais de mise en service")
    where = fee.decision.rule.place
    assert (fee.decision.rule.id, where.text) == ("setup-fee", 'setup_fee = "25.00"')
    assert next(iter(book.offers.values())).text.splitlines()[where.line - 1] == where.text
    assert fee.decision.facts == (("contract.first_month", 1),)
    assert "setup_fee" not in dict(charged(bill(book, month=NOVEMBER)))


def test_a_set_up_fee_is_due_even_when_the_first_month_is_a_free_trial() -> None:
    book = on_file(offer(term='setup_fee = "25.00"\ntrial_billed = false'), contract(signed="2026-10-01"))
    assert charged(bill(book)) == [("setup_fee", 2500)]


@pytest.mark.parametrize(
    ("region", "rate", "vat"),
    [("FR", 2000, 1180), ("FR-57", 2000, 1180), ("FR-974", 850, 502), ("FR-971", 850, 502), ("FR-973", 0, 0)],
)
def test_vat_follows_the_customer_s_region(region: str, rate: int, vat: int) -> None:
    invoice = only_invoice(bill(on_file(offer(), contract(region=region))))
    assert [(line.rate, line.base, line.amount) for line in invoice.vat] == [(rate, 5900, vat)]
    assert invoice.total == 5900 + vat


def test_an_offer_may_bear_a_reduced_rate_of_vat() -> None:
    reduced = offer().replace("sold_from = 2026-01-01", 'sold_from = 2026-01-01\nvat = "10"')
    invoice = only_invoice(bill(on_file(reduced, contract())))
    assert [(line.rate, line.base, line.amount) for line in invoice.vat] == [(1000, 5900, 590)]


def test_a_month_whose_rules_charge_no_band_names_none() -> None:
    text = offer().replace('"contract.active"', '"contract.active and not contract.in_trial"')
    book = on_file(text, contract(signed="2026-09-15"))
    invoice = only_invoice(bill(book, month=SEPTEMBER))
    assert (invoice.lines, invoice.band, invoice.net) == ((), None, 0)
    assert only_invoice(bill(book, month=NOVEMBER)).band == 50


def test_a_month_that_has_not_ended_is_marked_provisional() -> None:
    assert only_invoice(bill(BASIC, provisional=True)).status == "provisional"
    assert only_invoice(bill(BASIC)).status == "draft"


def test_the_served_days_of_an_old_contract_are_the_whole_month() -> None:
    served = only_invoice(bill(BASIC)).served
    assert (served.start, served.end) == (date(2026, 10, 1), date(2026, 11, 1))


def test_offers_of_different_zones_are_billed_apart() -> None:
    other = offer().replace('id = "essentielle"', 'id = "outremer"\ntimezone = "Indian/Reunion"')
    book = on_file([offer(), other], contract())
    with pytest.raises(Refused) as refused:
        assert book.zone
    assert str(refused.value) == (
        "rules: the offers have different time zones: Europe/Paris, Indian/Reunion; "
        "keep them in separate folders, and bill each by itself"
    )

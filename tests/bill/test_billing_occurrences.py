"""What occurs to a contract and has a price: charged once, with its day and its reason; fees of a contract's end."""

from pathlib import Path

import pytest
from permanence.contracts.contradictions import history_problems
from permanence.model.period import Month
from permanence.offers.check.files import check_files

from tests.bill.months import MARCH, bill, charged, contract, event, offer, on_file, only_invoice, rule
from tests.installed import PLUGINS

LATE = """
[occurrence.late_payment]
title = { fr = "Paiement en retard", en = "Late payment" }
when = { fr = "si un paiement arrive en retard", en = "if a payment is late" }

[price.late]
title = { fr = "Frais de retard", en = "Late fee" }
amount = "10.00"
per = "occurrence.late_payment"
""" + rule("late", "month", "occurrence.late_payment > 0", 'charge = "price.late"')
ENDED = """
[price.cancelled]
title = "Frais de résiliation"
amount = "100.00"
prorate = false
""" + rule("cancelled", "month", "WHEN", 'charge = "price.cancelled"')
LEAVE = rule("leave", "notice", "notice.received", 'end = "notice_end"')
BANDS = ("bands", 5900)


def late(on: str, more: str = "", name: str = "C1") -> str:
    return event(on, "occurred", f'occurrence = "late_payment"\n{more}', name)


def test_what_occurred_is_charged_once_on_the_invoice_of_its_month() -> None:
    book = on_file(offer(LATE), [contract(), late("2026-03-10"), late("2026-03-12", "quantity = 2")])
    assert charged(bill(book, (), MARCH)) == [BANDS, ("price.late", 3000)]
    assert charged(bill(book, (), MARCH.next)) == [BANDS]
    assert charged(bill(book, (), Month(2026, 2))) == [BANDS]


def test_its_line_names_the_days_and_the_reasons() -> None:
    happened = late("2026-03-10", 'why = "Facture de février payée le 10."') + late("2026-03-31", "quantity = 2")
    invoice = only_invoice(bill(on_file(offer(LATE), [contract(), happened]), (), MARCH))
    assert invoice.lines[-1].sentence.endswith(
        "Le 10 mars 2026 : Facture de février payée le 10. Le 31 mars 2026, 2 fois."
    )
    assert ("occurrence.late_payment", 3) in invoice.lines[-1].decision.facts


def test_two_contracts_with_as_much_have_lines_with_their_own_days() -> None:
    book = on_file(offer(LATE), [contract(), contract("C2"), late("2026-03-10"), late("2026-03-20", name="C2")])
    told = [invoice.lines[-1].sentence for invoice in bill(book, (), MARCH).invoices]
    assert [one[-16:] for one in told] == [" Le 10 mars 2026.", " Le 20 mars 2026."] or told[0] != told[1]
    assert "10 mars" in told[0]
    assert "20 mars" in told[1]


def test_it_is_of_the_part_of_the_month_that_its_day_lies_in_and_charged_once() -> None:
    moved = event("2026-03-16", "mission_changed", 'mission = "complex"')
    book = on_file(offer(LATE), [contract(), moved, late("2026-03-10"), late("2026-03-20")])
    assert charged(bill(book, (), MARCH))[-1] == ("price.late", 2000)


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (event("2026-03-10", "occurred", 'occurrence = "hail"'), "the offer has no price for it"),
        (late("2026-03-10") + late("2026-03-10"), "another event changes the same thing"),
        (
            event("2026-02-20", "suspended") + late("2026-03-10") + event("2026-04-05", "resumed"),
            "no day of its month is in service",
        ),
    ],
)
def test_what_no_bill_could_charge_keeps_the_contract_waiting_and_is_told(happened: str, told: str) -> None:
    book = on_file(offer(LATE), [contract(), happened])
    (problem,) = history_problems(book, book.contracts[0])
    assert told in str(problem)
    assert not bill(book, (), MARCH).invoices


def test_two_of_one_day_with_reasons_of_their_own_are_two() -> None:
    book = on_file(offer(LATE), [contract(), late("2026-03-10", 'why = "Une."'), late("2026-03-10", 'why = "Deux."')])
    assert charged(bill(book, (), MARCH))[-1] == ("price.late", 2000)


def test_what_occurs_after_the_last_day_is_charged_where_its_month_is_billed() -> None:
    left = event("2026-02-10", "notice_received") + late("2026-03-25")
    book = on_file(
        offer(
            LATE + LEAVE,
            term='trial = "0 days"\ncommitment = "0 days"\nrenewal_period = "open_ended"\nnotice = "1 month"',
        ),
        [contract(), left],
    )
    assert charged(bill(book, (), MARCH))[-1] == ("price.late", 1000)


@pytest.mark.parametrize(
    ("when", "notice", "month", "is_due"),
    [
        ("contract.last_month", "2026-02-10", MARCH, True),
        ("contract.last_month", "2026-02-10", Month(2026, 2), False),
        ("contract.last_month", "2026-03-10", MARCH, False),
        ("contract.ended_early", "2026-02-10", MARCH, True),
        ("contract.ended_early", "2027-02-10", Month(2027, 3), False),
        ('contract.ended_by == "notice_end"', "2026-02-10", MARCH, True),
        ('contract.ended_by == "term_end"', "2026-02-10", MARCH, False),
    ],
)
def test_a_fee_follows_how_the_contract_ends(when: str, notice: str, month: Month, is_due: bool) -> None:
    term = 'trial = "0 days"\ncommitment = "12 months"\nrenewal_period = "12 months"\nnotice = "1 month"'
    sold = offer(ENDED.replace("WHEN", when) + LEAVE, term=term)
    book = on_file(sold, [contract(), event(notice, "notice_received")])
    assert (("price.cancelled", 10000) in charged(bill(book, (), month))) == is_due


def test_what_no_price_counts_is_told(tmp_path: Path) -> None:
    (tmp_path / "essentielle.toml").write_text(offer(LATE.replace('per = "occurrence.late_payment"', "")), "utf-8")
    text = offer('\n[occurrence.hail]\ntitle = "Grêle"\n')
    (tmp_path / "essentielle.toml").write_text(text, "utf-8")
    found = check_files([tmp_path / "essentielle.toml"], tmp_path, tmp_path, PLUGINS)
    assert any("no price, option or rule counts occurrence.hail" in str(problem) for problem in found.problems)

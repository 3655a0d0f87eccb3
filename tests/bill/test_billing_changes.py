"""A later version of an offer under a running contract: nothing moves before the day that its terms allow."""

from datetime import date, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.contracts.history import history_of
from permanence.model.event import Event
from permanence.model.invoice import Invoice
from permanence.model.period import Month, Span

from tests.bill.months import bill, calls, contract, offer, on_file, only_invoice

TERM = 'trial = "1 month"\ncommitment = "12 months"\nrenewal_period = "6 months"\nnotice = "3 months"'
OLD = offer(term=TERM)
NEW = OLD.replace("sold_from = 2026-01-01", "sold_from = 2026-03-01").replace('"59.00"', '"61.00"')
BOOK = on_file([OLD, NEW], contract(signed="2026-01-05"))
(SIGNED,) = BOOK.contracts
ANNOUNCED = st.dates(date(2026, 1, 5), date(2028, 12, 31))
FIRST_RENEWAL = date(2027, 2, 5)
NOTICE = Span(3, "months")


def announced(day: date) -> Book:
    """Return the book in which the new price was announced to the customer on a day."""
    event = Event(contract="C1", on=day, what="offer_changed", offer="essentielle@2026-03-01")
    return evolve(BOOK, contracts=(evolve(SIGNED, events=(event,)),))


def invoice(book: Book, month: Month) -> Invoice:
    return only_invoice(bill(book, month=month))


def prices(book: Book, month: Month) -> list[tuple[int, int]]:
    """Return the unit price of each line of a month, in cents, and its days."""
    return [(line.unit_price // 10_000, line.days) for line in invoice(book, month).lines]


def first_day_of_the_new_price(book: Book) -> date:
    stretches = history_of(book, book.contracts[0]).folded.stretches
    return stretches[-1].period.start


@given(ANNOUNCED)
def test_a_new_price_holds_from_the_first_renewal_that_it_was_announced_in_time_to_refuse(day: date) -> None:
    found = first_day_of_the_new_price(announced(day))
    renewals = [Span(6, "months").after(FIRST_RENEWAL, number) for number in range(8)]
    # The notice of three months is the longer: after its last day the customer could no longer leave (A27, A14).
    assert found == min(renewal for renewal in renewals if day <= NOTICE.after(renewal, -1))


@given(ANNOUNCED)
def test_a_later_version_never_touches_a_bill_before_the_day_that_the_terms_allow(day: date) -> None:
    book = announced(day)
    since = first_day_of_the_new_price(book)
    before, changes = Month.of(since.replace(day=1) - timedelta(days=1)), Month.of(since)
    after = changes.next
    assert invoice(book, before).lines == invoice(BOOK, before).lines
    assert prices(book, changes) == [(5900, 4), (6100, changes.days - 4)]
    assert prices(book, after) == [(6100, after.days)]


def test_a_new_version_on_sale_is_nothing_to_a_contract_that_has_not_been_told() -> None:
    alone = evolve(BOOK, deciders={SIGNED.offer: BOOK.deciders[SIGNED.offer]})
    for month in (Month(2026, 10), Month(2027, 2), Month(2027, 3), Month(2028, 8)):
        assert invoice(BOOK, month).lines == invoice(alone, month).lines


def test_a_month_in_two_parts_is_billed_in_the_band_that_all_its_calls_reach() -> None:
    book = announced(date(2026, 11, 5))
    came_in = [*calls(30, "2027-02-02 10:00:00"), *calls(30, "2027-02-09 10:00:00")]
    found = only_invoice(bill(book, came_in, Month(2027, 2)))
    assert [(line.label.split(", ")[1], line.days) for line in found.lines] == [
        ("jusqu'à 150 appels", 4),
        ("jusqu'à 150 appels", 24),
    ]
    assert [one.version for one in found.offers] == ["essentielle@2026-01-01", "essentielle@2026-03-01"]

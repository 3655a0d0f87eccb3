"""Work that is no call on the bill: counted by name, held with its contract, or nobody's; what calls carry besides."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pytest
from permanence import Calls, Flags, Option, Words, frozen, hookimpl
from permanence.bill.basis import basis_of
from permanence.bill.month import bill_month, measure_month
from permanence.bill.work_compared import with_work_of, work_compared
from permanence.contracts.book import Book
from permanence.model.basis import Outdated
from permanence.model.carried import details_text
from permanence.model.facts import FactField
from permanence.model.invoice import MonthRun
from permanence.model.problem import Refused
from permanence.model.records import CallBatch
from permanence.model.words.outdated import why_outdated
from permanence.model.work import Work, WorkDone
from permanence.plugin_manager import Plugins

from tests.bill.months import (
    MONDAY,
    OCTOBER,
    charged,
    contract,
    event,
    offer,
    on_file,
    only_invoice,
    rule,
    taken,
)
from tests.bill.oracle import Call
from tests.bill.samples import make_call, records

LETTERS = """
[work.letters]
title = { fr = "Lettres", en = "Letters" }

[price.letter]
title = { fr = "Lettre", en = "Letter" }
amount = "2.50"
per = "work.letters"
included = 2
""" + rule("letters", "month", "work.letters > 0", 'charge = "price.letter"')
PAGES = """
[number.pages]
title = { fr = "Pages de fax", en = "Fax pages" }

[word.agent]
title = { fr = "Agent", en = "Agent" }

[price.page]
title = { fr = "Page de fax", en = "Fax page" }
amount = "0.20"
per = "usage.number.pages"
""" + rule("pages", "month", "usage.number.pages > 0", 'charge = "price.page"')


def done(quantity: int, day: str = "2026-10-05", name: str = "C1", what: str = "letters") -> Work:
    return Work(contract=name, day=date.fromisoformat(day), what=what, quantity=quantity)


def billed(book: Book, *work: Work, came_in: Iterable[Call] = ()) -> MonthRun:
    return bill_month(book, OCTOBER, CallBatch(records=records(list(came_in)), work=work))


def test_work_is_priced_by_its_name_past_what_is_included() -> None:
    run = billed(on_file(offer(LETTERS), contract()), done(5), done(7, "2026-10-31"))
    assert charged(run) == [("bands", 5900), ("price.letter", 2500)]
    line = only_invoice(run).lines[-1]
    assert line.decision.rule.id == "letters"
    assert ("work.letters", 12) in line.decision.facts
    assert (line.quantity, line.unit) == (10, "unité")
    assert run.work.counted == (WorkDone(contract="C1", what="letters", quantity=12, records=2),)
    assert run.work.unpriced == ()


def test_work_taken_back_is_charged_no_more() -> None:
    run = billed(on_file(offer(LETTERS), contract()), done(5), done(-2))
    assert charged(run)[-1] == ("price.letter", 250)


def test_a_contract_of_which_more_is_taken_back_than_was_done_waits_alone() -> None:
    run = billed(on_file(offer(LETTERS), [contract(), contract("C2")]), done(1), done(-2), done(3, name="C2"))
    assert [hold.contract.id for hold in run.holds] == ["C1"]
    assert "work.letters = -1" in run.holds[0].reason
    assert [(one.contract, one.quantity) for one in run.work.held] == [("C1", -1)]
    assert [(one.contract, one.quantity) for one in run.work.counted] == [("C2", 3)]


@pytest.mark.parametrize(
    "work",
    [
        done(4, name="C9"),
        done(4, "2026-10-11"),
        done(4, "2026-10-22"),
    ],
    ids=["of no contract", "before its service", "after its service"],
)
def test_work_that_is_nobodys_is_told(work: Work) -> None:
    signed = contract("C1", "notice = 2026-10-15", signed="2026-10-12")
    leaves = rule("leave", "notice", "notice.received", 'end = "notice_day"')
    book = on_file(offer(LETTERS + leaves), signed)
    run = billed(book, work, done(3, "2026-10-13"))
    assert [(one.contract, one.quantity) for one in run.work.unassigned] == [(work.contract, 4)]
    assert [(one.contract, one.quantity) for one in run.work.counted] == [("C1", 3)]


def test_the_work_of_a_contract_on_hold_waits_with_it() -> None:
    run = billed(on_file(offer(LETTERS), [contract(), contract("C2", live="")]), done(4, name="C2"), done(3))
    assert [hold.contract.id for hold in run.holds] == ["C2"]
    assert [(one.contract, one.quantity) for one in run.work.held] == [("C2", 4)]
    assert run.work.unassigned == ()


def test_work_that_nothing_of_the_offer_counts_is_told() -> None:
    run = billed(on_file(offer(LETTERS), contract()), done(4), done(12, what="leters"))
    assert run.work.unpriced == (WorkDone(contract="C1", what="leters", quantity=12, records=1),)
    assert charged(run)[-1] == ("price.letter", 500)


def test_work_of_a_month_in_parts_is_priced_once() -> None:
    changed = event("2026-10-12", "mission_changed", 'mission = "complex"')
    run = billed(
        on_file(offer(LETTERS), contract() + changed),
        done(1),
        done(5, "2026-10-12"),
        done(1, "2026-10-31", what="faxes"),
    )
    assert charged(run)[-1] == ("price.letter", 1000)
    assert [(one.what, one.quantity) for one in run.work.counted] == [("faxes", 1), ("letters", 6)]


def test_a_misspelt_name_in_an_offer_is_told_with_the_right_one() -> None:
    with pytest.raises(Refused, match=r'nothing is counted as "work.leters"; did you mean "work.letters"'):
        on_file(offer(LETTERS.replace('"work.letters"', '"work.leters"')), contract())
    with pytest.raises(Refused, match=r'unknown fact "work.leters"'):
        on_file(offer(LETTERS.replace("work.letters > 0", "work.leters > 0")), contract())


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ([done(5)], ""),
        ([done(5), done(1)], "1 travail de plus (C1)"),
        ([done(5), done(1), done(2, name="C9")], "2 travaux de plus (C1 : 1, C9 : 1)"),
        ([], "1 travail de moins (C1)"),
        ([done(6)], "d'autres travaux (C1)"),
    ],
)
def test_a_month_is_to_be_done_again_when_its_work_is_other(later: Sequence[Work], why: str) -> None:
    book = on_file(offer(LETTERS), contract())
    basis = with_work_of(basis_of(book, billed(book, done(5))), [done(5)], "calls.db")
    outdated = work_compared(Outdated(month=OCTOBER), basis, later)
    assert (why_outdated(outdated), bool(outdated), outdated.concerns("C1")) == (why, bool(why), bool(why))


@frozen(kw_only=True)
class Typing(Option):
    """Letters typed, each at the option's price."""

    id = "typing"
    label = Words("Dactylographie", "Typing")
    counts = "work.letters"


@frozen(kw_only=True)
class FaxPages(Option):
    """Pages of the faxes that the calls of one agent carry, each at the option's price."""

    id = "fax"
    label = Words("Pages de fax", "Fax pages")
    facts = (FactField("usage.fax_with_pages", "number", "Fax de plusieurs pages", "appels"),)
    counts = "usage.fax_with_pages"

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.fax_with_pages": (calls.amounts("pages") > 1) & calls.words_of("agent").is_in(["a7"])}


class OptionsOfWork:
    """A plugin that brings both."""

    @hookimpl
    def register_options(self) -> list[type[Option]]:
        return [Typing, FaxPages]


PLUGIN = Plugins.of(OptionsOfWork())
TYPING = '[option.typing]\nprice = "3.00"\nkind = "usage"\n'
FAX = '[option.fax]\nprice = "0.50"\nkind = "usage"\n'


def test_an_option_is_charged_by_work_with_the_fact_behind_it() -> None:
    texts = offer('[work.letters]\ntitle = "Lettres"\n' + TYPING)
    run = billed(on_file(texts, contract("C1", taken("typing")), PLUGIN), done(4))
    assert charged(run)[-1] == ("option.typing", 1200)
    assert ("work.letters", 4) in only_invoice(run).lines[-1].decision.facts
    assert run.work.unpriced == ()


def test_an_option_that_counts_work_needs_its_title_in_the_offer() -> None:
    with pytest.raises(Refused, match=r'the option "typing" counts "work.letters", which the offer does not name'):
        on_file(offer(TYPING), contract(), PLUGIN)


def faxes(*carried: Mapping[str, int | str]) -> CallBatch:
    """Return answered calls of C1, each with what it carries."""
    came_in = [make_call(MONDAY, row=row, details=details_text(one)) for row, one in enumerate(carried)]
    return CallBatch(records=records(came_in))


CARRIED: Sequence[Mapping[str, int | str]] = (
    {"pages": 3, "agent": "a7"},
    {"pages": 1, "agent": "a7"},
    {"pages": 9, "agent": "b2"},
    {},
)


def test_what_calls_carry_comes_as_columns() -> None:
    found = faxes(*CARRIED).records.each
    assert found.amounts("pages").tolist() == [3, 1, 9, 0]
    assert found.amounts("pages").dtype == np.int64
    assert found.amounts("agent").tolist() == [0, 0, 0, 0]
    assert [found.words_of("agent")[row] for row in range(4)] == ["a7", "a7", "b2", ""]
    assert [found.words_of("pages")[row] for row in range(4)] == ["", "", "", ""]
    some = found.chosen(np.array([2, 0]))
    assert some.amounts("pages").tolist() == [9, 3]


def test_an_option_measures_what_calls_carry() -> None:
    book = on_file(offer(FAX), contract("C1", taken("fax")), PLUGIN)
    assert charged(bill_month(book, OCTOBER, faxes(*CARRIED)))[-1] == ("option.fax", 50)


def test_the_numbers_of_counted_calls_are_summed_for_a_price() -> None:
    book = on_file(offer(PAGES + rule("b2", "call", 'call.word.agent == "b2"', 'exclude = "b2"')), contract())
    run = bill_month(book, OCTOBER, faxes(*CARRIED))
    assert charged(run)[-1] == ("price.page", 80)
    assert ("usage.number.pages", 4) in only_invoice(run).lines[-1].decision.facts


def test_call_rules_read_the_numbers_that_calls_carry() -> None:
    long = rule("long", "call", "call.number.pages >= 3", 'mark = "long"')
    book = on_file(offer(PAGES + long), contract())
    (invoice,) = bill_month(book, OCTOBER, faxes(*CARRIED)).invoices
    assert sum(row.calls for row in invoice.usage if row.marks == "long") == 2


def test_two_rules_that_clash_over_what_calls_carry_are_found_out() -> None:
    one = rule("one", "call", "call.number.pages > 2", 'exclude = "one"')
    other = rule("other", "call", 'call.word.agent == "a7"', 'exclude = "other"')
    with pytest.raises(Refused, match=r'both hold when call.number.pages == 3 and call.word.agent == "a7"'):
        on_file(offer(PAGES + one + other), contract())


def test_the_records_of_one_call_carry_its_numbers_together_and_its_first_word() -> None:
    carried: Sequence[Mapping[str, int | str]] = (
        {},
        {"pages": 3, "agent": "a7"},
        {"pages": 3, "agent": "b2"},
        {"letters": 1},
    )
    legs = [make_call(MONDAY, row=row, linked=7, details=details_text(one)) for row, one in enumerate(carried)]
    alone = make_call(MONDAY, row=9, details=details_text({"pages": 5}))
    book = on_file(offer(PAGES), contract())
    found = measure_month(book, OCTOBER, records([*legs, alone])).calls
    assert found.amounts("pages").tolist() == [6, 5]
    assert found.amounts("letters").tolist() == [1, 0]
    assert [found.words_of("agent")[row] for row in range(2)] == ["a7", ""]
    run = bill_month(book, OCTOBER, CallBatch(records=records([*legs, alone])))
    assert charged(run)[-1] == ("price.page", 220)

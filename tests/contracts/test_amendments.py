"""What becomes of a contract that is told of another version: the day from which it holds, or why it never does."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.month import bill_month
from permanence.contracts.amendments import Amendment, Letter, amendment
from permanence.contracts.book import Book
from permanence.contracts.history import history_of
from permanence.contracts.selection import Wish, contracts_under, read_wish
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, Customer, OptionTaken
from permanence.model.event import Event
from permanence.model.offer import Offer
from permanence.model.period import ONE_DAY, Month, Span
from permanence.model.records import CallBatch
from permanence.model.regions import WRITTEN
from permanence.model.term_rules import TermRules

from tests.bill.samples import make_call, records
from tests.contracts.histories import LINES, SIGNED, basic, histories, signed

OLD, NEW = "basic@2024-01-01", "basic@2025-10-01"
RENEWED = date(2026, 2, 10)
"""Signed on 10 January 2025: one month's trial, then twelve months."""
LETTER = Letter(NEW, date(2025, 11, 3))
SPANS = ((0, 2), (0, 24), (1, 4), (0, 4))
"""Months of trial, commitment, notice and notice of a new price, at the least and at the most."""


def happened(on: date, what: Any, **named: Any) -> Event:
    return Event(contract="C1", on=on, what=what, **named)


def with_offer(offer: Offer) -> Book:
    """Return the book of the basic offer, with another text of one of its versions."""
    return evolve(basic(), deciders={**basic().deciders, offer.version: Decider(offer)})


def told(contract: Contract, letter: Letter = LETTER, book: Book | None = None) -> Amendment:
    return amendment(book or basic(), contract, letter)


def since(found: Amendment) -> date | None:
    assert found.outcome == "changes", found.reason
    assert found.settled
    return found.settled.since


@pytest.mark.parametrize(
    ("on", "renewal"),
    [(date(2025, 11, 10), RENEWED), (date(2025, 11, 11), date(2027, 2, 10))],
    ids=["on the last day of the notice", "one day later"],
)
def test_a_new_version_holds_from_the_renewal_for_which_it_was_announced_in_time(on: date, renewal: date) -> None:
    new = evolve(basic().offers[OLD], term=evolve(basic().offers[OLD].term, price_notice=Span(3, "months")))
    found = told(signed(), Letter(NEW, on), with_offer(new))
    assert since(found) == renewal
    assert found.settled
    assert evolve(found.settled.event, digest="") == happened(on, "offer_changed", offer=NEW)
    assert found.settled.event.digest


TO_HAVE = happened(date(2025, 11, 1), "offer_changed", offer=NEW)
NOT: tuple[tuple[str, Contract, Letter, str, str], ...] = (
    (
        "an option that the version lacks",
        evolve(signed(), options=(OptionTaken(id="svi"),)),
        Letter("office@2024-01-01", LETTER.on),
        "impossible",
        "L'offre office@2024-01-01 n'a pas d'option « Installation d'un serveur vocal interactif (SVI) »",
    ),
    (
        "a mission that the version lacks",
        signed((happened(date(2025, 3, 1), "mission_changed", mission="complex"),)),
        Letter("consumer@2024-01-01", LETTER.on),
        "impossible",
        "L'offre consumer@2024-01-01 n'a pas de mission « complex ».",
    ),
    (
        "another change from the same day on",
        signed((happened(LETTER.on + ONE_DAY, "offer_changed", offer="passed@2024-01-01"),)),
        LETTER,
        "impossible",
        "un autre événement change la même chose à compter du 10 février 2026",
    ),
    (
        "a contract that waits already",
        evolve(signed(), mission="secret"),
        LETTER,
        "impossible",
        "En attente : L'offre basic@2024-01-01 n'a pas de mission « secret ».",
    ),
    (
        "a version that is not on sale by then",
        signed(),
        Letter("later@2026-06-01", LETTER.on),
        "impossible",
        "cette version n'est en vente qu'à compter du 1er juin 2026.",
    ),
    (
        "a version under which nothing is renewed",
        signed(),
        Letter("once@2024-01-01", LETTER.on),
        "impossible",
        "Sous once@2024-01-01, le contrat prendrait fin sans reconduction : dernier jour le 9 février 2026.",
    ),
    (
        "the version that it has",
        evolve(signed(), offer=NEW),
        LETTER,
        "has_it",
        "A déjà cette version, à compter du 10 janvier 2025.",
    ),
    (
        "the version that it will have",
        signed((TO_HAVE,)),
        LETTER,
        "has_it",
        "A déjà cette version, à compter du 10 février 2026.",
    ),
    (
        "a letter before the signature",
        signed(),
        Letter(NEW, SIGNED - ONE_DAY),
        "unconcerned",
        "Signé plus tard, le 10 janvier 2025.",
    ),
    (
        "a notice that ends it before",
        evolve(signed(), notice=date(2025, 6, 1)),
        LETTER,
        "unconcerned",
        "Prend fin avant : dernier jour le 9 février 2026.",
    ),
    (
        "a contract that is over",
        evolve(signed(), notice=date(2025, 1, 20)),
        LETTER,
        "unconcerned",
        "Prend fin avant : dernier jour le 9 février 2025.",
    ),
)


def every_offer() -> Book:
    """Return the book of the basic offer, with versions that lack a mission or an option, come late, or renew none."""
    old = basic().offers[OLD]
    once = evolve(old, head=evolve(old.head, id="once"), term=evolve(old.term, renewal="express"))
    simple = evolve(old, head=evolve(old.head, id="consumer", mission=("simple",)))
    office = evolve(old, head=evolve(old.head, id="office"), options={})
    later = evolve(old, head=evolve(old.head, id="later", sold_from=date(2026, 6, 1)))
    passed = evolve(old, head=evolve(old.head, id="passed"))
    others = {one.version: Decider(one) for one in (once, simple, office, later, passed)}
    return evolve(basic(), deciders={**basic().deciders, **others})


@pytest.mark.parametrize(
    ("contract", "letter", "outcome", "reason"), [one[1:] for one in NOT], ids=[one[0] for one in NOT]
)
def test_a_contract_without_an_event_has_a_reason(
    contract: Contract, letter: Letter, outcome: str, reason: str
) -> None:
    found = told(contract, letter, every_offer())
    assert (found.outcome, found.settled) == (outcome, None)
    assert reason in found.reason


def test_what_the_offer_refuses_is_told_in_its_rules_own_words() -> None:
    old = basic().offers[OLD]
    notice = next(rule for rule in old.rules if rule.on == "notice")
    when, then = 'event.what == "offer_changed"', evolve(notice.then, end="", effect="refused")
    refusing = evolve(notice, id="never", on="event", when=when, then=then, why="Jamais.")
    found = told(signed(), LETTER, with_offer(evolve(old, rules=(*old.rules, refusing))))
    assert (found.outcome, found.settled) == ("impossible", None)
    assert found.reason.endswith("l'offre ne le permet pas. Jamais.")


COMPLEX = happened(date(2025, 5, 1), "mission_changed", mission="complex")
MOVED = happened(date(2025, 5, 1), "region_moved", region="FR-974")
GONE = happened(date(2025, 5, 1), "option_removed", option="bilingual")


@pytest.mark.parametrize(
    ("key", "value", "changed"),
    [
        ("mission", "complex", signed((COMPLEX,))),
        ("region", "FR-974", signed((MOVED,))),
        ("kind", "consumer", evolve(signed(), customer=Customer(name="X", kind="consumer"))),
        ("option", "sms", evolve(signed(), options=(OptionTaken(id="sms", since=date(2025, 5, 1)),))),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_contracts_are_chosen_by_what_they_are_on_the_day_of_the_letter(
    key: str, value: str, changed: Contract
) -> None:
    book = evolve(basic(), contracts=(signed(), changed))
    wish = Wish(key, value)
    assert list(contracts_under(book, OLD, date(2025, 6, 1), [wish])) == [changed]
    before = [changed] if key == "kind" else []
    assert list(contracts_under(book, OLD, date(2025, 4, 30), [wish])) == before


def test_contracts_are_chosen_by_every_region_that_a_file_may_name() -> None:
    for region in WRITTEN:
        wish = read_wish(f"region={region}", basic().offers[OLD])
        assert wish.holds(evolve(signed(), customer=Customer(name="X", region=region)), LETTER.on)


def test_several_wishes_are_all_to_hold_and_an_option_that_was_removed_is_had_no_more() -> None:
    both = signed((COMPLEX, evolve(MOVED, on=date(2025, 5, 2))))
    book = evolve(basic(), contracts=(signed((COMPLEX,)), signed((MOVED,)), both, signed((GONE,))))
    wishes = [Wish("mission", "complex"), Wish("region", "FR-974")]
    assert list(contracts_under(book, OLD, LETTER.on, wishes)) == [both]
    assert len(list(contracts_under(book, OLD, LETTER.on, [Wish("option", "bilingual")]))) == 3
    assert len(list(contracts_under(book, OLD, GONE.on - ONE_DAY, [Wish("option", "bilingual")]))) == 4


def test_a_contract_stands_under_the_version_of_that_day_and_no_other() -> None:
    changed = signed((happened(date(2025, 5, 1), "offer_changed", offer=NEW),))
    elsewhere = evolve(signed(), offer="nothing@2024-01-01")
    book = evolve(basic(), contracts=(changed, elsewhere))
    assert list(contracts_under(book, OLD, RENEWED - ONE_DAY, [])) == [changed]
    assert list(contracts_under(book, NEW, RENEWED, [])) == [changed]
    assert list(contracts_under(book, OLD, RENEWED, [])) == []


@st.composite
def terms(draw: st.DrawFn) -> TermRules:
    """Draw terms of any kind: how long they bind, how they go on, when a new price is announced."""
    trial, commitment, notice, price_notice = (Span(draw(st.integers(*of)), "months") for of in SPANS)
    return TermRules(
        trial=trial,
        commitment=commitment,
        notice=notice,
        price_notice=price_notice,
        renewal=draw(st.sampled_from(("tacit", "tacit", "express"))),
        renewal_period=draw(st.sampled_from(("open_ended", Span(6, "months"), Span(12, "months")))),
        renewal_anchor=draw(st.sampled_from(("commitment_end", "signature", "signature_realigned"))),
        trial_start=draw(st.sampled_from(("go_live", "signature"))),
        trial_billed=draw(st.booleans()),
        month_end=draw(st.sampled_from(("last_day", "next_first"))),
    )


def under(old: TermRules, new: TermRules) -> Book:
    """Return the book of the basic offer, each version with terms of its own."""
    offers = (evolve(basic().offers[version], term=term) for version, term in ((OLD, old), (NEW, new)))
    return evolve(basic(), deciders={offer.version: Decider(offer) for offer in offers})


def bill_of(book: Book, contract: Contract, month: Month, came_in: list[tuple[str, int]]) -> Any:
    """Return what a customer reads of a month's bill, and why there is none."""
    calls = [make_call(f"{month}-{day:02d} 10:00:00", account=line) for line, day in came_in]
    run = bill_month(evolve(book, contracts=(contract,)), month, CallBatch(records=records(calls)))
    return [(one.lines, one.vat, one.calls, one.usage) for one in run.invoices], [one.reason for one in run.holds]


@given(
    histories(6),
    st.builds(under, terms(), terms()),
    st.integers(0, 1000),
    st.none() | st.integers(0, 1000),
    st.builds(Month, st.sampled_from((2025, 2026)), st.integers(1, 12)),
    st.lists(st.tuples(st.sampled_from(LINES), st.integers(1, 28)), max_size=20),
)
def test_whatever_is_amended_months_before_the_version_holds_are_billed_as_they_were(
    events: tuple[Event, ...],
    book: Book,
    days: int,
    noticed: int | None,
    month: Month,
    came_in: list[tuple[str, int]],
) -> None:
    notice = None if noticed is None else SIGNED + timedelta(days=noticed)
    contract = signed(events, notice=notice)
    found = told(contract, Letter(NEW, SIGNED + timedelta(days=days)), book)
    if found.outcome != "changes":
        assert found.reason
        return
    first = since(found)
    assert found.settled
    assert first
    amended = evolve(contract, events=(*contract.events, found.settled.event))
    history = history_of(book, amended)
    assert history.contradictions == ()
    assert [history.standing(first - ONE_DAY).offer, history.standing(first).offer] == [OLD, NEW]
    assert history.end is None or history.end > first
    if month.next.first <= first:
        assert bill_of(book, amended, month, came_in) == bill_of(book, contract, month, came_in)

"""A contract whose go-live nobody noted: what its trial is, how it is left, and what is told of it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.simulated_life import play
from permanence.contracts.history import history_of
from permanence.contracts.leaving import leaving_by
from permanence.contracts.oversights import oversights

from tests.bill.months import contract, event, offer, on_file

LEAVE = """
[[rule]]
id = "leave-in-trial"
on = "notice"
when = "contract.in_trial"
then = { end = "trial_end" }

[[rule]]
id = "leave-at-term"
on = "notice"
when = "not contract.in_trial"
then = { end = "next_term_end" }
"""
UNSERVED = on_file(offer(LEAVE), contract(live=""))
FROM_SIGNATURE = on_file(offer(LEAVE, term='trial_start = "signature"'), contract(live=""))


@given(st.integers(0, 2000))
def test_who_was_never_served_is_still_in_the_trial_and_leaves_by_its_end(after: int) -> None:
    day = date(2026, 1, 5) + timedelta(days=after)
    found = leaving_by(UNSERVED, UNSERVED.contracts[0], day)
    assert found.decision is not None
    assert (found.decision.rule.id, found.end) == ("leave-in-trial", max(date(2026, 2, 5), day + timedelta(days=1)))


def test_a_trial_that_counts_from_the_signature_ends_whether_or_not_anybody_is_served() -> None:
    found = leaving_by(FROM_SIGNATURE, FROM_SIGNATURE.contracts[0], date(2026, 2, 5))
    assert found.decision is not None
    assert (found.decision.rule.id, found.end) == ("leave-at-term", date(2027, 2, 5))


def test_the_trial_begins_with_the_go_live_however_late_it_is_noted() -> None:
    book = on_file(offer(LEAVE), contract(live="") + event("2026-06-10", "go_live"))
    assert history_of(book, book.contracts[0]).term.trial_end == date(2026, 7, 10)


def test_check_asks_whether_a_customer_who_gave_notice_was_ever_served() -> None:
    book = on_file(offer(LEAVE), contract(live="", more="notice = 2026-04-10"))
    (found,) = oversights(book, book.contracts[0])
    assert (found.warning, found.what) == (
        True,
        'contract "C1": a notice came on 2026-04-10, and nobody noted when service began',
    )
    assert "ends on 2026-04-11 and is never billed" in found.hint


def test_a_life_is_played_as_if_service_began_with_the_signature() -> None:
    served = on_file(offer(LEAVE), contract())
    lives = (play(book, book.contracts[0], date(2026, 6, 30), (40,)) for book in (UNSERVED, served))
    unserved, usual = ([(one.invoice.month, one.invoice.net) for one in life] for life in lives)
    assert unserved == usual != []

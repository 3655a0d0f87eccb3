"""What is found of an offer's terms is found of every day on which it may be signed, whichever of them are walked."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from permanence.decide.decider import prove_rules
from permanence.model.period import ONE_DAY, Span
from permanence.model.term_rules import TermRules
from permanence.offers.check import term_sense
from permanence.offers.check.coverage_cases import first_day
from permanence.offers.form import read_offers

from tests.installed import PLUGINS

((OFFER,), _) = read_offers([Path(__file__).parent / "holes" / "price_too_late_to_leave.toml"], PLUGINS.options)
PROVEN, _ = prove_rules(OFFER)
assert PROVEN
DECIDER = PROVEN
MONTHS = st.builds(Span, st.integers(0, 14), st.just("months")) | st.builds(Span, st.integers(1, 2), st.just("years"))
TERMS = st.builds(
    TermRules,
    trial=MONTHS,
    trial_start=st.just("signature"),
    trial_included=st.booleans(),
    commitment=MONTHS,
    renewal_period=MONTHS.filter(lambda span: span.count) | st.just("open_ended"),
    renewal_anchor=st.sampled_from(["commitment_end", "signature", "signature_realigned"]),
    notice=MONTHS | st.builds(Span, st.integers(0, 40), st.just("days")),
    price_notice=MONTHS,
    month_end=st.sampled_from(["last_day", "next_first"]),
)
ONLY_IN_FEBRUARY = TermRules(
    trial=Span(0, "days"), commitment=Span(1, "months"), renewal_period=Span(1, "months"), notice=Span(30, "days")
)


@given(TERMS, st.dates(date(2023, 1, 1), date(2026, 3, 1)))
@example(ONLY_IN_FEBRUARY, date(2023, 3, 5))
def test_no_day_of_signature_would_show_what_those_walked_do_not(term: TermRules, sold: date) -> None:
    offer = evolve(OFFER, term=term, head=evolve(OFFER.head, sold_from=sold))
    walked = {finding.what for finding in term_sense.term_findings(offer, DECIDER)}
    every = [first_day(offer) + number * ONE_DAY for number in range(term_sense.FOUR_YEARS)]
    with patch.object(term_sense, "signing_days", lambda _: every):
        assert walked == {finding.what for finding in term_sense.term_findings(offer, DECIDER)}


def test_terms_in_months_are_walked_on_few_days_of_a_month() -> None:
    assert len(list(term_sense.signing_days(OFFER))) < term_sense.FOUR_YEARS / 2

"""However odd one contract is, the deadlines of all others are listed: a contract waits alone, with its reason."""

from datetime import date

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.deadlines import Deadline, deadlines
from permanence.model.contract import Contract, Customer, OptionTaken
from permanence.model.customer_kind import KINDS
from permanence.model.period import Span
from permanence.model.regions import WRITTEN
from permanence.read.contracts.contract_checks import YEARS

from tests.contracts.histories import SIGNED, basic, signed
from tests.contracts.test_histories import anything

ON, WITHIN = date(2026, 1, 5), Span(2, "years")
PLAIN = evolve(signed(), id="PLAIN")
DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)) | st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def odd(draw: st.DrawFn) -> Contract:
    """Draw a contract that reading accepts or refuses, on sale or not, whatever happened to it."""
    region = draw(st.sampled_from((*WRITTEN, "FR-99", "")))
    return evolve(
        signed(draw(st.lists(anything(), max_size=4))),
        customer=Customer(name="X", kind=draw(st.sampled_from(tuple(KINDS))), region=region),
        offer=draw(st.sampled_from(("basic@2024-01-01", "basic@2025-10-01", "nothing@2024-01-01"))),
        mission=draw(st.sampled_from(("simple", "complex", "secret"))),
        signed=draw(DAYS),
        live=draw(st.none() | DAYS),
        notice=draw(st.none() | DAYS),
        band=draw(st.none() | st.integers(-1, 300)),
        options=(OptionTaken(id=draw(st.sampled_from(("sms", "gold")))),),
    )


def listed(*contracts: Contract) -> list[Deadline]:
    found, _ = deadlines(evolve(basic(), contracts=contracts), ON, WITHIN)
    return [deadline for deadline in found if deadline.contract == "PLAIN"]


@given(odd())
def test_one_odd_contract_keeps_no_other_from_being_listed(contract: Contract) -> None:
    assert SIGNED < ON
    assert listed(contract, PLAIN) == listed(PLAIN) != []


def test_a_region_that_is_not_known_makes_its_contract_wait_and_says_which() -> None:
    unknown = evolve(signed(), customer=Customer(name="X", region="FR-99"))
    found, waiting = deadlines(evolve(basic(), contracts=(unknown, PLAIN)), ON, WITHIN)
    assert {deadline.contract for deadline in found} == {"PLAIN"}
    assert [(one.contract, "« FR-99 »" in one.reason) for one in waiting] == [(unknown.id, True)]

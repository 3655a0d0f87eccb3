"""A contract that cannot be billed waits, with the exact reason, and no other bill is touched."""

from typing import Any

import pytest
from attrs import evolve
from permanence.contracts.waiting import NOT_LIVE
from permanence.model.invoice import Hold
from permanence.model.option import Charge
from permanence.model.outcome import Outcome
from permanence.plugin_manager import Plugins
from permanence_options import bilingual

from tests.bill import moody
from tests.bill.months import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    THEN,
    bill,
    calls,
    charged,
    contract,
    event,
    offer,
    on_file,
    only_invoice,
    taken,
)

PLUGINS = Plugins.of(bilingual, moody)
OPTIONS = "".join(
    f'[option.{name}]\nprice = "10.00"\n\n' for name in ("bilingual", "never_open", "uncountable", "greedy")
)
TITLES = {"never_open": "Sans horaires", "uncountable": "Sans compte", "greedy": "Gourmand"}
FAILED = "(tests.bill.moody) a échoué pour le contrat C2, 2026-10 :"
CALLS = [
    call
    for name in ("C1", "C2", "C3")
    for call in (*calls(51, account=name), *calls(4, "2026-10-06 22:00:00", account=name, language="en"))
]


def the_hold(contracts: list[str], text: str = offer(OPTIONS), came_in: Any = CALLS) -> Hold:
    """Return why C2 waits, when C1 and C3 are billed just as they are without it."""
    book = on_file(text, contracts, PLUGINS)
    run = bill(book, came_in)
    (hold,) = run.holds
    alone = evolve(book, contracts=tuple(one for one in book.contracts if one.id != "C2"))
    assert [invoice.contract.id for invoice in run.invoices] == ["C1", "C3"]
    assert run.invoices == bill(alone, came_in).invoices
    assert (hold.contract.id, hold.month) == ("C2", OCTOBER)
    assert hold.calls == run.outcomes.by_outcome[Outcome.HELD] == sum(call["account"] == "C2" for call in came_in)
    return hold


def three(more: str = "", **fields: Any) -> list[str]:
    """Return three contracts that have one option; the second has more to it."""
    return [contract("C1", taken("bilingual")), contract("C2", more, **fields), contract("C3", taken("bilingual"))]


def test_a_contract_that_names_no_offer_waits() -> None:
    assert the_hold(three(version="essentiele@2026-01-01")).reason == (
        "L'offre « essentiele@2026-01-01 » n'existe pas ; la plus proche est « essentielle@2026-01-01 »."
    )


def test_a_contract_with_an_option_that_its_offer_does_not_have_waits() -> None:
    assert the_hold(three(taken("bilingal"))).reason == (
        "L'offre essentielle@2026-01-01 n'a pas d'option « bilingal » ; la plus proche est « bilingual »."
    )


def test_every_reason_is_told_and_none_ends_in_the_air() -> None:
    book = on_file(offer(), [contract("C2", 'mission = "medium"\n' + taken("svi"))], PLUGINS)
    assert bill(book).holds[0].reason == (
        "L'offre essentielle@2026-01-01 n'a pas de mission « medium ». "
        "L'offre essentielle@2026-01-01 n'a pas d'option « svi »."
    )


@pytest.mark.parametrize(
    ("option", "what"),
    [
        ("never_open", "KeyError: 'hours'"),
        ("uncountable", "ZeroDivisionError: no calls today"),
        ("greedy", "RuntimeError: more"),
    ],
)
def test_a_contract_whose_plugin_fails_waits_and_the_plugin_is_named(option: str, what: str) -> None:
    assert the_hold(three(taken(option))).reason == f"L'option « {TITLES[option]} » {FAILED} {what}"


@pytest.mark.parametrize(
    ("asks", "what"),
    [
        (5, "charge() yielded 5"),
        (
            Charge(label="Gourmand", quantity=1, unit_price=moody.ONE_EURO, of_days=0),
            "charge() yielded Charge(label='Gourmand', quantity=1, unit_price=1000000, unit='', days=1, of_days=0, "
            "for_each=1, percent=None, of=()): whole numbers, please, and at least one day and one unit",
        ),
        (
            Charge(label="Gourmand", quantity=0.5, unit_price=moody.ONE_EURO),  # type: ignore[arg-type]
            "charge() yielded Charge(label='Gourmand', quantity=0.5, unit_price=1000000, unit='', days=1, of_days=1, "
            "for_each=1, percent=None, of=()): whole numbers, please, and at least one day and one unit",
        ),
        (
            Charge(label="Gourmand", quantity=1, unit_price=moody.ONE_EURO, for_each=0),
            "charge() yielded Charge(label='Gourmand', quantity=1, unit_price=1000000, unit='', days=1, of_days=1, "
            "for_each=0, percent=None, of=()): whole numbers, please, and at least one day and one unit",
        ),
    ],
)
def test_a_plugin_that_charges_what_is_no_amount_fails_too(
    monkeypatch: pytest.MonkeyPatch, asks: Any, what: str
) -> None:
    monkeypatch.setattr(moody.Greedy, "asks", asks)
    assert the_hold(three(taken("greedy"))).reason == f"L'option « Gourmand » {FAILED} TypeError: {what}"


def test_a_contract_whose_count_has_no_price_waits() -> None:
    came_in = [*CALLS, *calls(200, account="C2")]
    assert the_hold(three(), offer(OPTIONS).replace(THEN, ""), came_in).reason == (
        "L'offre essentielle@2026-01-01 n'a pas de prix pour 251 appels : il lui faut d'autres tranches."
    )


def test_calls_of_a_contract_that_waits_still_close_the_equation() -> None:
    counts = bill(on_file(offer(OPTIONS), three(version="none@2026-01-01"), PLUGINS), CALLS).outcomes
    assert (counts.came_in, counts.by_outcome) == (165, (102, 8, 0, 0, 55))


def test_holds_are_listed_by_contract_whatever_their_reason() -> None:
    contracts = [contract("C3", taken("greedy")), contract("C2", version="none@2026-01-01"), contract("C1")]
    run = bill(on_file(offer(OPTIONS), contracts, PLUGINS))
    assert [hold.contract.id for hold in run.holds] == ["C2", "C3"]


def test_a_contract_whose_go_live_nobody_noted_waits_for_it_and_its_calls_wait_with_it() -> None:
    contracts = [contract("C1"), contract("C2", live=""), contract("C3")]
    assert the_hold(contracts, offer()).reason == NOT_LIVE
    otherwise = [contract("C1"), contract("C2", version="none@2026-01-01"), contract("C3")]
    assert bill(on_file(offer(), contracts), CALLS).outcomes == bill(on_file(offer(), otherwise), CALLS).outcomes


def test_a_go_live_noted_as_an_event_bills_as_the_key_of_the_contract_does() -> None:
    noted = on_file(offer(), contract(live="") + event("2026-10-12", "go_live"))
    written = on_file(offer(), contract(live="2026-10-12"))
    lines = [(line.code, line.amount) for line in only_invoice(bill(noted, CALLS)).lines]
    assert lines == charged(bill(written, CALLS))
    before = bill(noted, CALLS, SEPTEMBER)
    assert (before.holds, before.invoices) == ((), ())


@pytest.mark.parametrize(("signed", "waits"), [("2026-10-31", ["C1"]), ("2026-11-01", [])])
def test_a_contract_waits_for_its_go_live_from_the_month_of_its_signature(signed: str, waits: list[str]) -> None:
    assert [hold.contract.id for hold in bill(on_file(offer(), contract(signed=signed, live=""))).holds] == waits


def test_a_contract_that_ended_without_ever_being_served_waits_no_more() -> None:
    left = """
[[rule]]
id = "leave"
on = "notice"
when = "contract.in_trial"
then = { end = "trial_end" }
"""
    book = on_file(offer(left), contract(signed="2026-09-01", live="", more="notice = 2026-10-20"))
    assert [hold.reason for hold in bill(book).holds] == [NOT_LIVE]
    assert (bill(book, (), NOVEMBER).holds, bill(book, (), NOVEMBER).invoices) == ((), ())


def test_a_contract_that_begins_after_the_month_does_not_wait_yet() -> None:
    later = contract("C2", version="none@2026-01-01", signed="2026-11-01")
    assert bill(on_file(offer(OPTIONS), [contract("C1"), later], PLUGINS)).holds == ()

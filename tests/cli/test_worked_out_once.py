"""What was worked out once is handed on: no command asks durable-rules twice, nor tells a contract's history twice."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from permanence.bill.month import bill_month
from permanence.bill.price.price_list import tariff_of
from permanence.contracts.events_told import fold
from permanence.contracts.history import history_of, renewals_of
from permanence.decide.decider import read_rules
from permanence.decide.ruleset import Ruleset
from permanence.model.clock import month_bounds
from permanence.model.facts import FactValue
from permanence.model.period import Month
from permanence.on_file import calls_between, open_book
from permanence.read.toml.located_toml import parse

from tests.cli.typed import out
from tests.installed import PLUGINS

RULE = "rules/essentielle-2023-01-01.toml"
IMPACT = f"impact {RULE} --against continue@2023-01-01 --months 2026-09..2026-10"
COMMANDS = (
    "check",
    f"check {RULE}",
    f"check {RULE} contracts/customers.toml",
    "bill 2026-10",
    "explain 2026-10-C0001 --calls",
    "months --on 2026-11-15",
    IMPACT,
    "new-offer standard --yes --on 2026-11-15",
    "diff essentielle continue",
    "describe essentielle",
    "quote essentielle --for Garage --calls 180 --option bilingual",
    "calendar C0001 --on 2026-11-15",
    "deadlines --on 2026-11-15",
    "simulate-life C0001 --until 2027-12-31 --calls 40,160/month",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[Any, ...]]:
    """Return how often each question was asked: the rules, and the facts that were put to them."""
    found: Counter[tuple[Any, ...]] = Counter()
    decide = Ruleset.decide

    def noted(ruleset: Ruleset, number: int, facts: Mapping[str, FactValue]) -> tuple[int, ...]:
        found[tuple(map(str, ruleset.groups[number].rules)), tuple(sorted(facts.items()))] += 1
        return decide(ruleset, number, facts)

    monkeypatch.setattr(Ruleset, "decide", noted)
    return found


@contextmanager
def calls_to(*functions: Callable[..., Any]) -> Iterator[Counter[str]]:
    """Yield how often each function was called while the block works."""
    names = {function.__code__: function.__name__ for function in functions}
    found: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in names:
            found[names[frame.f_code]] += 1

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_asks_durable_rules_the_same_twice(
    command: str, after_billing: Path, asked: Counter[tuple[Any, ...]]
) -> None:
    out(*command.split())
    assert asked
    assert {question: times for question, times in asked.items() if times > 1} == {}


def test_who_looks_again_asks_only_about_what_was_changed(folder: Path, asked: Counter[tuple[Any, ...]]) -> None:
    dearer = Path(RULE).read_text("utf-8").replace('simple = "229.00"', 'simple = "235.00"')
    Path(RULE).write_text(dearer.replace("essentielle", "nouvelle"), "utf-8")
    out("check", RULE, "--correct-examples")
    assert asked
    assert asked.most_common(1)[0][1] == 1


def test_the_next_version_of_an_offer_is_not_asked_about_what_the_one_before_decided(
    folder: Path, asked: Counter[tuple[Any, ...]]
) -> None:
    out("new-offer", "--from", "essentielle@2023-01-01", "--sold-from", "2026-12-01")
    out("check", RULE)
    alone = asked.total()
    asked.clear()
    out("check", RULE, "rules/essentielle-2026-12-01.toml")
    assert asked.total() == alone


def test_a_month_is_billed_without_a_question_that_the_proof_of_its_offers_has_not_asked(
    after_billing: Path, asked: Counter[tuple[Any, ...]]
) -> None:
    book = open_book(Path("rules"), Path("contracts"), PLUGINS)
    proved = asked.total()
    batch = calls_between("calls.db", *month_bounds(Month(2026, 10), book.zone))
    run = bill_month(book, Month(2026, 10), batch)
    assert asked.total() == proved == run.questions == book.questions > 0


def test_a_month_tells_each_contract_s_history_once_and_reads_nothing_again(after_billing: Path) -> None:
    with calls_to(read_rules, parse) as opening:
        book = open_book(Path("rules"), Path("contracts"), PLUGINS)
    assert opening == {"read_rules": len(book.offers), "parse": len(book.offers) + 1}
    batch = calls_between("calls.db", *month_bounds(Month(2026, 10), book.zone))
    with calls_to(history_of, fold, tariff_of, renewals_of, read_rules, parse) as billing:
        run = bill_month(book, Month(2026, 10), batch)
    sold = {(bill.contract.offer, bill.contract.mission) for bill in run.invoices}
    kinds = {(contract.offer, contract.customer.kind) for contract in book.contracts}
    assert len(run.invoices) == len(book.contracts) > 10
    assert billing["history_of"] == len(book.contracts)
    assert billing["tariff_of"] == len(sold)
    # Once for the histories of such contracts, once for the dates that they signed.
    assert billing["renewals_of"] == 2 * len(kinds)
    assert (billing["read_rules"], billing["parse"]) == (0, 0)

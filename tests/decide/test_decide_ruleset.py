"""Hazards of durable-rules: what it would compare wrongly never reaches it, and errors leave it as new."""

import importlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from permanence.decide.decider import STAGES, Decider
from permanence.decide.fences import property_hash
from permanence.decide.ruleset import NotDecided, Ruleset
from permanence.model.facts import FactValue
from permanence.model.offer import Offer, Rule

OfferOf = Callable[..., Offer]
RuleOf = Callable[..., Rule]


def test_the_engine_answers_right_after_errors(offer_of: OfferOf, rule_of: RuleOf) -> None:
    rules = [rule_of(f"r{number}", f"usage.calls >= {number}") for number in range(1, 100)]
    decider = Decider(offer_of(*rules))
    for _ in range(3):
        with pytest.raises(NotDecided, match=r"^test@2026-01-01: durable-rules cannot decide the rules"):
            decider.decide("month", {"usage.calls": 1_000})
        assert len(decider.decide("month", {"usage.calls": 60})) == 60


def engine_module() -> Any:
    return importlib.import_module("durable_rules_engine")


def ruleset_of(offer: Offer) -> Ruleset:
    decider = Decider(offer)
    return Ruleset(offer.version, [group for stage in STAGES for group in decider.groups(stage)])


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"usage.calls": 3}, "facts missing or unknown: mission"),
        ({"usage.calls": 3, "mission": "simple", "x": 1}, "facts missing or unknown: x"),
        ({"usage.calls": 3.5, "mission": "simple"}, '"usage.calls" is 3.5, but must be a number'),
        ({"usage.calls": True, "mission": "simple"}, '"usage.calls" is True, but must be a number'),
        ({"usage.calls": None, "mission": "simple"}, '"usage.calls" is None, but must be a number'),
        ({"usage.calls": 3, "mission": 3}, '"mission" is 3, but must be a word'),
        ({"usage.calls": 2**62, "mission": "simple"}, '"usage.calls" is 4611686018427387904, which is too large'),
        ({"usage.calls": 3, "mission": "a\0"}, '"mission" has a NUL character'),
        ({"usage.calls": 3, "mission": "a" * 60_000}, '"mission" has a NUL character or 60,000 characters and more'),
    ],
)
def test_facts_that_the_engine_compares_wrongly_never_reach_it(
    facts: dict[str, FactValue], message: str, offer_of: OfferOf, rule_of: RuleOf
) -> None:
    ruleset = ruleset_of(offer_of(rule_of("a", 'usage.calls > 3 and mission != "simple"')))
    with pytest.raises(ValueError, match=re.escape(message)):
        ruleset.decide(0, facts)
    assert ruleset.questions == 0
    assert ruleset.decide(0, {"usage.calls": 4, "mission": "complex"}) == (0,)


MEMORY = Path("/proc/self/statm")


@pytest.mark.skipif(not MEMORY.exists(), reason="this system does not tell how much memory a process has")
def test_rules_that_were_asked_and_are_no_longer_used_leave_no_memory_behind(
    offer_of: OfferOf, rule_of: RuleOf
) -> None:
    offer = offer_of(*(rule_of(f"r{number}", f"usage.calls >= {number}") for number in range(1, 40)))

    def pages_after(times: int) -> int:
        for _ in range(times):
            Decider(offer).decide("month", {"usage.calls": 30})
        return int(MEMORY.read_text("utf-8").split()[1])

    before = pages_after(10)
    assert pages_after(40) - before < 1_000


def test_a_rule_that_holds_in_two_ways_fires_once(offer_of: OfferOf, rule_of: RuleOf) -> None:
    offer = offer_of(rule_of("a", "usage.calls > 3 or usage.calls > 4 or contract.active"))
    assert [rule.id for rule in Decider(offer).decide("month", {"usage.calls": 9, "contract.active": 1})] == ["a"]


def test_two_facts_that_look_the_same_to_the_engine_are_refused(
    offer_of: OfferOf, rule_of: RuleOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert property_hash("prop579") == property_hash("prop867514")
    monkeypatch.setattr("permanence.decide.fences.property_hash", len)
    with pytest.raises(ValueError, match="their names have one hash"):
        Decider(offer_of(rule_of("a", "usage.calls > 3 and contract.active")))


def test_a_missing_engine_is_one_sentence_that_says_what_to_install() -> None:
    """In a process of its own, where the extension cannot be found."""
    code = "import sys; sys.modules['durable_rules_engine'] = None; import permanence.decide.ruleset"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = done.stderr.strip().split("\n")[-1]
    assert last.startswith("ImportError: durable-rules cannot be loaded (")
    assert "install a C compiler and Python's headers (Debian: apt install gcc python3-dev;" in last


@pytest.mark.parametrize(
    ("function", "answer", "message"),
    [
        ("assert_fact", (2, 0), "it refused the facts with code 2"),
        ("start_action_for_state", None, "it did not answer to the end"),
        ("start_action_for_state", ("{}", '{"g0_0_0":{}}'), "it did not answer to the end"),
        ("get_facts", '[{"_stage": 0, "sid": "x", "id": "f"}]', "it kept the facts of an earlier question"),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error_and_the_rules_are_compiled_again(
    function: str,
    answer: object,
    message: str,
    offer_of: OfferOf,
    rule_of: RuleOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = engine_module()
    compiled: list[str] = []
    create = engine.create_ruleset

    def create_and_note(name: str, definition: str) -> object:
        compiled.append(name)
        return create(name, definition)

    monkeypatch.setattr(engine, "create_ruleset", create_and_note)
    decider = Decider(offer_of(rule_of("a", "usage.calls > 3")))
    with monkeypatch.context() as broken:
        broken.setattr(engine, function, lambda *_: answer)
        if function == "start_action_for_state":
            # The engine follows a pointer that only a real start sets, so it must not go on after a feigned one.
            broken.setattr(engine, "complete_and_start_action", lambda *_: None)
        with pytest.raises(NotDecided, match=re.escape(f'the rules "a" for usage.calls = 4: {message}')):
            decider.decide("month", {"usage.calls": 9})
    assert compiled == ["r-test@2026-01-01"] * 2
    assert [rule.id for rule in decider.decide("month", {"usage.calls": 9})] == ["a"]
    assert [rule.id for rule in decider.decide("month", {"usage.calls": 2})] == []


def test_an_engine_that_cannot_compile_says_for_which_offer(
    offer_of: OfferOf, rule_of: RuleOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("permanence.decide.ruleset.OPERATORS", {">": "$ne"})
    with pytest.raises(NotDecided, match=r"^test@2026-01-01: durable-rules cannot compile the rules: .*code: 202"):
        Decider(offer_of(rule_of("a", "usage.calls > 3")))

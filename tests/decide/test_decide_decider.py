"""Deciding: durable-rules says what plain Python says, and is asked once per distinct case."""

import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import CodeType, SimpleNamespace

import numpy as np
import permanence_options
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.decide.cases import Column
from permanence.decide.condition import holds
from permanence.decide.decider import STAGES, Decider, problems
from permanence.model.facts import FactValue
from permanence.model.money import Micros
from permanence.model.offer import Offer, Rule
from permanence.model.usage import WordColumn
from permanence.offers.form import read_offer
from permanence.plugin_manager import Plugins

OfferOf = Callable[..., Offer]
RuleOf = Callable[..., Rule]
RULE_FILES = sorted((Path(__file__).parents[2] / "rules").glob("*.toml"))
OPTIONS = Plugins.of(
    *(import_module(f"permanence_options.{module.name}") for module in iter_modules(permanence_options.__path__))
).options

NUMBERS = ("usage.calls", "usage.received", "contract.months")
YES_NO = ("contract.active", "contract.in_trial")
WORDS = {"mission": ("simple", "complex"), "customer.region": ("FR", "FR-974", "Réunion", "l'île", "")}
LITERALS = (0, 1, 2, 50, 51, 150, 2**53 + 1, 2**61)
SIGNS = ("==", "!=")
LITERAL, ORDER, NEGATION = st.sampled_from(LITERALS), st.sampled_from(("<", "<=")), st.sampled_from(("", "not "))


COMPARED = st.builds(
    "{} {} {}".format, st.sampled_from(NUMBERS), st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), LITERAL
)
CHAINED = st.builds("{} {} {} {} {}".format, LITERAL, ORDER, st.sampled_from(NUMBERS), ORDER, LITERAL)
AMONG = st.builds("{} {}in ({}, {})".format, st.sampled_from(NUMBERS), NEGATION, LITERAL, LITERAL)
WORD = st.sampled_from([f'{name} {sign} "{word}"' for name, words in WORDS.items() for word in words for sign in SIGNS])
CONDITIONS = st.recursive(
    COMPARED | CHAINED | AMONG | WORD | st.builds("{}{}".format, NEGATION, st.sampled_from(YES_NO)),
    lambda part: st.builds("{}({} {} {})".format, NEGATION, part, st.sampled_from(("and", "or")), part),
    max_leaves=6,
)
FACTS = st.fixed_dictionaries(
    {
        **dict.fromkeys(
            NUMBERS, st.builds(lambda near, step: max(0, near + step), LITERAL, st.sampled_from((-1, 0, 1)))
        ),
        **dict.fromkeys(YES_NO, st.integers(0, 1)),
        **{name: st.sampled_from((*words, "?")) for name, words in WORDS.items()},
    }
)


def random_facts(chance: random.Random) -> dict[str, FactValue]:
    near = [max(0, literal + step) for literal in LITERALS for step in (-1, 0, 1)]
    return {
        **{name: chance.choice(near) for name in NUMBERS},
        **{name: chance.randint(0, 1) for name in YES_NO},
        **{name: chance.choice((*words, "?")) for name, words in WORDS.items()},
    }


def by_python(when: CodeType, facts: dict[str, FactValue]) -> bool:
    """Evaluate a condition with Python itself: the oracle, which shares no code with the engine."""
    names: dict[str, object] = {}
    for name, value in facts.items():
        space, _, leaf = name.rpartition(".")
        if space:
            setattr(names.setdefault(space, SimpleNamespace()), leaf, value)
        else:
            names[leaf] = value
    return bool(eval(when, {}, names))


def columns_of(rows: list[dict[str, FactValue]]) -> dict[str, Column]:
    words = {name: WordColumn.of([str(row[name]) for row in rows]) for name in WORDS}
    numbers = {name: np.array([row[name] for row in rows], np.int64) for name in (*NUMBERS, *YES_NO)}
    return {**words, **numbers}


@given(st.lists(CONDITIONS, min_size=1, max_size=5), st.lists(FACTS, min_size=1, max_size=40))
def test_durable_rules_agrees_with_plain_python_on_random_rule_files_and_facts(
    offer_of: OfferOf, rule_of: RuleOf, whens: list[str], rows: list[dict[str, FactValue]]
) -> None:
    """The rules that fire, and their order: for all rows at once, and for each by itself."""
    rules = [rule_of(f"r{number}", when, charge=f"price.p{number}") for number, when in enumerate(whens)]
    decider = Decider(offer_of(*rules))
    oracle = [(rule, compile(rule.when, rule.id, "eval")) for rule in rules]
    numbers, table = decider.decide_columns("month", columns_of(rows), len(rows))
    for row, number in zip(rows, numbers.tolist(), strict=True):
        held = tuple(rule for rule, code in oracle if by_python(code, row))
        assert (table[number], decider.decide("month", row)) == (held, held)


@pytest.mark.parametrize("file", RULE_FILES, ids=lambda file: file.stem)
def test_durable_rules_agrees_with_plain_python_in_every_case_of_the_rule_files(file: Path) -> None:
    reading = read_offer(file, OPTIONS)
    assert reading.problems == ()
    assert reading.offer is not None
    offer = reading.offer
    assert problems(offer) == ()
    decider = Decider(offer)
    cases = 0
    for stage in STAGES:
        for group, facts, fired in decider.every_case(stage):
            cases += 1
            assert fired == tuple(parsed for parsed in group.rules if holds(parsed.condition, facts))
    assert cases == decider.questions > 0


def test_a_million_rows_ask_as_often_as_there_are_cases_and_twice_as_many_rows_ask_no_more(
    offer_of: OfferOf, rule_of: RuleOf
) -> None:
    decider = Decider(
        offer_of(
            rule_of("urgent", "call.urgent and call.wait_seconds > 120", on="call", mark="escalated"),
            rule_of("night", 'call.window == "night" and not call.urgent', on="call", mark="night"),
            rule_of("short", "call.talk_seconds < 5", on="call", exclude="short"),
        )
    )
    chance = np.random.default_rng(7)
    rows = 1_000_000
    columns: dict[str, Column] = {
        "call.wait_seconds": chance.integers(0, 300, rows).astype(np.int32),
        "call.talk_seconds": chance.integers(0, 600, rows).astype(np.int32),
        "call.urgent": chance.random(rows) < 0.1,
        "call.window": WordColumn(chance.integers(-1, 2, rows).astype(np.int32), ("night", "day")),
    }
    numbers, table = decider.decide_columns("call", columns, rows)
    assert decider.questions == 2 * 2 * 2 + 2
    again, same = decider.decide_columns("call", columns, rows)
    assert decider.questions == 10
    assert np.array_equal(numbers, again)
    assert numbers.dtype == np.dtype(np.int32)
    assert (len(numbers), same) == (rows, table)
    names = {tuple(rule.id for rule in rules) for rules in table}
    assert names >= {(), ("urgent",), ("night",), ("short",), ("urgent", "short"), ("night", "short")}
    short = np.array([any(rule.id == "short" for rule in rules) for rules in table])
    assert np.array_equal(short[numbers], np.asarray(columns["call.talk_seconds"]) < 5)


def test_chunks_get_the_numbers_that_the_whole_gets(offer_of: OfferOf, rule_of: RuleOf) -> None:
    rules = [rule_of("a", "usage.calls > 10"), rule_of("b", "contract.months > 10"), rule_of("c", "contract.active")]
    rows = [random_facts(random.Random(seed)) for seed in range(300)]
    whole, table = Decider(offer_of(*rules)).decide_columns("month", columns_of(rows), 300)
    decider = Decider(offer_of(*rules))
    chunks = [
        decider.decide_columns("month", columns_of(rows[start : start + 50]), 50)[0] for start in range(0, 300, 50)
    ]
    _, last = decider.decide_columns("month", columns_of(rows), 300)
    whole_rules = [table[number] for number in whole.tolist()]
    assert [last[number] for number in np.concatenate(chunks).tolist()] == whole_rules
    assert decider.decide("month", rows[7]) == whole_rules[7]


def test_a_proof_asks_no_case_again(offer_of: OfferOf, rule_of: RuleOf) -> None:
    decider = Decider(offer_of(rule_of("a", "usage.calls > 10 and contract.active")))
    assert decider.decide("month", {"usage.calls": 11, "contract.active": 1, "contract.months": 5})
    assert [bool(fired) for _, _, fired in decider.every_case("month")].count(True) == 1
    assert decider.questions == 4


def test_a_stage_without_rules_asks_nothing(offer_of: OfferOf, rule_of: RuleOf) -> None:
    decider = Decider(offer_of(rule_of("a", "contract.active")))
    numbers, table = decider.decide_columns("call", {}, 5)
    assert (numbers.tolist(), table, decider.questions) == ([0] * 5, ((),), 0)
    assert decider.facts_needed("call") == ()
    assert decider.facts_needed("month") == ("contract.active",)
    assert decider.groups("call") == ()


def test_many_independent_groups_are_joined(offer_of: OfferOf, rule_of: RuleOf) -> None:
    marks = [rule_of(f"m{number}", "call.urgent", on="call", mark=f"k{number}") for number in range(40)]
    rules = [rule_of(f"r{number}", f"usage.k{number} > 0") for number in range(40)]
    decider = Decider(offer_of(*marks, *rules))
    flags = np.random.default_rng(3).random((40, 5_000)) < 0.5
    columns: dict[str, Column] = {f"usage.k{number}": row.astype(np.int64) for number, row in enumerate(flags)}
    numbers, table = decider.decide_columns("month", columns, 5_000)
    assert decider.questions == 80
    for row in (0, 17, 4_999):
        assert table[int(numbers[row])] == tuple(rule for rule, flag in zip(rules, flags[:, row], strict=True) if flag)


def test_an_option_has_a_rule_of_its_own(offer_of: OfferOf) -> None:
    decider = Decider(offer_of(options={"bilingual": OPTIONS["bilingual"](price=Micros(39_000_000))}))
    (rule,) = decider.decide("month", {"option.bilingual": 1})
    assert (rule.id, decider.facts_read(rule)) == ("option-bilingual", ("option.bilingual",))
    assert decider.decide("month", {"option.bilingual": 0}) == ()

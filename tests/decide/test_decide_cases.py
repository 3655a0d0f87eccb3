"""Cases: literals cut the facts' values, and everything in one case is decided alike."""

import random
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.decide.cases import MOST_CASES, Column, Group, groups
from permanence.decide.condition import ParsedRule, holds
from permanence.decide.condition_text import parse
from permanence.decide.vocabulary import vocabulary
from permanence.model.facts import FactValue
from permanence.model.offer import Offer, Rule
from permanence.model.usage import WordColumn

OfferOf = Callable[..., Offer]
RuleOf = Callable[..., Rule]

WHENS = (
    "50 < usage.calls <= 150 and contract.active",
    'usage.calls == 51 or mission == "simple" and usage.calls != 120',
    'mission not in ("complex") or not usage.calls >= 300',
    'customer.region in ("FR-974", "FR-971") and usage.calls < 52',
    "contract.months > 3 and not contract.active",
)


def groups_of(offer_of: OfferOf, rule_of: RuleOf, *whens: str) -> tuple[Group, ...]:
    offer = offer_of(*(rule_of(f"r{number}", when) for number, when in enumerate(whens)))
    known = vocabulary(offer, "month")
    return groups([ParsedRule(rule, parse(rule, known), order) for order, rule in enumerate(offer.rules)], known)


def columns_of(rows: list[dict[str, FactValue]]) -> dict[str, Column]:
    def column(values: list[FactValue]) -> Column:
        if isinstance(values[0], str):
            return WordColumn.of([str(value) for value in values])
        return np.array(values, np.int64)

    return {name: column([row[name] for row in rows]) for name in rows[0]}


def case_of(group: Group, facts: Mapping[str, FactValue]) -> int:
    return int(group.case_numbers(columns_of([dict(facts)]))[0])


@pytest.mark.parametrize(
    ("when", "numbers"),
    [
        ("usage.calls > 120", [120, 121]),
        ("usage.calls >= 120", [119, 120]),
        ("usage.calls == 3", [2, 3, 4]),
        ("50 < usage.calls <= 150", [50, 51, 151]),
        ("usage.calls in (3, 4)", [2, 3, 4, 5]),
        ("usage.calls > 3 and usage.calls < 4", [3, 4]),
        ("usage.calls == 0", [0, 1]),
        ("usage.calls >= 0", [0]),
        ("not contract.active", [0, 1]),
    ],
)
def test_only_pieces_with_a_whole_number_from_0_are_cases(
    when: str, numbers: list[int], offer_of: OfferOf, rule_of: RuleOf
) -> None:
    (group,) = groups_of(offer_of, rule_of, when)
    (cut,) = group.cells
    assert [group.representative(case)[cut.fact.name] for case in group.all_cases()] == numbers


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('customer.region == "FR-974"', ["FR-974", "other"]),
        ('customer.region in ("other", "")', ["other", "", "other…"]),
        ('mission == "simple"', ["simple", "complex"]),
        ('mission in ("simple", "complex")', ["simple", "complex"]),
        ('customer.kind != "consumer"', ["consumer", "professional"]),
    ],
)
def test_a_word_is_one_that_a_rule_names_or_any_other(
    when: str, words: list[str], offer_of: OfferOf, rule_of: RuleOf
) -> None:
    (group,) = groups_of(offer_of, rule_of, when)
    assert [value for case in group.all_cases() for value in group.representative(case).values()] == words


def test_rules_that_share_no_fact_are_groups_of_their_own(offer_of: OfferOf, rule_of: RuleOf) -> None:
    found = groups_of(offer_of, rule_of, "usage.calls > 3", "contract.months > 2", "usage.calls < 9 or contract.active")
    assert [[parsed.rule.id for parsed in group.rules] for group in found] == [["r0", "r2"], ["r1"]]


def test_rules_that_set_one_thing_are_one_group(offer_of: OfferOf, rule_of: RuleOf) -> None:
    rules = [
        rule_of("a", "usage.calls > 3", charge="bands"),
        rule_of("b", "contract.active", charge="price.x"),
        rule_of("c", "contract.months > 2", charge="bands"),
        rule_of("d", "contract.months < 9 and contract.active", charge="price.y"),
    ]
    known = vocabulary(offer_of(), "month")

    def names(some: list[Rule]) -> list[list[str]]:
        parsed = [ParsedRule(rule, parse(rule, known), order) for order, rule in enumerate(some)]
        return [[one.rule.id for one in group.rules] for group in groups(parsed, known)]

    assert names(rules[:3]) == [["a", "c"], ["b"]]
    assert names(rules) == [["a", "b", "c", "d"]]


def test_rules_that_set_different_marks_over_different_facts_are_groups_of_their_own(
    offer_of: OfferOf, rule_of: RuleOf
) -> None:
    marks = ("urgent", "call.urgent"), ("long", "call.talk_seconds > 600"), ("urgent", "call.wait_seconds > 60")
    rules = [rule_of(f"r{n}", when, on="call", mark=mark) for n, (mark, when) in enumerate(marks)]
    known = vocabulary(offer_of(), "call")
    found = groups([ParsedRule(rule, parse(rule, known), order) for order, rule in enumerate(rules)], known)
    assert [[parsed.rule.id for parsed in group.rules] for group in found] == [["r0", "r2"], ["r1"]]


def test_too_many_cases_are_refused_with_the_facts_that_cut_most(offer_of: OfferOf, rule_of: RuleOf) -> None:
    many = " or ".join(f"usage.calls == {2 * number}" for number in range(1, 80))
    some = " or ".join(f"contract.months == {2 * number}" for number in range(1, 40))
    (group,) = groups_of(offer_of, rule_of, f"contract.active and ({many})", f"contract.active and ({some})")
    assert group.size == 2 * 159 * 79 <= MOST_CASES
    assert group.problem() is None
    (group,) = groups_of(
        offer_of, rule_of, f"contract.active and ({many})", f'contract.active and mission == "simple" and ({some})',
        "contract.active and usage.received > 3",
    )  # fmt: skip
    problem = group.problem()
    assert problem is not None
    assert str(problem).split("\n")[0] == (
        'offer.toml:7:1: the rules "r0", "r1", "r2" together make 100,488 cases, more than 100,000; let fewer rules '
        "share the facts that cut them most: usage.calls (159 pieces), contract.months (79 pieces), "
        "contract.active (2 pieces), mission (2 pieces), usage.received (2 pieces)"
    )


def test_facts_without_a_column_are_named(offer_of: OfferOf, rule_of: RuleOf) -> None:
    (group,) = groups_of(offer_of, rule_of, "usage.calls > 3 and contract.active")
    with pytest.raises(ValueError, match=r"^the rules read facts that nobody gave: contract\.active$"):
        group.case_numbers({"usage.calls": np.array([1])})
    with pytest.raises(TypeError, match=r'"usage\.calls" is a number, but its column has words'):
        group.case_numbers({"usage.calls": WordColumn.of(["a"]), "contract.active": np.array([1])})
    (words,) = groups_of(offer_of, rule_of, 'mission == "simple"')
    with pytest.raises(TypeError, match='"mission" is a word, but its column has numbers'):
        words.case_numbers({"mission": np.array([1])})


def random_facts(chance: random.Random) -> dict[str, FactValue]:
    return {
        "usage.calls": chance.choice([0, 1, 49, 50, 51, 52, 53, 119, 120, 121, 150, 151, 299, 300, 301, 10**9]),
        "contract.months": chance.choice([0, 3, 4, 5, 99]),
        "contract.active": chance.randint(0, 1),
        "mission": chance.choice(["simple", "complex"]),
        "customer.region": chance.choice(["FR", "FR-974", "FR-971", "", "é"]),
    }


@pytest.fixture(scope="module")
def group(offer_of: OfferOf, rule_of: RuleOf) -> Group:
    (only,) = groups_of(offer_of, rule_of, *WHENS)
    return only


@given(chance=st.randoms(use_true_random=False))
def test_two_facts_of_one_case_are_decided_alike(group: Group, chance: random.Random) -> None:
    rows = [random_facts(chance) for _ in range(25)]
    walked = set(group.all_cases())
    decided: dict[int, list[bool]] = {}
    for row, case in zip(rows, group.case_numbers(columns_of(rows)).tolist(), strict=True):
        held = [holds(parsed.condition, row) for parsed in group.rules]
        assert decided.setdefault(case, held) == held
        assert case in walked
        assert [holds(parsed.condition, group.representative(case)) for parsed in group.rules] == held


def test_the_representative_of_a_case_lies_in_it(group: Group) -> None:
    cases = list(group.all_cases())
    assert len(set(cases)) == len(cases)
    assert [case_of(group, group.representative(case)) for case in cases] == cases
    assert [case_of(group, group.representative(case)) for case in range(group.size)] == list(range(group.size))

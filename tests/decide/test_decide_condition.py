"""What a condition means: a table, and bad conditions with their exact messages."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.decide.condition import alternatives, facts_read, holds, width
from permanence.decide.condition_text import parse
from permanence.decide.vocabulary import vocabulary
from permanence.model.facts import MONTH_FACTS, FactValue
from permanence.model.offer import Offer, Rule, Then
from permanence.model.problem import Place, Refused

BAD = sorted((Path(__file__).parent / "bad").glob("*.txt"))

QUIET: dict[str, FactValue] = {
    "usage.calls": 100,
    "usage.received": 120,
    "contract.active": 1,
    "contract.in_trial": 0,
    "contract.months": 3,
    "mission": "simple",
    "customer.kind": "professional",
    "customer.region": "FR-974",
}

MEANINGS = [
    ("contract.active", True),
    ("not contract.active", False),
    ("contract.in_trial", False),
    ("contract.active == true", True),
    ("contract.active != true", False),
    ("contract.in_trial == false", True),
    ("true == contract.in_trial", False),
    ("usage.calls == 100", True),
    ("usage.calls != 100", False),
    ("usage.calls < 100", False),
    ("usage.calls <= 100", True),
    ("usage.calls > 99", True),
    ("100 <= usage.calls", True),
    ("100 < usage.calls", False),
    ("50 < usage.calls <= 150", True),
    ("150 >= usage.calls > 100", False),
    ("usage.calls > -1", True),
    ("usage.calls < 1_000", True),
    ("usage.calls in (99, 100)", True),
    ("usage.calls not in (99, 100)", False),
    ('mission == "simple"', True),
    ("mission == 'complex'", False),
    ('mission != "complex"', True),
    ('mission in ("simple", "complex")', True),
    ('mission in ["complex"]', False),
    ('mission in ("complex")', False),
    ('customer.region not in ("FR-971", "FR-972")', True),
    ('"FR-974" == customer.region', True),
    ("contract.active and usage.calls > 150", False),
    ("contract.in_trial or usage.calls > 50", True),
    ("not (contract.in_trial or usage.calls > 50)", False),
    ("contract.in_trial and contract.active or usage.calls == 100", True),
    ("contract.in_trial and (contract.active or usage.calls == 100)", False),
    ("  contract.active\n  and usage.calls == 100  ", True),
    ("contract.active\u00a0and usage . calls == 100", True),
]


@pytest.mark.parametrize(("when", "expected"), MEANINGS)
def test_a_condition_means_what_it_says(
    when: str, expected: bool, rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    condition = parse(rule_of("r", when), vocabulary(offer_of(), "month"))
    assert holds(condition, QUIET) is expected
    ways = alternatives(condition)
    assert any(all(holds(one, QUIET) for one in way) for way in ways) is expected
    assert len(ways) <= width(condition)


def test_the_facts_read_come_in_the_order_of_the_text(
    rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    when = 'mission == "simple" and (usage.calls > 3 or contract.active) and usage.calls < 9'
    condition = parse(rule_of("r", when), vocabulary(offer_of(), "month"))
    assert facts_read(condition) == ("mission", "usage.calls", "contract.active")


def test_a_mark_with_a_hyphen_can_be_named(rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]) -> None:
    marking = rule_of("m", "call.urgent", on="call", mark="long-wait")
    condition = parse(rule_of("r", "usage.long-wait > 2"), vocabulary(offer_of(marking), "month"))
    assert facts_read(condition) == ("usage.long-wait",)


def problems_of(rule: Rule, offer: Offer) -> str:
    with pytest.raises(Refused) as refused:
        parse(rule, vocabulary(offer, rule.on))
    return "\n".join(map(str, refused.value.problems))


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_condition_is_refused_with_its_column(
    file: Path, rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    head, _, expected = file.read_text().partition("\n---\n")
    stage, _, when = head.partition(": ")
    assert problems_of(rule_of("r", when, on=stage), offer_of()) + "\n" == expected


def test_the_bad_conditions_are_there() -> None:
    assert len(BAD) >= 20


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("", "the condition is empty"),
        ("usage.calls > 1 and \0", "a NUL character has no meaning in a condition"),
        ("not " * 900 + "contract.active", "this condition is nested too deeply"),
        ("(" * 300 + "contract.active" + ")" * 300, "this is not a condition"),
        ("usage.calls > 1 or " * 300 + "contract.active", "the condition has 5,715 characters, more than 4,000"),
        (f"usage.calls > {2**62 - 1}", f"{2**62 - 1} cannot be used"),
        (
            " and ".join(["(usage.calls == 1 or contract.active)"] * 8),
            "this condition can hold in 256 ways, more than 200",
        ),
        ("contract.active) or (contract.active", "this is not a condition"),
    ],
)
def test_a_condition_past_its_limits_is_refused(
    when: str, message: str, rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    assert message in problems_of(rule_of("r", when), offer_of())


def test_what_the_parser_itself_cannot_nest_is_refused(
    rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    """Some versions of Python give up on it, some read it: arithmetic it is."""
    told = problems_of(rule_of("r", "-" * 3_900 + "1 < usage.calls"), offer_of())
    assert "nested too deeply" in told or "arithmetic is not used" in told


def test_columns_count_characters_also_after_accents_and_escaped_quotes(
    rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    line = 'when = "customer.region == \\"été\\" and usage.cals > 1"'
    rule = evolve(
        rule_of("r", 'customer.region == "été" and usage.cals > 1'), when_place=Place("offer.toml", 4, 9, line)
    )
    assert problems_of(rule, offer_of()).split("\n") == [
        'offer.toml:4:40: unknown fact "usage.cals"; did you mean "usage.calls"?',
        f"    {line}",
        " " * (4 + line.index("usage.cals")) + "^" * len("usage.cals"),
    ]


def test_a_problem_in_a_condition_of_several_lines_has_its_own_line(
    rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    rule = rule_of("r", "contract.active\n  and usage.cals > 1", line=20)
    assert problems_of(rule, offer_of()).startswith('offer.toml:21:7: unknown fact "usage.cals"')


@given(st.text(max_size=40) | st.text("usage.calls mission<>=!()[]\"',0129andotr-+*", max_size=60))
def test_any_text_is_a_condition_or_refused_with_a_place(text: str) -> None:
    rule = Rule(id="r", on="month", when=text, then=Then(charge="bands"), when_place=Place("o.toml", 3, 9, ""))
    try:
        places = [Place("o.toml", 3)] if facts_read(parse(rule, MONTH_FACTS)) else []
    except Refused as refused:
        places = [problem.where for problem in refused.problems]
    assert places
    assert all(place.line >= 3 for place in places)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ('customer.region == "FR-RE"', True),
        ('customer.region in ("FR-PM", "FR-RE")', True),
        ('customer.region != "FR-RE"', False),
        ('customer.region == "FR-GP"', False),
    ],
)
def test_a_region_is_the_same_by_whichever_of_its_codes_a_rule_names_it(
    when: str, expected: bool, rule_of: Callable[..., Rule], offer_of: Callable[..., Offer]
) -> None:
    assert holds(parse(rule_of("r", when), vocabulary(offer_of(), "month")), QUIET) is expected


def test_the_table_agrees_with_python_itself() -> None:
    """The language is a part of Python's: Python's own evaluation is the oracle of the table."""
    spaces: dict[str, SimpleNamespace] = {}
    for name, value in QUIET.items():
        space, _, leaf = name.rpartition(".")
        setattr(spaces.setdefault(space, SimpleNamespace()), leaf, value)
    names = {**spaces, "mission": "simple", "true": True, "false": False}
    for when, expected in MEANINGS:
        if '("complex")' not in when:
            assert bool(eval(" ".join(when.split()), {}, names)) is expected

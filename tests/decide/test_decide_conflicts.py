"""What is wrong with the rules of an offer: conflicts, with a case that shows each, and limits."""

from collections.abc import Callable

import pytest
from attrs import evolve
from permanence.decide.decider import Decider, problems
from permanence.decide.fences import fence_problems
from permanence.model.facts import FactField
from permanence.model.money import Cents, Micros
from permanence.model.offer import BillingRules, Offer, Rule
from permanence.model.option import Option
from permanence.model.problem import Refused
from permanence.model.scalars import Words
from permanence.model.term_rules import TermRules
from permanence_options.bilingual import Bilingual

OfferOf = Callable[..., Offer]
RuleOf = Callable[..., Rule]


def told(offer: Offer) -> list[str]:
    return [str(problem).split("\n")[0] for problem in problems(offer)]


def test_two_rules_that_charge_one_thing_are_told_with_a_case_in_which_both_hold(
    offer_of: OfferOf, rule_of: RuleOf
) -> None:
    low = rule_of("low", "usage.calls <= 50", charge="bands", line=10)
    high = rule_of("high", 'usage.calls >= 50 and mission == "simple"', charge="bands", line=20)
    assert told(offer_of(low, high)) == [
        'offer.toml:20:9: the rules "low" (offer.toml:10:9) and "high" both charge "bands" in one month; '
        'both hold when usage.calls == 50 and mission == "simple": make one of them exclude the other'
    ]
    apart = rule_of("high", 'usage.calls > 50 and mission == "simple"', charge="bands")
    assert told(offer_of(low, apart)) == []


def test_rules_over_different_facts_that_charge_one_thing_conflict(offer_of: OfferOf, rule_of: RuleOf) -> None:
    one, other = rule_of("a", "usage.calls > 3", charge="bands"), rule_of("b", "contract.active", charge="bands")
    (line,) = told(offer_of(one, other))
    assert "both hold when usage.calls == 4 and contract.active:" in line


def test_two_ends_of_one_contract_conflict(offer_of: OfferOf, rule_of: RuleOf) -> None:
    trial = rule_of("trial", "contract.in_trial", on="notice", end="trial_end")
    late = rule_of("late", "not notice.in_time", on="notice", end="next_term_end")
    same = rule_of("same", "contract.renewed", on="notice", end="next_term_end")
    (line,) = [line for line in told(offer_of(trial, late, same)) if '"late"' in line]
    assert 'end one contract on two days, "trial_end" and "next_term_end"' in line
    assert "both hold when contract.in_trial and not notice.in_time:" in line
    assert told(offer_of(late, same)) == []


def test_a_call_excluded_for_two_reasons_is_a_conflict(offer_of: OfferOf, rule_of: RuleOf) -> None:
    short = rule_of("short", "call.talk_seconds < 5", on="call", exclude="short")
    night = rule_of("night", 'call.window == "night"', on="call", exclude="night")
    urgent = rule_of("urgent", "call.urgent", on="call", mark="urgent")
    (line,) = told(offer_of(short, night, urgent))
    assert 'exclude one call for two reasons, "short" and "night"' in line
    brief = rule_of("brief", "call.talk_seconds < 3", on="call", exclude="short")
    assert told(offer_of(short, brief)) == []
    assert 'both hold when call.talk_seconds == 4 and call.window == "night":' in line


def test_problems_of_conditions_and_conflicts_are_told_together(offer_of: OfferOf, rule_of: RuleOf) -> None:
    offer = offer_of(
        rule_of("a", "usage.cals > 3"),
        rule_of("b", "usage.calls > 3", charge="bands"),
        rule_of("c", "usage.calls > 4", charge="bands"),
        rule_of("d", "call.urgnt", on="call", mark="m"),
    )
    assert [line.split(": ", 1)[1].split(";")[0] for line in told(offer)] == [
        'unknown fact "call.urgnt"',
        'unknown fact "usage.cals"',
        'the rules "b" (offer.toml:10:9) and "c" both charge "bands" in one month',
    ]
    with pytest.raises(Refused, match="unknown fact"):
        Decider(offer)


class Doubled(Option):
    id = "doubled"
    label = Words("Doublon", "Doublon")
    facts = (
        FactField("usage.bilingual", "number", "?"),
        FactField("usage.calls", "number", "?"),
        FactField("usage.from", "number", "?"),
    )


def test_two_owners_of_one_fact_are_told(offer_of: OfferOf, rule_of: RuleOf) -> None:
    price = Micros(1)
    marking = rule_of("m", "call.urgent", on="call", mark="received")
    offer = offer_of(marking, options={"bilingual": Bilingual(price=price), "doubled": Doubled(price=price)})
    assert told(offer) == [
        'offer.toml:5:1: the option "doubled" adds the fact "usage.bilingual", which the option "bilingual" has '
        "already; give it another name",
        'offer.toml:5:1: the option "doubled" adds the fact "usage.calls", which the engine has already; '
        "give it another name",
        'offer.toml:5:1: the option "doubled" adds a fact "usage.from" that no condition can name',
        'offer.toml:7:1: the mark "received" adds the fact "usage.received", which the engine has already; '
        "give it another name",
    ]


class Unspeakable(Option):
    id = "class"
    label = Words("Classe", "Classe")


def test_an_option_that_no_condition_can_name_is_told_at_its_table(offer_of: OfferOf) -> None:
    assert told(offer_of(options={"class": Unspeakable(price=Micros(1))})) == [
        'offer.toml:5:1: the option "class" adds a fact "option.class" that no condition can name',
        "offer.toml:5:1: this is not a condition; write for example `usage.calls > 50 and not contract.in_trial`",
    ]


def test_a_rule_may_not_have_the_name_of_an_options_own_rule(offer_of: OfferOf, rule_of: RuleOf) -> None:
    own = rule_of("option-bilingual", "contract.active", charge="bands")
    assert told(offer_of(own, options={"bilingual": Bilingual(price=Micros(1))})) == [
        'offer.toml:7:1: the rule "option-bilingual" has the name of the rule that the option at offer.toml:5:1 '
        "has of its own; name it otherwise"
    ]


def test_a_rule_may_not_have_the_name_of_the_set_up_fees_own_rule(offer_of: OfferOf, rule_of: RuleOf) -> None:
    offer = offer_of(rule_of("setup-fee", "contract.first_month"))
    assert told(offer) == []
    with_fee = evolve(offer, term=TermRules(setup_fee=Cents(2500)))
    assert told(with_fee) == [
        'offer.toml:7:1: the rule "setup-fee" has the name of the rule that the set-up fee at offer.toml:4:1 '
        "has of its own; name it otherwise"
    ]


def test_a_rule_may_not_have_the_name_of_the_least_s_own_rule(offer_of: OfferOf, rule_of: RuleOf) -> None:
    offer = offer_of(rule_of("monthly-least", "contract.active"))
    assert told(offer) == []
    assert told(evolve(offer, billing=BillingRules(least=Cents(6000)))) == [
        'offer.toml:7:1: the rule "monthly-least" has the name of the rule that the least of a month at '
        "offer.toml:4:1 has of its own; name it otherwise"
    ]


def test_too_many_equal_rules_are_refused_by_name(offer_of: OfferOf, rule_of: RuleOf) -> None:
    rules = [rule_of(f"r{number}", "contract.active") for number in range(201)]
    assert told(offer_of(*rules)) == [
        'offer.toml:10:9: the rule "r200" is number 201 with one same condition; 200 are possible; '
        "use fewer rules or literals"
    ]
    with pytest.raises(Refused):
        Decider(offer_of(*rules))


def test_an_offer_with_a_group_of_too_many_cases_is_refused_before_any_is_decided(
    offer_of: OfferOf, rule_of: RuleOf
) -> None:
    facts = ("usage.calls", "usage.received", "contract.months")
    whens = (" or ".join(f"{fact} == {2 * number}" for number in range(1, 40)) for fact in facts)
    offer = offer_of(*(rule_of(f"r{number}", when, charge="bands") for number, when in enumerate(whens)))
    assert told(offer) == [
        'offer.toml:7:1: the rules "r0", "r1", "r2" together make 493,039 cases, more than 100,000; '
        "let fewer rules share the facts that cut them most: "
        "usage.calls (79 pieces), usage.received (79 pieces), contract.months (79 pieces)"
    ]
    with pytest.raises(Refused, match="493,039 cases"):
        Decider(offer)


def test_too_many_comparisons_at_one_point_are_refused_by_name(offer_of: OfferOf, rule_of: RuleOf) -> None:
    lists = [", ".join(f'"{part}-{number}"' for number in range(190)) for part in range(3)]
    regions = [rule_of(f"r{part}", f"customer.region in ({listed})") for part, listed in enumerate(lists)]
    (line,) = told(offer_of(*regions))
    assert 'the rule "r2" brings comparison number 481 to one point; 480 are possible' in line


def test_too_many_independent_groups_are_refused(offer_of: OfferOf, rule_of: RuleOf) -> None:
    marks = [rule_of(f"m{number}", "call.urgent", on="call", mark=f"k{number}") for number in range(4)]
    rules = [rule_of(f"r{number}", f"usage.k{number} > 0") for number in range(4)]
    assert told(offer_of(*marks, *rules)) == []
    groups = Decider(offer_of(*marks, *rules)).groups("month") * 121
    assert [problem.what for problem in fence_problems(groups)][:1] == [
        "the offer has more than 480 independent groups of rules"
    ]


def test_rules_that_hold_at_once_past_the_engines_limit_are_told_with_the_case(
    offer_of: OfferOf, rule_of: RuleOf
) -> None:
    offer = offer_of(*(rule_of(f"r{number}", f"usage.calls >= {number}") for number in range(1, 100)))
    (line,) = told(offer)
    assert line == (
        'offer.toml: test@2026-01-01: durable-rules cannot decide the rules "r1", "r2", "r3", "r4", "r5" for '
        "usage.calls = 65: more than 64 rules hold, or nearly hold, at once; let fewer rules hold at once"
    )


def test_a_month_above_the_floor_and_one_below_it_never_come_right_before(offer_of: OfferOf, rule_of: RuleOf) -> None:
    up = rule_of("up", "history.months_above >= 3", on="history", floor="reached", line=10)
    down = rule_of("down", "history.months_below >= 2", on="history", floor="lowest", line=20)
    assert told(offer_of(up, down)) == []
    fewer = rule_of("down", "history.months_below < 2", on="history", floor="lowest", line=20)
    assert told(offer_of(up, fewer)) == [
        'offer.toml:20:9: the rules "up" (offer.toml:10:9) and "down" set two floors for one month, "reached" and '
        '"lowest"; both hold when history.months_above == 3 and history.months_below == 1: make one of them exclude '
        "the other"
    ]

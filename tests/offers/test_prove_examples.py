"""An offer's own examples: what they expect must come out, or the offer does not load."""

from pathlib import Path

import pytest
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins
from permanence_options import bilingual, callback, shared_agenda, svi

from tests.bill import moody
from tests.bill.months import PACKAGE, THEN, offer

PLUGINS = Plugins.of(bilingual, callback, shared_agenda, svi, moody)
OPTIONS = """
[option.bilingual]
price = "39.00"

[option.callback]
price = "0.90"
installation = "80.00"

[option.shared_agenda]
price = "20.00"
creation = "45.00"

[option.svi]
price = "150.00"

[option.greedy]
price = "1.00"

[price.night]
title = "Majoration de nuit"
amount = "0.60"
per = "usage.night"

[[rule]]
id = "by-night"
on = "call"
when = 'call.window == ""'
then = { mark = "night" }

[[rule]]
id = "night"
on = "month"
when = "usage.night > 2"
then = { charge = "price.night" }
"""
FEE = 'setup_fee = "25.00"'
CORRECT = (
    "correct the rule or the price, or the example: "
    "`permanence check offer.toml --correct-examples` writes what comes out, for review"
)


def example(total: str, given: str = "", options: str = "", title: str = "a month") -> str:
    return f'[[example]]\ntitle = "{title}"\ngiven = {{ {given} }}\noptions = [{options}]\ntotal = "{total}"\n'


def found(tmp_path: Path, text: str) -> list[str]:
    """Return what is wrong with an offer, without where."""
    path = tmp_path / "offer.toml"
    path.write_text(text, encoding="utf-8")
    problems = prove_offers([path], PLUGINS).problems
    return [f"{problem.what} | {problem.hint}".replace(path.as_posix(), path.name) for problem in problems]


@pytest.mark.parametrize(
    ("total", "given", "options"),
    [
        ("59.00", "", ""),
        ("149.00", '"usage.calls" = 51', ""),
        ("194.00", '"usage.calls" = 51, mission = "complex"', ""),
        ("118.00", '"usage.calls" = 40', '"bilingual", "shared_agenda"'),
        ("84.00", '"contract.first_month" = true', ""),
        ("299.00", '"contract.first_month" = true', '"svi", "shared_agenda"'),
        ("59.00", "", '"svi"'),
        ("66.20", '"usage.callback" = 8', '"callback"'),
        ("60.80", '"usage.night" = 3', ""),
        ("59.00", '"usage.night" = 2', ""),
        ("59.00", '"customer.kind" = "consumer", "customer.region" = "FR-974"', ""),
    ],
)
def test_an_example_that_comes_out_is_no_problem(tmp_path: Path, total: str, given: str, options: str) -> None:
    assert found(tmp_path, offer(OPTIONS + example(total, given, options), term=FEE)) == []


def test_an_example_that_does_not_come_out_is_told_with_the_sums(tmp_path: Path) -> None:
    wrong = example("100.00", '"usage.calls" = 40', '"bilingual", "shared_agenda"')
    assert found(tmp_path, offer(OPTIONS + wrong)) == [
        'the example "a month" expects 100,00\u00a0€, but the rules make 118,00\u00a0€'
        " | Permanence Essentielle, jusqu'à 50 appels, mission simple 59,00\u00a0€"
        f" + Secrétaire bilingue 39,00\u00a0€ + Agenda partagé 20,00\u00a0€; {CORRECT}"
    ]


def test_every_example_that_fails_is_told_at_its_own_place(tmp_path: Path) -> None:
    path = tmp_path / "offer.toml"
    text = offer(example("59.01", title="one") + "\n" + example("59.00", title="two") + "\n" + example("1.00"))
    path.write_text(text, encoding="utf-8")
    problems = prove_offers([path], PLUGINS).problems
    lines = text.splitlines()
    assert [lines[problem.where.line - 1] for problem in problems] == ['total = "59.01"', 'total = "1.00"']
    assert problems[0].where.excerpt == ('total = "59.01"', "        ^^^^^^^")
    assert ['"one"' in problem.what for problem in problems] == [True, False]


def test_an_example_without_any_line_says_so(tmp_path: Path) -> None:
    text = offer(example("59.00")).replace("contract.active", "contract.in_trial")
    assert found(tmp_path, text) == [
        f'the example "a month" expects 59,00\u00a0€, but the rules make 0,00\u00a0€ | no line at all; {CORRECT}'
    ]


def test_an_example_whose_count_has_no_price_says_so(tmp_path: Path) -> None:
    text = offer(example("1.00", '"usage.calls" = 251')).replace(THEN, "")
    assert found(tmp_path, text) == [
        'the example "a month" cannot be priced: 251 calls lie above the last band (250); add a step, or `then` | '
    ]


def test_an_example_whose_plugin_fails_says_so(tmp_path: Path) -> None:
    assert found(tmp_path, offer(OPTIONS + example("60.00", options='"greedy"'))) == [
        'the option "greedy" failed: more | mend its plugin'
    ]


@pytest.mark.parametrize(("total", "calls"), [("24.00", 20), ("69.15", 63)])
def test_a_package_has_examples_too(tmp_path: Path, total: str, calls: int) -> None:
    assert found(tmp_path, PACKAGE + example(total, f'"usage.calls" = {calls}')) == []


def test_examples_are_not_tried_while_the_rules_are_wrong(tmp_path: Path) -> None:
    text = offer(example("1.00")).replace("contract.active", "contract.activ")
    (problem,) = found(tmp_path, text)
    assert "contract.activ" in problem


SOLD_BY_PLANS = Path(__file__).parent / "holes" / "price_of_the_first_month_beside_plans.toml"
QUANTITY = """
[quantity.sites]
title = "Sites"
unit = "site"
units = "sites"

[price.site]
title = "Sites"
amount = "10.00"
per = "quantity.sites"

[[rule]]
id = "sites"
on = "month"
when = "quantity.sites > 0"
then = { charge = "price.site" }
"""


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ('plan = "small"', "60.00"),
        ('plan = "large"', "90.00"),
        ('plan = "large", "quantity.sites" = 2', "110.00"),
        ('"contract.lines" = 2', "60.00"),
    ],
)
def test_calls_come_in_on_the_plan_and_for_the_sites_that_an_example_gives(
    given: str, total: str, tmp_path: Path
) -> None:
    calls = 'calls = [{ at = "2026-03-03 10:00", count = 30 }]'
    played = f'[[example]]\ntitle = "thirty calls"\ngiven = {{ {given} }}\n{calls}\ntotal = "{total}"\n'
    assert found(tmp_path, SOLD_BY_PLANS.read_text("utf-8") + QUANTITY + played) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ('"window.day" = false', "takes no window"),
        ('"window.day" = 7', 'gives "window.day" as 7 | it is true or false'),
        ('plan = "medium"', "gives \"plan\" as 'medium', which no contract of the offer has"),
    ],
)
def test_what_no_contract_can_have_is_said_of_an_example(given: str, problem: str, tmp_path: Path) -> None:
    calls = 'calls = [{ at = "2026-03-03 10:00" }]'
    played = f'[[example]]\ntitle = "a call"\ngiven = {{ {given} }}\n{calls}\ntotal = "40.00"\n'
    assert any(problem in one for one in found(tmp_path, SOLD_BY_PLANS.read_text("utf-8") + played))

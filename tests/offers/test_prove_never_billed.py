"""What no invoice could say is a problem of `check`, at its place: it is never passed over as not asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from permanence import Charge, Micros, Option, OptionMonth, Words, frozen, hookimpl
from permanence.model.problem import Problem, errors
from permanence.offers.check.files import check_files
from permanence.offers.examples.missing import write_examples
from permanence.plugin_manager import Plugins

from tests.installed import PLUGINS

SOUND = (Path(__file__).parent / "holes" / "nothing.toml").read_text("utf-8")
CREDIT = """
[price.credit]
title = "Remise"
PRICE

[[rule]]
id = "credit"
on = "month"
when = "contract.active"
then = { charge = "price.credit" }
"""


@frozen(kw_only=True)
class Hidden(Option):
    """An option that charges a fee of which its prices say nothing."""

    id = "hidden"
    label = Words("Option discrète", "Option discrète")

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        yield from Option.charge(self, month)
        if month.starts:
            yield Charge(label="Frais de dossier", quantity=1, unit_price=Micros(1_000_000))


@frozen(kw_only=True)
class Broken(Option):
    """An option that fails when it charges."""

    id = "broken"
    label = Words("Option en panne", "Option en panne")

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        raise ZeroDivisionError


@hookimpl
def register_options() -> list[type[Option]]:
    return [Hidden, Broken]


class Module:
    """A plugin module of this test's own."""

    register_options = staticmethod(register_options)
    __name__ = "faulty"


def checked(folder: Path, text: str, plugins: Plugins = PLUGINS) -> tuple[Problem, ...]:
    """Return what is wrong with an offer beside what its examples do not show, which is written into it first."""
    path = folder / "offer.toml"
    path.write_text(text, encoding="utf-8")
    first = check_files([path], folder, folder, plugins)
    for offer, missing in first.missing:
        write_examples(offer, missing)
    again = check_files([path], folder, folder, plugins)
    assert again.missing == ()
    return again.problems


@pytest.mark.parametrize(
    ("option", "line", "what"),
    [
        ("hidden", 36, '"Frais de dossier" is charged, which no quote would list'),
        ("broken", 36, 'the option "broken" cannot charge a month: ZeroDivisionError'),
    ],
)
def test_an_option_that_no_month_could_bill_is_a_problem_at_its_table(
    option: str, line: int, what: str, tmp_path: Path
) -> None:
    text = f'{SOUND}\n[option.{option}]\nprice = "10.00"\n'
    (problem,) = checked(tmp_path, text, Plugins.of(Module()))
    assert (problem.where.line, problem.what, problem.warning) == (line, what, False)


@pytest.mark.parametrize(
    "price",
    [
        'per = "usage.calls"\namount = "-0.10"',
        'per = "usage.calls"\namount = "-0.10"\nincluded = 25',
        'per = "usage.calls"\namount = "-0.10"\nleast = "0.00"',
        'per = "usage.calls"\namount = "-0.10"\nleast = "2.00"',
        'per = "usage.calls"\nsteps = [{ up_to = 10, amount = "-0.10" }, { amount = "0.00" }]',
        'per = "usage.calls"\nsteps = [{ up_to = 10, amount = "0.10", flat = "-5.00" }, { amount = "0.10" }]',
        'per = "usage.calls"\nmodel = "volume"\nsteps = [{ up_to = 10, flat = "-5.00" }, { amount = "-0.333" }]',
    ],
)
def test_a_credit_is_billed_to_the_cent_in_every_month_that_an_example_shows(price: str, tmp_path: Path) -> None:
    found = checked(tmp_path, SOUND + CREDIT.replace("PRICE", price))
    assert errors(found) == ()


def test_what_is_charged_past_the_last_band_alone_can_never_be_billed(tmp_path: Path) -> None:
    busy = CREDIT.replace("PRICE", 'amount = "1.00"').replace("contract.active", "usage.calls > 100")
    whats = [problem.what for problem in errors(checked(tmp_path, SOUND + busy))]
    assert whats[0] == (
        'no invoice can show the price "Remise": 101 calls lie above the last band (100); add a step, or `then`'
    )


def test_a_top_that_some_months_pass_is_sold_so(tmp_path: Path) -> None:
    assert checked(tmp_path, SOUND.replace("up_to = 100", "up_to = 1")) == ()


def test_prices_and_rules_that_rest_on_a_mark_nobody_counts_are_told(tmp_path: Path) -> None:
    priced = """
[mark.off]
title = "Appels majorés"

[reason.courtesy]
title = "Appels de courtoisie"

[price.off]
title = "Majoration"
per = "usage.off"
amount = "0.60"

[[rule]]
id = "off"
on = "call"
when = "call.talk_seconds < 10"
then = { mark = "off" }

[[rule]]
id = "courtesy"
on = "call"
when = "call.talk_seconds < 30"
then = { exclude = "courtesy" }

[[rule]]
id = "surcharge"
on = "month"
when = "usage.off > 0"
then = { charge = "price.off" }
"""
    problems = checked(tmp_path, SOUND + priced)
    assert [(problem.where.line, problem.what.partition(":")[0]) for problem in problems] == [
        (44, 'the price "off" is never charged'),
        (50, 'the rule "off" marks no call that counts'),
        (62, 'the rule "surcharge" never fires'),
    ]
    mended = priced.replace("call.talk_seconds < 30", "call.talk_seconds < 5")
    assert errors(checked(tmp_path, SOUND + mended)) == ()

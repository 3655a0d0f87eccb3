"""All of our own options keep what an option must keep, those of the nine too, by every way in which they are sold."""

import os
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from permanence.model.option import Option
from permanence.testing import conform
from permanence.testing.option_cases import written

from tests.installed import PLUGINS

EXAMPLES = 300 if "SOAK" in os.environ else 5
NINE = Path(__file__).parents[1] / "plugins" / "nine"
SOLD = {
    "announcement": ['price = "60.00"'],
    "appointments": [
        'included = 2\nsteps = [{ up_to = 4, amount = "1.20" }, { amount = "0.90" }]',
        'price = "15.00"\nmodel = "volume"\nsteps = [{ up_to = 2, amount = "1.20" }, { amount = "0.90" }]',
    ],
    "bilingual": ['price = "39.00"', 'percent = "25"\nof = ["bands"]', 'price = "0.50"\nkind = "usage"'],
    "callback": ['price = "0.90"\ninstallation = "80.00"'],
    "escalation": [
        'price = "25.00"',
        'levels = [{ delay = 60, price = "25.00" }, { delay = 15, price = "45.00" }]',
    ],
    "night_duty": ['price = "70.00"'],
    "outgoing_calls": ['price = "0.80"'],
    "round_the_clock": ['price = "120.00"'],
    "shared_agenda": ['price = { simple = "20.00", complex = "30.00" }\ncreation = "45.00"'],
    "sms": ['price = "0.12"'],
    "svi": ['price = "150.00"'],
    "transfer": ['price = "0.35"'],
}


def nine() -> Iterator[tuple[type[Option], str]]:
    """Yield each of the nine, with the table of the offer that sells it."""
    for path in sorted(NINE.glob("*.toml")):
        (option,) = import_module(f"tests.plugins.nine.{path.stem}").register_options()
        tables = tomllib.loads(path.read_text("utf-8"))["option"]
        yield option, written(tables[option.id])


def test_every_option_of_ours_is_tried() -> None:
    assert SOLD.keys() == PLUGINS.options.keys()


@pytest.mark.parametrize("name", SOLD)
def test_our_option_keeps_what_an_option_must_keep(name: str) -> None:
    conform(PLUGINS.options[name], *SOLD[name], examples=EXAMPLES)


@pytest.mark.parametrize(("option", "table"), [pytest.param(*one, id=one[0].id) for one in nine()])
def test_each_of_the_nine_keeps_what_an_option_must_keep(option: type[Option], table: str) -> None:
    conform(option, table, examples=EXAMPLES)

"""Whatever is said against a plugin names its distribution, with the version, and its entry point."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from permanence.model.problem import Problem
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins

from tests.bill.months import offer
from tests.plugins.distributions import Installed, fax

GOOD = fax("fax")
MEASURED = fax("fax", '(FactField("usage.faxes", "number", "Télécopies", "pages"),)', "    counts = 'usage.faxes'")
MEASURED += "Fax.measure = lambda self, calls: {}\n"
CHECK = "\n@hookimpl\ndef check_offer(offer):\n    "


def against_plugins(_: Path) -> tuple[Problem, ...]:
    return tuple(problem for one in Plugins.installed().not_loaded for problem in one.problems)


def against_the_offer(folder: Path) -> tuple[Problem, ...]:
    path = folder / "offer.toml"
    path.write_text(offer('[option.fax]\nprice = "5.00"\n'), "utf-8")
    return prove_offers([path], Plugins.installed()).problems


Asked = Callable[[Path], tuple[Problem, ...]]
REFUSED: Mapping[str, tuple[str, Asked]] = {
    "it cannot be imported": ("import not_there", against_plugins),
    "it ends the program": ("raise SystemExit(0)", against_plugins),
    "it requires another version": (f"requires_engine = '>=9'\n{GOOD}", against_plugins),
    "it says no version": (f"requires_engine = 'soon'\n{GOOD}", against_plugins),
    "it answers a hook that there is not": (f"{GOOD}\n@hookimpl\ndef bill(): pass\n", against_plugins),
    "it wraps a hook": (f"{GOOD}\n@hookimpl(wrapper=True)\ndef check_offer(offer):\n    yield\n", against_plugins),
    "it fails to register": (GOOD.replace("return [Fax]", "raise KeyError('x')"), against_plugins),
    "it registers no class": (GOOD.replace("return [Fax]", "return [7]"), against_plugins),
    "its class has a fault": (GOOD.replace('Words("Télécopie", "Fax")', "None"), against_plugins),
    "its class requires another version": (fax("fax", more="    requires_engine = '>=9'"), against_plugins),
    "its option is another's too": (fax("sms"), against_plugins),
    "its fact is another's too": (MEASURED.replace("usage.faxes", "usage.sms"), against_plugins),
    "it cannot be imported, and is sold": ("import not_there", against_the_offer),
    "its class has a fault, and is sold": (GOOD.replace('Words("Télécopie", "Fax")', "None"), against_the_offer),
    "its prices fail": (f"{GOOD}\nFax.prices = lambda self: 1 / 0\n", against_the_offer),
    "its check fails": (f"{GOOD}{CHECK}raise KeyError(7)\n", against_the_offer),
    "its check finds no problem": (f"{GOOD}{CHECK}return [7]\n", against_the_offer),
}


@pytest.mark.parametrize(("text", "asked"), REFUSED.values(), ids=REFUSED)
def test_each_refusal_names_distribution_version_and_entry_point(
    installed: Installed, tmp_path: Path, text: str, asked: Asked
) -> None:
    installed("stranger", text, version="4.2", entry="calls_in")
    told = [str(problem) for problem in asked(tmp_path)]
    assert told
    for one in told:
        assert "4.2" in one
        assert "stranger:calls_in" in one or ("stranger 4.2" in one and 'plugin "calls_in"' in one), one


def test_a_plugin_that_is_switched_off_is_named_too(installed: Installed) -> None:
    installed("stranger", GOOD, version="4.2", entry="calls_in")
    (one,) = Plugins.installed(["stranger:calls_in"]).not_loaded
    assert one.told == 'stranger 4.2: its plugin "calls_in" is switched off'


def test_a_plugin_that_fails_to_register_is_asked_nothing_any_more(installed: Installed) -> None:
    name = installed("stranger", GOOD.replace("return [Fax]", "raise KeyError('x')") + f"{CHECK}raise KeyError(7)\n")
    plugins = Plugins.installed()
    assert name not in plugins.origins
    assert name in plugins.names

"""Each plugin is loaded by itself: what fails is named, and everything else is used as if it were not there."""

from importlib.metadata import PathDistribution, version
from typing import Any

import pytest
from permanence.plugin_manager import Plugins

from tests.installed import PLUGINS
from tests.plugins.distributions import Installed, fax

GOOD = fax("fax")
FAILURES = {
    "a hook that there is none of": (
        GOOD.replace("def register_options", "def register_option"),
        "PluginValidationError: unknown hook 'register_option' in plugin",
    ),
    "a hook that asks for more": (
        GOOD.replace("def register_options()", "def register_options(offer)"),
        "PluginValidationError: Plugin",
    ),
    "a module that is not there": ("import not_there", "ModuleNotFoundError: No module named 'not_there'"),
    "no Python": ("def (:\n", "SyntaxError: invalid syntax"),
    "an end of the process": ("import sys\nsys.exit()\n", "SystemExit"),
    "an end that looks well": ("raise SystemExit(0)", "SystemExit: 0"),
    "an interrupt of its own": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "no memory": ("raise MemoryError('all of it')", "MemoryError: all of it"),
    "no end": ("def f(): f()\nf()\n", "RecursionError: maximum recursion depth exceeded"),
    "a failure of no kind": ("raise BaseException('so')", "BaseException: so"),
    "a failure that cannot say itself": (
        "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute",
        "Mute: it cannot be told",
    ),
}


@pytest.mark.parametrize(("text", "why"), FAILURES.values(), ids=FAILURES)
def test_a_plugin_that_cannot_be_loaded_is_told_and_keeps_nothing_from_being_used(
    installed: Installed, text: str, why: str
) -> None:
    name = installed("stranger", text, version="4.2")
    installed("other", fax("pigeon"))
    plugins = Plugins.installed()
    assert {*PLUGINS.options, "pigeon"} <= set(plugins.options)
    (one,) = plugins.not_loaded
    (told,) = one.warnings
    assert (one.plugin, told.where.file) == (name, "stranger 4.2")
    assert told.what.startswith(f'its plugin "stranger" could not be loaded: {why}')
    assert told.hint == "remove or mend that distribution, or go without it: --without stranger:stranger"


def test_an_interrupt_of_the_user_ends_the_command(installed: Installed) -> None:
    pressed = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nfor _ in range(9999):\n    len('')\n"
    installed("stranger", pressed + GOOD)
    with pytest.raises(KeyboardInterrupt):
        Plugins.installed()


@pytest.mark.parametrize("why", ["raise SystemExit(0)", "raise KeyboardInterrupt", "raise MemoryError", "return 7"])
def test_a_plugin_that_cannot_register_its_options_keeps_nothing_from_being_used(
    installed: Installed, why: str
) -> None:
    installed("stranger", GOOD.replace("return [Fax]", why))
    installed("other", fax("pigeon"))
    plugins = Plugins.installed()
    assert "pigeon" in plugins.options
    (one,) = plugins.not_loaded
    assert one.told.startswith("stranger 1.0: its options could not be registered: ")


def test_two_distributions_with_one_entry_point_name_are_both_loaded(installed: Installed) -> None:
    installed("one", fax("fax"))
    installed("two", fax("pigeon"))
    plugins = Plugins.installed()
    assert [plugins.registered[name].plugin for name in ("fax", "pigeon")] == ["one:stranger", "two:stranger"]
    assert not plugins.not_loaded


def test_an_option_that_two_distributions_offer_is_of_neither(installed: Installed) -> None:
    installed("one", fax("fax"))
    installed("two", fax("fax"))
    plugins = Plugins.installed()
    assert "fax" not in plugins.options
    (one,) = plugins.not_loaded
    told = {
        f'{first} 1.0: the option "fax" is already offered by {other} 1.0'
        for first, other in (("one", "two"), ("two", "one"))
    }
    assert one.told in told
    assert "fax" in Plugins.installed(["two"]).options


def test_options_that_measure_one_fact_are_both_left_out(installed: Installed) -> None:
    measured = '(FactField("usage.faxes", "number", "Télécopies"),)'
    installed("one", fax("fax", measured))
    installed("two", fax("pigeon", measured))
    plugins = Plugins.installed()
    assert not {"fax", "pigeon"} & set(plugins.options)
    assert set(PLUGINS.options) <= set(plugins.options)


@pytest.mark.parametrize("name", ["stranger", "stranger:stranger"])
def test_a_plugin_that_is_switched_off_is_not_even_imported(installed: Installed, name: str) -> None:
    installed("stranger", "raise SystemExit")
    plugins = Plugins.installed([name])
    (one,) = plugins.not_loaded
    assert one.told == 'stranger 1.0: its plugin "stranger" is switched off'
    assert not one.warnings
    assert {"stranger", "stranger:stranger", "permanence", "permanence:sms"} <= plugins.names


def test_what_a_plugin_prints_as_it_is_loaded_is_no_output_of_ours(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    installed("stranger", f"print('hello')\n{GOOD}".replace("    return [Fax]", "    print('fax')\n    return [Fax]"))
    assert "fax" in Plugins.installed().options
    assert capsys.readouterr() == ("", "")


def test_what_is_known_of_a_distribution_is_read_once(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    installed("other", fax("pigeon"))
    read, text_of = list[str](), PathDistribution.read_text

    def read_text(self: PathDistribution, filename: Any) -> str | None:
        read.append(f"{self._path} {filename}")
        return text_of(self, filename)

    monkeypatch.setattr(PathDistribution, "read_text", read_text)
    plugins = Plugins.installed()
    for name in plugins.options:
        plugins.blame(name)
    metadata = [one for one in read if one.endswith("METADATA")]
    assert len(metadata) == len(set(metadata)) > 0


NEEDS = {
    ("permanence>=2", ""): "it requires permanence >=2, and {} runs",
    ("Permanence (<0.1)", ""): "it requires permanence <0.1, and {} runs",
    ("permanence-saturday>=2", ""): "",
    ("permanence>=0.1", ">=0.1"): "",
    ('permanence>=2; extra == "dev"', ""): "",
    ("permanence", "<0.1"): "it requires permanence <0.1, and {} runs",
    ("", "soon"): "it requires permanence 'soon', and must name versions: \">=0.1,<0.3\"",
    ("permanence>=>", ""): "it requires permanence '>=>', and must name versions: \">=0.1,<0.3\"",
}
"""What a distribution requires, what its module says besides, and why it is not loaded."""


@pytest.mark.parametrize(("needs", "why"), NEEDS.items(), ids=[" ".join(needs) for needs in NEEDS])
def test_a_plugin_is_loaded_with_the_versions_that_it_requires(
    installed: Installed, needs: tuple[str, str], why: str
) -> None:
    distribution, module = needs
    installed("stranger", f"requires_engine = {module!r}\n{GOOD}", requires=distribution)
    plugins = Plugins.installed()
    assert ("fax" in plugins.options) == (not why)
    told = [one.told for one in plugins.not_loaded]
    expected = f'stranger 1.0: its plugin "stranger" could not be loaded: {why.format(version("permanence"))}'
    assert [one[: len(expected)] for one in told] == [expected] * bool(why)


def test_a_class_is_on_sale_with_the_versions_that_it_requires(installed: Installed) -> None:
    installed("stranger", fax("fax", more='    requires_engine = ">=2"'))
    (one,) = Plugins.installed().not_loaded
    running = version("permanence")
    assert one.told == f'stranger 1.0: option "fax": it requires permanence >=2, and {running} runs'


@pytest.mark.parametrize("how", ["wrapper", "hookwrapper"])
def test_a_plugin_that_wraps_a_hook_is_refused_by_name(installed: Installed, how: str) -> None:
    wrapping = f"""
@hookimpl({how}=True)
def check_offer(offer):
    yield
"""
    installed("stranger", GOOD + wrapping)
    plugins = Plugins.installed()
    assert "fax" not in plugins.options
    (one,) = plugins.not_loaded
    assert one.told.endswith("its check_offer is a hook wrapper, and each plugin answers for itself alone")


def test_a_plugin_may_answer_first_or_under_another_name(installed: Installed) -> None:
    first = GOOD.replace(
        "@hookimpl\ndef register_options", '@hookimpl(specname="register_options", tryfirst=True)\ndef go'
    )
    name = installed("stranger", first)
    plugins = Plugins.installed()
    assert plugins.registered["fax"].plugin == name
    assert plugins.hooks(name) == ("register_options",)

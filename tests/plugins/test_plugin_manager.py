"""Plugins are found, checked, and named when something is wrong: never a traceback, never silence."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from permanence import FactField, Offer, Option, Place, Problem, Words, frozen, hookimpl
from permanence.model.problem import Refused
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins

from tests.bill.months import offer
from tests.installed import PLUGINS
from tests.plugins.distributions import Installed, fax


def an_option(name: str, *facts: str) -> type[Option]:
    fields = tuple(FactField(fact, "number", "Un compte") for fact in facts)
    body: dict[str, Any] = {"id": name, "label": Words(name, name), "facts": fields}
    if facts:
        body["measure"] = lambda _self, _calls: {}
    return frozen(kw_only=True)(type(name.title(), (Option,), body))


def a_plugin(name: str, answer: Any = (), check: Callable[..., Any] | None = None) -> ModuleType:
    """Return a plugin that registers these options, or does what it is told to."""
    plugin = ModuleType(name)

    @hookimpl
    def register_options() -> Any:
        return answer() if callable(answer) else answer

    setattr(plugin, "register_options", register_options)  # noqa: B010 - a module has no such attribute
    if check:
        setattr(plugin, "check_offer", hookimpl(check))  # noqa: B010
    return plugin


def said(*plugins: ModuleType) -> list[str]:
    with pytest.raises(Refused) as refused:
        Plugins.of(*plugins)
    return [str(problem) for problem in refused.value.problems]


def test_two_plugins_cannot_offer_one_option() -> None:
    assert said(a_plugin("one", [an_option("sms")]), a_plugin("two", [an_option("sms")])) == [
        'two: the option "sms" is already offered by one; remove one of them'
    ]


def test_two_options_cannot_claim_one_fact() -> None:
    plugins = a_plugin("one", [an_option("sms", "usage.sent")]), a_plugin("two", [an_option("fax", "usage.sent")])
    assert said(*plugins) == [
        'two: the fact "usage.sent" of option "fax" is already measured by option "sms" (one); give it another name'
    ]


def test_every_contradiction_of_every_plugin_is_told_at_once() -> None:
    offered = [an_option("sms")], [an_option("sms")], [an_option("fax", "sent")], [1]
    plugins = [a_plugin(f"plugin_{number}", options) for number, options in enumerate(offered)]
    assert len(said(*plugins)) == 3


def test_a_plugin_that_cannot_register_its_options_is_named() -> None:
    def broken() -> Any:
        raise ValueError("no licence")

    plugins = a_plugin("one", broken), a_plugin("two", [Words("x")]), a_plugin("three", lambda: None)
    assert said(*plugins) == [
        "one: its options could not be registered: ValueError: no licence; remove or mend that distribution",
        "two: its options could not be registered: TypeError: Words(fr='x', en='') is no class of option; "
        "remove or mend that distribution",
        "three: its options could not be registered: TypeError: register_options() returned None: "
        "return a list of classes, such as [Fax]; remove or mend that distribution",
    ]


def checked(tmp_path: Path, plugin: ModuleType) -> list[str]:
    path = tmp_path / "offer.toml"
    path.write_text(offer(), encoding="utf-8")
    return [str(problem) for problem in prove_offers([path], Plugins.of(plugin)).problems]


def test_a_plugin_may_check_how_an_offer_uses_its_options(tmp_path: Path) -> None:
    def check_offer(offer: Offer) -> Iterable[Problem]:
        yield Problem(Place("offer.toml", 4), f"{offer.version} has no SMS", "sell some")

    assert checked(tmp_path, a_plugin("one", check=check_offer)) == [
        "offer.toml:4: essentielle@2026-01-01 has no SMS; sell some"
    ]


def test_a_plugin_with_nothing_to_say_of_an_offer_says_nothing(tmp_path: Path) -> None:
    def check_offer() -> None:
        return None

    assert checked(tmp_path, a_plugin("one", check=check_offer)) == []


def test_a_plugin_that_fails_to_check_an_offer_is_named(tmp_path: Path) -> None:
    def check_offer(offer: Offer) -> Iterable[Problem]:
        raise KeyError(offer.head.id)

    assert checked(tmp_path, a_plugin("one", check=check_offer)) == [
        "one: warning: its check of essentielle@2026-01-01 failed: KeyError: 'essentielle'; "
        "remove or mend that distribution"
    ]


def test_an_installed_plugin_is_found_and_blamed_by_distribution_and_version(installed: Installed) -> None:
    installed("stranger", fax("fax"), version="4.2")
    plugins = Plugins.installed()
    assert plugins.options["fax"].label.fr == "Télécopie"
    assert plugins.blame("fax") == "option « fax » (stranger 4.2)"
    assert plugins.blame("pigeon") == "option « pigeon »"


def test_our_own_plugins_come_through_the_same_door() -> None:
    assert set(PLUGINS.options) <= set(Plugins.installed().options)
    assert all("permanence_options." in found.distribution for found in PLUGINS.registered.values())

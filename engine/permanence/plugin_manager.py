"""Finds plugins, checks what they declare, and says whose they are."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import cast

import pluggy
from attrs import frozen

from . import hookspecs
from .model.offer import Offer
from .model.option import Option
from .model.option_answers import all_of
from .model.option_asked import asked, priced_by_count, prices_of
from .model.option_failed import OptionFailed
from .model.option_sense import key_faults, option_problems
from .model.problem import Place, Problem, Refused, raised

REMOVE_OR_MEND = "remove or mend that distribution"


@frozen
class OptionOnOffer:
    """An option class, and the distribution that brought it."""

    option: type[Option]
    distribution: str


class Plugins:
    """The plugins of one process: built once, then only read."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self._manager = manager
        self.registered = self._collect()

    @classmethod
    def installed(cls) -> "Plugins":
        """Return the plugins that entry points of the group ``permanence`` name.

        Raises Refused when a plugin cannot be loaded, or contradicts another.
        """
        manager = _manager()
        try:
            manager.load_setuptools_entrypoints(hookspecs.PROJECT)
            manager.check_pending()
        except Exception as error:
            where = Place("plugins")
            what = f"a plugin could not be loaded: {raised(error)}"
            raise Refused([Problem(where, what, REMOVE_OR_MEND)]) from error
        return cls(manager)

    @classmethod
    def of(cls, *modules: object) -> "Plugins":
        """Return these plugin modules and no others, whatever is installed."""
        manager = _manager()
        for module in modules:
            manager.register(module)
        return cls(manager)

    @property
    def options(self) -> Mapping[str, type[Option]]:
        """Return the option classes by id."""
        return {name: found.option for name, found in self.registered.items()}

    def check(self, offer: Offer) -> tuple[Problem, ...]:
        """Return what is wrong with an offer's options, and what the plugins find wrong with the offer."""
        found = [*_never_charged(offer), *self._unquotable(offer), *option_problems(offer)]
        for implementation in self._manager.hook.check_offer.get_hookimpls():
            try:
                found += asked(None, partial(_problems, implementation, offer), implementation.function.__module__)
            except OptionFailed as failure:
                where = Place(self._distribution(implementation.plugin))
                what = f"its check of {offer.version} failed: {raised(failure.__cause__)}"
                found.append(Problem(where, what, REMOVE_OR_MEND))
        return tuple(found)

    def blame(self, option: str) -> str:
        """Return an option with the distribution and version that it comes from."""
        found = self.registered.get(option)
        return f"option « {option} » ({found.distribution})" if found else f"option « {option} »"

    def _unquotable(self, offer: Offer) -> Iterator[Problem]:
        """Yield the options that cannot say what they may charge."""
        for name, option in offer.options.items():
            try:
                prices_of(option)
                priced_by_count(option)
            except OptionFailed as failure:
                what = f"the {self.blame(name)} cannot say its prices: {raised(failure.__cause__)}"
                yield Problem(offer.option_places[name], what, REMOVE_OR_MEND)

    def _collect(self) -> dict[str, OptionOnOffer]:
        registered: dict[str, OptionOnOffer] = {}
        owner: dict[str, str] = {}
        problems: list[Problem] = []
        for implementation in self._manager.hook.register_options.get_hookimpls():
            distribution = self._distribution(implementation.plugin)
            try:
                options = _options(cast(Iterable[object], implementation.function()))
            except Exception as error:
                what = f"its options could not be registered: {raised(error)}"
                problems.append(Problem(Place(distribution), what, REMOVE_OR_MEND))
                continue
            for option in options:
                problems += (Problem(Place(distribution), what, REMOVE_OR_MEND) for what in key_faults(option))
                problems += _clashes(option, distribution, registered, owner)
                registered.setdefault(option.id, OptionOnOffer(option, distribution))
                owner.update({fact.name: option.id for fact in option.facts})
        if problems:
            raise Refused(problems)
        return dict(sorted(registered.items()))

    def _distribution(self, plugin: object) -> str:
        for found, distribution in self._manager.list_plugin_distinfo():
            if found is plugin:
                # Each look at what is known of a distribution reads it anew.
                known = distribution.metadata
                return f"{known['Name']} {known['Version']}"
        return getattr(plugin, "__name__", repr(plugin))


def _problems(implementation: pluggy.HookImpl, offer: Offer) -> tuple[Problem, ...]:
    """Return what a plugin finds wrong with an offer; raise whatever it raises, TypeError for what is no problem."""
    answer = implementation.function(*(offer,)[: len(implementation.argnames)])
    found = all_of(cast(Iterable[object], answer or ()), "check_offer()")
    for problem in found:
        if type(problem) is not Problem or type(problem.where) is not Place:
            raise TypeError(f"check_offer() yielded {problem!r}")
    return found


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def _never_charged(offer: Offer) -> Iterator[Problem]:
    """Yield the options that would be charged per use, where nothing counts the uses."""
    for name, option in offer.options.items():
        kind = type(option)
        if option.kind == "usage" and not kind.counts and kind.charge is Option.charge:
            what = f'the option "{name}" counts nothing, so it would never be charged per use'
            where = offer.option_places[name]
            yield Problem(where, what, 'write kind = "recurring" or "one_off"')


def _options(returned: Iterable[object]) -> tuple[type[Option], ...]:
    found = tuple(returned)
    for option in found:
        if not (isinstance(option, type) and issubclass(option, Option)):
            raise TypeError(f"{option!r} is no class of option")
    return cast(tuple[type[Option], ...], found)


def _clashes(
    option: type[Option], distribution: str, registered: Mapping[str, OptionOnOffer], owner: Mapping[str, str]
) -> list[Problem]:
    where, problems = Place(distribution), []
    if option.id in registered:
        other = registered[option.id].distribution
        problems.append(Problem(where, f'the option "{option.id}" is already offered by {other}', "remove one of them"))
    for fact in option.facts:
        if not fact.name.startswith("usage."):
            hint = f'name it "usage.{fact.name.rpartition(".")[2]}"'
            problems.append(Problem(where, f'the fact "{fact.name}" of option "{option.id}" is no usage', hint))
        elif fact.name in owner:
            hint = "give it another name"
            problems.append(
                Problem(where, f'the fact "{fact.name}" is already measured by option "{owner[fact.name]}"', hint)
            )
    return problems

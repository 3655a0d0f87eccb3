"""Finds plugins, checks what they declare, and says whose they are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from inspect import getattr_static
from typing import cast

import pluggy

from . import hookspecs
from .model.offer import Offer
from .model.option import Option
from .model.option_answers import all_of, sound_problem
from .model.option_asked import asked, priced_by_count, prices_of, to_be_read
from .model.option_failed import OptionFailed
from .model.option_faults import called, class_faults
from .model.option_sense import option_problems
from .model.options_on_sale import REMOVE_OR_MEND, NotLoaded, OptionOnOffer, OptionsOnSale, clashes, or_leave
from .model.problem import OptionProblem, Place, Problem, Refused, in_one_line, raised, said_by
from .model.unusable_option import unusable
from .read.engine_versions import unfit
from .read.plugin_entries import PluginEntry, plugin_entries
from .read.toml.structure import record_of

Loading = Callable[[str], object]
"""Is told whose code runs now, ``distribution:name distribution version``, and "" once it has run."""
NOBODY_ASKS: Loading = str
SWITCH_ON = "leave out its --without, or its name in permanence.toml, to use it"


class Plugins:
    """The plugins of one process: built once, then only read.

    ``not_loaded`` are those that are not used, with what is wrong with them; ``origins`` has the distribution and
    version of each plugin that is, by the name that it is registered under.
    """

    def __init__(
        self,
        manager: pluggy.PluginManager,
        origins: Mapping[str, str],
        not_loaded: Iterable[NotLoaded] = (),
        loading: Loading = NOBODY_ASKS,
    ) -> None:
        self._manager, self.origins, self._loading = manager, dict(origins), loading
        self.registered, refused = self._collect()
        self.not_loaded = (*not_loaded, *refused)

    @classmethod
    def installed(cls, without: Collection[str] = (), loading: Loading = NOBODY_ASKS) -> "Plugins":
        """Return the plugins that entry points of the group ``permanence`` name, each loaded by itself.

        ``without`` names those that are switched off, ``distribution:name`` each, or all of a distribution;
        ``loading`` is told of each before its code runs, and that it has, "": such code may end the process. What
        cannot be loaded, contradicts another or is switched off is among ``not_loaded``, and keeps nothing else from
        being used.
        """
        manager, origins, not_loaded = _manager(), dict[str, str](), list[NotLoaded]()
        for entry in plugin_entries(hookspecs.PROJECT):
            if {entry.plugin, entry.distribution} & set(without):
                manager.set_blocked(entry.plugin)
                problem = Problem(Place(entry.origin), f'its plugin "{entry.point.name}" is switched off', SWITCH_ON)
                not_loaded.append(NotLoaded(entry.plugin, entry.origin, (problem,), switched_off=True))
            elif why := _load(manager, entry, loading):
                what = f'its plugin "{entry.point.name}" could not be loaded: {why}'
                problem = Problem(Place(entry.origin), what, or_leave(entry.plugin))
                not_loaded.append(NotLoaded(entry.plugin, entry.origin, (problem,)))
            else:
                origins[entry.plugin] = entry.origin
        return cls(manager, origins, not_loaded, loading)

    @classmethod
    def of(cls, *modules: object) -> "Plugins":
        """Return these plugin modules and no others, whatever is installed.

        Raises Refused with everything that is wrong with them.
        """
        manager, origins = _manager(), dict[str, str]()
        for module in modules:
            name = manager.register(module) or ""
            if why := _wrapped(manager, module):
                raise Refused([Problem(Place(name), why, REMOVE_OR_MEND)])
            origins[name] = name
        plugins = cls(manager, origins)
        if plugins.not_loaded:
            raise Refused(problem for one in plugins.not_loaded for problem in one.problems)
        return plugins

    @property
    def options(self) -> OptionsOnSale:
        """Return the option classes by id, and what else is not on sale."""
        return OptionsOnSale({name: found.option for name, found in self.registered.items()}, self.not_loaded)

    @property
    def names(self) -> frozenset[str]:
        """Return every name by which a plugin can be switched off."""
        plugins = {*self.origins, *(one.plugin for one in self.not_loaded)}
        return frozenset(plugins | {plugin.partition(":")[0] for plugin in plugins})

    def hooks(self, plugin: str) -> tuple[str, ...]:
        """Return which hooks a plugin answers, by the name that it is registered under."""
        callers = self._manager.get_hookcallers(self._manager.get_plugin(plugin)) or ()
        return tuple(sorted(caller.name for caller in callers))

    def check(self, offer: Offer) -> tuple[Problem, ...]:
        """Return what is wrong with an offer's options, and what the plugins find wrong with the offer.

        An option that cannot be used has its problem already. What a plugin finds keeps who has one of its options
        waiting; of an offer that sells none, what it finds is the offer's own problem, and its failure is none.
        """
        found: list[Problem] = []
        for name in offer.options:
            if name not in unusable(offer.options):
                found += (*self._unquotable(offer, name), *option_problems(offer, name))
        for implementation in self._manager.hook.check_offer.get_hookimpls():
            found += self._found_by(implementation, offer)
        return tuple(found)

    def blame(self, option: str, called: str = "") -> str:
        """Return an option with the distribution and version that it comes from, by what it is called where that is."""
        found = self.registered.get(option)
        name = called or option
        return f"option « {name} » ({found.distribution})" if found else f"option « {name} »"

    def _unquotable(self, offer: Offer, name: str) -> Iterator[OptionProblem]:
        """Yield that an option cannot say what it may charge."""
        try:
            prices_of(offer.options[name])
            priced_by_count(offer.options[name])
        except OptionFailed as failure:
            what = f"the {self.blame(name)} cannot say its prices: {failure.told}"
            whose = self.registered[name].plugin if name in self.registered else ""
            yield OptionProblem(offer.option_places[name], what, or_leave(whose), options=(name,))

    def _found_by(self, implementation: pluggy.HookImpl, offer: Offer) -> Iterator[Problem]:
        """Yield what a plugin finds wrong with an offer, or that it fails to."""
        plugin = implementation.plugin_name
        sold = tuple(name for name, one in self.registered.items() if name in offer.options and one.plugin == plugin)
        try:
            found = asked(None, partial(_problems, implementation, offer), implementation.function.__module__)
        except OptionFailed as failure:
            what = f"its check of {offer.version} failed: {failure.told}"
            found = (Problem(Place(self.origins[plugin]), what, or_leave(plugin), warning=not sold),)
        for one in found:
            mine = tuple(name for name in sold if one.where == offer.option_places[name]) or sold
            yield OptionProblem(one.where, one.what, one.hint, one.warning, options=mine) if mine else one

    def _collect(self) -> tuple[Mapping[str, OptionOnOffer], Sequence[NotLoaded]]:
        """Return the options that are on sale, by id, and what is not used of the plugins."""
        offered, refused = list[OptionOnOffer](), list[NotLoaded]()
        for implementation in self._manager.hook.register_options.get_hookimpls():
            plugin = implementation.plugin_name
            origin = self.origins[plugin]
            try:
                with _told(self._loading, f"{plugin} {origin}"):
                    function = implementation.function
                    options = asked(None, lambda: _options(function()), function.__module__)  # noqa: B023 - asked now
            except OptionFailed as failure:
                what = f"its options could not be registered: {failure.told}"
                problem = Problem(Place(origin), what, or_leave(plugin))
                refused.append(NotLoaded(plugin, origin, (problem,)))
                self._manager.unregister(name=plugin)
                del self.origins[plugin]
                continue
            for option in options:
                if wrong := _faults_of(option):
                    whose, name = f"{called(option)}: ", getattr_static(option, "id", None)
                    told = tuple(Problem(Place(origin), in_one_line(whose + what), or_leave(plugin)) for what in wrong)
                    refused.append(NotLoaded(plugin, origin, told, (name if type(name) is str else "",)))
                else:
                    offered.append(OptionOnOffer(option, origin, plugin))
        clashing = tuple(clashes(offered))
        withheld = {name for one in clashing for name in one.options}
        found = {one.option.id: one for one in offered if one.option.id not in withheld}
        return dict(sorted(found.items())), (*refused, *clashing)


@contextmanager
def _told(loading: Loading, whose: str) -> Iterator[None]:
    loading(whose)
    try:
        yield
    finally:
        loading("")


def _load(manager: pluggy.PluginManager, entry: PluginEntry, loading: Loading) -> str:
    """Load a plugin and register it; return why that cannot be done, nothing where it is."""
    try:
        if why := _unfit(entry.requires):
            return why
        with _told(loading, f"{entry.plugin} {entry.origin}"):
            return asked(None, lambda: _registered(manager, entry), entry.point.module)
    except OptionFailed as failure:
        if manager.has_plugin(entry.plugin):
            manager.unregister(name=entry.plugin)
        return failure.told


def _registered(manager: pluggy.PluginManager, entry: PluginEntry) -> str:
    """Import a plugin and register it; return why that cannot be done, or raise what it raises."""
    module = entry.point.load()
    if why := _unfit(getattr(module, "requires_engine", "")):
        return why
    manager.register(module, entry.plugin)
    try:
        manager.check_pending()
        why = _wrapped(manager, module)
    except pluggy.PluginValidationError as error:
        why = raised(error)
    if why:
        manager.unregister(name=entry.plugin)
    return why


def _unfit(requires: object) -> str:
    return unfit(requires, version(hookspecs.PROJECT)) if requires else ""


def _wrapped(manager: pluggy.PluginManager, module: object) -> str:
    """Return that a plugin wraps a hook; nothing where it does not."""
    for caller in manager.get_hookcallers(module) or ():
        for one in caller.get_hookimpls():
            if one.plugin is module and (one.wrapper or one.hookwrapper):
                return f"its {caller.name} is a hook wrapper, and each plugin answers for itself alone"
    return ""


def _faults_of(option: type[Option]) -> tuple[str, ...]:
    """Return everything that is wrong with a class, as a key of a rule file too."""

    def found() -> tuple[str, ...]:
        wrong = tuple(filter(None, (*class_faults(option), _unfit(option.requires_engine))))
        if not wrong:
            record_of(option)
        return wrong

    try:
        return asked(None, found, option.__module__)
    except OptionFailed as failure:
        cause = failure.__cause__
        return (said_by(cause) if type(cause) is TypeError else f"it cannot be looked at: {failure.told}",)


def _problems(implementation: pluggy.HookImpl, offer: Offer) -> tuple[Problem, ...]:
    """Return what a plugin finds wrong with an offer; raise whatever it raises, TypeError for what is no problem."""
    answer = implementation.function(*(to_be_read(offer),)[: len(implementation.argnames)])
    return tuple(map(sound_problem, all_of(cast(Iterable[object], answer or ()), "check_offer()")))


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def _options(returned: object) -> tuple[type[Option], ...]:
    if isinstance(returned, type) or not isinstance(returned, Iterable):
        told = returned.__name__ if isinstance(returned, type) else repr(returned)
        raise TypeError(f"register_options() returned {told}: return a list of classes, such as [Fax]")
    found = all_of(returned, "register_options()")
    for option in found:
        if not (issubclass(type(option), type) and issubclass(option, Option)):
            raise TypeError(f"{option!r} is no class of option")
        if type(option) is not type(Option):
            raise TypeError(f"{option!r} has a metaclass, by which it may answer as it likes")
    return cast(tuple[type[Option], ...], found)

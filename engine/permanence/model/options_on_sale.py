"""The options that plugins offer, and why others are not there."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from .option import Option
from .problem import Place, Problem, did_you_mean, nearest

REMOVE_OR_MEND = "remove or mend that distribution"


@frozen
class OptionOnOffer:
    """An option class, the distribution and version that brought it, and what that plugin is registered as."""

    option: type[Option]
    distribution: str
    plugin: str = ""


@frozen
class NotLoaded:
    """A plugin that is not used, or options of it that are not, and what is wrong with them.

    ``plugin`` is how it is registered, ``distribution:name``; ``origin`` its distribution and version. Without
    ``options`` nobody knows what it offers. What was ``switched_off`` was meant: nobody is warned of it.
    """

    plugin: str
    origin: str
    problems: tuple[Problem, ...]
    options: tuple[str, ...] = ()
    switched_off: bool = False

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what is wrong, as that which keeps nothing else from being used."""
        return () if self.switched_off else tuple(evolve(problem, warning=True) for problem in self.problems)

    @property
    def told(self) -> str:
        """Return whose it is, and why it is not used, in a sentence."""
        return f"{self.origin}: {', '.join(problem.what for problem in self.problems)}"


@frozen
class OptionsOnSale(Mapping[str, type[Option]]):
    """The option classes that plugins offer, by id, and the plugins that are not used."""

    kinds: Mapping[str, type[Option]]
    not_loaded: tuple[NotLoaded, ...] = field(default=(), eq=False)

    def __getitem__(self, name: str) -> type[Option]:
        return self.kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    def hint_for_missing(self, name: str) -> str:
        """Return what to do about an option that is not on sale: why a plugin is not used that may offer it, or a name.

        What is known to offer it is told alone; else all of which nobody knows what they offer.
        """
        known = [one for one in self.not_loaded if name in one.options]
        if why := "; ".join(
            f"{one.told} ({one.plugin})" for one in known or self.not_loaded if known or not one.options
        ):
            return f"a plugin is not used: {why}"
        hint = did_you_mean(name, self)
        return hint if nearest(name, self) else f"install the distribution that brings it; {hint}".rstrip("; ")


def or_leave(plugin: str, hint: str = REMOVE_OR_MEND) -> str:
    """Return what to do about a plugin: what is said, or to switch it off where it is an installed one."""
    return f"{hint}, or go without it: --without {plugin}" if ":" in plugin else hint


def clashes(offered: Sequence[OptionOnOffer]) -> Iterator[NotLoaded]:
    """Yield the options that two plugins offer, or that measure one fact: nobody can say whose is meant."""
    known, owner = dict[str, OptionOnOffer](), dict[str, OptionOnOffer]()
    for one in offered:
        name = one.option.id
        if name in known:
            what = f'the option "{name}" is already offered by {known[name].distribution}'
            yield _clash(one, what, _one_of(one, known[name], "remove one of them"), name)
        known.setdefault(name, one)
        for fact in one.option.facts:
            first = owner.setdefault(fact.name, one)
            if first.option.id != name:
                other = f'option "{first.option.id}" ({first.distribution})'
                what = f'the fact "{fact.name}" of option "{name}" is already measured by {other}'
                yield _clash(one, what, _one_of(one, first, "give it another name"), name, first.option.id)


def _one_of(one: OptionOnOffer, other: OptionOnOffer, hint: str) -> str:
    """Return what to do about two plugins that contradict each other: what is said, or to switch one of them off."""
    installed = [plugin for plugin in (one.plugin, other.plugin) if ":" in plugin]
    without = " or ".join(f"--without {plugin}" for plugin in dict.fromkeys(installed))
    return f"{hint}, or go without one: {without}" if without else hint


def _clash(one: OptionOnOffer, what: str, hint: str, *options: str) -> NotLoaded:
    return NotLoaded(one.plugin, one.distribution, (Problem(Place(one.distribution), what, hint),), options)

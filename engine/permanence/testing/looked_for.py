"""What an option looks for in calls: asked once, with columns that note it."""

from collections.abc import Sequence
from contextlib import suppress

import attrs
from attrs import field, frozen

from ..model.option import Option
from ..model.usage import Calls, Flags, Numbers, WordColumn
from .trial_month import call, columns

WORD = "word "


@frozen
class LookedFor:
    """What an option looks for in calls: tags, names of numbers and of words, and the words of columns, by name."""

    tags: set[str] = field(factory=set)
    numbers: set[str] = field(factory=set)
    words: dict[str, set[str]] = field(factory=dict)

    @property
    def every_tag(self) -> list[str]:
        """Return the tags, those too that are looked for among whole columns."""
        return sorted(self.tags | {tag for words in self.words.get("tags", ()) for tag in words.split()})

    @property
    def carried(self) -> dict[str, list[str]]:
        """Return the words that calls carry by a name."""
        of = ((name.removeprefix(WORD), sorted(one)) for name, one in self.words.items() if name.startswith(WORD))
        return {name: words for name, words in of if words}


class WatchedColumn(WordColumn):
    """A column that notes which words somebody looks for."""

    looked_for: set[str]

    def is_in(self, wanted: Sequence[str]) -> Flags:
        """Return, per call, whether its word is one of these."""
        self.looked_for.update(word for word in wanted if isinstance(word, str))
        return super().is_in(wanted)


class WatchedCalls(Calls):
    """Calls that note which tags, numbers and words somebody looks for."""

    looked_for: LookedFor

    def tagged(self, tag: str) -> Flags:
        """Return, per call, whether it bears a tag."""
        self.looked_for.tags.add(tag)
        return super().tagged(tag)

    def amounts(self, name: str) -> Numbers:
        """Return, per call, the number of a name that it carries."""
        self.looked_for.numbers.add(name)
        return super().amounts(name)

    def words_of(self, name: str) -> WordColumn:
        """Return, per call, the word of a name that it carries."""
        return _watched(super().words_of(name), self.looked_for, f"{WORD}{name}")


def _watched(column: WordColumn, looked_for: LookedFor, name: str) -> WatchedColumn:
    watched = WatchedColumn(column.codes, column.words)
    object.__setattr__(watched, "looked_for", looked_for.words.setdefault(name, set()))
    return watched


def looked_for(option: Option) -> LookedFor:
    """Return what an option looks for in a call; nothing where it cannot say."""
    found = LookedFor()
    calls: Calls = WatchedCalls(**{one.name: getattr(columns(call()), one.name) for one in attrs.fields(Calls)})
    object.__setattr__(calls, "looked_for", found)
    for name in ("language", "tags", "number", "account"):
        object.__setattr__(calls, name, _watched(getattr(calls, name), found, name))
    with suppress(Exception, SystemExit):
        option.measure(calls)
    return found

"""What an option looks for in calls: it is asked with columns that note it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from attrs import field, frozen

from ...bill.measure.option_facts import measured
from ...model.judged_calls import JudgedCalls, Positions, Whereabouts
from ...model.option import Option
from ...model.option_failed import OptionFailed
from ...model.usage import Calls, Flags, Numbers, Rows, WordColumn

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

    def of(self, column: str) -> list[str]:
        """Return the words that are looked for in a column, in order."""
        return sorted(self.words.get(column, ()))


class WatchedColumn(WordColumn):
    """A column that notes which words somebody looks for."""

    looked_for: set[str]

    def is_in(self, wanted: Sequence[str]) -> Flags:
        """Return, per call, whether its word is one of these."""
        self.looked_for.update(word for word in wanted if isinstance(word, str))
        return super().is_in(wanted)


class WatchedCalls(JudgedCalls):
    """Calls that note which tags, numbers and words somebody looks for."""

    def __init__(self, calls: Calls, rows: Positions, judged: Whereabouts, found: LookedFor) -> None:
        super().__init__(calls, rows, judged)
        self.__dict__["_found"] = found

    def __getattr__(self, name: str) -> Any:
        value = super().__getattr__(name)
        if isinstance(value, WordColumn):
            value = self.__dict__[name] = self._watched(value, name)
        return value

    @property
    def window(self) -> WordColumn:
        """Return, per call, the window in which it falls."""
        return self._watched(super().window, "window")

    def tagged(self, tag: str) -> Flags:
        """Return, per call, whether it bears a tag."""
        self.__dict__["_found"].tags.add(tag)
        return super().tagged(tag)

    def amounts(self, name: str) -> Numbers:
        """Return, per call, the number of a name that it carries."""
        self.__dict__["_found"].numbers.add(name)
        return super().amounts(name)

    def words_of(self, name: str) -> WordColumn:
        """Return, per call, the word of a name that it carries."""
        return self._watched(super().words_of(name), f"{WORD}{name}")

    def take(self, rows: Rows) -> "WatchedCalls":
        """Return some of the calls, watched as they are."""
        own = self.__dict__
        return WatchedCalls(own["_calls"], own["_rows"][rows], own["_judged"], own["_found"])

    def _watched(self, column: WordColumn, name: str) -> WatchedColumn:
        watched = WatchedColumn(column.codes, column.words)
        object.__setattr__(watched, "looked_for", self.__dict__["_found"].words.setdefault(name, set()))
        return watched


def looked_for(option: Option, calls: JudgedCalls) -> LookedFor:
    """Return what an option looks for in some calls; what it had looked for by then where it fails."""
    found = LookedFor()
    if type(option).facts:
        own = calls.__dict__
        with suppress(OptionFailed):
            measured(option, WatchedCalls(own["_calls"], own["_rows"], own["_judged"], found))
    return found

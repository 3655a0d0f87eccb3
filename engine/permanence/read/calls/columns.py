"""Columns of text → our columns, one method per kind; what cannot be read becomes a reason, by record."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from ...model.problem import did_you_mean
from ...model.usage import Flags, Numbers
from .lines import TextTable
from .mapping import ANY_OTHER, CallFormat, WordRule
from .masking import masked
from .stamps import UNREADABLE, parse_stamps
from .zones import NO_EPOCH, nearest, to_utc

LONGEST = 10_000_000
"""Seconds that no call lasts: 115 days."""
UNIX_TIME = re.compile(r"(?:^|-)(?P<epoch>\d{9,10})\.\d+$")
"""What Asterisk's uniqueid looks like, a system's name before it or not."""
SEPARATORS = str.maketrans(",;|", "   ")
EXAMPLE = datetime(2026, 10, 2, 8, 0, 2, tzinfo=UTC)
STAMP_EXAMPLES = {"iso": "2026-10-02T08:00:02+02:00", "epoch": "1790920802"}


@define(eq=False)
class Columns:
    """The columns of one file, and why some of its records cannot be used (by position, in the file's order)."""

    text: TextTable
    form: CallFormat
    reasons: dict[int, list[str]] = field(factory=dict)
    doubtful: list[int] = field(factory=list)
    zone: tzinfo | None = None

    def __len__(self) -> int:
        return len(self.text.lines)

    def has(self, ours: str) -> bool:
        """Tell whether the file has one of our columns."""
        return ours in self.text.columns

    def words(self, ours: str, clean: Callable[[str], str] = str.strip) -> "pa.Array":
        """Return a column of words without blanks around them; null where there is none."""
        return self._mapped(ours, lambda word: clean(word) or None)

    def tags(self) -> "pa.Array":
        """Return the marks of each record, separated by single spaces, without the one that names the language."""
        prefix = self.form.language_tag
        return self.words("tags", lambda word: " ".join(tag for tag in _tags(word) if not _names(prefix, tag)))

    def languages(self) -> "pa.Array":
        """Return the language of each call: from its column, else from the tag that names it."""
        prefix = self.form.language_tag
        if self.has("language") or not prefix:
            return self.words("language")

        def language(word: str) -> str | None:
            return next((tag.removeprefix(prefix) for tag in _tags(word) if _names(prefix, tag)), None)

        return self._mapped("tags", language)

    def required(self, ours: str) -> "pa.Array":
        """Return a column of words in which none may be missing."""
        found = self.words(ours)
        self._refuse(np.asarray(pc.is_null(found)), lambda _: f"no {ours.replace('_', ' ')}")
        return found

    def meanings(self, ours: str, rule: WordRule) -> "pa.Array":
        """Return what a rule makes of the words of a column."""
        if not self.has(ours):
            return pa.array([rule.always] * len(self), pa.string())
        texts = pc.fill_null(self._texts(ours), "")
        other = rule.words.get(ANY_OTHER)
        found = self._mapped(ours, lambda word: rule.words.get(word.strip(), other), texts)

        def unknown(row: int) -> str:
            word = masked(texts[row].as_py())
            return f'{rule.column.rstrip("?")} "{word}" has no meaning in [{ours}]; {did_you_mean(word, rule.words)}'

        self._refuse(np.asarray(pc.is_null(found)), unknown)
        return found

    def seconds(self, ours: str) -> Numbers:
        """Return a column of durations, 0 where it is empty or wrong."""
        texts = self._texts(ours)
        try:
            values = np.array(pc.fill_null(texts.cast(pa.int64()), 0))
        except pa.ArrowInvalid:
            values = np.fromiter(map(_seconds, texts.to_pylist()), np.int64, len(texts))
        name = self.form.columns_used()[ours]
        self._refuse(
            (values < 0) | (values > LONGEST),
            lambda row: f'{name} is {_fault(texts[row].as_py())}: "{masked(texts[row].as_py())}"',
        )
        return np.asarray(np.clip(values, 0, LONGEST), dtype=np.int64)

    def starts(self) -> Numbers:
        """Return when each call arrived, in seconds UTC; UNREADABLE where that cannot be told.

        Raises ZoneContradictedError when the file's stamps do not stand in the zone that they should.
        """
        stamps, name = self._stamps("start"), self.form.columns_used()["start"]
        texts = self._texts("start")
        readable = stamps != UNREADABLE
        self._refuse(~readable, lambda row: f"{name} {self._no_time(texts[row].as_py())}")
        if self.form.has_offset or not readable.any():
            return stamps
        instants = to_utc(stamps[readable], self._epochs()[readable], self.form.zone)
        self.zone = instants.zone
        skipped = np.zeros(len(self), dtype=np.bool_)
        skipped[readable] = instants.skipped
        self._refuse(skipped, lambda row: f'{name} "{texts[row]}" is in the hour that {self.zone} skips that night')
        self.doubtful = np.flatnonzero(readable)[instants.doubtful].tolist()
        stamps[readable] = instants.start
        return stamps

    def later(self, ours: str, start: Numbers) -> Numbers:
        """Return another instant of each call, in seconds UTC; UNREADABLE where the column is empty or absent."""
        if not self.has(ours):
            return np.full(len(self), UNREADABLE, dtype=np.int64)
        stamps, texts, name = self._stamps(ours), self._texts(ours), self.form.columns_used()[ours]
        wrong = (stamps == UNREADABLE) & np.asarray(pc.is_valid(texts))
        self._refuse(wrong, lambda row: f"{name} {self._no_time(texts[row].as_py())}")
        readable = (stamps != UNREADABLE) & (start != UNREADABLE)
        if self.zone is not None:
            stamps[readable] = nearest(stamps[readable], self.zone, start[readable])
        return np.where(readable, stamps, UNREADABLE)

    def missing(self, ours: str) -> Flags:
        """Return, per record, whether a column is empty."""
        return np.asarray(pc.is_null(self._texts(ours)))

    def refuse(self, wrong: Flags, reason: str) -> None:
        """Note a reason for each record that is flagged."""
        self._refuse(wrong, lambda _: reason)

    def _texts(self, ours: str) -> "pa.Array":
        return self.text.columns.get(ours, pa.nulls(len(self), pa.string()))

    def _mapped(self, ours: str, meaning: Callable[[str], str | None], texts: "pa.Array | None" = None) -> "pa.Array":
        """Return a column in which each distinct word is replaced by its meaning."""
        coded = (self._texts(ours) if texts is None else texts).dictionary_encode()
        meanings = [meaning(word) for word in coded.dictionary.to_pylist()]
        return pa.array(meanings, pa.string()).take(coded.indices)

    def _stamps(self, ours: str) -> Numbers:
        return parse_stamps(self._texts(ours), self.form.stamp)

    def _epochs(self) -> Numbers:
        found = [UNIX_TIME.search(text or "") for text in self._texts("epoch").to_pylist()]
        return np.fromiter((int(match["epoch"]) if match else NO_EPOCH for match in found), np.int64, len(self))

    def _no_time(self, text: str | None) -> str:
        if text is None:
            return "is empty"
        example = STAMP_EXAMPLES.get(self.form.stamp) or EXAMPLE.strftime(self.form.stamp)
        return f'"{masked(text)}" is no time such as {example}'

    def _refuse(self, wrong: Flags, reason: Callable[[int], str]) -> None:
        for row in np.flatnonzero(wrong).tolist():
            reasons = self.reasons.setdefault(row, [])
            if (found := reason(row)) not in reasons:
                reasons.append(found)


def _tags(word: str) -> list[str]:
    return word.translate(SEPARATORS).split()


def _names(prefix: str, tag: str) -> bool:
    return bool(prefix) and tag.startswith(prefix)


def _seconds(text: str | None) -> int:
    """Return whole seconds; -1 for what is none, or negative."""
    if text is None:
        return 0
    try:
        value = float(text)
    except ValueError:
        return -1
    return int(min(value, LONGEST + 1)) if value >= 0 else -1


def _fault(text: str) -> str:
    return "negative" if re.fullmatch(r"\s*-\d+(\.\d*)?\s*", text) else "no number of seconds"

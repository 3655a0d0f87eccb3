"""Columns of text → our columns, one method per kind; what cannot be read becomes a reason, by record."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from ...model.line import one_spelling, spoilt
from ...model.problem import did_you_mean
from ...model.spreadsheet import cell_text
from ...model.usage import Flags, Numbers
from .conditions import fits
from .durations import DAY, duration_fault, seconds_of
from .lines import TextTable
from .mapping import ANY_OTHER, GATHERED, JOINED, TOLD_APART, CallFormat, WordRule, bare, parts
from .masking import masked
from .patterns import compiled
from .zones import Clock

LONGEST = DAY
"""Seconds that no call lasts longer than."""
SEPARATORS = str.maketrans(",;|", "   ")


@define(eq=False)
class Columns:
    """The columns of records, and why some of these cannot be used (by position, in the file's order).

    ``latest`` is the last instant (UTC seconds) at which a call may have arrived; ``seen`` counts the contents of
    records that came before, and is shared by all parts of a file. ``clock`` is that of the whole file, None where
    these are all its records; ``before`` and ``clocked`` count the times on it before these records, and of them.
    """

    text: TextTable
    form: CallFormat
    latest: int
    seen: Counter[str] = field(factory=Counter)
    reasons: dict[int, list[str]] = field(factory=dict)
    notices: dict[int, str] = field(factory=dict)
    zone: tzinfo | None = None
    clock: Clock | None = None
    before: int = 0
    clocked: int = 0

    def __len__(self) -> int:
        return len(self.text.lines)

    def has(self, ours: str) -> bool:
        """Tell whether the file has one of our columns."""
        return any(name in self.text.columns for name in self.form.columns_of(ours))

    def theirs(self, name: str) -> "pa.Array":
        """Return one of their columns as text; nulls where the file does not have it."""
        return self.text.columns.get(bare(name), pa.nulls(len(self), pa.string()))

    def cells(self, ours: str) -> "pa.Array":
        """Return what the file says for one of our columns: several of theirs together, the part that is meant."""
        return self.together(ours, self.form.columns_of(ours))

    def together(self, ours: str, names: Sequence[str]) -> "pa.Array":
        """Return what some of their columns say for one of ours."""
        found = [self.theirs(name) for name in names if bare(name) in self.text.columns]
        if not found:
            return pa.nulls(len(self), pa.string())
        texts = found[0] if len(found) == 1 else _joined(ours, found)
        pattern = self.form.patterns.get(ours)
        return self.mapped(texts, part_of(pattern, whole=True)) if pattern else texts

    def words(self, ours: str) -> "pa.Array":
        """Return a column of words without blanks around them; null where there is none."""
        texts = self.cells(ours)
        # Ids are as many words as there are records: they are looked at one by one only where there is something to do.
        bare = pc.equal(pc.utf8_trim_whitespace(texts), texts)
        if pc.all(pc.and_(bare, pc.invert(pc.match_substring_regex(texts, '^(="|$)')))).as_py() is not False:
            return texts
        return self.mapped(texts, lambda word: cell_text(word) or None)

    def numbers(self, ours: str, direction: "pa.Array") -> "pa.Array":
        """Return telephone numbers as E.164 where that can be told, from the columns that a direction asks for."""
        texts = self._by_direction(ours, direction)
        if ours == "number":
            self._refuse_spoilt(texts)
        return self.mapped(texts, lambda word: one_spelling(cell_text(word), self.form.country) or None)

    def accounts(self, direction: "pa.Array") -> "pa.Array":
        """Return account codes, from the columns that a direction asks for."""
        return self.mapped(self._by_direction("account", direction), lambda word: cell_text(word) or None)

    def tags(self) -> "pa.Array":
        """Return the marks of each record, separated by single spaces, without the one that names the language."""
        prefix = self.form.language_tag
        return self.mapped(
            self.cells("tags"), lambda word: " ".join(tag for tag in _tags(word) if not _names(prefix, tag)) or None
        )

    def languages(self) -> "pa.Array":
        """Return the language of each call: from its column, else from the tag that names it."""
        prefix = self.form.language_tag
        if self.has("language") or not prefix:
            return self.words("language")

        def language(word: str) -> str | None:
            return next((tag.removeprefix(prefix) for tag in _tags(word) if _names(prefix, tag)), None)

        return self.mapped(self.cells("tags"), language)

    def required(self, ours: str) -> "pa.Array":
        """Return a column of words in which none may be missing."""
        found = self.words(ours)
        self.refuse_each(np.asarray(pc.is_null(found)), lambda _: f"no {ours.replace('_', ' ')}")
        return found

    def meanings(self, ours: str, rule: WordRule) -> "pa.Array":
        """Return what a rule makes of each record: the first of its cases that fits, else the word of its column."""
        column = bare(rule.column)
        texts = pc.fill_null(self.theirs(column), "")
        if rule.column and column in self.text.columns:
            whole = part_of(rule.pattern, whole=True) if rule.pattern else str
            other = rule.words.get(ANY_OTHER)
            found = self.mapped(texts, lambda word: rule.words.get(whole(word).strip(), other))
        else:
            found = pa.array([rule.always or None] * len(self), pa.string())
        for case in reversed(rule.cases):
            fitting = np.ones(len(self), dtype=np.bool_)
            for name, wanted in case.when.items():
                fitting &= fits(self.theirs(name), wanted, partial(self._compared, name))
            found = pc.if_else(pa.array(fitting), case.means, found)

        def unknown(row: int) -> str:
            if not rule.column:
                return f"no case of [{ours}] fits"
            word = masked(texts[row].as_py())
            return f'{column} "{word}" has no meaning in [{ours}]; {did_you_mean(word, rule.words)}'

        self.refuse_each(np.asarray(pc.is_null(found)), unknown)
        return found

    def seconds(self, ours: str) -> Numbers:
        """Return a column of durations, 0 where it is empty or wrong."""
        texts, form = self.cells(ours), self.form.durations
        values = self.measured(texts, form.form_of(ours))
        name = ", ".join(self.form.columns_of(ours))

        def fault(row: int) -> str:
            text = texts[row].as_py()
            if values[row] < 0:
                return f'{name} is {duration_fault(text, form.form_of(ours), form.decimal)}: "{masked(text)}"'
            return f'{name} "{masked(text)}" is longer than a day{_looks_like(values[row])}'

        self.refuse_each((values < 0) | (values > LONGEST), fault)
        return np.asarray(np.clip(values, 0, LONGEST), dtype=np.int64)

    def measured(self, texts: "pa.Array", form: str) -> Numbers:
        """Return seconds, or whole numbers, of texts in a form: 0 for none, -1 for what cannot be read."""
        if form in ("seconds", "number"):
            try:
                # Arrow reads 0x10 as 16; no telephone system writes so.
                if not pc.any(pc.match_substring(texts, "x", ignore_case=True)).as_py():
                    return np.array(pc.fill_null(texts.cast(pa.int64()), 0))
            except pa.ArrowInvalid:
                pass
        coded = texts.dictionary_encode()
        read = [seconds_of(text, form, self.form.durations.decimal) for text in coded.dictionary.to_pylist()]
        values = np.array([*read, 0], dtype=np.int64)
        return np.asarray(values[np.asarray(pc.fill_null(coded.indices, len(read)))], dtype=np.int64)

    def missing(self, ours: str) -> Flags:
        """Return, per record, whether a column is empty."""
        return np.asarray(pc.is_null(self.cells(ours)))

    def refuse(self, wrong: Flags, reason: str) -> None:
        """Note a reason for each record that is flagged."""
        self.refuse_each(wrong, lambda _: reason)

    def refuse_each(self, wrong: Flags, reason: Callable[[int], str]) -> None:
        """Note for each record that is flagged a reason of its own."""
        for row in np.flatnonzero(wrong).tolist():
            reasons = self.reasons.setdefault(row, [])
            if (found := reason(row)) not in reasons:
                reasons.append(found)

    def mapped(self, texts: "pa.Array", meaning: Callable[[str], str | None]) -> "pa.Array":
        """Return a column in which each distinct word is replaced by its meaning."""
        coded = texts.dictionary_encode()
        meanings = [meaning(word) for word in coded.dictionary.to_pylist()]
        return pa.array(meanings, pa.string()).take(coded.indices)

    def _by_direction(self, ours: str, direction: "pa.Array") -> "pa.Array":
        texts = self.cells(ours)
        for way in ("inbound", "outbound", "internal"):
            if names := parts(getattr(getattr(self.form.names, way), ours)):
                here = pc.fill_null(pc.equal(direction, way), False)
                texts = pc.if_else(here, self.together(ours, names), texts)
        return texts

    def _refuse_spoilt(self, texts: "pa.Array") -> None:
        told = self.mapped(texts, lambda word: spoilt(word, self.form.country) or None)
        self.refuse_each(np.asarray(pc.is_valid(told)), lambda row: f'"{masked(texts[row].as_py())}": {told[row]}')

    def _compared(self, name: str, cells: "pa.Array") -> Numbers:
        """Return the numbers that a case compares: seconds, where the column is one of durations."""
        timed = (ours for ours in ("duration", "wait", "talk") if bare(name) in self.form.columns_of(ours))
        ours = next(timed, "")
        return self.measured(cells, self.form.durations.form_of(ours) if ours else "seconds")


def _joined(ours: str, found: Sequence["pa.Array"]) -> "pa.Array":
    """Return several columns as one: see the lists in ``mapping``."""
    if ours in TOLD_APART:
        escaped = [pc.replace_substring(part, ":", "%3A") for part in found]
        joined = pc.binary_join_element_wise(*escaped, ":", null_handling="replace", null_replacement="")
        return pc.if_else(pc.equal(joined, ":" * (len(found) - 1)), pa.scalar(None, pa.string()), joined)
    trimmed = [pc.utf8_trim_whitespace(part) for part in found]
    parts_said = [pc.if_else(pc.equal(part, ""), pa.scalar(None, pa.string()), part) for part in trimmed]
    if ours not in (*JOINED, *GATHERED):
        return pc.coalesce(*parts_said)
    # Null handling "skip" leaves out the rows of which every part is null.
    joined = pc.binary_join_element_wise(*parts_said, " ", null_handling="replace", null_replacement="")
    joined = pc.utf8_trim_whitespace(pc.replace_substring_regex(joined, " {2,}", " "))
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def part_of(pattern: str, *, whole: bool) -> Callable[[str], str]:
    """Return what finds the part of a cell that a pattern's group fits; the whole cell, or nothing, without one."""
    wanted = compiled(pattern)

    def part(cell: str) -> str:
        found = wanted.search(cell)
        return (found[1] or "") if found else cell if whole else ""

    return part


def _tags(word: str) -> list[str]:
    return word.translate(SEPARATORS).split()


def _names(prefix: str, tag: str) -> bool:
    return bool(prefix) and tag.startswith(prefix)


def _looks_like(seconds: int) -> str:
    return ': milliseconds? (form = "milliseconds" in [duration])' if seconds // 1_000 <= LONGEST else ""

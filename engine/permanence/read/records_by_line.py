"""Records kept by line: columns in a file, those of one line beside each other, so that few are read for it.

What is read of them is as it was when they were kept, in the same order.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ..model.line import one_spelling
from ..model.records import ALONE, Records
from ..model.usage import Calls, Codes, Numbers, WordColumn, distinct, numbered_anew
from .parts import Part, Parts
from .sorted_lines import sorted_lines

NUMBERS = {"row": np.int64, "start": np.int64, "wait": np.int32, "talk": np.int32}
LINES = ("account", "number")
WORDS = (*LINES, "status", "direction", "language", "tags", "details")


def parts_by_line(records: Records) -> Mapping[str, Part]:
    """Return the parts of a file that has records by line.

    The records of an account stand together, and those that name none by the number called; each line leads to both.
    """
    each, words = records.each, {name: getattr(records.each, name).words for name in WORDS}
    account, number = (getattr(each, name).codes.astype(np.int32) for name in LINES)
    order = _order(np.where(account >= 0, account, number + np.int32(len(words["account"]))))
    parts: dict[str, Part] = {"place": order, "linked": records.linked[order]}
    parts |= {name: getattr(each, name)[order] for name in NUMBERS}
    parts |= {name: getattr(each, name).codes[order] for name in WORDS}
    parts |= _links(records.linked[order])
    for name, codes in (("account", account[order]), ("number", number[order])):
        parts[f"rows of {name}"] = _order(codes)
        parts[f"first of {name}"] = np.cumsum(np.bincount(codes + 1, minlength=len(words[name]) + 1))
    for name in WORDS:
        each_word = [word.encode() for word in words[name]]
        parts[f"words of {name}"] = b"".join(each_word)
        parts[f"ends of {name}"] = np.cumsum([0, *map(len, each_word)])
    parts["lines"] = sorted_lines(_codes_of_lines(words))
    return parts


def _order(codes: Codes) -> Numbers:
    """Return the rows by their codes, those of one code as they stand: of few codes, as short whole numbers."""
    few = codes.size and int(codes.max()) < np.iinfo(np.uint16).max
    return np.argsort((codes + 1).astype(np.uint16) if few else codes, kind="stable")


def _links(linked: NDArray[Any]) -> Mapping[str, Part]:
    """Return the links that records share, rising, and the row of each."""
    rows = np.flatnonzero(linked != ALONE)
    rows = rows[np.argsort(linked[rows], kind="stable")]
    return {"links": linked[rows], "rows of links": rows}


def _codes_of_lines(words: Mapping[str, Sequence[str]]) -> Mapping[str, list[list[int]]]:
    """Return, by line in its one spelling, the codes of the words that mean it: of accounts, and of numbers called."""
    found: dict[str, list[list[int]]] = {}
    for column, name in enumerate(LINES):
        for code, word in enumerate(words[name]):
            found.setdefault(one_spelling(word), [[], []])[column].append(code)
    return found


@frozen(eq=False)
class RecordsByLine:
    """Records by line in the parts of a file, of which only what is asked for is read."""

    parts: Parts

    def of(self, lines: Iterable[str]) -> Records:
        """Return the records that name some lines, each in its one spelling, with those that are one call with them."""
        rows = [np.zeros(0, np.int64)]
        for line in dict.fromkeys(lines):
            for name, codes in zip(LINES, self.parts.value("lines", line) or (), strict=False):
                rows += (self._of_code(name, code) for code in codes)
        mine = distinct(np.concatenate(rows))
        linked = self.parts.column("linked")[mine]
        return self._taken(distinct(np.concatenate([mine, *self._of_links(linked[linked != ALONE])])))

    def last_before(self, instant: int) -> int | None:
        """Return when the last record arrived that arrived before an instant, in UTC seconds; None without any."""
        start = self.parts.column("start")
        before = start[start < instant]
        return int(before.max()) if before.size else None

    def _of_code(self, name: str, code: int) -> Numbers:
        first = self.parts.column(f"first of {name}")
        return self.parts.column(f"rows of {name}")[int(first[code]) : int(first[code + 1])].astype(np.int64)

    def _of_links(self, linked: NDArray[Any]) -> Sequence[Numbers]:
        links, rows = self.parts.column("links"), self.parts.column("rows of links")
        found = distinct(linked).astype(links.dtype)
        begins, ends = (np.searchsorted(links, found, side) for side in ("left", "right"))
        return [rows[begin:end].astype(np.int64) for begin, end in zip(begins, ends, strict=True)]

    def _taken(self, rows: Numbers) -> Records:
        column = self.parts.column
        rows = rows[np.argsort(column("place")[rows], kind="stable")]
        columns: dict[str, Any] = {name: column(name)[rows].astype(kind) for name, kind in NUMBERS.items()}
        columns |= {name: self._words(name, column(name)[rows]) for name in WORDS}
        return Records(Calls(**columns), column("linked")[rows].astype(np.int64))

    def _words(self, name: str, codes: Codes) -> WordColumn:
        """Return a column of words, with those alone that are in it, in their order."""
        there, anew = numbered_anew(codes)
        raw, ends = self.parts.raw(f"words of {name}"), self.parts.column(f"ends of {name}")
        words = tuple(bytes(raw[int(ends[code]) : int(ends[code + 1])]).decode() for code in there)
        return WordColumn(anew, words)

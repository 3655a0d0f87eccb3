"""A file of calls that is still written to: what is whole in it is taken, piece by piece, and nothing twice."""

import hashlib
import io
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PosixPath
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from attrs import define, evolve, field, frozen

from ...model.call_file import ArrowRecords, CallFile, CallPart
from ...model.problem import Place, Problem
from .delimited import UNCLOSED
from .mapping import CallFormat
from .records import read_calls
from .times import NO_CALL_IS_LATER

PIECE = 1 << 26
"""So many bytes are read at once."""
HEAD_LINES = 200
"""So many lines of a file's beginning tell what its columns are."""
BEFORE = 1 << 18
"""So many bytes before what is new are read with it: they tell on which side of a clock change it stands."""
CHECKED = 1 << 12
"""So many bytes before what is new are compared, to tell a file that has grown from one that is another."""
WHOLE = (".gz", ".parquet", ".xlsx")
"""Files that can be read only when they are complete."""

KnownSizes = Mapping[int, Collection[str]]
"""The SHA-256 of each beginning of a file that was taken in, by its size in bytes."""


class FilePart(PosixPath):
    """The path of a file of which only some bytes are there to be read: whoever opens it gets these."""

    _part: bytes

    @classmethod
    def of(cls, path: Path, part: bytes) -> "FilePart":
        """Return the path of a file, with the bytes that are there to be read."""
        found = cls(path)
        found._part = part
        return found

    def open(self, *_: Any, **__: Any) -> Any:
        """Return these bytes, as a file."""
        return io.BytesIO(self._part)


@frozen
class NewRecords:
    """What is new and whole of a file: its calls, and where in the file it ends; ``lines`` are those of the piece."""

    calls: CallFile
    content: bytes
    lines: int


def is_whole(path: Path) -> bool:
    """Tell whether a file can be read only when it is complete, by its name."""
    return path.suffix.lower() in WHOLE


def grows(path: Path, form: CallFormat) -> bool:
    """Tell whether a file can be read while it is written: text whose lines end in one byte, not packed."""
    return not is_whole(path) and "\n".encode(form.encoding) == b"\n"


def whole_lines(path: Path, size: int) -> Path | None:
    """Return a file as far as its first lines are ended; None when none is ended behind its first ``size`` bytes."""
    with path.open("rb") as file:
        file.seek(size)
        while piece := file.read(PIECE):
            if b"\n" in piece:
                file.seek(0)
                beginning = file.read(BEFORE)
                return FilePart.of(path, beginning[: beginning.rfind(b"\n") + 1])
    return None


@define(eq=False)
class GrowingFile:
    """A file, and how much of it was taken in: its first ``size`` bytes, which are ``lines`` whole lines."""

    path: Path
    size: int = 0
    lines: int = 0
    end: bytes = b""
    head: bytes = b""
    _digest: Any = field(factory=hashlib.sha256)

    @classmethod
    def begun(cls, path: Path, known: KnownSizes) -> "GrowingFile":
        """Return a file with the longest beginning of it that was taken in before, whatever its name was then.

        A beginning that does not end with its line is none: nobody knows whether its last record was whole.
        """
        found, now = cls(path), cls(path)
        with path.open("rb") as file:
            for size in sorted(size for size in known if 0 < size <= os.fstat(file.fileno()).st_size):
                while piece := file.read(min(PIECE, size - now.size)):
                    now = now.with_bytes(piece)
                if now.size == size and now.end.endswith(b"\n") and now.digest in known[size]:
                    found = now
        return found

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what was taken in."""
        digest: str = self._digest.hexdigest()
        return digest

    def with_bytes(self, piece: bytes) -> "GrowingFile":
        """Return the file with more bytes taken in."""
        digest = self._digest.copy()
        digest.update(piece)
        return GrowingFile(
            self.path,
            size=self.size + len(piece),
            # A carriage return alone ends a line too; one that the next piece goes on from is counted with it.
            lines=self.lines + _line_ends(self.end[-1:] + piece) - _line_ends(self.end[-1:]),
            end=(self.end + piece)[-CHECKED:],
            head=self.head if self.head.count(b"\n") >= HEAD_LINES else _first_lines(self.head + piece),
            digest=digest,
        )

    def is_same(self) -> bool:
        """Tell whether the file still begins with what was taken in; raise OSError when it cannot be read."""
        with self.path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < self.size:
                return False
            file.seek(self.size - len(self.end))
            return file.read(len(self.end)) == self.end and _begins_with(file, self.head)

    def more(self, form: CallFormat, latest: int = NO_CALL_IS_LATER) -> NewRecords | None:
        """Return what is new and whole in the file; None when there is nothing, or nothing but an unfinished line.

        ``latest`` is the last instant (UTC seconds) at which a call may have arrived. Raises Refused when the new part
        cannot be used as a whole, OSError when the file cannot be read.
        """
        with self.path.open("rb") as file:
            file.seek(max(self.size - BEFORE, 0))
            before = file.read(min(BEFORE, self.size))
            new = file.read(PIECE)
        new = new[: new.rfind(b"\n") + 1]
        if not new.strip():
            return None
        if self.size > BEFORE:
            before = self.head + before[before.find(b"\n", max(len(self.head) - self.size + BEFORE, 0)) + 1 :]
        return self._read(form, latest, before, new)

    def _read(self, form: CallFormat, latest: int, before: bytes, new: bytes) -> NewRecords | None:
        skipped, lines = _line_ends(before), new.splitlines(keepends=True)
        if form.header and not before.strip() and sum(bool(line.strip()) for line in lines) < 2:
            return None
        now = self.with_bytes(new)
        calls = read_calls(FilePart.of(self.path, before + new), form, latest=latest)
        calls = evolve(calls, digest=now.digest, size=now.size, parts=_after(calls, skipped, self.lines - skipped))
        open_line = _left_open(calls)
        if open_line is None:
            return NewRecords(calls, new, len(lines))
        whole = b"".join(lines[: open_line - self.lines - 1])
        return self._read(form, latest, before, whole) if whole.strip() else None


def _after(calls: CallFile, skipped: int, shift: int) -> tuple[CallPart, ...]:
    """Return the records behind the first lines of what was read, each with its line in the file."""
    return tuple(_part_after(part, skipped, shift) for part in calls.parts)


def _part_after(part: CallPart, skipped: int, shift: int) -> CallPart:
    batch = pa.record_batch(part.records)
    lines = np.asarray(batch.column(0))
    batch = batch.filter(pa.array(lines > skipped))
    columns = [pa.array(lines[lines > skipped] + shift), *batch.columns[1:]]
    records: ArrowRecords = pa.RecordBatch.from_arrays(columns, batch.schema.names)
    refused = tuple(
        evolve(one, problem=_shifted(one.problem, shift))
        for one in part.refused
        if (one.problem.where.line or 0) > skipped
    )
    notices = tuple(_shifted(one, shift) for one in part.notices if (one.where.line or 0) > skipped)
    return CallPart(rows=len(records) + len(refused), records=records, refused=refused, notices=notices)


def _shifted(problem: Problem, shift: int) -> Problem:
    return evolve(problem, where=Place(problem.where.file, (problem.where.line or 0) + shift))


def _left_open(calls: CallFile) -> int | None:
    """Return the line of a record whose quotation mark is open, when no sound record follows it: it may go on."""
    sound = (np.asarray(pa.record_batch(part.records).column(0)) for part in calls.parts)
    last = max((int(lines[-1]) for lines in sound if len(lines)), default=0)
    opened = (one.problem.where.line or 0 for one in calls.refused if UNCLOSED in one.problem.what)
    return min((line for line in opened if line > last), default=None)


def _begins_with(file: BinaryIO, head: bytes) -> bool:
    file.seek(0)
    return file.read(len(head)) == head


def _first_lines(text: bytes) -> bytes:
    return b"".join(_some_lines(text))


def _some_lines(text: bytes) -> Iterator[bytes]:
    start = 0
    for _ in range(HEAD_LINES):
        end = text.find(b"\n", start) + 1
        if not end:
            yield text[start : start + BEFORE]
            return
        yield text[start:end]
        start = end


def _line_ends(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")

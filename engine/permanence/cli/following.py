"""A folder that is followed: what comes into it, and what its files grow by, is taken in as it is written."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG

from attrs import define, evolve, field

from ..model.call_file import CallFile
from ..model.problem import Place, Problem, Refused
from ..read.calls.blocks import opened
from ..read.calls.call_files import digest_if_known, files_in
from ..read.calls.growing import GrowingFile, grows, is_whole, whole_lines
from ..read.calls.mapping import CallFormat
from ..read.calls.records import read_calls
from ..store.calls import ImportResult, digests_taken, sizes_taken
from .call_format_named import NamedFormat
from .ended import UNUSABLE, problems_of
from .screens.followed import counts_of

State = tuple[int, int, int, int]
"""How a file stands: device, number, size, and time of its last change."""


@define(eq=False, kw_only=True)
class Follower:
    """Takes in what is new in a folder, each time it looks; ``take`` writes a file's calls to the ``database``;
    ``latest`` is the last instant (UTC seconds) at which a call may have arrived.

    ``named`` finds the mapping of a file, from its whole lines where it grows; ``knew`` is told once of each file with
    what it was known by, before anything of it is taken in. ``took`` is told of everything that is taken in, ``tell``
    of each thing that is wrong, once.
    """

    folder: Path
    named: Callable[[Path], NamedFormat]
    database: Path
    take: Callable[[CallFile, CallFormat], ImportResult]
    latest: Callable[[], int]
    knew: Callable[[Path, NamedFormat], object]
    took: Callable[[ImportResult], object]
    tell: Callable[[Problem], object]
    waiting: dict[Path, str] = field(factory=dict)
    sums: Counter[str] = field(factory=Counter)
    _done: dict[Path, State] = field(factory=dict)
    _seen: dict[Path, State] = field(factory=dict)
    _growing: dict[Path, GrowingFile] = field(factory=dict)
    _formats: dict[Path, NamedFormat] = field(factory=dict)
    _told_known: set[tuple[Path, str]] = field(factory=set)
    _wrong: dict[Path, tuple[Problem, ...]] = field(factory=dict)
    _told: set[Problem] = field(factory=set)

    def look(self) -> None:
        """Take in what is new since the last look; what cannot be used keeps nothing else out."""
        try:
            files = files_in(self.folder)
        except Refused as refused:
            self._tell(refused.problems)
            return
        for path in files:
            try:
                self._look_at(path)
            except FileNotFoundError:
                continue  # it was moved away meanwhile: under its other name, it is looked at next time
            except UNUSABLE as error:
                where = Place(str(path))
                self._wrong[path] = tuple(
                    one
                    if one.where.file == str(path)
                    else evolve(one, where=where, what=f"{self.database}: {one.what}")
                    for one in problems_of(error)
                )
                self.waiting[path] = self._wrong[path][0].what
                if isinstance(error, Refused):
                    self._done[path] = self._seen[path]

    def _look_at(self, path: Path) -> None:
        facts = path.stat()
        state = (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)
        # What is wrong with a file that is being written may be right a moment later: it is told when nothing changes.
        settled, self._seen[path] = self._seen.get(path) == state, state
        if settled and path in self._wrong:
            self._tell(self._wrong[path])
        if self._done.get(path) == state:
            return
        if not S_ISREG(facts.st_mode):
            opened(path).close()  # Refused: whoever opened a pipe would wait for somebody to write into it
        if is_whole(path):
            if not settled:
                return
            self._take_whole(path)
        elif not self._take_lines(path, settled=settled):
            return
        self._done[path] = state

    def _take_lines(self, path: Path, *, settled: bool) -> bool:
        """Take in what is new of a file of lines; tell whether that is all that can be done with it as it stands."""
        file = self._growing.get(path)
        if file is None or not file.is_same():
            file = self._growing[path] = GrowingFile.begun(path, sizes_taken(self.database))
            self._formats.pop(path, None)
        lines = whole_lines(path, file.size)
        if lines is None:
            self._wait(path, file)
            return True
        named = self._formats.get(path)
        if named is None:
            named = self._formats[path] = self.named(lines)
        if grows(path, named.form):
            self._take_more(file, named)
        elif settled:
            self._take_whole(path)
        else:
            return False
        return True

    def _take_more(self, file: GrowingFile, named: NamedFormat) -> None:
        while piece := file.more(named.form, self.latest()):
            self._take(file.path, named, piece.calls)
            file = self._growing[file.path] = file.with_bytes(piece.content)
        self._wait(file.path, file)

    def _wait(self, path: Path, file: GrowingFile) -> None:
        """Note what of a file waits for the end of its line, and that nothing is wrong with it."""
        self._wrong.pop(path, None)
        self.waiting.pop(path, None)
        if (left := path.stat().st_size - file.size) > 0:
            self.waiting[path] = f"its last line is not ended: {left} bytes wait"

    def _take_whole(self, path: Path) -> None:
        self.waiting.pop(path, None)
        self._wrong.pop(path, None)
        taken = digests_taken(self.database)
        if digest_if_known(path, set(taken.values())) not in taken:
            named = self.named(path)
            self._take(path, named, read_calls(path, named.form, latest=self.latest()))

    def _take(self, path: Path, named: NamedFormat, calls: CallFile) -> None:
        result = self.take(calls, named.form)
        if not result.already:
            if (path, named.form.name) not in self._told_known:
                self._told_known.add((path, named.form.name))
                self.knew(path, named)
            self.sums.update(counts_of(result))
            self.took(result)

    def _tell(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                self.tell(problem)

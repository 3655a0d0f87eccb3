"""A folder that is followed: what comes into it, and what its files grow by, is taken in as it is written."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG

from attrs import define, evolve, field

from ..model.call_file import CallFile
from ..model.problem import Place, Problem, Refused
from ..read.calls.blocks import opened
from ..read.calls.call_files import digest_of, files_in
from ..read.calls.growing import GrowingFile, grows
from ..read.calls.mapping import CallFormat
from ..read.calls.records import read_calls
from ..store.calls import ImportResult, digests_taken, sizes_taken
from .ended import UNUSABLE, problems_of
from .screens.followed import counts_of

State = tuple[int, int, int, int]
"""How a file stands: device, number, size, and time of its last change."""


@define(eq=False, kw_only=True)
class Follower:
    """Takes in what is new in a folder, each time it looks; ``take`` writes a file's calls to the ``database``;
    ``latest`` is the last instant (UTC seconds) at which a call may have arrived.

    ``took`` is told of everything that is taken in, ``tell`` of each thing that is wrong, once.
    """

    folder: Path
    form: CallFormat
    database: Path
    take: Callable[[CallFile], ImportResult]
    latest: Callable[[], int]
    took: Callable[[ImportResult], object]
    tell: Callable[[Problem], object]
    waiting: dict[Path, str] = field(factory=dict)
    sums: Counter[str] = field(factory=Counter)
    _done: dict[Path, State] = field(factory=dict)
    _seen: dict[Path, State] = field(factory=dict)
    _growing: dict[Path, GrowingFile] = field(factory=dict)
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
        if grows(path, self.form):
            self._take_more(path)
        elif not settled:
            return
        else:
            self._take_whole(path)
        self._done[path] = state

    def _take_more(self, path: Path) -> None:
        file = self._growing.get(path)
        if file is None or not file.is_same():
            file = self._growing[path] = GrowingFile.begun(path, sizes_taken(self.database))
        while piece := file.more(self.form, self.latest()):
            self._take(piece.calls)
            file = self._growing[path] = file.with_bytes(piece.content)
        self._wrong.pop(path, None)
        left = path.stat().st_size - file.size
        self.waiting.pop(path, None)
        if left > 0:
            self.waiting[path] = f"its last line is not ended: {left} bytes wait"

    def _take_whole(self, path: Path) -> None:
        self.waiting.pop(path, None)
        self._wrong.pop(path, None)
        digest, size = digest_of(path) or ("", 0)
        if digest not in digests_taken(self.database):
            calls = read_calls(path, self.form, latest=self.latest())
            self._take(evolve(calls, size=size) if calls.digest == digest else calls)

    def _take(self, calls: CallFile) -> None:
        result = self.take(calls)
        if not result.already:
            self.sums.update(counts_of(result))
            self.took(result)

    def _of(self, path: Path, problem: Problem) -> Problem:
        """Return a problem of the database as one of the file that it keeps out."""
        if problem.where.file == str(path):
            return problem
        return evolve(problem, where=Place(str(path)), what=f"{self.database}: {problem.what}")

    def _tell(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                self.tell(problem)

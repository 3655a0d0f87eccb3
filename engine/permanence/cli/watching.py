"""Files looked at again as soon as one of them is saved."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

Stamps = Mapping[Path, tuple[int, int]]
"""When each file was written last, in nanoseconds, and its size in bytes."""


def stamps(paths: Iterable[Path]) -> Stamps:
    """Return the stamps of those files that are there."""
    found = {}
    for path in paths:
        try:
            facts = path.stat()
        except OSError:
            continue
        found[path] = (facts.st_mtime_ns, facts.st_size)
    return found


def with_logs(databases: Iterable[Path | str]) -> Iterator[Path]:
    """Yield by which files a database's changes are seen: itself, and the log in which they stand first."""
    for path in databases:
        yield Path(path)
        yield Path(f"{path}-wal")


def watch(look: Callable[[], Stamps], show: Callable[[], object], wait: Callable[[], object]) -> None:
    """Show something, and again whenever the files that it depends on have other stamps; until ``wait`` raises."""
    while True:
        seen = look()
        show()
        while look() == seen:
            wait()

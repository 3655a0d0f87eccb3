"""Who was being asked when a process ended that could end in no order: a small file, which outlives it."""

import fcntl
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import frozen

LONGEST = 256
"""How many bytes of who is asked are kept."""


@frozen
class AskedRecord:
    """``left`` is who was being asked when an earlier process ended, empty where it ended in order; ``note`` keeps who
    is asked now, until it is told that it is nobody, "".
    """

    left: str
    note: Callable[[str], None]


@contextmanager
def asked_record(path: Path) -> Iterator[AskedRecord | None]:
    """Yield the record at a path, gone after the block; None where there can be none, or another process has it.

    What is noted is written into memory that the system keeps, whatever becomes of the process: it costs no call.
    """
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError:
        yield None
        return
    try:
        left = _begun(descriptor)
        if left is None:
            yield None
            return
        with mmap.mmap(descriptor, LONGEST) as memory:

            def note(who: str) -> None:
                memory[:] = who.encode()[:LONGEST].ljust(LONGEST, b"\0")

            try:
                yield AskedRecord(left, note)
            finally:
                with suppress(OSError):
                    path.unlink()
    finally:
        os.close(descriptor)


def _begun(descriptor: int) -> str | None:
    """Return what an earlier process left in a record that is now this one's; None where it cannot be."""
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            return None  # where everybody may write, another may have been there first
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left = os.pread(descriptor, LONGEST, 0)
        # Written, not only made as long: where there is no room, that is known now.
        os.pwrite(descriptor, b"\0" * LONGEST, 0)
    except OSError:
        return None
    return left.rstrip(b"\0").decode(errors="replace")

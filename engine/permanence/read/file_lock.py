"""One at a time: whoever changes the files of a folder, and whoever writes one file."""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from ..model.problem import Place, Problem, Refused
from ..model.waiting import TELLS_AFTER, tell_of_waiting, who_holds

PATIENCE = 60.0
"""Seconds that a command waits for another one before it gives up."""
PAUSE = 0.02
LOCKS_FILES_ONLY = (errno.EBADF, errno.EINVAL, errno.EISDIR, errno.ENOTSUP)
"""What a network's file system answers when a folder is to be locked."""
LOCK_FILE = ".lock"


@contextmanager
def changing(folder: Path, *beside: Path) -> Iterator[None]:
    """Let no other command change contracts, rules or quotes in some folders while the block decides and writes.

    The first folder is made where it is missing, and is gone afterwards if nothing came into it; the others are only
    read. The system frees them when the process dies. Raises Refused when another command takes too long.
    """
    while True:
        with ExitStack() as stack:
            stack.enter_context(_there(folder))
            # In one order for all commands: two that lock two folders never wait for each other.
            folders = {os.path.realpath(one): one for one in (*beside, folder) if one.is_dir()}
            locked = [stack.enter_context(_locked(Path(real), named)) for real, named in sorted(folders.items())]
            if all(locked):
                yield
                return


@contextmanager
def held_file(path: Path, whose: Path) -> Iterator[int]:
    """Yield a new, empty file, open for writing, that this process alone holds; it is gone after the block.

    One that a killed process left is thrown away. Raises Refused when another command holds it for too long.
    """

    def busy() -> Problem:
        return Problem(Place(str(whose)), "another command is writing this file", "try again when it is done")

    while True:
        with _opened(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW) as descriptor:
            _lock(descriptor, busy)
            if not _is_at(path, descriptor):
                continue
            found = os.fstat(descriptor)
            if found.st_size or found.st_nlink > 1:
                # A killed process left a part of a file here, or a second name of a whole one.
                path.unlink()
                continue
            try:
                yield descriptor
                return
            finally:
                # What was put in its place has this path no more; what another process began there is not ours.
                with suppress(OSError):
                    if _is_at(path, descriptor):
                        path.unlink()


@contextmanager
def _there(folder: Path) -> Iterator[None]:
    """Make a folder where it is missing; those that were made and stay empty are gone afterwards."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):
            for one in made:
                one.rmdir()


@contextmanager
def _locked(folder: Path, named: Path) -> Iterator[bool]:
    """Lock a folder; yield whether it is still there: the command before may have taken away what it made."""

    def busy() -> Problem:
        what = f"{who_holds(str(folder))} is changing {named}/"
        return Problem(Place(str(named)), what, "try again when it is done")

    with _opened(folder, os.O_RDONLY | os.O_DIRECTORY) as descriptor, ExitStack() as stack:
        try:
            _lock(descriptor, busy, str(folder))
        except OSError as error:
            if error.errno not in LOCKS_FILES_ONLY:
                raise
            _lock(stack.enter_context(_opened(folder / LOCK_FILE, os.O_CREAT | os.O_RDWR)), busy)
        yield _is_at(folder, descriptor)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags, 0o666)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, busy: Callable[[], Problem], folder: str = "") -> None:
    end, told = monotonic() + PATIENCE, not folder
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > end:
                raise Refused([busy()]) from None
            if not told and monotonic() > end - PATIENCE + TELLS_AFTER:
                told = True
                tell_of_waiting(folder)
            sleep(PAUSE)
        else:
            return


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False

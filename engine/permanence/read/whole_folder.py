"""A folder that is there whole or not at all: filled beside its place, flushed, and put there in one step."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ..model.manifest import BackedFile
from ..model.problem import Place, Problem, Refused
from .deeds import note
from .file_lock import changing

AT_ONCE = 1 << 20
OWNER_ALONE = 0o600


@contextmanager
def placed_whole(target: Path, part_name: str) -> Iterator[Path]:
    """Yield an empty folder, its owner's alone, that is the target when the block ends; gone where the block fails.

    ``part_name`` is its name beside the target until then; what a killed process left there is thrown away. Raises
    Refused where something is at the target already, or another process is at the same for too long.
    """
    with changing(target.parent):
        _is_free(target)
        part = target.with_name(part_name)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        try:
            yield part
            for folder, _, _ in os.walk(part):
                _flush(Path(folder))
            _is_free(target)
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        note(str(target), "was written")
        _flush(target.parent)


def copied(source: Path, target: Path, name: str) -> BackedFile:
    """Copy a file to a new one that its owner alone may read, flushed, and return what was copied, by a name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with source.open("rb") as read, _new(target) as written:
        while piece := read.read(AT_ONCE):
            digest.update(piece)
            size += written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return BackedFile(name, size, digest.hexdigest())


def written_new(target: Path, content: bytes) -> None:
    """Write a new file that its owner alone may read, flushed, in a folder that is made where it is not there."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _new(target) as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def file_at(path: Path, name: str) -> BackedFile:
    """Return a file's size and digest, by a name."""
    digest, size = sha256(), 0
    with path.open("rb") as read:
        while piece := read.read(AT_ONCE):
            digest.update(piece)
            size += len(piece)
    return BackedFile(name, size, digest.hexdigest())


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and below, in order, but for hidden ones: locks, and what a killed process left."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE), "wb")


def _is_free(target: Path) -> None:
    if os.path.lexists(target) and (target.is_symlink() or not target.is_dir() or any(target.iterdir())):
        raise Refused([Problem(Place(str(target)), "something is there already", "name a folder that is not there")])


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The one hand that writes files: whatever kills a command or refuses it space, each file is wholly old or wholly new.

What is written stands beside the file first, is flushed, and takes its name in one step. SQLite writes databases.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .deeds import forget, note
from .file_lock import held_file

NO_SECOND_NAMES = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)
"""What a file system answers that knows one name for each file."""
NO_FLUSHED_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
STREAM = re.compile(r"/dev/(?P<name>stdout|stderr)|/(?:dev|proc/self)/fd/(?P<number>[0-9]{1,4})")
STREAMS = {"stdout": 1, "stderr": 2}


def keep_file(path: Path, content: bytes) -> bool:
    """Write a file where none is there that says just so; return whether it was written. Raises as `replace_file`."""
    if path.exists() and path.read_bytes() == content:
        return False
    replace_file(path, content)
    return True


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in place of the one that is there, whose rights it keeps; or a new one.

    Raises OSError that names it; then the file is as it was, unless it is noted as written. Refused when another
    command writes it and takes too long.
    """
    with _named(path):
        if (stream := _stream_of(path)) is not None:
            _write(stream, content)
            note(str(path), "was written")
            return
        if _is_no_file(path):
            _pour(path, content)
            return
        target = Path(os.path.realpath(path))
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        with _written_beside(target, content, path) as beside:
            beside.replace(target)
            note(str(path), "was written")
            _flush_folder(target.parent)


def create_file(path: Path, content: bytes) -> None:
    """Write a new file, whole or not at all, never over one that is there.

    Raises FileExistsError where one is, OSError that names the file where it cannot be written.
    """
    with _named(path), _written_beside(path, content, path) as beside:
        try:
            os.link(beside, path)
        except OSError as error:
            if error.errno not in NO_SECOND_NAMES:
                raise
            _rename_to_new(beside, path)
        note(str(path), "was written")
        _flush_folder(path.parent)


def remove_file(path: Path) -> None:
    """Take away a file that this command has made."""
    with _named(path):
        path.unlink()
        forget(str(path))
        _flush_folder(path.parent)


def move_file(path: Path, folder: Path) -> None:
    """Put a file into another folder beside it, which is made where it is missing, over one of its name there."""
    with _named(path):
        folder.mkdir(exist_ok=True)
        path.replace(folder / path.name)
        _flush_folder(folder)
        _flush_folder(path.parent)


@contextmanager
def _written_beside(path: Path, content: bytes, whose: Path) -> Iterator[Path]:
    """Yield a file in the same folder that holds the content, flushed; no pattern of ours finds it by its name."""
    beside = path.with_name(f".{path.name}.part")
    with held_file(beside, whose) as descriptor:
        with suppress(FileNotFoundError):
            _keep_rights(descriptor, path.stat())
        _write(descriptor, content)
        os.fsync(descriptor)
        yield beside


def _keep_rights(descriptor: int, old: os.stat_result) -> None:
    for owner in ((-1, old.st_gid), (old.st_uid, -1)):
        with suppress(PermissionError):
            os.chown(descriptor, *owner)
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != stat.S_IMODE(old.st_mode):
        os.chmod(descriptor, stat.S_IMODE(old.st_mode))


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _rename_to_new(beside: Path, path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    beside.rename(path)


def _flush_folder(folder: Path) -> None:
    """Let the new name outlive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_FLUSHED_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def _stream_of(path: Path) -> int | None:
    """Return the number of an open stream that a path names, such as /dev/stdout, which may itself lead to a file."""
    found = STREAM.fullmatch(path.absolute().as_posix())
    return STREAMS.get(found["name"] or "") or int(found["number"]) if found else None


def _is_no_file(path: Path) -> bool:
    """Tell a pipe or a terminal, such as /dev/stdout, which holds nothing that could be half."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _pour(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        _write(descriptor, content)
        note(str(path), "was written")
    finally:
        os.close(descriptor)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error name the file as the user did, not what stands beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error

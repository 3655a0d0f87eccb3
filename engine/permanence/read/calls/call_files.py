"""Which files of calls are meant by what is typed: files, folders, patterns; and the digest of one before reading."""

import hashlib
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ...model.problem import Place, Problem, Refused

CALL_FILE = re.compile(
    r"\.(csv|tsv|txt|log|dat|cdr|json|jsonl|ndjson|parquet|xlsx)([-._]\d[\d\-_.TZ]*)?(\.gz)?$", re.IGNORECASE
)
"""How a call file's name ends in a folder; a log that was put aside has a number or a day more: `Master.csv.1`."""
FIRST_PAGE = 1 << 16
SIGNS = frozenset("*?[")
"""A name with one of these signs is a pattern, unless there is a file of that very name."""


def call_files(typed: Sequence[str]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return the files that are meant, each once: as typed, and by name within a folder or pattern.

    A folder means the files in it and below that look like call files, none that is hidden. With them comes what is
    wrong: a folder without call files, a pattern that no file fits. A file that is named is taken as it is.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for name in typed:
        try:
            found |= dict.fromkeys(_meant(name))
        except Refused as refused:
            problems += refused.problems
    return tuple(found), tuple(problems)


def files_in(folder: Path) -> Sequence[Path]:
    """Return the files in a folder and below it that look like call files, by name, without hidden ones.

    Raises Refused when the folder cannot be read.
    """
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in files if not name.startswith(".") and CALL_FILE.search(name)]
    return sorted(found)


def digest_if_known(path: Path, sizes: Collection[int | None]) -> str | None:
    """Return the SHA-256 of a file that is as large as one of those known; None for a size that is new.

    With None among the sizes, any file may be known, but none of zeros. None also when it is no plain file, or cannot
    be read. So nobody waits for the digest of gigabytes of which the first page tells that they are no calls.
    """
    try:
        if not path.is_file() or (None not in sizes and path.stat().st_size not in sizes):
            return None
        with path.open("rb") as file:
            if not file.read(FIRST_PAGE).strip(b"\0"):
                return None
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _meant(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        if not (files := files_in(path)):
            hint = "name the files, or a pattern such as 'calls/*'"
            raise Refused([Problem(Place(name), "there is no call file in this folder", hint)])
        yield from files
    elif SIGNS.isdisjoint(name) or path.exists():
        yield path
    else:
        anchor = path.anchor or "."
        fitting = sorted(one for one in Path(anchor).glob(name.lstrip("/")) if not one.name.startswith("."))
        if not fitting:
            raise Refused([Problem(Place(name), "no file fits this pattern", "check the folder and the name")])
        for one in fitting:
            yield from files_in(one) if one.is_dir() else [one]


def _unreadable(error: OSError) -> None:
    what = f"cannot be read: {error.strerror}"
    raise Refused([Problem(Place(str(error.filename)), what, "check the path and its rights")]) from error

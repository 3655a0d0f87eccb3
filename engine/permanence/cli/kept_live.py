"""What `permanence live` has counted, kept in a file: shown again, in a tenth of the time, while nothing has changed.

Whatever a count hangs on is in the stamps that are kept with it: rules, contracts, sellers, settings, databases, the
programs themselves. The file may be taken away at any time. It is read with next to nothing loaded.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from .watching import stamps, with_logs

FORM = 2
NAME, BOOK, CALLS = "live.kept", "live.book", "live.calls"
ON_FILE = ("asked", "rules", "indices", "contracts", "sellers", "settings", "programs")
"""What the book hangs on."""
OF_MODULES = (".py", ".so", ".pyd")
Kept = Mapping[str, Any]
KeptStamps = Mapping[str, str]
"""A digest of each thing that a count hangs on, by its name."""


@frozen
class KeptLive:
    """Where a month that runs is counted from, and where what was counted is kept."""

    rules: Path
    contracts: Path
    sellers: Path
    billing: Path
    calls: str
    without: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Return where it is kept: beside the bills."""
        return self.billing.with_name(NAME)

    @property
    def book_path(self) -> Path:
        """Return where what is on file is kept, contract by contract."""
        return self.billing.with_name(BOOK)

    @property
    def calls_path(self) -> Path:
        """Return where the records of the month and of the one before it are kept, line by line."""
        return self.billing.with_name(CALLS)

    def row(self, contract: str, on: datetime | None) -> Kept | None:
        """Return what is kept of a contract on a day, today where none is asked for; None where it holds no more."""
        with suppress(OSError, ValueError, KeyError, TypeError), self.path.open("rb") as kept:
            head = json.loads(kept.readline())
            day = (on or datetime.now(UTC).astimezone(ZoneInfo(head["zone"]))).date()
            place = head["rows"].get(contract)
            if place and head["day"] == day.isoformat() and head["stamps"] == self.stamps(head["programs"]):
                kept.seek(place[0], os.SEEK_CUR)
                found: Kept = {**json.loads(kept.read(place[1])), "known": head["known"]}
                return found
        return None

    def stamps(self, programs: Sequence[str]) -> KeptStamps:
        """Return what tells everything that a count hangs on from what it was: names, sizes, and when written last."""
        told = {"asked": (FORM, self.calls, str(self.billing), self.without), "programs": self._programs(programs)}
        found = {**told, **self._on_file(), **self._databases()}
        return {name: sha256(repr(one).encode("utf-8", "surrogateescape")).hexdigest() for name, one in found.items()}

    def _programs(self, programs: Sequence[str]) -> object:
        """Return the stamps of programs; of the folder in which this is kept, of what is installed into it alone."""
        home = self.path.parent.resolve()
        folders = {one for one in programs if not one.endswith(OF_MODULES) and Path(one).resolve() == home}
        installed = sorted(home.glob("*.*-info")) if folders else ()
        return _stamps([*(one for one in programs if one not in folders), *map(str, installed)])

    def _on_file(self) -> Mapping[str, object]:
        folders = {"rules": self.rules, "indices": self.rules / "indices"}
        folders |= {"contracts": self.contracts, "sellers": self.sellers}
        return {name: (str(folder), sorted(_files_in(folder))) for name, folder in folders.items()}

    def _databases(self) -> Mapping[str, object]:
        calls = [*with_logs(("calls.db", self.calls))]
        if self.calls.endswith(".parquet"):
            where, _, pattern = self.calls.rpartition("/")
            calls += sorted(Path(where or ".").glob(pattern))
        found = {"settings": [Path("permanence.toml")], "billing": with_logs([self.billing]), "calls": calls}
        return {name: _stamps(map(str, paths)) for name, paths in found.items()}


def programs_loaded() -> Sequence[str]:
    """Return the files of the modules that are loaded but for Python's own, and where plugins are found."""
    own = Path(os.__file__).parent
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    found = {file for file in files if file and (Path(file).parent != own)}
    return [*sorted(file for file in found if "site-packages" in file or not file.startswith(str(own))), *sys.path]


def kept_content(day: date, zone: str, known: Kept, found: KeptStamps, programs: Sequence[str], rows: Kept) -> bytes:
    """Return the file: a line that says what it holds and where, then a line for each contract."""
    lines = {name: json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n" for name, row in rows.items()}
    places, start = {}, 0
    for name, line in lines.items():
        places[name] = (start, len(line))
        start += len(line)
    head = {"day": day.isoformat(), "zone": zone, "known": known, "stamps": found, "programs": programs, "rows": places}
    return b"\n".join([json.dumps(head, ensure_ascii=False).encode(), b"".join(lines.values())])


def rows_kept(kept: KeptLive, day: date) -> tuple[Sequence[str], dict[str, Any]]:
    """Return the programs and the rows that are kept of a day; none where anything has changed since."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        head, *lines = kept.path.read_bytes().split(b"\n")
        told = json.loads(head)
        if (told["day"], told["stamps"]) == (day.isoformat(), kept.stamps(told["programs"])):
            return told["programs"], {name: json.loads(line) for name, line in zip(told["rows"], lines, strict=False)}
    return (), {}


def _files_in(folder: Path) -> Iterator[tuple[str, int, int]]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".toml"):
                facts = entry.stat()
                yield entry.name, facts.st_mtime_ns, facts.st_size


def _stamps(paths: Any) -> Sequence[tuple[str, tuple[int, int]]]:
    found = stamps(map(Path, paths))
    return [(str(path), stamp) for path, stamp in found.items() if stamp[1] or path.suffix != ".db-wal"]

"""What a soak has done so far, kept in a file: begun again, it goes on from there; and the table of it."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import asdict, define, field


@define
class Done:
    """What was tried of a part: how many of how many, and in words those that ended otherwise than hoped."""

    part: str
    column: str
    whole: int
    tried: int = 0
    lost: list[str] = field(factory=list)


@define
class Record:
    """The file of what is done; what was done to other code is not counted."""

    path: Path
    code: str
    parts: dict[str, Done] = field(factory=dict)
    seconds: float = 0.0

    def __attrs_post_init__(self) -> None:
        if not self.path.exists():
            return
        kept = json.loads(self.path.read_text("utf-8"))
        if kept["code"] == self.code:
            self.seconds = kept["seconds"]
            self.parts = {name: Done(**one) for name, one in kept["parts"].items()}

    def part(self, name: str, column: str, whole: int) -> Done:
        """Return what was done of a part until now."""
        return self.parts.setdefault(f"{name}: {column}", Done(name, column, whole))

    def save(self) -> None:
        """Keep what is done, whole or not at all."""
        self.path.parent.mkdir(exist_ok=True)
        beside = self.path.with_suffix(".part")
        kept = {"code": self.code, "seconds": self.seconds, "parts": {n: asdict(one) for n, one in self.parts.items()}}
        beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
        beside.replace(self.path)


def table(found: Iterable[Done]) -> str:
    """Return the figures as a table: a row for each part, a column for what was done to it, the sums, what was lost."""
    parts = list(found)
    columns = list(dict.fromkeys(one.column for one in parts))
    rows = [["", *columns, "lost"]]
    for name in dict.fromkeys(one.part for one in parts):
        own = {one.column: one for one in parts if one.part == name}
        rows.append(
            [name, *(_told(own.get(column)) for column in columns), f"{sum(len(o.lost) for o in own.values())}"]
        )
    sums = [sum(one.tried for one in parts if one.column == column) for column in columns]
    rows.append(["together", *(f"{one:,}" for one in sums), f"{sum(len(one.lost) for one in parts)}"])
    return "\n".join(_lines(rows))


def _told(one: Done | None) -> str:
    if one is None:
        return ""
    return f"{one.tried:,}" if one.tried == one.whole else f"{one.tried:,} of {one.whole:,}"


def _lines(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(wide[0]), *(cell.rjust(size) for cell, size in zip(row[1:], wide[1:], strict=True))]
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{'|'.join(['-' * (wide[0] + 2), *('-' * (size + 1) + ':' for size in wide[1:])])}|"

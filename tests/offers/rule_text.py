"""A rule file as text: its tables, and each value that stands in them, so that one of them can be put otherwise."""

import re

from attrs import frozen

KEY = re.compile(r"""(?P<key>\w+)[ ]*=[ ]*(?P<value>"[^"\n]*"|'[^'\n]*'|true\b|false\b|\d[\d_]*\b(?![-.]))""")
HEAD = re.compile(r"^\[+([\w.]+)\]+.*\n(?:id = \"(?P<id>[^\"]*)\")?", re.MULTILINE)


@frozen
class Mutation:
    """One change: its kind, what it is in words, and the whole file with it."""

    kind: str
    told: str
    text: str


@frozen
class Spot:
    """A value in a rule file, by its table, its key and where it stands: quotes are no part of it."""

    table: str
    key: str
    value: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.value)


@frozen
class RuleText:
    """A rule file's text, up to its examples."""

    name: str
    text: str

    @property
    def said(self) -> str:
        return self.text[: self.text.index("[[example]]")]

    @property
    def tables(self) -> tuple[tuple[str, int, int], ...]:
        """Return each table by its name, with that of its id, and from where to where it stands."""
        heads = [(" ".join(filter(None, found.groups())), found.start()) for found in HEAD.finditer(self.said)]
        ends = [start for _, start in heads[1:]] + [len(self.said)]
        return tuple((name, start, end) for (name, start), end in zip(heads, ends, strict=True))

    @property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(
            Spot(table, found["key"], found["value"].strip("\"'"), found.start("value") + (found["value"][0] in "\"'"))
            for table, start, end in self.tables
            for found in KEY.finditer(self.said, start, end)
        )

    def put(self, kind: str, spot: Spot, value: str) -> Mutation:
        told = f"{self.name}: {spot.table}: {spot.key} {spot.value} → {value}"
        return Mutation(kind, told, self.text[: spot.start] + value + self.text[spot.end :])

    def swap(self, kind: str, one: Spot, other: Spot) -> Mutation:
        told = f"{self.name}: {one.table}: {one.key} {one.value} ↔ {other.key} {other.value}"
        between = self.text[one.end : other.start]
        return Mutation(kind, told, self.text[: one.start] + other.value + between + one.value + self.text[other.end :])

    def with_key(self, table: str, line: str) -> str:
        """Return the text with one line more at the head of a table, which may be new."""
        head = f"[{table}]"
        if head not in self.said.splitlines():
            start = self.text.index("[[rule]]")
            return f"{self.text[:start]}{head}\n{line}\n{self.text[start:]}"
        start = self.text.index("\n", self.text.index(f"\n{head}") + 1) + 1
        return f"{self.text[:start]}{line}{self.text[start:]}"

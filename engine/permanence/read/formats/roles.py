"""Which column of an unknown file is which of ours: by its name, then by what stands in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import define, evolve, field, frozen

from .content import Content, content_of
from .layout import FileLayout
from .meanings import NAMES, meaning, role_rank

TIMES, LENGTHS = ("start", "answer", "end"), ("duration", "wait", "talk")
KINDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(TIMES, ("stamp",)),
    **dict.fromkeys(LENGTHS, ("duration",)),
    "call_id": ("identity", "stamp", "duration", "phone", "word", "text"),
    "linked_id": ("identity", "stamp", "duration", "phone", "word", "text", "empty"),
    "number": ("phone", "word", "text", "duration", "identity", "stamp"),
    "caller": ("phone", "word", "text", "duration", "identity", "stamp", "empty"),
    "status": ("word", "identity"),
    "direction": ("word", "identity", "duration"),
}
"""The kinds of content that each of our columns can have; any where none are said. An extension looks like seconds."""
EPOCH_ID = r"(.*-)?\d{9,10}\.\d+"


@frozen(kw_only=True)
class Role:
    """One of our columns, theirs of it, and why it is taken for that."""

    theirs: tuple[str, ...]
    why: str


@define
class Roles:
    """What each of our columns is called in a file, what each of theirs holds, and which one begins with Unix time."""

    contents: Mapping[str, Content]
    found: dict[str, Role] = field(factory=dict)
    epoch: str = ""

    def content(self, ours: str) -> Content:
        """Return what one of our columns holds."""
        return self.contents[self.found[ours].theirs[0]]

    def has(self, ours: str) -> bool:
        """Tell whether a column was found for one of ours."""
        return ours in self.found

    @property
    def unused(self) -> list[str]:
        """Return their columns that are none of ours."""
        taken = {name for role in self.found.values() for name in role.theirs}
        return [name for name in self.contents if name not in taken]

    def take(self, ours: str, theirs: Sequence[str], why: str) -> None:
        """Note what one of our columns is called."""
        self.found[ours] = Role(theirs=tuple(theirs), why=why)


def roles_of(layout: FileLayout) -> Roles:
    """Return which column of a file is which of ours, as far as that can be told."""
    contents = {name: content_of(layout.cells(name)) for name in layout.names if name}
    ids = [name for name in contents if _all_like(layout.cells(name), EPOCH_ID)]
    contents |= {name: evolve(contents[name], kind="identity", form="") for name in ids}
    roles = Roles(contents, epoch=ids[0] if ids else "")
    if layout.header:
        _by_name(roles)
    _date_and_hour(roles)
    _by_content(roles, layout)
    return roles


def _by_name(roles: Roles) -> None:
    """Take columns for what their names say, the surest name first."""
    for ours in NAMES:
        kinds = KINDS.get(ours)
        ranked = [
            (rank, name)
            for name in roles.unused
            if (rank := role_rank(ours, name)) is not None and (not kinds or roles.contents[name].kind in kinds)
        ]
        if ranked and not (ours == "status" and not _known_words(ours, roles.contents[min(ranked)[1]])):
            roles.take(ours, [min(ranked)[1]], "by its name")


def _date_and_hour(roles: Roles) -> None:
    """Take a date and an hour in two columns for the start, where no column has both."""
    dates = [name for name in roles.unused if roles.contents[name].kind == "date"]
    hours = [name for name in roles.unused if roles.contents[name].kind == "hour"]
    if not roles.has("start") and dates and hours:
        roles.take("start", [dates[0], hours[0]], "a date and an hour")


def _by_content(roles: Roles, layout: FileLayout) -> None:
    """Take columns for what stands in them, where no name told."""
    for ours, theirs, why in [*_times(roles), *_numbers(roles), *_worded(roles)]:
        roles.take(ours, [theirs], why)
    if not layout.header:
        for ours, theirs, why in _lengths(roles, layout):
            roles.take(ours, [theirs], why)
    if not roles.has("call_id"):
        ids = [name for name in roles.unused if roles.contents[name].kind == "identity"]
        if candidates := [roles.epoch] if roles.epoch in roles.unused else ids:
            roles.take("call_id", candidates[:1], "no two records have the same")


def _times(roles: Roles) -> Iterator[tuple[str, str, str]]:
    stamps = [name for name in roles.unused if roles.contents[name].kind == "stamp"]
    if roles.has("start") or not stamps:
        return
    yield "start", stamps[0], "the first time of a record"
    if len(stamps) > 2 and not roles.has("answer"):
        yield "answer", stamps[1], "the second of three times"
    if len(stamps) > 1 and not roles.has("end"):
        yield "end", stamps[2 if len(stamps) > 2 else 1], "the last time of a record"


def _numbers(roles: Roles) -> Iterator[tuple[str, str, str]]:
    """Yield the number called and the caller: of several columns, ours is the one with the fewest numbers."""
    phones = [name for name in roles.unused if roles.contents[name].kind == "phone"]
    named = [name for name in phones if roles.contents[name].form]
    wanted = [ours for ours in ("number", "caller") if not roles.has(ours)]
    phones.sort(key=lambda name: roles.contents[name].distinct)
    if not phones:
        return
    if len(wanted) == 2 and len(phones) == 1:
        ours = "caller" if named else "number"
        yield ours, phones[0], "the only column of telephone numbers: it may be the other party's"
    elif len(wanted) == 2:
        yield "number", phones[0], "fewer different numbers than others"
        yield "caller", phones[-1], "more different numbers"
    elif wanted:
        yield wanted[0], phones[0] if wanted[0] == "number" else phones[-1], "telephone numbers"


def _worded(roles: Roles) -> Iterator[tuple[str, str, str]]:
    """Yield the columns whose words are those of how calls end and where they go."""
    for ours in ("status", "direction"):
        for name in [] if roles.has(ours) else roles.unused:
            content = roles.contents[name]
            known = _known_words(ours, content)
            if content.filled == 1 and len(known) > len(content.words) / 2:
                yield ours, name, f"words such as {known[0]}"
                break


def _known_words(ours: str, content: Content) -> list[str]:
    return [word for word in content.words if meaning(ours, word)]


def _lengths(roles: Roles, layout: FileLayout) -> Iterator[tuple[str, str, str]]:
    """Yield the length of the call and that of the conversation: two columns, the one never below the other."""
    names = [name for name in roles.unused if roles.contents[name].kind == "duration"]
    clock = [name for name in names if ":" in roles.contents[name].form or "'" in roles.contents[name].form]
    names = clock or [
        name for name in names if roles.contents[name].distinct > 0 and len(roles.contents[name].words) != 1
    ]
    for first, second in pairwise(names):
        if _never_below(layout.cells(first), layout.cells(second)):
            yield "duration", first, "never below the next column"
            yield "talk", second, "never above the column before"
            return
    if names:
        yield "talk", names[-1], "a length of time"


def _never_below(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    try:
        return all(float(a or 0) >= float(b or 0) for a, b in zip(longer, shorter, strict=True))
    except ValueError:
        return all(a >= b for a, b in zip(longer, shorter, strict=True))


def _all_like(cells: Sequence[str], like: str) -> bool:
    told = [cell for cell in cells if cell]
    return bool(told) and all(re.fullmatch(like, cell) for cell in told)

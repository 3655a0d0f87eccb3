"""A draft of a mapping for a file that no ready one fits: a text with comments on what was guessed and what is left."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from ...model.problem import Place, Problem, Refused
from ..calls.masking import masked
from ..toml.written import bracketed, quoted, written_key
from .content import INNER_NUMBER
from .head import PARQUET, Head
from .layout import FileLayout, guessed_layout
from .meanings import meaning, plain
from .roles import LENGTHS, TIMES, Roles, roles_of

ORDER = ("call_id", "linked_id", "account", "number", "caller", *TIMES, *LENGTHS, "language", "tags")
OFFSET = ("iso", "epoch", "epoch_ms", "epoch_us", "gregorian", "rfc2822")
UNITS = {"milliseconds": ("ms", "millis", "milliseconds"), "minutes": ("min", "mn", "minutes")}
LONGEST_EXAMPLE = 40
UNDECIDED = {
    "h:mm": "hours and minutes, or minutes and seconds (mm:ss)?",
    "milliseconds": "numbers so great are taken for milliseconds, not for seconds",
}


@frozen(kw_only=True)
class Draft:
    """A mapping's text, and what a person has to decide before it can be trusted."""

    text: str
    left: tuple[str, ...]


def draft_format(head: Head) -> Draft:
    """Return a draft of a mapping for a file.

    Raises Refused when the file is no text, or shows no columns.
    """
    place = Place(str(head.path))
    if head.kind == PARQUET:
        raise Refused([Problem(place, "a Parquet file has our own columns already", "import it as it is")])
    layout = guessed_layout(head)
    if layout is None or not layout.records:
        raise Refused([Problem(place, "no columns show in its first lines", "is it a file of call records?")])
    roles = roles_of(layout)
    left = [*layout.doubts, *_left(layout, roles)]
    lines = [*_heading(head, layout, left), "", *_file_keys(head, layout, roles)]
    tables = (_duration_table(roles), _column_table(roles), _pattern_table(roles))
    for table in (*tables, _status(roles), _direction(roles)):
        if found := list(table):
            lines += ["", *found]
    return Draft(text="\n".join(lines) + "\n", left=tuple(left))


def _left(layout: FileLayout, roles: Roles) -> Iterator[str]:
    """Yield what a person has to decide, a sentence each."""
    if not roles.has("start"):
        yield "no column tells when a call arrived: name it as start in [column], and its form as stamp"
    elif roles.content("start").doubt:
        yield f"stamp: {roles.content('start').doubt}"
    if roles.has("start") and not roles.epoch and not _tells_offset(roles):
        yield "zone: the file does not say in which zone its times are"
    if not roles.has("number") and not roles.has("account"):
        yield "no column tells which line or which customer was called: name number or account in [column]"
    if not _talk(roles) and not (roles.has("answer") and roles.has("end")):
        yield "no column tells the conversation: name talk, or answer and end, in [column]"
    for name, ours in _written_as(roles):
        if doubt := UNDECIDED.get(roles.content(ours).form):
            yield f"duration of {name}: {doubt}"
    if roles.has("duration") and not roles.has("talk") and not _answer_told(roles):
        yield (
            f'"{roles.found["duration"].theirs[0]}" is taken for the conversation: does it count the ringing? '
            "(then name duration instead and a wait, or talk_includes_wait = true)"
        )
    if not roles.has("direction"):
        yield "direction: no column tells it, and every call is taken for an inbound one"
    yield from _unknown_words(roles)
    if not layout.header:
        yield "columns: the file does not name its columns, so that c1, c2 … stand for them"


def _unknown_words(roles: Roles) -> Iterator[str]:
    for ours in ("status", "direction"):
        if roles.has(ours) and (unknown := [word for word in roles.content(ours).words if not meaning(ours, word)]):
            named = ", ".join(quoted(word) for word in unknown)
            none_known = len(unknown) == len(roles.content(ours).words)
            until = "every call is taken for an inbound one" if none_known else "such records are refused"
            yield f"{ours}: say what {named} means; until then {until}"


def _heading(head: Head, layout: FileLayout, left: Sequence[str]) -> Iterator[str]:
    yield f"# Drafted from {head.path.name}, by its first {len(layout.records)} records. What was guessed says why."
    if left:
        yield "# To be decided:"
        yield from (f"# - {one}" for one in left)


def _file_keys(head: Head, layout: FileLayout, roles: Roles) -> Iterator[str]:
    """Yield the keys of how the file is cut, and of how times are written."""
    yield f"title = {quoted(Path(head.path.name).stem)}"
    yield f"source = {quoted(_source(head))}  # keep it in later mappings: calls are known by it and their id"
    if layout.form != "delimited":
        yield f"layout = {quoted(layout.form)}"
    if layout.form == "delimited" and layout.delimiter != ",":
        yield f"delimiter = {quoted(layout.delimiter)}"
    if head.encoding != "utf-8":
        yield f"encoding = {quoted(head.encoding)}"
    if layout.widths:
        yield f"widths = {bracketed(map(str, layout.widths))}"
    if not layout.header:
        yield "header = false"
        yield f"columns = {bracketed([quoted(','.join(layout.names))])}"
        yield from _samples(layout)
    if layout.before:
        yield f"skip_before = {layout.before}"
    if layout.skipped:
        yield f"skip_lines = {bracketed(map(quoted, layout.skipped))}"
    if roles.has("start"):
        yield f"stamp = {quoted(_stamp(roles))}" + _example(layout, roles)
    if roles.epoch:
        yield 'zone = "from_uniqueid"'
        yield f"epoch = {quoted(roles.epoch)}"
    elif roles.has("start") and not _tells_offset(roles):
        yield 'zone = "Europe/Paris"  # to be decided: a name such as Europe/Paris, or UTC'
    if not roles.has("call_id"):
        yield 'identity = "content"  # no column has another value in each record'


def _source(head: Head) -> str:
    """Return a name of the telephone system from that of its file, without the day or number that files have."""
    return re.split(r"[\W_]*\d", Path(head.path.name).stem)[0] or "telephone"


def _samples(layout: FileLayout) -> Iterator[str]:
    """Yield what stands first in each column of a file that does not name them."""
    for name in layout.names:
        cell = next((cell for cell in layout.cells(name) if cell), "")
        if cell:
            yield f"# {name}: {_clipped(cell)}"


def _example(layout: FileLayout, roles: Roles) -> str:
    cells = [layout.cells(name) for name in roles.found["start"].theirs]
    return f"  # {' '.join(column[0] for column in cells)}"


def _clipped(cell: str) -> str:
    return masked(" ".join(cell.split()))[:LONGEST_EXAMPLE]


def _stamp(roles: Roles) -> str:
    return " ".join(roles.contents[name].form for name in roles.found["start"].theirs)


def _tells_offset(roles: Roles) -> bool:
    form = _stamp(roles)
    return form in OFFSET or "%Z" in form or "%z" in form


def _talk(roles: Roles) -> str:
    """Return our column that tells the conversation: talk, or the only length there is; nothing where none does."""
    if roles.has("talk"):
        return "talk"
    return "duration" if roles.has("duration") and not _answer_told(roles) else ""


def _answer_told(roles: Roles) -> bool:
    return roles.has("answer") and roles.has("end")


def _form(roles: Roles, ours: str) -> str:
    """Return the form of one of our lengths of time; milliseconds or minutes where the column's name says so."""
    form = roles.content(ours).form
    name = plain(roles.found[ours].theirs[0])
    said = (unit for unit, ends in UNITS.items() if name.endswith(ends)) if form == "seconds" else iter(())
    return next(said, form)


def _written_as(roles: Roles) -> Iterator[tuple[str, str]]:
    """Yield our lengths of time under the names that the mapping gives them."""
    for ours in LENGTHS:
        if roles.has(ours):
            yield ("talk" if ours == _talk(roles) else ours), ours


def _duration_table(roles: Roles) -> Iterator[str]:
    forms = {name: form for name, ours in _written_as(roles) if (form := _form(roles, ours)) != "seconds"}
    if forms:
        yield "[duration]"
        yield from (f"{name} = {quoted(form)}" for name, form in forms.items())


def _column_table(roles: Roles) -> Iterator[str]:
    yield "[column]"
    lengths = {ours: name for name, ours in _written_as(roles)}
    for ours in ORDER:
        # An end without an answer would be the end of the wait of calls whose conversation another column tells.
        if roles.has(ours) and not (ours == "end" and _talk(roles) and not roles.has("answer")):
            role = roles.found[ours]
            names = [quoted(name) for name in role.theirs]
            value = names[0] if len(names) == 1 else bracketed(names)
            yield f"{lengths.get(ours, ours)} = {value}  # {role.why}"


def _pattern_table(roles: Roles) -> Iterator[str]:
    """Yield the patterns of numbers that stand within a cell, such as ``Name<0639980001>``."""
    inner = [
        ours
        for ours in ("number", "caller")
        if roles.has(ours) and any(INNER_NUMBER.fullmatch(word) for word in roles.content(ours).words)
    ]
    inner += [
        ours for ours in ("number", "caller") if roles.has(ours) and roles.content(ours).form and ours not in inner
    ]
    if inner:
        yield "[pattern]"
        yield from (f"{ours} = {quoted('<([^>]*)>')}" for ours in inner)


def _status(roles: Roles) -> Iterator[str]:
    """Yield how a call ended: by its words, by the time of an answer, or by the length of the conversation."""
    if roles.has("status"):
        yield from _worded("status", roles)
        return
    talk = _talk(roles)
    if roles.has("answer"):
        yield "[[status.case]]"
        yield f'when = {{ {written_key(roles.found["answer"].theirs[0])} = "*" }}  # there is a time of an answer'
    elif talk:
        yield "[[status.case]]"
        yield f'when = {{ {written_key(roles.found[talk].theirs[0])} = "> 0" }}  # there was a conversation'
    if roles.has("answer") or talk:
        yield 'is = "answered"'
        yield ""
    yield "[status]"
    yield 'always = "no_answer"'


def _direction(roles: Roles) -> Iterator[str]:
    if roles.has("direction"):
        yield from _worded("direction", roles)
    else:
        yield "[direction]"
        yield 'always = "inbound"'


def _worded(ours: str, roles: Roles) -> Iterator[str]:
    yield f"[{ours}]"
    yield f"column = {quoted(roles.found[ours].theirs[0])}  # {roles.found[ours].why}"
    known = {word: found for word in roles.content(ours).words if (found := meaning(ours, word))}
    pairs = ", ".join(f"{quoted(word)} = {quoted(found)}" for word, found in known.items())
    yield f"words = {{ {pairs} }}" if pairs else 'words = { "*" = "inbound" }  # to be decided'

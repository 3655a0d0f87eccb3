"""What contradicts itself in a mapping, told before a record is read, each at the key that it stands at."""

import codecs
import re
from collections import Counter
from collections.abc import Collection, Iterator
from zoneinfo import available_timezones

from attrs import fields, frozen

from ...model.call_kinds import DIRECTIONS, STATUSES
from ...model.line import is_country
from ...model.problem import did_you_mean
from .conditions import condition_fault
from .mapping import FROM_UNIQUEID, CallFormat, ColumnNames, Parties, WordRule, bare, parts
from .patterns import compiled
from .stamp_forms import stamp_fault

KeyPath = tuple[str | int, ...]
NAME = re.compile(r"[a-z][a-z0-9_]*")


@frozen
class Flaw:
    """What is wrong with a mapping, at which of its keys, and what to do."""

    path: KeyPath
    what: str
    hint: str = ""


def flaws(form: CallFormat) -> Iterator[Flaw]:
    """Yield what is wrong with a mapping; what its shapes refuse has been told before."""
    yield from _of_the_file(form)
    yield from _of_the_header(form)
    yield from _of_values(form)
    yield from _of_the_arrival(form)
    yield from _of_directions(form)
    yield from _of_patterns(form)
    yield from _of_rule("status", form.status, STATUSES)
    yield from _of_rule("direction", form.direction, DIRECTIONS)
    yield from _of_further(form)
    yield from _of_signs(form)


def _of_the_file(form: CallFormat) -> Iterator[Flaw]:
    """Yield what is wrong with how the file is cut into records and columns."""
    if form.layout == "json" and (form.columns or not form.header):
        yield Flaw(("header",), "lines of JSON name their columns themselves", "leave header and columns out")
    elif form.header == bool(form.columns):
        yield Flaw(("header",), "say either header = true, or the columns of a file without a header")
    if (form.layout == "fixed") != bool(form.widths):
        yield Flaw(("widths",), 'layout = "fixed" and widths belong together')
    elif form.widths and min(form.widths) < 1:
        yield Flaw(("widths",), "a width is one sign or more")
    elif form.widths and form.header:
        yield Flaw(("header",), "a fixed layout has no header line: header = false, its columns, and skip_before")
    if not _is_encoding(form.encoding):
        yield Flaw(("encoding",), f'"{form.encoding}" is no character encoding')
    if len(form.delimiter) != 1:
        yield Flaw(("delimiter",), f'the delimiter is "{form.delimiter}", not one character')
    if form.skip_before < 0:
        yield Flaw(("skip_before",), "no fewer than 0 lines can be skipped")
    for number, pattern in enumerate(form.skip_lines):
        if fault := _pattern_fault(pattern):
            yield Flaw(("skip_lines", number), fault)


def _of_the_header(form: CallFormat) -> Iterator[Flaw]:
    """Yield columns that the format's own lists lack, have twice, or have not as many of as widths."""
    for number, line in enumerate(form.columns):
        names = line.split(",")
        counted = Counter(names)
        for name in (name for name, count in counted.items() if count > 1 and name):
            yield Flaw(("columns", number), f'two columns are named "{name}"')
        if form.widths and len(names) != len(form.widths):
            yield Flaw(("columns", number), f"{len(names)} columns, but {len(form.widths)} widths")
        for path, name in form.named():
            if not name.endswith("?") and name not in names:
                which = "" if len(form.columns) == 1 else f" {number + 1}"
                yield Flaw(path, f'"{name}" is none of the columns{which}', did_you_mean(name, filter(None, names)))
    for path, name in form.named():
        if name.endswith("?") and form.columns and not any(bare(name) in line.split(",") for line in form.columns):
            known = {one for line in form.columns for one in line.split(",") if one}
            yield Flaw(path, f'"{bare(name)}" is none of the columns', did_you_mean(bare(name), known))


def _of_values(form: CallFormat) -> Iterator[Flaw]:
    """Yield what is wrong with how times, durations, numbers and identities are written."""
    if fault := stamp_fault(form.stamp):
        yield Flaw(("stamp",), *fault)
    if form.zone == FROM_UNIQUEID and not form.epoch:
        yield Flaw(("zone",), f'zone = "{FROM_UNIQUEID}" needs epoch, the column that starts with the Unix time')
    if form.zone not in ("", FROM_UNIQUEID) and form.zone not in available_timezones():
        yield Flaw(("zone",), f'"{form.zone}" is no time zone', did_you_mean(form.zone, available_timezones()))
    if not is_country(form.country):
        yield Flaw(("country",), f'"{form.country}" is no country', 'write two letters, such as "FR"')
    names = form.names
    if form.identity == "column" and not names.call_id:
        what = "the column call_id is missing: what makes a record the one it is"
        yield Flaw(("column",), what, 'where the system has no identity, write identity = "content"')
    if form.talk_includes_wait and not (names.talk and (names.wait or names.answer)):
        yield Flaw(("talk_includes_wait",), "what is to be taken from talk is in no column", "name wait or answer")


def _of_the_arrival(form: CallFormat) -> Iterator[Flaw]:
    """Yield what is missing to tell when a call arrived."""
    if form.names.start:
        return
    told = {
        ours: any(not name.endswith("?") for name in parts(getattr(form.names, ours)))
        for ours in ("end", "duration", "wait", "talk")
    }
    if not (told["end"] and (told["duration"] or (told["wait"] and told["talk"]))):
        hint = "where the system writes when a call ended, name end, and duration, or wait and talk, without ?"
        yield Flaw(("column",), "the column start is missing: when the call arrived", hint)
    if form.epoch:
        yield Flaw(("epoch",), "the Unix time in ids is that of the start, and [column] has no start")


def _of_directions(form: CallFormat) -> Iterator[Flaw]:
    """Yield columns of a direction that no record has, and forms of durations that no column has."""
    rule = form.direction
    meant = {*rule.words.values(), *(case.means for case in rule.cases), rule.always}
    for way in DIRECTIONS:
        if getattr(form.names, way) != Parties() and way not in meant:
            yield Flaw(("column", way), f"[direction] makes no record {way}")
    for ours in ("duration", "wait", "talk"):
        if getattr(form.durations, ours) and not form.columns_of(ours):
            yield Flaw(("duration", ours), f"[column] has no {ours}")


def _of_patterns(form: CallFormat) -> Iterator[Flaw]:
    """Yield patterns that are none, or stand for no column."""
    known = [attribute.name for attribute in fields(ColumnNames) if attribute.name not in DIRECTIONS]
    for ours, pattern in form.patterns.items():
        if ours not in known:
            yield Flaw(("pattern", ours), f'"{ours}" is no column of ours', did_you_mean(ours, known))
        elif not _is_read(form, ours):
            yield Flaw(("pattern", ours), f"[column] has no {ours}")
        if fault := _pattern_fault(pattern, groups=1):
            yield Flaw(("pattern", ours), fault)


def _is_read(form: CallFormat, ours: str) -> bool:
    tables = (form.names, form.names.inbound, form.names.outbound, form.names.internal)
    return any(parts(getattr(table, ours, "")) for table in tables)


def _of_rule(name: str, rule: WordRule, known: Collection[str]) -> Iterator[Flaw]:
    """Yield what is wrong with [status] or [direction]."""
    if not (rule.always or rule.cases) and (not rule.column or rule.column.endswith("?")):
        yield Flaw((name,), f"[{name}] needs a column that every file has, or always, or cases")
    if rule.column and not rule.words:
        yield Flaw((name,), f"[{name}] has a column, and no words that say what it means")
    if rule.words and not rule.column:
        yield Flaw((name, "words"), f"[{name}] has words, and no column that they stand in")
    if rule.column and rule.always and not rule.column.endswith("?"):
        what = f"[{name}] has a column that every file has: always would never be"
        yield Flaw((name, "always"), what, 'for any other word write words = { "*" = … }')
    if rule.pattern and (fault := _pattern_fault(rule.pattern, groups=1)):
        yield Flaw((name, "pattern"), fault)
    meanings: list[tuple[KeyPath, str]] = [((name, "words", word), means) for word, means in rule.words.items()]
    meanings += [((name, "case", number, "is"), case.means) for number, case in enumerate(rule.cases)]
    meanings += [((name, "always"), rule.always)] if rule.always else []
    for path, meaning in meanings:
        if meaning not in known:
            yield Flaw(path, f'"{meaning}" is none of {", ".join(known)}')
    for number, case in enumerate(rule.cases):
        if not case.when:
            yield Flaw((name, "case", number), "a case without a column fits every record", "write always")
        for column, wanted in case.when.items():
            if fault := condition_fault(wanted):
                yield Flaw((name, "case", number, "when", column), fault)


def _of_further(form: CallFormat) -> Iterator[Flaw]:
    """Yield what is wrong with [number.<name>] and [word.<name>]."""
    for table, rules in (("number", form.numbers), ("word", form.words)):
        for name, rule in rules.items():
            if not NAME.fullmatch(name):
                yield Flaw((table, name), f'"{name}" is no name', "small letters, digits and _, from a letter on")
            if rule.pattern and (fault := _pattern_fault(rule.pattern, groups=1)):
                yield Flaw((table, name, "pattern"), fault)
    for name in form.numbers.keys() & form.words.keys():
        yield Flaw(("word", name), f'"{name}" is a number already: [number.{name}]')


def _pattern_fault(pattern: str, groups: int | None = None) -> str:
    try:
        found = compiled(pattern)
    except ValueError as error:
        return f'"{pattern}" is no regular expression (of RE2): {error}'
    if groups is not None and found.groups != groups:
        return f'"{pattern}" has {found.groups} groups, not one: the part that is meant stands in (…)'
    return ""


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def _of_signs(form: CallFormat) -> Iterator[Flaw]:
    """Yield patterns of [sign] that are none, or stand for a column that no line of names has."""
    known = {name for line in form.columns for name in line.split(",") if name}
    for name, pattern in form.sign.items():
        if known and name not in known:
            yield Flaw(("sign", name), f'"{name}" is none of the columns', did_you_mean(name, known))
        if fault := _pattern_fault(pattern):
            yield Flaw(("sign", name), fault)

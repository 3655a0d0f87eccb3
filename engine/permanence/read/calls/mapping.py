"""How one telephone system writes its call records: a declarative mapping, read from a TOML file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from attrs import fields, frozen

from ...model.keys import inner, key

OWN_FORMATS = Path(__file__).parents[1] / "call_formats"
ANY_OTHER = "*"
FROM_UNIQUEID = "from_uniqueid"
PARIS = "Europe/Paris"

Theirs = str | tuple[str, ...]
"""One column by their name, or several; a name that ends in ``?`` may be absent from a file."""

DurationForm = Literal["seconds", "milliseconds", "minutes", "h:mm:ss", "[h:]mm:ss", "h:mm", "mm:ss", "h:mm'ss", "m'ss"]
NumberForm = Literal[
    "number", "seconds", "milliseconds", "minutes", "h:mm:ss", "[h:]mm:ss", "h:mm", "mm:ss", "h:mm'ss", "m'ss"
]
FormOrNone = Literal["", DurationForm]
Setting = Literal["zone", "direction", "stamp", "columns", "status", "account"]

JOINED = ("start", "answer", "end")
"""Our columns of which several of theirs are read one after the other, a blank between: a date and an hour."""
TOLD_APART = ("call_id", "linked_id")
"""Our columns of which several of theirs make one name together."""
GATHERED = ("tags",)
"""Our columns that take the words of all of theirs; every other takes the first of theirs that says something."""


@frozen(kw_only=True)
class WordCase:
    """`[[status.case]]`: what a record means whose columns say all this."""

    when: Mapping[str, Theirs] = key(
        "Their columns, and what each must say: a word, a list of words, a comparison, `*` (something), or nothing.",
        example={"last_app": "callcenter", "billsec": "> 0"},
    )
    means: str = key("What such a record means.", name="is", example="no_answer")


@frozen(kw_only=True)
class WordRule:
    """A word that each call gets: by cases, by what a column says, or the same for all."""

    cases: tuple[WordCase, ...] = key(
        "Cases in order, looked at before the column: the first that fits.", name="case", default=()
    )
    column: str = key("Column that is looked at.", default="", example="disposition")
    pattern: str = key("Which part of the column, as for `[pattern]`.", default="", example="^<([IO])>")
    words: Mapping[str, str] = key("What each of its words means; `*` stands for any other word.", factory=dict)
    always: str = key(
        "The same for every call that no case fits, when there is no such column.", default="", example="inbound"
    )


@frozen(kw_only=True)
class Parties:
    """`[column.outbound]`: the columns of who called whom, for calls of one direction."""

    account: Theirs = key("Account code.", default="")
    number: Theirs = key("Number that was called.", default="", example="remote")
    caller: Theirs = key("Number that called.", default="", example="local")


@frozen(kw_only=True)
class ColumnNames:
    """`[column]`: their name of each of our columns, or several. A name that ends in `?` may be absent from a file."""

    call_id: Theirs = key("Identity of the call; several columns make it together.", default="", example="uniqueid")
    start: Theirs = key(
        "When the call arrived: one column, or a date and an hour. Left out where a system writes when it ended: "
        "name `end`, and `duration`, or `wait` and `talk`.",
        default="",
        example="start",
    )
    source: Theirs = key("Telephone system; what the key `source` says when absent.", default="")
    linked_id: Theirs = key("What the records of one call share.", default="", example="linkedid?")
    account: Theirs = key("Account code; of several columns the first that says something.", default="")
    number: Theirs = key("Number that was called; likewise.", default="", example="dst")
    caller: Theirs = key("Number that called; likewise.", default="", example="src")
    answer: Theirs = key("When the call was answered; needed only when no column tells durations.", default="")
    end: Theirs = key("When the call ended; needed only when no column tells durations, or the arrival.", default="")
    duration: Theirs = key("Time from start to end.", default="", example="duration")
    wait: Theirs = key("Time from start to answer, where a column tells it.", default="")
    talk: Theirs = key("Time of conversation.", default="", example="billsec")
    language: Theirs = key("Language of the call.", default="")
    tags: Theirs = key("Marks, separated by spaces, commas, semicolons or bars.", default="", example="userfield")
    details: Theirs = key("Further words and numbers, as a JSON object.", default="", example="details?")
    inbound: Parties = key("Columns that differ where the direction is inbound.", factory=Parties)
    outbound: Parties = key("Columns that differ where it is outbound.", factory=Parties)
    internal: Parties = key("Columns that differ where it is internal.", factory=Parties)


@frozen(kw_only=True)
class Durations:
    """`[duration]`: how durations are written."""

    form: DurationForm = key("Form of durations, unless a column has one of its own.", default="seconds")
    duration: FormOrNone = key("Form of the column `duration`.", default="")
    wait: FormOrNone = key("Form of the column `wait`.", default="")
    talk: FormOrNone = key("Form of the column `talk`.", default="")
    decimal: Literal["", ".", ","] = key(
        "The decimal sign; when absent it is either, and `1,065` is refused because it can be read in two ways.",
        default="",
    )

    def form_of(self, ours: str) -> DurationForm:
        """Return the form of one of our columns."""
        own: Mapping[str, FormOrNone] = {"duration": self.duration, "wait": self.wait, "talk": self.talk}
        return own.get(ours) or self.form


@frozen(kw_only=True)
class NumberRule:
    """`[number.<name>]`: a number that each call carries."""

    column: str = key("Column that tells it; `?` as in [column].", example="pages?")
    pattern: str = key("Which part of the column; where it does not fit there is no number.", default="")
    form: NumberForm = key("A whole number, or a form of durations: then seconds are kept.", default="number")


@frozen(kw_only=True)
class FurtherWord:
    """`[word.<name>]`: a word that each call carries."""

    column: str = key("Column that tells it; `?` as in [column].", example="agent")
    pattern: str = key("Which part of the column; where it does not fit there is no word.", default="")


@frozen(kw_only=True)
class CallFormat:
    """A call format: how a file is cut into columns, and what the columns mean."""

    title: str = key("What writes such files.", example="Asterisk cdr_csv, Master.csv")
    source: str = key(
        "Name of the telephone system that call ids belong to, where no column tells it; the mapping's name when "
        "absent. The same in every mapping of one system, so that a copy knows the calls that came in before.",
        default="",
        example="asterisk",
    )
    layout: Literal["delimited", "fixed", "json"] = key(
        "How a record is cut: by a delimiter, by widths, or as one JSON object in each line. A workbook is known by "
        "its bytes, and read like a delimited file.",
        default="delimited",
    )
    delimiter: str = key("What separates columns.", default=",")
    widths: tuple[int, ...] = key("Signs of each column of a fixed layout.", default=(), example=[10, 8, 6])
    sheet: str = key("Sheet of a workbook; the first when absent.", default="")
    encoding: str = key("Character encoding.", default="utf-8")
    header: bool = key("Whether the first line names the columns.", default=True)
    columns: tuple[str, ...] = key("The header lines that a file without a header could have.", default=())
    skip_before: int = key("How many lines stand before the header, or before the records.", default=0)
    skip_lines: tuple[str, ...] = key(
        "Patterns of lines that are no record: a second heading, a total.", default=(), example=["^Total"]
    )
    empty: tuple[str, ...] = key("Words that stand for no value.", default=(), example=["NULL"])
    stamp: str = key(
        "Form of times: iso, epoch (seconds), epoch_ms, epoch_us, gregorian (seconds since the year 0), rfc2822, or "
        "a strptime pattern.",
        default="iso",
    )
    zone: str = key(
        "Zone of times without an offset: a tz name, UTC, or from_uniqueid. Absent: Europe/Paris, and a time of the "
        "form iso must have an offset.",
        default="",
    )
    epoch: str = key("Column whose value starts with the Unix time of the call's creation.", default="")
    language_tag: str = key(
        "How a tag begins that names the call's language, where no column does.", default="", example="lang:"
    )
    country: str = key("Country of numbers that are written without one, two letters.", default="FR")
    identity: Literal["column", "content"] = key(
        "What makes a record the one it is: the column call_id; or, where a system has none, what the record says "
        "(in the columns of call_id, else in all that are read) and its place among equals.",
        default="column",
    )
    talk_includes_wait: bool = key("Whether the column talk counts from the start of the call.", default=False)
    names: ColumnNames = key("Which column holds what.", name="column")
    patterns: Mapping[str, str] = key(
        "By our name of a column: which part of a cell is meant, a regular expression with one group. A cell that it "
        "does not fit is taken whole.",
        name="pattern",
        factory=dict,
        example={"caller": "<([^>]*)>"},
    )
    durations: Durations = key("How durations are written.", name="duration", factory=Durations)
    status: WordRule = key("How each call ended: answered, no_answer, busy or failed.")
    direction: WordRule = key("Where each call went: inbound, outbound or internal.")
    numbers: Mapping[str, NumberRule] = key("Numbers that a call carries.", name="number", factory=dict)
    words: Mapping[str, FurtherWord] = key("Further words that a call carries.", name="word", factory=dict)
    sign: Mapping[str, str] = key(
        "How such files are recognised: by their name of a column, a pattern of its whole cells.",
        factory=dict,
        example={"uniqueid": r"\d{10}\.\d+"},
    )
    to_set: tuple[Setting, ...] = key(
        "What a copy of this mapping may have to say otherwise, because no file tells it.", default=(), example=["zone"]
    )
    name: str = inner(default="")

    @property
    def source_meant(self) -> str:
        """Return the telephone system of records that do not name one."""
        return self.source or self.name

    @property
    def zone_meant(self) -> str:
        """Return the zone of times without an offset."""
        return self.zone or PARIS

    @property
    def stamped(self) -> str:
        """Return the column of ours that says when a record was: its start, or its end where no column tells that."""
        return "start" if self.names.start else "end"

    def columns_of(self, ours: str) -> tuple[str, ...]:
        """Return their names of one of our columns, without the ``?``; none where the format does not read it."""
        return tuple(bare(name) for name in parts(getattr(self.names, ours)))

    def columns_read(self) -> Mapping[str, bool]:
        """Return every column that this format reads, by their name, and whether a file may do without it."""
        found: dict[str, bool] = {}
        for _, name in self.named():
            found[bare(name)] = found.get(bare(name), True) and name.endswith("?")
        return found

    def named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield each column that this format names, with the path of the key that names it."""
        yield from _named(("column",), self.names)
        for key_of, rule in (("status", self.status), ("direction", self.direction)):
            for number, case in enumerate(rule.cases):
                yield from (((key_of, "case", number, "when", name), name) for name in case.when)
            yield from ([((key_of, "column"), rule.column)] if rule.column else [])
        yield from ([(("epoch",), self.epoch)] if self.epoch else [])
        for key_of, rules in (("number", self.numbers), ("word", self.words)):
            yield from (((key_of, ours, "column"), rule.column) for ours, rule in rules.items())


def parts(theirs: Theirs) -> tuple[str, ...]:
    """Return the columns of a key that takes one or several."""
    if isinstance(theirs, tuple):
        return theirs
    return (theirs,) if theirs else ()


def bare(name: str) -> str:
    """Return their name of a column, without the ``?``."""
    return name.removesuffix("?")


def _named(path: tuple[str, ...], names: ColumnNames | Parties) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for attribute in fields(type(names)):
        value = getattr(names, attribute.name)
        if isinstance(value, Parties):
            yield from _named((*path, attribute.name), value)
        elif isinstance(value, tuple):
            yield from (((*path, attribute.name, number), name) for number, name in enumerate(value))
        elif value:
            yield (*path, attribute.name), value

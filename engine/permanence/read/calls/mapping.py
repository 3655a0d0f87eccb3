"""How one telephone system writes its call records: a declarative mapping, read from a TOML file."""

import codecs
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from zoneinfo import available_timezones

from attrs import fields, frozen

from ...model.call_kinds import DIRECTIONS, STATUSES
from ...model.keys import inner, key
from ...model.problem import Place, Problem, Refused, did_you_mean
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.structure import structure

OWN_FORMATS = Path(__file__).parents[1] / "call_formats"
ANY_OTHER = "*"
FROM_UNIQUEID = "from_uniqueid"


@frozen(kw_only=True)
class WordRule:
    """A word that each call gets: by what a column says, or the same for all."""

    column: str = key("Column that is looked at.", default="", example="disposition")
    words: Mapping[str, str] = key("What each of its words means; `*` stands for any other word.", factory=dict)
    always: str = key("The same for every call, when there is no such column.", default="", example="inbound")


@frozen(kw_only=True)
class ColumnNames:
    """`[column]`: their name of each of our columns. A name that ends in `?` may be absent from a file."""

    call_id: str = key("Identity of the call.", example="uniqueid")
    start: str = key("When the call arrived.", example="start")
    source: str = key("Telephone system; the format's name when absent.", default="")
    linked_id: str = key("What the legs of one call share.", default="", example="linkedid?")
    account: str = key("Account code.", default="", example="accountcode")
    number: str = key("Number that was called.", default="", example="dst")
    caller: str = key("Number that called.", default="", example="src")
    answer: str = key("When the call was answered; needed only when no column tells durations.", default="")
    end: str = key("When the call ended; needed only when no column tells durations.", default="")
    duration: str = key("Seconds from start to end.", default="", example="duration")
    wait: str = key("Seconds from start to answer, where a column tells them.", default="")
    talk: str = key("Seconds of conversation.", default="", example="billsec")
    language: str = key("Language of the call.", default="")
    tags: str = key("Marks, separated by spaces, commas, semicolons or bars.", default="", example="userfield")
    details: str = key("Further words and numbers, as a JSON object.", default="", example="details?")


@frozen(kw_only=True)
class CallFormat:
    """A call format: how a file is cut into columns, and what the columns mean."""

    title: str = key("What writes such files.", example="Asterisk cdr_csv, Master.csv")
    delimiter: str = key("What separates columns.", default=",")
    encoding: str = key("Character encoding.", default="utf-8")
    header: bool = key("Whether the first line names the columns.", default=True)
    columns: tuple[str, ...] = key("The header lines that a file without a header could have.", default=())
    empty: tuple[str, ...] = key("Words that stand for no value.", default=(), example=["NULL"])
    stamp: str = key("Form of times: iso (with offset), epoch (seconds), or a strptime pattern.", default="iso")
    zone: str = key("Zone of times without an offset: a tz name, UTC, or from_uniqueid.", default="Europe/Paris")
    epoch: str = key("Column whose value starts with the Unix time of the call's creation.", default="")
    language_tag: str = key(
        "How a tag begins that names the call's language, where no column does.", default="", example="lang:"
    )
    names: ColumnNames = key("Which column holds what.", name="column")
    status: WordRule = key("How each call ended: answered, no_answer, busy or failed.")
    direction: WordRule = key("Where each call went: inbound, outbound or internal.")
    name: str = inner(default="")

    @property
    def has_offset(self) -> bool:
        """Tell whether the file's times say themselves how they stand to UTC."""
        return self.stamp in ("iso", "epoch") or "%z" in self.stamp

    def columns_used(self) -> Mapping[str, str]:
        """Return their name of each column that this format reads, by our name, without the `?`."""
        names = {attribute.name: getattr(self.names, attribute.name) for attribute in fields(ColumnNames)}
        names |= {"status": self.status.column, "direction": self.direction.column, "epoch": self.epoch}
        return {ours: theirs.rstrip("?") for ours, theirs in names.items() if theirs}

    def may_lack(self, ours: str) -> bool:
        """Tell whether a file may do without one of our columns."""
        rules = {"status": self.status.column, "direction": self.direction.column, "epoch": self.epoch}
        name: str = rules.get(ours) or getattr(self.names, ours)
        return name.endswith("?")


def load_format(name: str) -> CallFormat:
    """Return the call format of a name (``asterisk``) or of a path to a .toml file of one's own.

    Raises Refused when there is none, or when its file is wrong.
    """
    path = Path(name) if name.endswith(".toml") else OWN_FORMATS / f"{name}.toml"
    if not path.is_file():
        known = [known.stem for known in OWN_FORMATS.glob("*.toml")]
        raise Refused([Problem(Place(name), "there is no such call format", did_you_mean(name, known))])
    return read_format(read_toml(path), path.stem)


def read_format(source: LocatedToml, name: str) -> CallFormat:
    """Return the call format that a TOML text describes; raise Refused with all that is wrong in it."""
    form = structure(source, CallFormat, name=name)
    wrong = dict(_wrong(form))
    if wrong:
        raise Refused(Problem(source.key_place((key,)), what) for key, what in wrong.items())
    return form


def _wrong(form: CallFormat) -> Iterator[tuple[str, str]]:
    """Yield what contradicts itself in a format, with the key that it stands at."""
    yield from _wrong_rule("status", form.status, STATUSES)
    yield from _wrong_rule("direction", form.direction, DIRECTIONS)
    if form.header == bool(form.columns):
        yield "header", "say either header = true, or the columns of a file without a header"
    if form.zone == FROM_UNIQUEID and not form.epoch:
        yield "zone", f'zone = "{FROM_UNIQUEID}" needs epoch, the column that starts with the Unix time'
    if form.zone != FROM_UNIQUEID and form.zone not in available_timezones():
        yield "zone", f'"{form.zone}" is no time zone'
    if not _is_encoding(form.encoding):
        yield "encoding", f'"{form.encoding}" is no character encoding'
    if len(form.delimiter) != 1:
        yield "delimiter", f'the delimiter is "{form.delimiter}", not one character'


def _wrong_rule(name: str, rule: WordRule, known: Collection[str]) -> Iterator[tuple[str, str]]:
    if not rule.always and (not rule.column or rule.column.endswith("?")):
        yield name, f"[{name}] needs a column that every file has, or always"
    for word in [*rule.words.values(), *([rule.always] if rule.always else [])]:
        if word not in known:
            yield name, f'"{word}" is none of {", ".join(known)}'


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True

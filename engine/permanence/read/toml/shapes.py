"""The shapes that values have in TOML: each reads one kind, notes every fault, and goes on with the rest."""

import difflib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from attrs import field, frozen

from ...model.fault import Fault
from ...model.money import AMOUNT, Cents, Micros, PerCent
from ...model.option import Option
from ...model.option_asked import asked
from ...model.option_failed import OptionFailed
from ...model.problem import did_you_mean
from .faults import WRONG, Notes, named
from .located_toml import Path
from .notation import NOTATIONS, Notation, kind_of

BARE = re.compile(r"[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|true|false")


def shown(value: object) -> str:
    """Return a value as a message shows it: words and whole numbers themselves, of others what they are."""
    if type(value) is str:
        return f'"{value}"'
    return str(value) if type(value) is int else kind_of(value)


class Shape(ABC):
    """How values of one type look in TOML."""

    @property
    @abstractmethod
    def expects(self) -> str:
        """Return what is expected, as a message says it."""

    @abstractmethod
    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        """Return what a TOML value means, or WRONG; note what is wrong with it."""

    def refuse(self, value: object, path: Path, notes: Notes, hint: str = "", shown: str = "") -> object:
        """Note that a value, or what is ``shown`` of it, is not of this shape and return WRONG."""
        return notes.fault(path, f"{named(path)} must be {self.expects}, not {shown or kind_of(value)}", hint)


@frozen
class Scalar(Shape):
    """One small value."""

    notation: Notation

    @property
    def expects(self) -> str:
        return self.notation.expects

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is not self.notation.written_as:
            return self.refuse(value, path, notes, self._hint(value))
        try:
            return self.notation.parse(value)
        except ValueError as error:
            return notes.fault(path, str(error))

    def _hint(self, value: object) -> str:
        """Return how a bare number is written as an amount, and other values without quotes."""
        text = str(value)
        if type(value) is str:
            return "write it without quotes" if BARE.fullmatch(text) else ""
        if self.notation == NOTATIONS[PerCent] and AMOUNT.fullmatch(text.removeprefix("-")):
            return f'write "{text}"'
        if self.notation not in (NOTATIONS[Cents], NOTATIONS[Micros]) or not AMOUNT.fullmatch(text):
            return ""
        return f'write "{text}"' if "." in text else f'write "{text}.00"'


@frozen
class Choice(Shape):
    """One of a few words or numbers."""

    options: tuple[str | int, ...]

    @property
    def expects(self) -> str:
        return " or ".join(shown(option) for option in self.options if option != "")

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        for option in self.options:
            if value == option and type(value) is type(option):
                return option
        words = [option for option in self.options if isinstance(option, str) and option]
        if type(value) is not str or not words:
            return self.refuse(value, path, notes, shown=shown(value))
        return notes.fault(path, f'{named(path)} cannot be "{value}"', did_you_mean(value, words))


@frozen
class Either(Shape):
    """A value of one of several shapes."""

    shapes: tuple[Shape, ...]

    @property
    def expects(self) -> str:
        return " or ".join(shape.expects for shape in self.shapes)

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        before = len(notes.faults)
        alike = [shape for shape in self.shapes if isinstance(shape, TABLES) == (type(value) is dict)]
        if len(alike) == 1 != len(self.shapes):
            # What is written as a table, or is not, leaves one shape: that one tells what is wrong with it.
            found = alike[0].read(value, path, notes)
            for table in self.shapes:
                if found is WRONG and isinstance(table, TableOf) and (hint := table.hint_for_one(value)):
                    del notes.faults[before:]
                    return self.refuse(value, path, notes, hint, shown(value))
            return found
        for shape in self.shapes:
            found = shape.read(value, path, notes)
            del notes.faults[before:]
            if found is not WRONG:
                return found
        return self.refuse(value, path, notes, shown=shown(value))


@frozen
class ListOf(Shape):
    """A list of values of one shape; those that cannot be read are left out."""

    item: Shape
    expects = "a list"

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is not list:
            hint = f"write [[{'.'.join(map(str, path))}]]" if type(value) is dict else ""
            return self.refuse(value, path, notes, hint)
        found = [self.item.read(item, (*path, number), notes) for number, item in enumerate(value)]
        return tuple(item for item in found if item is not WRONG)


@frozen
class TableOf(Shape):
    """A table with any keys, and values of one shape; those that cannot be read are left out."""

    item: Shape
    expects = "a table"

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is not dict:
            return self.refuse(value, path, notes, self.hint_for_one(value))
        found = {name: self._item(name, item, path, notes) for name, item in value.items()}
        return {name: item for name, item in found.items() if item is not WRONG}

    def hint_for_one(self, value: object) -> str:
        """Return how one amount is written that stands where each mission has its own; nothing for another value."""
        is_amount = isinstance(self.item, Scalar) and self.item.notation in (NOTATIONS[Cents], NOTATIONS[Micros])
        return f'write {{ simple = "{value}" }}' if is_amount and AMOUNT.fullmatch(str(value)) else ""

    def _item(self, name: str, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is dict and isinstance(self.item, Scalar | Either):
            hint = f'a name with a dot stands in quotes: "{name}.{next(iter(value), "…")}"'
            return self.item.refuse(value, (*path, name), notes, hint)
        return self.item.read(value, (*path, name), notes)


@frozen
class Catalogue(Shape):
    """A table of known keys, each with its shape; ``unknown`` says what another one is, ``hint_for`` what to do."""

    items: Mapping[str, Shape]
    unknown: str
    hint_for: Callable[[str], str]
    expects = "a table"

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is not dict:
            return self.refuse(value, path, notes)
        read: dict[str, Any] = {}
        for name, item in value.items():
            if name in self.items:
                read[name] = self.items[name].read(item, (*path, name), notes)
            else:
                notes.faults.append(Fault((*path, name), self.unknown.format(name), self.hint_for(name), at_key=True))
        return {name: item for name, item in read.items() if item is not WRONG}


@frozen
class Key:
    """One key of a record, and the field that it sets."""

    field: str
    name: str
    shape: Shape
    doc: str
    example: Any
    default: Any
    words: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Tell whether the key must be there."""
        return self.default is attrs.NOTHING


@frozen
class Record(Shape):
    """A table with the keys of an attrs class, read into an instance of it.

    ``rest`` takes the keys that are not named otherwise. ``place_fields`` are set by the reader:
    ``place`` is the table's, ``when_place`` that of the text of ``when``.
    """

    made: type
    keys: Mapping[str, Key]
    rest: Key | None = None
    place_fields: tuple[str, ...] = ()
    required: tuple[Key, ...] = field(init=False, eq=False, repr=False)
    expects = "a table"

    @required.default
    def _required(self) -> tuple[Key, ...]:
        return tuple(key for key in self.keys.values() if key.required)

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is not dict:
            return self.refuse(value, path, notes)
        fields = self.read_fields(value, path, notes)
        for key in self.required:
            if key.field not in fields:
                return WRONG
        for name in self.place_fields:
            about = name.removesuffix("place").rstrip("_")
            fields[name] = notes.text_place_of((*path, about)) if about else notes.place_of(path)
        try:
            made = self._make(fields)
        except (ValueError, TypeError) as error:
            return notes.fault(path, str(error.args[0] if error.args else error))
        notes.paths[id(made)] = path
        return made

    def _make(self, fields: Mapping[str, Any]) -> Any:
        """Return what the fields make; raise ValueError or TypeError where its class does not take them."""
        if not issubclass(self.made, Option):
            return self.made(**fields)
        kind = self.made
        try:
            return asked(kind, lambda: kind(**fields))
        except OptionFailed as failure:
            raise ValueError(failure.meant) from None

    def read_fields(self, table: dict[str, Any], path: Path, notes: Notes) -> dict[str, Any]:
        """Return those fields of the class that the table sets, and sets right."""
        fields: dict[str, Any] = {}
        others: dict[str, Any] = {}
        for name, value in table.items():
            key = self.keys.get(name)
            if key is None:
                others[name] = value
                continue
            found = key.shape.read(value, (*path, name), notes)
            if found is not WRONG:
                fields[key.field] = found
        absent = [key.name for key in self.required if key.name not in table]
        near = {name: difflib.get_close_matches(name, absent, n=1) for name in others} if absent else {}
        meant = {name: found[0] for name, found in near.items() if found}
        for name in absent:
            if name not in meant.values():
                notes.fault((*path, name), f'missing key "{name}"', self.keys[name].doc, at_key=True)
        if self.rest:
            rest = {name: value for name, value in others.items() if name not in meant}
            fields[self.rest.field] = self.rest.shape.read(rest, path, notes)
        for name in meant if self.rest else others:
            hint = did_you_mean(name, [meant[name]] if name in meant else self.keys)
            notes.fault((*path, name), f'unknown key "{name}"', hint, at_key=True)
        return fields


TABLES = (TableOf, Catalogue, Record)
"""The shapes of what is written as a table."""

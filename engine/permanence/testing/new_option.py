"""A distribution that ships one priced option, written from a few answers: it installs, and its tests pass at once."""

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..model.option_faults import fact_fault, id_fault
from ..model.problem import Place, Problem
from ..model.units import CALLS, UNITS
from .new_coverage import EVERY_DAY, EVERY_NIGHT, new_windows
from .new_unit import unit_problems, unit_words

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=False,  # it writes Python and TOML
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.filters["text"] = lambda words: json.dumps(words, ensure_ascii=False)
NUMBER = re.compile(r"[a-z][a-z0-9_]{0,40}")
MOST_SIGNS = 40
PLAIN = re.compile(r"[^\"\\\x00-\x1f\x7f]{1,60}")
LONGEST = 120
EVERY = ("Option", "Words", "frozen", "hookimpl")
COUNTING = ("Calls", "FactField", "Measured")
VOWELS = "aeiouéh"
TYPING = ("Iterator", "Mapping")
WHERE = Place("new-option")
SINCE = ", since=date(2026, 10, 1)"


@frozen(kw_only=True)
class NewKind:
    """A kind of option: what is told of it, the keys of its table, what its module imports, and what a month costs.

    ``billed`` is quantity and cents of each line, of three calls that bear its tag; ``numbered`` of as many that carry
    two each of what it counts.
    """

    told: str
    table: str
    imports: tuple[str, ...] = ()
    counts: bool = False
    once: bool = False
    billed: tuple[tuple[int, int], ...]
    numbered: tuple[tuple[int, int], ...] = ()


KINDS: Mapping[str, NewKind] = {
    "recurring": NewKind(told="a price by the month", table='price = "39.00"\n', billed=((1, 3900),)),
    "once": NewKind(
        told="a price that is due once",
        table='price = "60.00"\n',
        imports=("OptionKind", "key"),
        once=True,
        billed=((1, 6000),),
    ),
    "per-use": NewKind(
        told="a price for each use",
        table='price = "0.20"\n',
        imports=(*COUNTING, "OptionKind", "key"),
        counts=True,
        billed=((3, 60),),
        numbered=((6, 120),),
    ),
    "steps": NewKind(
        told="a price for each use, in steps, some of them included",
        table='included = 2\nsteps = [{ up_to = 2, amount = "1.20" }, { amount = "0.90" }]\n',
        imports=(*COUNTING, "Price", "PriceStep", "key"),
        counts=True,
        billed=((1, 120),),
        numbered=((2, 240), (2, 180)),
    ),
    "per-cent": NewKind(
        told="so many per cent of what a rule charges", table='percent = "25"\nof = ["bands"]\n', billed=((2500, 2500),)
    ),
    "installation": NewKind(
        told="an installation once, and a price by the month",
        table='price = "9.00"\ninstallation = "40.00"\n',
        imports=("ByMission", "Micros", "QuotedPrice", "key"),
        once=True,
        billed=((1, 4000), (1, 900)),
    ),
    "coverage": NewKind(
        told="calls are answered at further hours too, at a price by the month",
        table='price = "70.00"\n',
        imports=("CoverageWindow", "Days", "Hours", "key"),
        billed=((1, 7000),),
    ),
}


@frozen(kw_only=True)
class NewOption:
    """What is asked for: the option's id, its kind, its name in both languages, what it counts, which hours it opens.

    It counts calls that bear its id as a tag, or with ``number`` the number that calls carry by that name, in ``unit``,
    with ``unit_words`` where nobody else has that; ``counted`` says to staff, in French, what that is. ``version`` is
    that of Permanence.
    """

    id: str
    kind: str
    label: str
    english: str
    version: str
    unit: str = field(default=CALLS)
    unit_words: str = ""
    number: str = ""
    counted: str = ""
    days: str = EVERY_DAY
    hours: str = EVERY_NIGHT

    @property
    def stem(self) -> str:
        """Return the id as Python and the names of facts take it."""
        return re.sub(r"[^a-z0-9]+", "_", self.id.lower()).strip("_") or "option"

    @property
    def folder(self) -> str:
        """Return the name of the distribution, and of its folder."""
        return f"permanence-{self.stem.replace('_', '-')}"

    @property
    def module(self) -> str:
        """Return the name of the module."""
        return f"permanence_{self.stem}"

    @property
    def fact(self) -> str:
        """Return the fact that it counts; nothing where it counts none."""
        return f"usage.{self.stem}" if KINDS[self.kind].counts else ""

    def wrong(self) -> Iterator[Problem]:
        """Yield what keeps it from being written."""
        if fault := id_fault(self.id) or (
            f"which has more than {MOST_SIGNS} signs" if len(self.id) > MOST_SIGNS else ""
        ):
            yield Problem(WHERE, f'the option cannot be called so: its id is "{self.id}", {fault}')
        elif self.fact and (fault := fact_fault(self.fact)):
            yield Problem(WHERE, fault)
        if self.number and not NUMBER.fullmatch(self.number):
            hint = "write small letters, digits and _, a letter first"
            yield Problem(WHERE, f'the number cannot be called "{self.number}"', hint)
        for name in filter(None, (self.label, self.english, self.counted)):
            if not PLAIN.fullmatch(name.strip()):
                yield Problem(WHERE, f'"{name}" is no name', "at most 60 signs, without quotes and backslashes")
        yield from unit_problems(self.id, self.unit, self.unit_words, WHERE)
        try:
            new_windows(self.days, self.hours)
        except ValueError as error:
            yield Problem(WHERE, str(error))

    def files(self) -> Mapping[str, str]:
        """Return the files of the distribution, by their names in its folder."""
        written = {
            "pyproject.toml": "pyproject.toml",
            "README.md": "README.md",
            f"{self.module}.py": "module.py",
            "option.toml": "option.toml",
            f"tests/test_{self.module}.py": "test_module.py",
        }
        values = self._values()
        return {name: TEMPLATES.get_template(f"{one}.jinja").render(values) for name, one in written.items()}

    def _values(self) -> Mapping[str, Any]:
        kind = KINDS[self.kind]
        number = self.number if kind.counts else ""
        carried = f'numbers={{"{number}": 2}}' if number else f'tags=["{self.id}"]'
        calls = f", call({carried}, count=3)" if kind.counts else ", call()"
        return {
            "id": self.id,
            "stem": self.stem,
            "kind": self.kind,
            "name": self._class_name(kind),
            "module": self.module,
            "distribution": self.folder,
            "label": self.label,
            "english": self.english,
            "told": kind.told,
            "table": kind.table,
            "counts": kind.counts,
            "number": number,
            "unit": self.unit,
            "unit_words": unit_words(self.unit_words),
            "meaning": self.counted or what_is_counted(self.label, self.unit),
            "windows": new_windows(self.days, self.hours),
            "imports": _imports(kind, *(["Unit"] if self.unit_words else [])),
            "imports_typing": ", ".join(_from_abc(self.kind, kind)),
            "version": self.version,
            "next_version": _next(self.version),
            "once": kind.once,
            "billed_calls": calls + (SINCE if kind.once else ""),
            "billed": list(kind.numbered if number else kind.billed),
        }

    def _class_name(self, kind: NewKind) -> str:
        name = "".join(part.capitalize() for part in self.stem.split("_"))
        taken = {"Unit", *EVERY, *kind.imports, *TYPING} | set(keyword.kwlist)
        return f"{name}Option" if name in taken else name


def what_is_counted(label: str, unit: str) -> str:
    """Return, in French, what an option of a name counts in a unit, as it is proposed."""
    several = UNITS[unit].several.fr if unit in UNITS else unit
    of = "d'" if several[:1] in VOWELS else "de "
    return f"{label} : nombre {of}{several}"


def _imports(kind: NewKind, *more: str) -> str:
    names = sorted({*EVERY, *kind.imports, *more})
    line = ", ".join(names)
    if len(f"from permanence import {line}") <= LONGEST:
        return line
    return "(\n" + "".join(f"    {name},\n" for name in names) + ")"


def _from_abc(name: str, kind: NewKind) -> Iterator[str]:
    if name in ("steps", "installation"):
        yield "Iterator"
    if kind.counts:
        yield "Mapping"


def _next(version: str) -> str:
    """Return the version at which what a plugin imports may be another: the next minor one."""
    major, minor = (*version.split("."), "0")[:2]
    return f"{major}.{int(minor) + 1}"

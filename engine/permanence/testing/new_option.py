"""A distribution that ships one priced option, written from a few answers: it installs, and its tests pass at once."""

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..model.units import CALLS, UNITS

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=False,  # it writes Python and TOML
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.filters["text"] = lambda words: json.dumps(words, ensure_ascii=False)
NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
PLAIN = re.compile(r"[^\"\\\x00-\x1f\x7f]{1,60}")
LONGEST = 120
EVERY = ("Option", "Words", "frozen", "hookimpl")
COUNTING = ("Calls", "FactField", "Measured")
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
        told="calls are answered every night too, at a price by the month",
        table='price = "70.00"\n',
        imports=("CoverageWindow", "Days", "Hours", "key"),
        billed=((1, 7000),),
    ),
}


@frozen(kw_only=True)
class NewOption:
    """What is asked for: the option's id, its kind, its name in both languages, and what it counts.

    It counts calls that bear its id as a tag, or with ``number`` the number that calls carry by that name, in ``unit``.
    ``version`` is that of Permanence.
    """

    id: str
    kind: str
    label: str
    english: str
    version: str
    unit: str = field(default=CALLS)
    number: str = ""

    @property
    def folder(self) -> str:
        """Return the name of the distribution, and of its folder."""
        return f"permanence-{self.id.replace('_', '-')}"

    @property
    def module(self) -> str:
        """Return the name of the module."""
        return f"permanence_{self.id}"

    def wrong(self) -> Iterator[str]:
        """Yield what keeps it from being written."""
        for what, name in (("the option", self.id), ("the number", self.number)):
            if (name or what == "the option") and (not NAME.fullmatch(name) or keyword.iskeyword(name)):
                yield f'{what} cannot be called "{name}": write small letters, digits and _, a letter first'
        for name in (self.label, self.english):
            if not PLAIN.fullmatch(name.strip()):
                yield f'"{name}" is no name for customers: at most 60 signs, without quotes and backslashes'
        if self.unit not in UNITS:
            yield f'"{self.unit}" is no unit that has a singular and a plural: {", ".join(UNITS)}'

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
            "kind": self.kind,
            "name": "".join(part.capitalize() for part in self.id.split("_")),
            "module": self.module,
            "distribution": self.folder,
            "label": self.label,
            "english": self.english,
            "told": kind.told,
            "table": kind.table,
            "counts": kind.counts,
            "number": number,
            "unit": self.unit,
            "meaning": f"{self.label} : ce qui est compté",
            "imports": _imports(kind),
            "imports_typing": ", ".join(_from_abc(self.kind, kind)),
            "version": self.version,
            "next_version": _next(self.version),
            "once": kind.once,
            "billed_calls": calls + (SINCE if kind.once else ""),
            "billed": list(kind.numbered if number else kind.billed),
        }


def _imports(kind: NewKind) -> str:
    names = sorted({*EVERY, *kind.imports})
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

"""What of an offer's options could not be read: something stands in their place, so that the rest can be."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields

from ...model.facts import MONTH_FACTS, FactField, facts_of_mark
from ...model.option import Option
from ...model.problem import Place
from ...model.unusable_option import stand_in, told
from ..toml.faults import Notes
from ..toml.located_toml import LocatedToml
from ..toml.structure import record_of

FACT = re.compile(r"\busage\.[a-z][a-z0-9_]*\b(?!\.)")
NOWHERE = Place("")
UNKNOWN = "Compté par une option qui ne peut pas être utilisée"


def with_stand_ins(
    read: Mapping[str, Any], source: LocatedToml, notes: Notes, kinds: Mapping[str, type[Option]]
) -> dict[str, Any]:
    """Return the fields of an offer with something in the place of each option that could not be read.

    What an option measures that nobody knows is whatever the file counts and nothing else does.
    """
    tables, options = source.table.get("option"), read.get("options")
    broken = {one.option: one.at(NOWHERE) for one in reversed(notes.faults) if one.option}
    if not broken or not isinstance(tables, dict) or options is None:
        return dict(read)
    uncounted = tuple(_uncounted(read, source.text, kinds)) if set(broken) - set(kinds) else ()
    found = dict(options)
    for name, problem in broken.items():
        if name in tables:
            mine, uncounted = ((), uncounted) if name in kinds else (uncounted, ())
            found[name] = stand_in(name, told(problem), kinds.get(name), mine, _of_all_options(tables[name]))
    return {**read, "options": {name: found[name] for name in tables if name in found}}


def _uncounted(read: Mapping[str, Any], text: str, kinds: Mapping[str, type[Option]]) -> Iterator[FactField]:
    marks = {rule.then.mark for rule in read.get("rules", ()) if rule.then.mark}
    known = {*MONTH_FACTS.fields, *(fact for mark in marks for fact in facts_of_mark(mark))}
    known |= {fact.name for name in read.get("options", {}) if name in kinds for fact in kinds[name].facts}
    for name in dict.fromkeys(FACT.findall(text)):
        if name not in known:
            yield FactField(name, "number", UNKNOWN)


def _of_all_options(table: Any) -> dict[str, Any]:
    """Return what the table of an option says of the keys that every option has, as far as it can be read."""
    if not isinstance(table, dict):
        return {}
    own = {field.name for field in fields(Option)}
    read = record_of(Option).read_fields(table, (), Notes(lambda _: NOWHERE, lambda _: NOWHERE))
    return {name: value for name, value in read.items() if name in own}

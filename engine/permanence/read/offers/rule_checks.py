"""What contradicts itself in rules and examples, as far as it shows without deciding any."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import asdict

from ...model.carried import SUM
from ...model.facts import BILLED, MONTH_FACTS, TALK, Stage, facts_of_mark
from ...model.fault import Fault
from ...model.occurrence import OCCURRENCE
from ...model.offer import Rule
from ...model.option import Option
from ...model.work import WORK
from ..toml.faults import Notes

MARK = re.compile(r"[a-z][a-z0-9_]*")
LEADS_TO: Mapping[Stage, tuple[str, ...]] = {
    "call": ("mark", "exclude"),
    "history": ("floor",),
    "month": ("charge",),
    "notice": ("end",),
    "event": ("effect",),
    "renewal": ("renew",),
}
NAMED = ((WORK, "work"), (OCCURRENCE, "occurrence"), (SUM, "number"))
"""How facts begin that count something by a name of the offer, and which tables name it."""
USAGE = "usage."


def counted_facts(rules: Iterable[Rule], options: Mapping[str, Option], table: Mapping[str, Any]) -> set[str]:
    """Return the facts that count something in a month.

    These are the engine's, the options', three of each mark, and one of each kind of work, occurrence and number.
    """
    marked = {fact for rule in rules if rule.then.mark for fact in facts_of_mark(rule.then.mark)}
    named = {begins + name for begins, kind in NAMED for name in tables_named(table, kind)}
    return marked | named | _counted_without_marks(options)


def check_rules(rules: Iterable[Rule], notes: Notes) -> Iterator[Fault]:
    """Yield what is wrong with rules one by one: each leads to one thing, of its stage."""
    for rule in rules:
        path = (*notes.path_of(rule), "then")
        wanted = LEADS_TO[rule.on]
        hint = f'on = "{rule.on}" leads to {" or ".join(wanted)}'
        given = [name for name, value in asdict(rule.then).items() if value]
        if not given:
            yield Fault(path, '"then" says nothing', hint)
        elif len(given) > 1:
            yield Fault(path, f'"then" says {" and ".join(given)}', "write two rules")
        elif given[0] not in wanted:
            yield Fault((*path, given[0]), f'"then" cannot say {given[0]} here', hint, at_key=True)


def check_floors(rules: Iterable[Rule], table: Mapping[str, Any], notes: Notes) -> Iterator[Fault]:
    """Yield the rules on past months of an offer that has no band which could be a floor."""
    for rule in rules:
        if rule.on == "history" and "bands" not in table:
            hint = "write [bands], or take the rule out"
            yield Fault((*notes.path_of(rule), "on"), "a floor is a band, and the offer has no [bands]", hint)


def check_marks(rules: Iterable[Rule], options: Mapping[str, Option], notes: Notes) -> Iterator[Fault]:
    """Yield marks that cannot be the name of a fact of their own."""
    taken = _counted_without_marks(options)
    for rule in rules:
        mark, path = rule.then.mark, (*notes.path_of(rule), "then", "mark")
        if mark and not MARK.fullmatch(mark):
            yield Fault(
                path, f'"{mark}" is no mark', "a mark has small letters, digits and _, and begins with a letter"
            )
        elif mark.endswith((TALK, BILLED)):
            yield Fault(path, f'"{mark}" is how the seconds of a mark are named', "give the mark another name")
        elif clash := next((fact for fact in facts_of_mark(mark) if mark and fact in taken), ""):
            yield Fault(path, f'"{clash}" is a fact already', "give the mark another name")


def tables_named(table: Mapping[str, Any], name: str) -> list[str]:
    """Return the names of the tables ``[name.…]``, right or wrong."""
    tables = table.get(name, {})
    return list(tables) if isinstance(tables, dict) else []


def _counted_without_marks(options: Mapping[str, Option]) -> set[str]:
    facts = [*MONTH_FACTS.fields.values(), *(fact for option in options.values() for fact in option.facts)]
    return {fact.name for fact in facts if fact.name.startswith(USAGE) and fact.type == "number"}

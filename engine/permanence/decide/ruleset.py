"""The only door to durable-rules: which rules of a group hold for the facts of a case.

The engine is exact on literal comparisons over one fact and on little else, so that is all it is given: one
combined fact per question, one constant session, an end rule that proves the answer complete, and a ruleset
that is built again after any error. Nothing is computed in it.
"""

import json
import os
import re
import sys
import threading
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

from ..model.facts import FactValue
from .cases import Group
from .condition import Comparison
from .fences import LONGEST_TEXT, OPERATORS, property_names, ways

# Its extension names a function that Python 3.13 no longer has, and that only callbacks which nobody here
# installs would call: bound lazily, it is never looked for.
_flags = sys.getdlopenflags()
sys.setdlopenflags(os.RTLD_LAZY)
try:
    import durable_rules_engine
except ImportError as error:
    raise ImportError(
        f"durable-rules cannot be loaded ({error}): install a C compiler and Python's headers "
        "(Debian: apt install gcc python3-dev; macOS: xcode-select --install), then `pip install durable-rules`"
    ) from error
finally:
    sys.setdlopenflags(_flags)

SESSION, FACT = "x", "f"
END = "end"
END_PRIORITY = 60_000
"""Low numbers run first: the end rule is the last to fire."""
CODES = {
    "302": "a fact with more properties than durable-rules can take",
    "303": "more than 64 rules hold, or nearly hold, at once",
}

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class NotDecided(Exception):  # noqa: N818 - named after what happened
    """A question that durable-rules did not answer; the message names the offer, the rules and the facts."""


class Ruleset:
    """The rules of an offer, compiled once; ``questions`` counts how often the engine was asked."""

    def __init__(self, offer: str, groups: Sequence[Group]) -> None:
        """Compile groups that are within the fences; raise NotDecided when the engine refuses them."""
        self.offer, self.groups, self.questions = offer, tuple(groups), 0
        self._names = property_names(self.groups)
        self._definition = to_json(definition(self.groups, self._names))
        self._lock = threading.Lock()
        self._build()

    def decide(self, number: int, facts: Mapping[str, FactValue]) -> tuple[int, ...]:
        """Return which rules of a group hold, as places in the group, in the file's order.

        ``facts`` has exactly the facts of the group; raises ValueError when one is missing, unknown or of another
        type, and NotDecided when the engine fails, after which it is as new.
        """
        fact = self._fact(number, facts)
        with self._lock:
            self.questions += 1
            try:
                return self._ask(number, fact)
            except BaseException as error:
                self._sessions.clear()
                self._release()
                self._build()
                if isinstance(error, NotDecided | durable_rules_engine.error):
                    raise NotDecided(self._blame(number, facts, error)) from error
                raise

    def _fact(self, number: int, facts: Mapping[str, FactValue]) -> str:
        known = {cut.fact.name: cut.fact for cut in self.groups[number].cells}
        if facts.keys() != known.keys():
            raise ValueError(f"facts missing or unknown: {', '.join(sorted(facts.keys() ^ known.keys()))}")
        for name, value in facts.items():
            checked(name, value, str if known[name].type == "word" else int)
        return to_json(
            {"_stage": number, "sid": SESSION, "id": FACT, **{self._names[name]: facts[name] for name in known}}
        )

    def _ask(self, number: int, fact: str) -> tuple[int, ...]:
        code, state = durable_rules_engine.assert_fact(self._handle, fact)
        if code:
            raise NotDecided(f"it refused the facts with code {code}")
        fired = []
        started = durable_rules_engine.start_action_for_state(self._handle, state)
        message = started and started[1]
        while message:
            fired.append(message[2 : message.index('"', 2)])
            message = durable_rules_engine.complete_and_start_action(self._handle, state)
        if not fired or fired[-1] != f"{END}{number}":
            raise NotDecided("it did not answer to the end")
        durable_rules_engine.retract_fact(self._handle, fact)
        left = json.loads(durable_rules_engine.get_facts(self._handle, SESSION))
        if any(one.get("id") == FACT for one in left):
            raise NotDecided("it kept the facts of an earlier question")
        self._sessions.add(SESSION)
        return tuple(sorted({int(rule.split("_")[1]) for rule in fired[:-1]}))

    def _blame(self, number: int, facts: Mapping[str, FactValue], error: BaseException) -> str:
        rules = ", ".join(f'"{parsed.rule.id}"' for parsed in self.groups[number].rules[:5])
        told = ", ".join(f"{name} = {to_json(value)}" for name, value in facts.items())
        return f"{self.offer}: durable-rules cannot decide the rules {rules} for {told}: {reason(error)}"

    def _build(self) -> None:
        try:
            self._handle = durable_rules_engine.create_ruleset(f"r-{self.offer}", self._definition)
        except durable_rules_engine.error as error:
            raise NotDecided(f"{self.offer}: durable-rules cannot compile the rules: {reason(error)}") from error
        self._sessions: set[str] = set()
        self._release = weakref.finalize(self, _released, self._handle, self._sessions)


def _released(handle: int, sessions: set[str]) -> None:
    """Free a ruleset, and first its sessions: half a megabyte each, which no ruleset frees with itself.

    ``sessions`` are those in which rules have fired: the engine cannot delete another, and dies of it.
    """
    for session in sessions:
        durable_rules_engine.delete_state(handle, session)
    durable_rules_engine.delete_ruleset(handle)


def reason(error: BaseException) -> str:
    """Return what an error of the engine means, where its number is known."""
    code = re.search(r"error code: (\d+)", str(error))
    return CODES.get(code[1], str(error)) if code else str(error)


def checked(name: str, value: FactValue, wanted: type[int] | type[str]) -> None:
    """Raise ValueError unless a value is one that the engine compares exactly."""
    if type(value) is not wanted:
        raise ValueError(f'"{name}" is {value!r}, but must be {"a number" if wanted is int else "a word"}')
    if isinstance(value, int) and abs(value) >= 2**62:
        raise ValueError(f'"{name}" is {value}, which is too large a number')
    if isinstance(value, str) and ("\0" in value or len(value) >= LONGEST_TEXT):
        raise ValueError(f'"{name}" has a NUL character or {LONGEST_TEXT:,} characters and more')


def definition(groups: Sequence[Group], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the ruleset in the engine's own notation; each way in which a rule can hold is one rule of it."""
    rules: dict[str, Any] = {}
    for number, group in enumerate(groups):
        for rule, way, alternative in ways(group):
            conditions = [notation(comparison, names) for comparison in alternative]
            pattern = {"m": {"$and": [{"_stage": number}, *conditions]}}
            rules[f"g{number}_{rule}_{way}"] = {"all": [pattern], "pri": rule + 1}
        rules[f"{END}{number}"] = {"all": [{"m": {"_stage": number}}], "pri": END_PRIORITY}
    return rules


def notation(comparison: Comparison, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one comparison in the engine's own notation."""
    equality = {names[comparison.fact]: comparison.literal}
    return equality if comparison.operator == "==" else {OPERATORS[comparison.operator]: equality}

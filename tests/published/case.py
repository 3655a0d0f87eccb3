"""One published example, and how an adapter answers it: what Permanence says, beside what was published."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from .said import Said, UnreadError

Given = Said
Answer = tuple[object, object]
"""What comes out here, and what was published, in the same units."""
Adapter = Callable[[Given, Given], Answer]
"""From an example's input and what it expects to the two things to compare."""


class OutsideScopeError(Exception):
    """An example asks for something that lies outside what Permanence is for; the sentence says what, and why."""


@frozen
class Case:
    """An example: its name, its kind, whose it is, what goes in and what was published to come out."""

    id: str
    kind: str
    source: str
    given: Mapping[str, Any]
    expected: Mapping[str, Any]


def answer_to(case: Case, adapter: Adapter, in_part: bool = False) -> Answer:
    """Return an adapter's answer to an example of which every word was read; of one ``in_part``, every word given.

    Raises UnreadError, with its name, for a word that the adapter does not know.
    """
    given = Said(case.given, "input", case.source)
    expected = Said(case.expected, "expected", case.source)
    given.currency()
    expected.currency()
    answer = adapter(given, expected)
    left = [*given.unread(), *([] if in_part else expected.unread())]
    if left:
        raise UnreadError(f"the adapter of {case.kind} does not know {', '.join(left)}")
    if answer[1] in ({}, [], ()):
        raise UnreadError(f"the adapter of {case.kind} finds nothing to compare in what is expected")
    return answer


def by_shape(shapes: Mapping[str, Adapter]) -> Adapter:
    """Return the adapter of a kind whose examples have several forms, told by a key of the input or of its plan."""

    def adapter(given: Given, expected: Given) -> Answer:
        plan = given.values_said.get("plan")
        keys = {*given, *(plan if isinstance(plan, Mapping) else ())}
        shape = next((shape for shape in shapes if keys & set(shape.split("|"))), None)
        if shape is None:
            raise UnreadError(f"no adapter for an example with {', '.join(sorted(keys))}")
        return shapes[shape](given, expected)

    return adapter

"""One published example, and how an adapter answers it: what Permanence says, beside what was published."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

Given = Mapping[str, Any]
Answer = tuple[object, object]
"""What comes out here, and what was published, in the same units."""
Adapter = Callable[[Given, Given], Answer]
"""From an example's input and what it expects to the two things to compare."""


@frozen
class Case:
    """An example: its name, its kind, what goes in and what was published to come out."""

    id: str
    kind: str
    given: Given
    expected: Given


def by_shape(shapes: Mapping[str, Adapter]) -> Adapter:
    """Return the adapter of a kind whose examples have several forms, told by a key of the input or of its plan."""

    def adapter(given: Given, expected: Given) -> Answer:
        plan = given.get("plan")
        keys = {*given, *(plan if isinstance(plan, Mapping) else ())}
        shape = next((shape for shape in shapes if shape in keys), None)
        if shape is None:
            raise LookupError(f"no adapter for an example with {', '.join(sorted(keys))}")
        return shapes[shape](given, expected)

    return adapter


def day(text: str) -> date:
    """Return the day that ``2026-10-05`` names."""
    return date.fromisoformat(text)

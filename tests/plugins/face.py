"""What a plugin may rely on, as text: `python -m tests.plugins.face > tests/plugins/face.txt`."""

import inspect
from collections.abc import Iterator
from typing import Any

import attrs
import permanence
from permanence import hookspecs, testing

FROM_OUTSIDE = ("evolve", "frozen", "hookimpl")
"""Names of attrs and pluggy, which say themselves what they take."""
READ = {
    "Contract": ("customer", "id", "lines", "live", "mission", "options", "signed"),
    "Offer": ("coverage", "head", "option_places", "options", "prices", "quantities", "rules", "version"),
}
"""What no plugin makes, and what may be relied on in reading it: the rest is as files have it, in docs/keys.md."""


def face() -> Iterator[str]:
    """Yield a line for each name, and one for each thing that a plugin may ask of it."""
    for name in sorted(permanence.__all__):
        value: Any = getattr(permanence, name)
        if name in FROM_OUTSIDE:
            yield f"{name}, from outside"
        elif name in READ:
            yield f"{name}, read: {', '.join(one for one in READ[name] if hasattr(value, one) or one in fields(value))}"
        elif inspect.isclass(value):
            kind: Any = value
            yield f"{name}: {', '.join(map(told, attrs.fields(kind)))}"
            yield from (f"{name}.{member}" for member in members(value))
        else:
            yield f"{name}{taken(value) if inspect.isfunction(value) else ''}"
    yield from (f"testing.{name}{taken(getattr(testing, name))}" for name in testing.__all__)
    for name, value in vars(hookspecs).items():
        if hasattr(value, "permanence_spec"):
            yield f"hook {name}{taken(value)}"


def fields(kind: Any) -> set[str]:
    """Return the names of a class's fields."""
    return {one.name for one in attrs.fields(kind)}


def told(one: "attrs.Attribute[Any]") -> str:
    """Return a field, with a mark where it may be left out."""
    return one.name if one.default is attrs.NOTHING else f"{one.name}?"


def members(kind: Any) -> Iterator[str]:
    """Yield the public members of a class besides its fields, functions with what they take."""
    for name in sorted(dir(kind)):
        if name.startswith("_") or name in fields(kind) or hasattr(object, name):
            continue
        value = inspect.getattr_static(kind, name)
        function = getattr(value, "__func__", value)
        yield f"{name}{taken(function) if inspect.isfunction(function) else ''}"


def taken(function: Any) -> str:
    """Return the parameters of a function, those that may be left out with a mark."""
    found = [one for one in inspect.signature(function).parameters.values() if one.name not in ("self", "cls")]
    return f"({', '.join(f'{stars(one)}{one.name}{mark(one)}' for one in found)})"


def stars(one: inspect.Parameter) -> str:
    """Return what stands before a parameter that takes any number."""
    return "**" if one.kind == one.VAR_KEYWORD else "*" if one.kind == one.VAR_POSITIONAL else ""


def mark(one: inspect.Parameter) -> str:
    """Return the mark of a parameter that may be left out."""
    return "" if one.default is one.empty else "?"


if __name__ == "__main__":
    print("\n".join(face()))

"""How a class says which keys a TOML table may have: a description for each, an example, another name.

The rule-file and contract formats are written down once, in the attrs classes of this package; the
reader, the error messages and the JSON Schema all come from here.
"""

from collections.abc import Iterable
from typing import Any

import attrs

DOC, EXAMPLE, NAME, WORDS, BY_CONTRACT = "doc", "example", "name", "words", "by_contract"
MOST_DAYS = 3660
"""Ten years: no notice, no term of payment and no warning is longer, and each day that it leads to has a calendar."""


def key(
    doc: str,
    *,
    name: str = "",
    example: Any = None,
    words: Iterable[str] = (),
    by_contract: bool = False,
    least: int | None = None,
    most: int | None = None,
    **attribute: Any,
) -> Any:
    """Return an attrs field that is one key of a TOML table.

    ``name`` is the key when it is not the field's own name (``from`` is a word of Python's). ``words`` are those that
    an editor offers for a text that a check of its own reads. ``by_contract`` is for keys of an option's table that a
    contract may settle for itself. ``least`` and ``most`` are the lowest and the highest number that are allowed.
    """
    metadata = {DOC: doc, EXAMPLE: example, NAME: name, WORDS: tuple(words), BY_CONTRACT: by_contract}
    if least is not None or most is not None:
        attribute["validator"] = _between(least, most)
    return attrs.field(metadata=metadata, kw_only=True, **attribute)


def _between(least: int | None, most: int | None) -> Any:
    """Return what refuses, as ValueError, a number below the least or above the most; None is none."""

    def check(_made: object, attribute: "attrs.Attribute[Any]", value: int | None) -> None:
        if value is not None and least is not None and value < least:
            raise ValueError(f'"{key_name(attribute)}" is at least {least}')
        if value is not None and most is not None and value > most:
            raise ValueError(f'"{key_name(attribute)}" is at most {most}')

    return check


def inner(**attribute: Any) -> Any:
    """Return an attrs field that no TOML table can set: the reader fills it in."""
    return attrs.field(metadata={DOC: None}, kw_only=True, **attribute)


def is_key(attribute: "attrs.Attribute[Any]") -> bool:
    """Tell whether a TOML table may set this field."""
    return attribute.metadata.get(DOC) is not None


def key_name(attribute: "attrs.Attribute[Any]") -> str:
    """Return the key under which a TOML table sets this field."""
    return attribute.metadata.get(NAME) or attribute.name


def is_left_to_contracts(attribute: "attrs.Attribute[Any]") -> bool:
    """Tell whether a contract may settle this field of its option for itself."""
    return is_key(attribute) and bool(attribute.metadata.get(BY_CONTRACT))

"""How a class says which keys a TOML table may have: a description for each, an example, another name.

The rule-file and contract formats are written down once, in the attrs classes of this package; the
reader, the error messages and the JSON Schema all come from here.
"""

from typing import Any

import attrs

DOC, EXAMPLE, NAME = "doc", "example", "name"


def key(doc: str, *, name: str = "", example: Any = None, **attribute: Any) -> Any:
    """Return an attrs field that is one key of a TOML table.

    ``name`` is the key when it is not the field's own name (``from`` is a word of Python's).
    """
    return attrs.field(metadata={DOC: doc, EXAMPLE: example, NAME: name}, kw_only=True, **attribute)


def inner(**attribute: Any) -> Any:
    """Return an attrs field that no TOML table can set: the reader fills it in."""
    return attrs.field(metadata={DOC: None}, kw_only=True, **attribute)


def is_key(attribute: "attrs.Attribute[Any]") -> bool:
    """Tell whether a TOML table may set this field."""
    return attribute.metadata.get(DOC) is not None


def key_name(attribute: "attrs.Attribute[Any]") -> str:
    """Return the key under which a TOML table sets this field."""
    return attribute.metadata.get(NAME) or attribute.name

"""The mappings that come with Permanence, by name."""

from collections.abc import Mapping
from functools import cache

from ..calls.mapping import OWN_FORMATS, CallFormat
from ..calls.mapping_file import load_format


@cache
def ready_formats() -> Mapping[str, CallFormat]:
    """Return every mapping that comes with Permanence, by its name, in the order of the alphabet."""
    names = sorted(path.stem for path in OWN_FORMATS.glob("*.toml"))
    return {name: load_format(name) for name in names}


def format_text(name: str) -> str:
    """Return the text of a ready mapping, to be copied and changed; raise Refused when there is none of that name."""
    load_format(name)
    return (OWN_FORMATS / f"{name}.toml").read_text(encoding="utf-8")

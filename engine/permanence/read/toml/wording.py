"""The shape of what customers read: a text in French, or in both languages."""

from typing import Any

from attrs import frozen

from ...model.scalars import Words
from .faults import Notes, named
from .located_toml import Path
from .shapes import Record, Shape

SAYS_NOTHING = "write what customers read"


@frozen
class Wording(Shape):
    """A text in French, or a table of the same text in French and English."""

    languages: Record
    expects = 'a text or { fr = "…", en = "…" }'

    def read(self, value: Any, path: Path, notes: Notes) -> Any:
        if type(value) is str:
            return Words(value) if value.strip() else notes.fault(path, f"{named(path)} is empty", SAYS_NOTHING)
        if type(value) is not dict:
            return self.refuse(value, path, notes)
        for language, text in value.items():
            if type(text) is str and not text.strip():
                return notes.fault((*path, language), f'"{language}" is empty', SAYS_NOTHING)
        return self.languages.read(value, path, notes)

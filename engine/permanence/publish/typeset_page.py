"""Pages set in type: a template of ours, filled with texts, as PDF/A-3; the same bytes for the same texts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from ..model.issued import written

TEMPLATES, FONTS = (Path(__file__).with_name(name) for name in ("templates", "fonts"))
"""Fonts of the system are not looked at: pages are the same everywhere."""
STANDARD: Literal["a-3b"] = "a-3b"


@cache
def _compiler(template: str) -> typst.Compiler:
    page = TEMPLATES / template
    return typst.Compiler(str(page), root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)


def typeset_page(template: str, said: Mapping[str, Any], day: date, **attached: str) -> bytes:
    """Return the PDF/A-3 of a template filled with what is said, dated on a day; ``attached`` are files by name."""
    made_at = datetime.combine(day, time(), UTC)
    dated = {**said, "year": day.year, "month": day.month, "day": day.day}
    found = _compiler(template).compile(
        sys_inputs={"said": written(dated), **attached}, pdf_standards=STANDARD, timestamp=int(made_at.timestamp())
    )
    assert isinstance(found, bytes)
    return found

"""A plugin that does harm, in each of the ways of `cases.toml`, and the table of them that `docs/plugins.md` has."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]
HEAD = "| A plugin that … | What happens |"
EVERYBODY = 3
"""How many contracts of the small month have the option."""


def rows() -> Iterator[str]:
    """Yield the table of what a plugin does, and what happens."""
    yield HEAD
    yield "|---|---|"
    yield from (f"| {case['does']} | {_happens(case)} |" for case in CASES)


def _happens(case: Mapping[str, Any]) -> str:
    if not case["held"]:
        return "all are billed as ever, and nothing is printed"
    who = "who has the option waits" if len(case["held"]) == EVERYBODY else f"{' and '.join(case['held'])} alone wait"
    return f"{who if len(case['held']) > 1 else who + 's'}: `{case['says'].rstrip(': ').replace('|', '/')}`"

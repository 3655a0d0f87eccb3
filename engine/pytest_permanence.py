"""Tells pytest which TOML files are rule files, so that `pytest rules/` runs their examples.

It is loaded whenever pytest starts, in whatever project: the engine comes in only when there is a rule file to test.
"""

import re
from pathlib import Path
from typing import Any

import pytest

OFFER = re.compile(r"^[ \t]*\[[ \t]*offer[ \t]*\]", re.MULTILINE)
FORMAT = re.compile(r"^[ \t]*format[ \t]*=[ \t]*1[ \t]*(#.*)?$", re.MULTILINE)
COLLECTOR = "permanence.testing.rule_files"


def is_rule_file(path: Path) -> bool:
    """Tell whether a file is one of ours, however broken it may be: it has ``[offer]`` and ``format = 1``."""
    if path.suffix != ".toml":
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(OFFER.search(text) and FORMAT.search(text))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return what collects the tests of a rule file; nothing for any other file."""
    if not is_rule_file(file_path):
        return None
    plugins = parent.config.pluginmanager
    plugins.import_plugin(COLLECTOR)
    engine: Any = plugins.get_plugin(COLLECTOR)
    collected: pytest.Collector = engine.RuleFile.from_parent(parent, path=file_path)
    return collected

"""What bills are worked out with, by version: the product, what it stands on, the plugins, the time zones."""

import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..plugin_manager import Plugins

STANDS_ON = ("attrs", "durable-rules", "holidays", "numpy", "permanence", "phonenumbers", "tzdata")
ZONES = Path("/usr/share/zoneinfo/tzdata.zi")
"""Where the system keeps its time zones, with their version in the first line."""


def made_with(plugins: Plugins) -> str:
    """Return the versions as a text: JSON, the same for the same versions."""
    found = {name: known for name in STANDS_ON if (known := _version(name))}
    options = {name: one.distribution for name, one in sorted(plugins.registered.items())}
    python = ".".join(map(str, sys.version_info[:3]))
    every = {**found, "python": python, "zones": _zones(), "options": options}
    return json.dumps(every, ensure_ascii=False, sort_keys=True)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _zones() -> str:
    try:
        with ZONES.open(encoding="utf-8") as lines:
            return lines.readline().removeprefix("# version").strip()
    except OSError:
        return ""

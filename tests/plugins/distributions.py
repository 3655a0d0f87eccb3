"""Distributions of strangers, put where Python finds what is installed."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Installed = Callable[..., str]
"""Install a distribution of this name whose one module has this text, and return what it is registered as."""


def fax(name: str, facts: str = "()", more: str = "") -> str:
    """Return the module of a plugin with one option."""
    return f"""
from permanence import FactField, Option, Words, frozen, hookimpl

@frozen(kw_only=True)
class Fax(Option):
    id = "{name}"
    label = Words("Télécopie", "Fax")
    facts = {facts}
{more}

@hookimpl
def register_options():
    return [Fax]
"""


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installed]:
    """Return what installs a stranger's distribution for one test."""
    site, modules = tmp_path_factory.mktemp("site"), list[str]()
    monkeypatch.syspath_prepend(site)

    def install(
        distribution: str, text: str, *, version: str = "1.0", entry: str = "stranger", requires: str = ""
    ) -> str:
        module = f"{distribution.replace('-', '_')}_plugin"
        info = site / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        needs = f"Requires-Dist: {requires}\n" if requires else ""
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n{needs}", "utf-8"
        )
        (info / "entry_points.txt").write_text(f"[permanence]\n{entry} = {module}\n", "utf-8")
        Path(site, f"{module}.py").write_text(text, "utf-8")
        modules.append(module)
        return f"{distribution}:{entry}"

    yield install
    for module in modules:
        sys.modules.pop(module, None)

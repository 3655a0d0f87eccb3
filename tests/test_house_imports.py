"""Who may import whom: the layers, the one door of each outside package, and no cycle, hidden ones included."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT / folder).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("engine", "plugins")
    for path in sorted((ROOT / folder).rglob("*.py"))
}

# What each part of the engine may import of ours besides itself; the parts that are not named may import all.
LAYERS = {
    "model": set[str](),
    "read": {"model"},
    "decide": {"model"},
    "rate": {"model"},
    "store": {"model"},
    "publish": {"model"},
    "sample": {"model"},
    "prove": {"model", "decide", "rate"},
    "staff": {"model", "store", "billing"},
    "hookspecs": {"model"},
    "plugin_manager": {"model", "hookspecs"},
    "testing": {"model", "hookspecs"},
    "": {"model", "hookspecs"},
}

# Where an outside package may be imported: modules, or folders of modules; those that are not named, anywhere.
DOORS = {
    "tomli": {"permanence.read.located_toml"},
    "tree_sitter": {"permanence.read.located_toml"},
    "tree_sitter_toml": {"permanence.read.located_toml"},
    "pyarrow": {"permanence.read"},
    "durable": {"permanence.decide.ruleset"},
    "durable_rules_engine": {"permanence.decide.ruleset"},
    "holidays": {"permanence.rate"},
    "sqlite_utils": {"permanence.store"},
    "pluggy": {"permanence.hookspecs", "permanence.plugin_manager"},
    "datasette": {"permanence.staff"},
    "uvicorn": {"permanence.staff"},
    "markupsafe": {"permanence.staff"},
    "icalendar": {"permanence.screens.diary"},
    "pytest": {"permanence.rule_tests", "pytest_permanence"},
}
COMES_WITH_DATASETTE = {"uvicorn", "markupsafe"}
BRINGS_ITSELF = {"pytest"}
"""Packages that load the module behind their door, so that it is never loaded without them."""
IMPORT_NAMES = {"durable-rules": {"durable", "durable_rules_engine"}}


class Import(NamedTuple):
    """One imported name: by which module, at which line, and the module that it comes from."""

    by: str
    line: int
    module: str

    def __str__(self) -> str:
        return f"{MODULES[self.by].relative_to(ROOT)}:{self.line} imports {self.module}"


def imports_of(name: str) -> Iterator[Import]:
    """Yield every import of a module, at whatever depth: in functions and under TYPE_CHECKING too."""
    package = name.split(".") if MODULES[name].name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(name, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                deeper = f"{base}.{alias.name}"
                yield Import(name, node.lineno, deeper if deeper in MODULES else base)


IMPORTS = [found for name in MODULES for found in imports_of(name)]
OURS = [found for found in IMPORTS if found.module.split(".")[0] in ("permanence", "permanence_options")]
OUTSIDE = [
    found for found in IMPORTS if found not in OURS and found.module.split(".")[0] not in sys.stdlib_module_names
]


def part(module: str) -> str:
    """Return the part of the engine that a module is of: a folder or a module of the root, "" for the root itself."""
    return module.split(".")[1] if "." in module else ""


def is_in(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def test_each_layer_imports_only_what_lies_below_it() -> None:
    offenders = [
        str(found)
        for found in OURS
        if found.by.split(".")[0] == "permanence"
        and part(found.by) in LAYERS
        and part(found.module) not in LAYERS[part(found.by)] | {part(found.by)}
    ]
    assert not offenders, "\n".join(offenders)


def test_plugins_import_the_root_of_engine_and_the_engine_no_plugin() -> None:
    offenders = [
        str(found)
        for found in OURS
        if (found.by.startswith("permanence_options") and found.module != "permanence")
        or (not found.by.startswith("permanence_options") and found.module.startswith("permanence_options"))
    ]
    assert not offenders, "\n".join(offenders)


def test_plugins_need_nothing_from_outside_but_numpy() -> None:
    offenders = [
        str(found) for found in OUTSIDE if found.by.startswith("permanence_options") and found.module != "numpy"
    ]
    assert not offenders, "\n".join(offenders)


def test_the_model_needs_nothing_from_outside_but_attrs_and_numpy() -> None:
    allowed = {"attr", "attrs", "numpy"}
    offenders = [
        str(found) for found in OUTSIDE if part(found.by) == "model" and found.module.split(".")[0] not in allowed
    ]
    assert not offenders, "\n".join(offenders)


def test_each_outside_package_comes_in_by_its_door() -> None:
    offenders = [
        f"{found}, whose door is {' or '.join(sorted(doors))}"
        for found in OUTSIDE
        if (doors := DOORS.get(found.module.split(".")[0])) and not is_in(found.by, doors)
    ]
    assert not offenders, "\n".join(offenders)


def test_nothing_that_rates_or_decides_reads_a_clock_a_file_or_chance() -> None:
    banned = {"random", "secrets", "sqlite3", "time", "os", "io", "socket", "urllib", "subprocess"}
    exempt = {"permanence.decide.ruleset"}
    offenders = [
        str(found)
        for found in IMPORTS
        if part(found.by) in ("model", "rate", "decide")
        and found.by not in exempt
        and found.module.split(".")[0] in banned
    ]
    assert not offenders, "\n".join(offenders)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: {found.module for found in OURS if found.by == name and found.module != name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' → '.join(error.args[1])}")


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[^A-Za-z0-9_-]", text)[0] for text in project["dependencies"]]


def import_names(dependency: str) -> set[str]:
    return IMPORT_NAMES.get(dependency, {dependency.replace("-", "_")})


def test_each_dependency_is_used_and_each_package_used_is_a_dependency() -> None:
    used = {found.module.split(".")[0] for found in OUTSIDE}
    unused = [name for name in dependencies() if not used & import_names(name)]
    assert not unused, f"in pyproject.toml, but imported nowhere: {', '.join(unused)}"
    declared = {name for dependency in dependencies() for name in import_names(dependency)}
    declared |= COMES_WITH_DATASETTE | BRINGS_ITSELF
    undeclared = [str(found) for found in OUTSIDE if found.module.split(".")[0] not in declared]
    assert not undeclared, "not in pyproject.toml:\n" + "\n".join(undeclared)

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

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(path.relative_to(ROOT / folder).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("engine", "plugins")
    for path in sorted((ROOT / folder).rglob("*.py"))
}

PAGE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
ROOMS_SHOWN, ROOMS_WITHIN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
# What each room of the engine may import of ours besides itself, as docs/house.md says; None for everything.
LAYERS: dict[str, set[str] | None] = {
    name.removesuffix("/").removesuffix(".py").replace("__init__", ""): None
    if sees == "everything"
    else set(sees.split(", ")) - {"nothing"}
    for name, sees in re.findall(r"^(\S+) .*→ (.*)$", ROOMS_SHOWN, re.MULTILINE)
}
# The rooms within each room, from the ground up; a room's own name stands for the modules that are in none of them.
WITHIN = {name: rooms.split(", ") for name, rooms in re.findall(r"^(\w+)/ +(.*)$", ROOMS_WITHIN, re.MULTILINE)}
PURE = ("model", "decide", "contracts", "bill", "money")
PYTEST_PLUGIN = "pytest_permanence"

# Where an outside package may be imported: modules, or folders of modules; those that are not named, anywhere.
DOORS = {
    "tomli": {"permanence.read.toml.located_toml"},
    "tree_sitter": {"permanence.read.toml.located_toml"},
    "tree_sitter_toml": {"permanence.read.toml.located_toml"},
    "phonenumbers": {"permanence.model.line"},
    "stdnum": {"permanence.read.parties.identifiers"},
    "schwifty": {"permanence.read.parties.identifiers"},
    "msgspec": {"permanence.model.issued", "permanence.model.proved_document", "permanence.model.customer_document"},
    "re2": {"permanence.read.calls.patterns"},
    "pyarrow": {"permanence.read.calls", "permanence.store.call_packs"},
    "adbc_driver_sqlite": {"permanence.store.bulk"},
    "adbc_driver_manager": {"permanence.store.bulk"},
    "durable": {"permanence.decide.ruleset"},
    "durable_rules_engine": {"permanence.decide.ruleset"},
    "holidays": {"permanence.contracts.holidays"},
    "sqlite_utils": {"permanence.store"},
    "pluggy": {"permanence.hookspecs", "permanence.plugin_manager"},
    "packaging": {"permanence.read.engine_versions"},
    "datasette": {"permanence.staff"},
    "uvicorn": {"permanence.portal", "permanence.staff"},
    "starlette": {"permanence.portal"},
    "markupsafe": {"permanence.staff"},
    "icalendar": {"permanence.publish"},
    "typst": {"permanence.publish.typesetter_process"},
    "pikepdf": {"permanence.publish.pdf_a3"},
    "jinja2": {"permanence.publish", "permanence.testing.new_option"},
    "click": {"permanence.cli"},
    "rich": {"permanence.cli"},
    "pytest": {"permanence.testing", PYTEST_PLUGIN},
    "hypothesis": {"permanence.testing"},
}
COMES_WITH_DATASETTE = {"uvicorn", "markupsafe"}
BRINGS_ITSELF = {"pytest"}
"""Packages that load the module behind their door, so that it is never loaded without them."""
IMPORT_NAMES = {
    "adbc-driver-sqlite": {"adbc_driver_sqlite", "adbc_driver_manager"},
    "google-re2": {"re2"},
    "durable-rules": {"durable", "durable_rules_engine"},
    "python-stdnum": {"stdnum"},
}


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


def room(module: str) -> str:
    """Return the room of the engine that a module is in: a folder or a door of the root, "" for the root itself."""
    return module.split(".")[1] if "." in module else ""


def inner_room(module: str) -> str:
    """Return the room within a room that a module is in, the outer room's own name where it is in none."""
    parts = module.split(".")
    return parts[2] if len(parts) > 3 or (len(parts) == 3 and MODULES[module].name == "__init__.py") else parts[1]


ENGINE = [found for found in OURS if found.by.split(".")[0] == "permanence"]


def is_in(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def test_every_room_of_the_engine_is_on_the_page_and_no_other() -> None:
    rooms = {room(name) for name in MODULES if name.split(".")[0] == "permanence"}
    assert rooms == LAYERS.keys()


def test_five_doors_stand_alone_at_the_root() -> None:
    doors = {path.name for path in (ROOT / "engine" / "permanence").glob("*.py")}
    assert doors == {"__init__.py", "__main__.py", "hookspecs.py", "on_file.py", "plugin_manager.py"}


def test_each_room_imports_only_what_lies_below_it() -> None:
    offenders = [
        str(found)
        for found in ENGINE
        if (sees := LAYERS[room(found.by)]) is not None and room(found.module) not in sees | {room(found.by)}
    ]
    assert not offenders, "\n".join(offenders)


def test_rooms_within_a_room_see_only_those_below_them() -> None:
    within = {(room(name), inner_room(name)) for name in MODULES if name.count(".") > 1}
    nested = {outer for outer, inner in within if outer != inner}
    assert nested - {"staff"} == WITHIN.keys()
    offenders = []
    for found in ENGINE:
        order = WITHIN.get(room(found.by), [])
        if room(found.module) != room(found.by) or not {inner_room(found.by), inner_room(found.module)} <= set(order):
            continue
        if order.index(inner_room(found.module)) > order.index(inner_room(found.by)):
            offenders.append(str(found))
    assert not offenders, "\n".join(offenders)


def test_each_folder_of_tests_has_the_name_of_a_room() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    rooms = {path.name for path in (ROOT / "engine" / "permanence").iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders - {"bench", "docs", "house", "oracle", "plugins", "price_lists", "published", "soak"} == rooms


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


def test_the_model_needs_nothing_from_outside_but_attrs_numpy_phonenumbers_and_msgspec() -> None:
    allowed = {"attr", "attrs", "numpy", "phonenumbers", "msgspec"}
    offenders = [
        str(found) for found in OUTSIDE if room(found.by) == "model" and found.module.split(".")[0] not in allowed
    ]
    assert not offenders, "\n".join(offenders)


def test_each_outside_package_comes_in_by_its_door() -> None:
    offenders = [
        f"{found}, whose door is {' or '.join(sorted(doors))}"
        for found in OUTSIDE
        if (doors := DOORS.get(found.module.split(".")[0])) and not is_in(found.by, doors)
    ]
    assert not offenders, "\n".join(offenders)


def test_no_pure_room_reads_a_clock_a_file_or_chance() -> None:
    banned = {"random", "secrets", "sqlite3", "time", "os", "io", "socket", "urllib", "subprocess", "pathlib"}
    exempt = {"permanence.decide.ruleset"}
    offenders = [
        str(found)
        for found in IMPORTS
        if room(found.by) in PURE and found.by not in exempt and found.module.split(".")[0] in banned
    ]
    assert not offenders, "\n".join(offenders)
    clocks = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.today|utcnow|open)\(")
    pure = {name: path.read_text("utf-8") for name, path in MODULES.items() if room(name) in PURE}
    told = [f"{name}: {found[0]}" for name, text in pure.items() for found in clocks.finditer(text)]
    assert not told, "\n".join(told)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: {found.module for found in OURS if found.by == name and found.module != name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' → '.join(error.args[1])}")


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = (*project["dependencies"], *project["optional-dependencies"]["testing"])
    return [re.split(r"[^A-Za-z0-9_-]", text)[0] for text in named]


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

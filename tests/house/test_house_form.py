"""The form of the code: small modules and functions, names of the trade, a sentence for everything public."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("engine", "plugins")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
TREES = {name: ast.parse(text) for name, text in SOURCES.items()}
CLASSES = {node.name: node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
Function = ast.FunctionDef | ast.AsyncFunctionDef

MOST_LINES, MEDIAN_LINES = 300, 100
LONGEST_FUNCTION, MEDIAN_FUNCTION = 60, 10
BANNED_NAMES = {"util", "utils", "helper", "helpers", "common", "misc"}
WRITTEN = {".py", ".toml", ".md", ".txt", ".html", ".css", ".sql", ".yaml", ".json", ".csv", ".svg", ""}
MADE = {"__pycache__", "demo", "out", "build", "dist"}


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_module_is_long_and_most_are_short() -> None:
    sizes = {name: len(text.splitlines()) for name, text in SOURCES.items()}
    long = [f"{name} has {size} lines" for name, size in sizes.items() if size > MOST_LINES]
    assert not long, f"above {MOST_LINES} lines:\n" + "\n".join(long)
    middle = median(size for name, size in sizes.items() if not name.endswith("__init__.py"))
    assert middle <= MEDIAN_LINES, f"the median module has {middle} lines, above {MEDIAN_LINES}"


def test_no_function_is_long_and_most_are_short() -> None:
    sizes = {
        f"{name}:{function.lineno} {function.name}": length(function)
        for name, tree in TREES.items()
        for function in functions(tree)
    }
    long = [f"{name} has {size} lines" for name, size in sizes.items() if size > LONGEST_FUNCTION]
    assert not long, f"above {LONGEST_FUNCTION} lines:\n" + "\n".join(long)
    middle = median(sizes.values())
    assert middle <= MEDIAN_FUNCTION, f"the median function has {middle} lines, above {MEDIAN_FUNCTION}"


def is_documented_elsewhere(method: str, owner: ast.ClassDef) -> bool:
    """Tell whether a base class says what the method does; a base from outside is taken to say so."""
    for base in owner.bases:
        name = base.id if isinstance(base, ast.Name) else ""
        if name not in CLASSES:
            return True
        inherited = [node for node in CLASSES[name].body if isinstance(node, Function) and node.name == method]
        if any(ast.get_docstring(node) for node in inherited) or is_documented_elsewhere(method, CLASSES[name]):
            return True
    return False


def answers_a_hook(function: Function) -> bool:
    return any("hookimpl" in ast.unparse(decorator) for decorator in function.decorator_list)


def undocumented(name: str, body: list[ast.stmt], owner: ast.ClassDef | None = None) -> Iterator[str]:
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from undocumented(name, node.body, node)
        elif answers_a_hook(node) or (owner and is_documented_elsewhere(node.name, owner)):
            continue
        if not ast.get_docstring(node):
            yield f"{name}:{node.lineno} {owner.name + '.' if owner else ''}{node.name}"


def test_everything_public_says_in_a_sentence_what_it_is() -> None:
    missing = [name for name, tree in TREES.items() if SOURCES[name].strip() and not ast.get_docstring(tree)]
    missing += [place for name, tree in TREES.items() for place in undocumented(name, tree.body)]
    assert not missing, "without a docstring:\n" + "\n".join(missing)


def test_modules_have_names_of_the_trade() -> None:
    parts = {part for name in SOURCES for part in Path(name).with_suffix("").parts}
    assert not parts & BANNED_NAMES, f"names that say nothing: {', '.join(sorted(parts & BANNED_NAMES))}"
    odd = [part for part in parts if not re.fullmatch(r"[a-z][a-z0-9_]*|__init__|__main__", part)]
    assert not odd, f"not in lower case with underscores: {', '.join(odd)}"


def places(named: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the places of each name."""
    found = defaultdict(set)
    for name, place in named:
        found[name].add(place)
    return found


def told(places: dict[str, set[str]], most: int) -> str:
    """Return the names that stand in too many places, a line for each; empty when there are none."""
    return "\n".join(f"{name}: {', '.join(sorted(at))}" for name, at in places.items() if len(at) > most)


def test_no_class_name_is_there_twice() -> None:
    twice = told(
        places(
            (node.name, f"{name}:{node.lineno}")
            for name, tree in TREES.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
        ),
        most=1,
    )
    assert not twice, f"one name, two classes:\n{twice}"


def test_no_name_of_a_module_has_three_meanings() -> None:
    rooms = ((Path(name).stem, Path(name).parent.as_posix()) for name in SOURCES if not name.endswith("__.py"))
    # A screen is named by the command that it prints for.
    meanings = ((stem, room.replace("cli/screens", "cli/commands")) for stem, room in rooms)
    many = told(places(meanings), most=2)
    assert not many, f"one name, more than two rooms:\n{many}"


def written_files() -> Iterator[Path]:
    """Yield the project's own text files; not what commands make, nor hidden folders but for .ci."""
    for top in ROOT.iterdir():
        hidden = top.name.startswith(".") and top.name not in (".ci", ".gitignore")
        if hidden or top.name in MADE or top.suffix == ".egg-info":
            continue
        for path in [top, *top.rglob("*")]:
            if path.suffix in WRITTEN and path.is_file() and not MADE & set(path.relative_to(ROOT).parts):
                yield path


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.~*$}])/(work|tmp|root|home|Users)/")
    offenders = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in written_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if place.search(line)
    ]
    assert not offenders, "\n".join(offenders)


def test_nothing_is_left_to_do_in_a_comment() -> None:
    word = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    offenders = [
        f"{name}:{number}"
        for name, text in SOURCES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if word.search(line)
    ]
    assert not offenders, "\n".join(offenders)


def test_each_hook_is_answered_in_some_test() -> None:
    hooks = [
        function.name
        for function in functions(TREES["engine/permanence/hookspecs.py"])
        if any(ast.unparse(decorator).startswith("hookspec") for decorator in function.decorator_list)
    ]
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert hooks
    missing = [name for name in hooks if name not in tests]
    assert not missing, f"in no test: {', '.join(missing)}"


def test_each_test_module_has_a_name_of_its_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"pytest cannot tell them apart: {', '.join(twice)}"


def test_no_module_of_tests_stands_before_one_of_python() -> None:
    """The folder of a test is looked into first: a package that imports Python's own module would get ours."""
    found = {path for path in (ROOT / "tests").rglob("*.py") if path.stem in sys.stdlib_module_names}
    assert found == set()

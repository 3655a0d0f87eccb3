"""Files are written by one hand: nothing in the engine or in plugins writes any, but for `read/files` and SQLite."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDS = {
    "engine/permanence/read/files.py",
    "engine/permanence/read/file_lock.py",
    "engine/permanence/read/asked_record.py",
    "engine/permanence/read/unpacked.py",
    "engine/permanence/read/whole_folder.py",
    "engine/permanence/store/asked.py",
    "engine/permanence/store/opening.py",
    "engine/permanence/store/copies.py",
    "engine/permanence/store/snapshots.py",
    "engine/permanence/testing/hash_order.py",
    "engine/permanence/publish/typesetter.py",
}
"""One for files, with their locks, a record that outlives its process, a folder that does not, and one that is whole.
SQLite has its own, which asks and opens databases, copies one before its tables change, and several as of one moment.
The kit starts Python anew, which asks an option and writes nothing, and so is what sets pages."""
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("engine", "plugins")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
METHODS = set(
    "write_text write_bytes touch unlink rename rmdir mkdir symlink_to hardlink_to chmod lchmod truncate writelines "
    "to_csv write_table write_csv write_feather write_dataset savetxt savez tofile ParquetWriter".split()
)
"""Of paths, files and tables, whatever they are called."""
OF_MODULES = {
    "os": set(
        "open write pwrite writev fdopen replace rename renames link symlink remove unlink rmdir removedirs mkdir "
        "makedirs truncate ftruncate chmod fchmod chown fchown mkfifo mknod utime sendfile copy_file_range".split()
    ),
    "shutil": set("copy copy2 copyfile copyfileobj copytree move rmtree chown make_archive unpack_archive".split()),
    "tempfile": {"*"},
    "gzip": {"GzipFile"},
    "zipfile": {"PyZipFile"},
    "tarfile": {"*"},
    "pickle": {"dump"},
    "json": {"dump"},
    "sqlite3": {"connect"},
    "subprocess": {"*"},
}
"""Of modules of Python's: "*" stands for all that is in them."""
OPENERS = {
    "open",
    "os.fdopen",
    "io.open",
    "gzip.open",
    "bz2.open",
    "lzma.open",
    "codecs.open",
    "Path.open",
    "zipfile.ZipFile",
}
NO_FILES = {"webbrowser.open", "tempfile.gettempdir"}
NOWHERE = "os.devnull"


def mode_of(call: ast.Call, position: int) -> str:
    """Return how a file is opened, "?" where that is worked out."""
    given = [one.value for one in call.keywords if one.arg == "mode"] or call.args[position : position + 1]
    if not given:
        return "r"
    return str(given[0].value) if isinstance(given[0], ast.Constant) else "?"


def writes(text: str) -> Iterator[tuple[int, str]]:
    """Yield each call of a module that could write a file, with its line."""
    tree = ast.parse(text)
    names = dict(imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (what := written_by(node, names)):
            yield node.lineno, what


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that a module gives to Python's modules and to what is in them, with what they stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def written_by(call: ast.Call, names: dict[str, str]) -> str:
    """Return what a call is that could write a file, nothing where it could not."""
    function = call.func
    whole = ast.unparse(function)
    head, _, rest = whole.partition(".")
    whole = names.get(head, head) + (f".{rest}" if rest else "")
    module, _, name = whole.rpartition(".")
    if whole in NO_FILES:
        return ""
    if module in OF_MODULES and OF_MODULES[module] & {name, "*"}:
        return "" if call.args and ast.unparse(call.args[0]) == NOWHERE else whole
    if whole in OPENERS or whole == "open":
        return f"{whole} to write" if set(mode_of(call, 1)) & set("wax+?") else ""
    if not isinstance(function, ast.Attribute) or module in OF_MODULES:
        return ""
    if function.attr == "open" and set(mode_of(call, 0)) & set("wax+?") and len(call.args) < 2:
        return "open to write"
    # Texts have a `replace` of two arguments, paths one of one.
    is_path = function.attr == "replace" and len(call.args) == 1 and not call.keywords
    return function.attr if function.attr in METHODS or is_path else ""


def test_no_file_is_written_by_another_hand() -> None:
    offenders = [
        f"{name}:{line}: {what}" for name, text in SOURCES.items() if name not in HANDS for line, what in writes(text)
    ]
    assert not offenders, "use read/files:\n" + "\n".join(offenders)


@pytest.mark.parametrize(
    "code",
    [
        "path.write_text(text)",
        "(folder / 'a').write_bytes(content)",
        "open('a', 'w')",
        "open('a', mode='ab')",
        "open('a', how)",
        "path.open('x')",
        "path.open(mode='r+')",
        "import os\nos.replace(a, b)",
        "import os\nos.open(a, os.O_WRONLY)",
        "from os import rename as moved\nmoved(a, b)",
        "a.rename(b)",
        "a.replace(b)",
        "path.touch()",
        "path.unlink()",
        "folder.mkdir()",
        "import shutil\nshutil.move(a, b)",
        "from shutil import copyfile\ncopyfile(a, b)",
        "import gzip\ngzip.open(a, 'wt')",
        "import gzip\ngzip.GzipFile(a, 'w')",
        "import io\nio.open(a, 'w')",
        "import tempfile\ntempfile.NamedTemporaryFile()",
        "import json\njson.dump(a, b)",
        "import sqlite3\nsqlite3.connect(a)",
        "import subprocess\nsubprocess.run(a)",
        "frame.to_csv(a)",
    ],
)
def test_whatever_writes_is_seen(code: str) -> None:
    assert list(writes(code))


@pytest.mark.parametrize(
    "code",
    [
        "open('a')",
        "path.open('rb')",
        "path.open(newline='', encoding='utf-8')",
        "text.replace('a', 'b')",
        "import os\nos.open(os.devnull, os.O_WRONLY)",
        "import csv, io\ncsv.writer(io.StringIO())",
        "import gzip\ngzip.compress(a)",
        "import webbrowser\nwebbrowser.open(address)",
        "import attrs\nattrs.evolve(a)",
    ],
)
def test_what_writes_no_file_passes(code: str) -> None:
    assert not list(writes(code))

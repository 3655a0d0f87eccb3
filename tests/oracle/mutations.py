"""How much of reading, storing and assigning calls the tests hold: ``python -m tests.oracle.mutations [N] [SEED]``.

A seeded sample of small faults, one at a time, in a copy of the house: a comparison turned or moved by one, a number
one more, a condition or an operand dropped, two arguments or two columns swapped, in SQL too. A fault is found when one
of a quick set of tests fails, or does not come to an end. What is not found is printed; an unfound fault that changes
nothing whatever stands in ``EQUIVALENT``, with the reason.
"""

import ast
import os
import random
import re
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

# Loaded once, for every fault: a test process of its own would spend most of its time on these.
import hypothesis.strategies  # noqa: F401
import numpy  # noqa: F401
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet  # noqa: F401
import pytest
import sqlite_utils  # noqa: F401

ROOT = Path(__file__).parents[2]
ENGINE = "engine/permanence"
ROOMS = ("read/calls/*.py", "store/call*.py", "bill/measure/*.py", "model/records.py", "on_file.py")
TESTS = (
    "tests/oracle/test_every_column_reaches_the_bill.py",
    "tests/oracle/test_calls_from_records.py",
    "tests/bill/test_rate_*.py",
    "tests/read/test_calls*.py",
    "tests/store/test_*call*.py",
    "tests/read/test_work_files.py",
    "tests/bill/test_one_call.py",
    "tests/cli/test_calls_*.py",
    "tests/cli/test_legs.py",
    "tests/cli/test_incomplete_month.py",
    "tests/cli/test_usage_command.py",
)
"""What finds faults fastest stands first."""
LONGEST = 300
"""Seconds after which a fault that lets no test end counts as found."""
PIECES = {"BATCH", "CHUNK", "BLOCK", "IN_CACHE", "SHOWN", "LONGEST_TEXT", "LONGEST", "MARGIN", "PLACE_BITS"}
"""How much is looked at together, or shown: other numbers come to the same."""
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
OTHER = {
    one: two
    for pair in (
        ("account", "number"),
        ("wait_seconds", "talk_seconds"),
        ("wait", "talk"),
        ("status", "direction"),
        ("language", "tags"),
        ("source", "linked_id"),
        ("call_id", "caller"),
        ("start_utc", "end_utc"),
    )
    for one, two in (pair, pair[::-1])
}
"""Columns that could be taken for each other."""
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|WHERE|JOIN|ORDER BY)\b")
SQL_SIGNS = (
    (">=", ">"),
    ("<", "<="),
    (" IS NOT ", " IS "),
    ("duplicate", "refused"),
    ("DO NOTHING", "DO UPDATE SET line = 0"),
)
EQUIVALENT: dict[str, str] = {
    "read/calls/call_files.py: operand 2 dropped in "
    "`if not path.is_file() or (None not in sizes and path.stat().st_size not in sizes):`": "a needless digest",
    "read/calls/delimited.py: Add → Sub in `torn = len(table) + len(damaged) < len(numbers)`": "looked at more closely",
    'read/calls/work_lines.py: 0 → 1 in `line = content.count(b"\\n", 0, error.start) + 1`': "but for an empty line 1",
}
"""Faults that change nothing, as they are printed, and why."""
QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
Change = Callable[[ast.AST], None]


class Fault(NamedTuple):
    """A fault to be made in a file's text: the node, by its place in a walk through it, and what becomes of it."""

    path: str
    code: str
    node: int
    line: int
    what: str
    change: Change

    @property
    def text(self) -> str:
        """Return the fault as it is printed: without a line number, which moves."""
        return f"{self.path}: {self.what} in `{self.code.splitlines()[self.line - 1].strip()}`"


def faults_of(path: str) -> Iterator[Fault]:
    """Yield every fault that can be made in a file."""
    code = (ROOT / ENGINE / path).read_text(encoding="utf-8")
    tree = ast.parse(code)
    left_alone = set(_left_alone(tree))
    for number, node in enumerate(ast.walk(tree)):
        if id(node) not in left_alone:
            for what, change in _changes(node):
                yield Fault(path, code, number, getattr(node, "lineno", 1), what, change)


def _left_alone(tree: ast.AST) -> Iterator[int]:
    """Yield what no fault is made in: docstrings, annotations, decorators, imports, sizes of pieces."""
    for node in ast.walk(tree):
        inside: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.append(node)
        if isinstance(node, ast.FunctionDef):
            inside += [node.returns, *node.decorator_list]
        if isinstance(node, ast.ClassDef):
            inside += [*node.decorator_list, *node.bases]
        if isinstance(node, ast.arg | ast.AnnAssign):
            inside.append(node.annotation)
        if isinstance(node, ast.Assign) and {one.id for one in node.targets if isinstance(one, ast.Name)} & PIECES:
            inside.append(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Problem", "cast", "C", "CallColumn"):
            inside.append(node)
        yield from (id(below) for one in inside if one for below in ast.walk(one))


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    yield from _signs(node)
    yield from _conditions(node)
    if isinstance(node, ast.Constant):
        yield from _constants(node.value)
    if isinstance(node, ast.Attribute) and node.attr in OTHER:
        yield f"{node.attr} → {OTHER[node.attr]}", _put("attr", OTHER[node.attr])
    if isinstance(node, ast.Call):
        for place in range(len(node.args) - 1):
            if not any(isinstance(one, ast.Starred) for one in node.args[place : place + 2]):
                yield f"arguments {place + 1} and {place + 2} swapped", _swap(place)


def _signs(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for place, sign in enumerate(node.ops):
            if type(sign) in TURNED:
                yield _named(sign), _set_operand("ops", place, TURNED[type(sign)])
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in TURNED:
        yield _named(node.op), _set("op", TURNED[type(node.op)])


def _conditions(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.BoolOp):
        for place in range(len(node.values)):
            yield f"operand {place + 1} dropped", _drop(place)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield "right side dropped", lambda one: setattr(one, "right", one.left)  # type: ignore[attr-defined]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield "not dropped", lambda one: setattr(one, "operand", ast.UnaryOp(one.op, one.operand))  # type: ignore[attr-defined]
    if isinstance(node, ast.If | ast.IfExp):
        yield "condition turned", lambda one: setattr(one, "test", ast.UnaryOp(ast.Not(), one.test))  # type: ignore[attr-defined]


def _constants(value: object) -> Iterator[tuple[str, Change]]:
    if isinstance(value, bool):
        yield f"{value} turned", _put("value", not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", _put("value", value + 1)
    elif isinstance(value, str):
        if value in OTHER:
            yield f'"{value}" → "{OTHER[value]}"', _put("value", OTHER[value])
        elif SQL.search(value):
            yield from _sql(value)


def _sql(value: str) -> Iterator[tuple[str, Change]]:
    for one, two in OTHER.items():
        for place, found in enumerate(re.finditer(rf"\b{one}\b", value)):
            changed = value[: found.start()] + two + value[found.end() :]
            yield f"SQL {one} {place + 1} → {two}", _put("value", changed)
    for one, two in SQL_SIGNS:
        if one in value:
            yield f"SQL {one.strip()} → {two.strip()}", _put("value", value.replace(one, two, 1))


def _named(sign: ast.AST) -> str:
    return f"{type(sign).__name__} → {TURNED[type(sign)].__name__}"


def _set(name: str, kind: type[ast.AST]) -> Change:
    return lambda node: setattr(node, name, kind())


def _put(name: str, value: object) -> Change:
    return lambda node: setattr(node, name, value)


def _set_operand(name: str, place: int, kind: type[ast.AST]) -> Change:
    return lambda node: getattr(node, name).__setitem__(place, kind())


def _drop(place: int) -> Change:
    def change(node: ast.AST) -> None:
        node.values.pop(place)  # type: ignore[attr-defined]

    return change


def _swap(place: int) -> Change:
    def change(node: ast.AST) -> None:
        args = node.args  # type: ignore[attr-defined]
        args[place], args[place + 1] = args[place + 1], args[place]

    return change


def made(fault: Fault) -> str:
    """Return a file's text with a fault."""
    tree = ast.parse(fault.code)
    fault.change(list(ast.walk(tree))[fault.node])
    return ast.unparse(ast.fix_missing_locations(tree))


def is_found(house: Path, fault: Fault) -> str:
    """Return which test finds a fault, "" when none does."""
    path = house / ENGINE / fault.path
    path.write_text(made(fault), encoding="utf-8")
    try:
        return failing(house)
    finally:
        path.write_text(fault.code, encoding="utf-8")


def failing(house: Path) -> str:
    """Return which test fails first in a house, "" when none does."""
    told = house.parent / "told.txt"
    code = _ended(os.fork() or _run(house, told))
    if code is None:
        return "no end"
    failed = re.search(r"^(FAILED|ERROR) (\S+)", told.read_text(encoding="utf-8"), re.MULTILINE)
    return "" if code == 0 else failed[2] if failed else f"exit {code}"


def _run(house: Path, told: Path) -> int:
    """Run the tests in this process, which ends with them: what is not of the house is loaded already."""
    file = os.open(told, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.chdir(house)
    sys.dont_write_bytecode = True
    sys.path[:] = [*(str(house / one) for one in ("", "engine", "plugins")), *sys.path]
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "permanence")]:
        del sys.modules[name]
    tests = [str(one.relative_to(ROOT)) for pattern in TESTS for one in sorted(ROOT.glob(pattern))]
    code = 1
    try:
        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *QUIET, *tests]))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended(process: int) -> int | None:
    """Return how a process ended, None for one that does not within the longest time; it is killed."""
    for _ in range(LONGEST * 10):
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return None


def main(size: int, seed: int) -> int:
    """Print what is not found of a sample of so many faults, and the share that is; 1 when it is below 95 %."""
    paths = sorted({str(path.relative_to(ROOT / ENGINE)) for room in ROOMS for path in (ROOT / ENGINE).glob(room)})
    every = [fault for path in paths for fault in faults_of(path)]
    sample = random.Random(seed).sample(every, min(size, len(every)))
    found = same = 0
    with TemporaryDirectory() as name:
        house = Path(name, "house")
        shutil.copytree(
            ROOT, house, ignore=shutil.ignore_patterns(".venv*", ".git", ".hypothesis", "__pycache__", "out")
        )
        if (ROOT.parent / "shared").is_dir():
            (house.parent / "shared").symlink_to(ROOT.parent / "shared")
        if wrong := failing(house):
            # A fault that is found where nothing is right says nothing.
            print(f"without any fault {wrong} fails:", (house.parent / "told.txt").read_text(encoding="utf-8")[-2000:])
            return 2
        for fault in sample:
            by = is_found(house, fault)
            found, same = found + bool(by), same + (not by and fault.text in EQUIVALENT)
            print(
                f"{'found' if by else 'equivalent' if fault.text in EQUIVALENT else 'NOT FOUND'}: {fault.text}  {by}",
                flush=True,
            )
    share = found / max(1, len(sample) - same)
    print(f"{found} of {len(sample) - same} faults found ({share:.1%}), {same} change nothing; {len(every)} in all")
    return int(share < 0.95)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (*sys.argv[1:3], "80", "11")[:2])))

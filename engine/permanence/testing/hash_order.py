"""Whether an option answers the same however Python orders sets: it is asked in two processes that order otherwise."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from ..model.option import Option
from .kept import asked_of
from .option_cases import usual_calls, usual_month, windows_wanted
from .trial_month import columns, option_of

SEEDS = ("1", "2")
"""Two ways in which Python orders the texts of a set."""
ASKED = "from permanence.testing.hash_order import answer_here; answer_here()"
MAIN = "__mp_main__"
"""What a script is called where another process loads it, so that its `if __name__ == "__main__":` is not run again."""
_here: list[str] = []
PARTS = ("measure()", "charge()", "prices() and promises()", "widen()")


def differs_by_hash(kind: type[Option], table: str) -> str | None:
    """Return which answers of an option hang on the order of a set; "" where none does.

    None for a class that no other process can load, such as one that is in no module's file: it is not tried.
    """
    if not is_in_a_file(kind):
        return None
    question = json.dumps([kind.__module__, sys.modules[kind.__module__].__file__, kind.__qualname__, table, sys.path])
    asked = [_started(seed) for seed in SEEDS]
    told = [one.communicate(question)[0] for one in asked]
    if any(one.returncode for one in asked) or not all(told):
        return None
    first, second = (json.loads(one) for one in told)
    return " and ".join(part for part, one, other in zip(PARTS, first, second, strict=True) if one != other)


def is_in_a_file(kind: type[Option]) -> bool:
    """Tell whether another process can load a class: whether it is in the file of a module, by its name."""
    path = getattr(sys.modules.get(kind.__module__), "__file__", None)
    return bool(path) and Path(path or "").is_file() and "<" not in kind.__qualname__


def answer_here() -> None:
    """Print all that an option answers which is named on standard input, as JSON."""
    name, path, qualified, table, folders = json.loads(sys.stdin.read())
    sys.path[:] = folders
    _here.append(qualified)
    with redirect_stdout(sys.stderr):  # what a module prints is no answer
        kind: Any = _loaded(MAIN if name == "__main__" else name, path)
        for part in qualified.split("."):
            kind = getattr(kind, part)
        option = option_of(kind, table)
        calls = columns(*usual_calls(option), windows=windows_wanted(option))
        answers = asked_of(option, calls, usual_month(option))
    print(json.dumps([repr(one) for one in answers]))


def answers_here() -> bool:
    """Tell whether this process only answers another one: a module that it loads is not to try its options again."""
    return bool(_here)


def _started(seed: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", ASKED], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environment
    )


def _loaded(name: str, path: str) -> ModuleType:
    """Return a module by its file, under its name: what imports it finds this one."""
    spec = spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

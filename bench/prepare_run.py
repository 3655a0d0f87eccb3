"""Make a month's files in a process of its own: ``python -m bench.prepare_run FOLDER CONTRACTS CALLS_EACH [csv]``.

They take a while: they are made once, and kept for as long as the modules that make them stay as they are.
"""

import hashlib
import inspect
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import ModuleType

from bench import call_file, legs_data, month_data
from bench import size as size_module
from bench.phases import Phases
from bench.size import Size

RULES = Path(__file__).parents[1] / "rules"


def main(folder: Path, size: Size, *, csv: bool) -> None:
    """Make contract files and calls, as a CSV and with links too if asked for, and bring rule files as they are now."""
    kept(folder, [month_data, size_module], partial(month_data.write_month, size=size))
    shutil.copytree(RULES, folder / "rules", dirs_exist_ok=True)
    if csv:
        kept(folder / "csv", [call_file], partial(call_file.write_call_file, month=folder))
        kept(folder / "legs", [legs_data], partial(legs_data.write_legs, month=folder))
    Phases().tell()


def kept(folder: Path, makers: Iterable[ModuleType], make: Callable[[Path], None]) -> None:
    """Have ``make`` fill a folder, unless modules with the same text filled it before."""
    text = "".join(inspect.getsource(maker) for maker in makers)
    made_by, recipe = folder / "made-by", hashlib.sha256(text.encode()).hexdigest()
    if not made_by.exists() or made_by.read_text(encoding="utf-8") != recipe:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        made_by.write_text(recipe, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Size(int(sys.argv[2]), int(sys.argv[3])), csv="csv" in sys.argv[4:])

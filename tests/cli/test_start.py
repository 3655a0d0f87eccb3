"""What a command waits for before it begins: only what it needs is loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULE = str(ROOT / "rules" / "essentielle-2023-01-01.toml")
TOLD = "import json, sys; print(json.dumps(sorted(sys.modules)))"
RUN = "from permanence.cli.main import main; main({}, standalone_mode=False)"
FACE = "from permanence import FactField, Micros, Option, OptionKind, QuotedPrice, Words, frozen, hookimpl, key"
HEAVY = {"datasette", "holidays.countries.germany", "icalendar", "pyarrow", "sqlite_utils"}


def loaded(code: str) -> set[str]:
    """Return the modules that a new process has loaded once it has run some code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\n{TOLD}"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return set(json.loads(told.splitlines()[-1]))


def help_of(*words: str) -> str:
    return f"try:\n    {RUN.format([*words, '--help'])}\nexcept SystemExit:\n    pass"


def test_help_loads_no_command_and_no_number_crunching() -> None:
    modules = loaded(help_of())
    assert not {name for name in modules if name.startswith("permanence.cli.commands.")}
    assert not modules & {*HEAVY, "numpy", "rich", "holidays"}


def test_a_check_loads_no_database_no_columns_and_no_other_country(tmp_path: Path) -> None:
    modules = loaded(RUN.format(["check", RULE, "--contracts", str(tmp_path)]))
    assert "permanence.cli.commands.check" in modules
    assert not modules & HEAVY


@pytest.mark.parametrize("code", [FACE, "import permanence"], ids=["what plugins import", "the product's name"])
def test_the_face_for_plugin_authors_loads_no_numpy_and_no_command_line(code: str) -> None:
    assert not loaded(code) & {*HEAVY, "numpy", "click", "rich"}


def test_the_face_has_each_of_its_names_and_no_other() -> None:
    import permanence

    assert all(getattr(permanence, name) is not None for name in permanence.__all__)
    assert set(permanence.__all__) <= set(dir(permanence))
    with pytest.raises(AttributeError, match="has no attribute 'Book'"):
        permanence.Book  # noqa: B018

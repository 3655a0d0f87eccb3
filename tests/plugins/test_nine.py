"""Nine options as an outside developer would write them: each a page at most, in an offer that proves itself."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from permanence.offers.check.files import check_files
from permanence.plugin_manager import Plugins
from permanence_options import round_the_clock, shared_agenda

FOLDER = Path(__file__).parent / "nine"
NINE = sorted(path.stem for path in FOLDER.glob("*.toml"))
A_PAGE = 60


def module(name: str) -> ModuleType:
    return import_module(f"tests.plugins.nine.{name}")


def plugins(name: str) -> Plugins:
    return Plugins.of(module(name), round_the_clock, shared_agenda)


def test_there_are_nine() -> None:
    assert len(NINE) == 9
    assert {path.stem for path in FOLDER.glob("*.py")} == {*NINE, "__init__"}


@pytest.mark.parametrize("name", NINE)
def test_each_is_a_page_at_most_and_imports_from_permanence_alone(name: str) -> None:
    lines = (FOLDER / f"{name}.py").read_text("utf-8").splitlines()
    assert len(lines) <= A_PAGE
    imported = {line.split()[1] for line in lines if line.startswith(("from ", "import "))}
    assert imported <= {"permanence", "collections.abc", "typing"}


@pytest.mark.parametrize("name", NINE)
def test_an_offer_that_sells_it_is_proved_without_a_warning(name: str, tmp_path: Path) -> None:
    file = FOLDER / f"{name}.toml"
    found = check_files([file], FOLDER, tmp_path, plugins(name)).problems
    assert [str(problem) for problem in found] == []

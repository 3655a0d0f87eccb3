"""`permanence new-option` writes a distribution that installs, and whose tests pass at once, whatever its kind."""

import json
import os
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from permanence.cli.main import main
from permanence.testing import conform
from permanence.testing.new_option import KINDS

ROOT = Path(__file__).parents[2]
NAMES = ("--label", "Réception de fax", "--english", "Faxes received")
COUNTING = [kind for kind in KINDS if KINDS[kind].counts]
NUMBERED = ("--unit", "pages", "--number", "pages")


def written(folder: Path, *words: str, answers: str | None = None) -> Path:
    """Return the folder of a distribution that the command has written."""
    result = CliRunner().invoke(main, ["new-option", *words, "--folder", str(folder)], input=answers)
    assert result.exit_code == 0, result.output
    (made,) = folder.iterdir()
    return made


def module(path: Path, name: str) -> ModuleType:
    made = ModuleType(name)
    made.__file__ = str(path)
    exec(compile(path.read_text("utf-8"), str(path), "exec"), made.__dict__)
    return made


@pytest.mark.parametrize(
    ("kind", "counted"), [*((kind, ()) for kind in KINDS), *((kind, NUMBERED) for kind in COUNTING)]
)
def test_its_tests_pass_as_it_is_written(
    kind: str, counted: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = written(tmp_path, "fax_in", "--kind", kind, *NAMES, *counted, "--yes")
    monkeypatch.setitem(sys.modules, "permanence_fax_in", module(home / "permanence_fax_in.py", "permanence_fax_in"))
    tests = vars(module(home / "tests" / "test_permanence_fax_in.py", "tests_of_it"))
    tests["conform"] = partial(conform, examples=3, calls=1000)
    ran = [tests[name]() for name in tests if name.startswith("test_")]
    assert len(ran) == 2


def test_it_installs_under_the_name_of_its_entry_point(tmp_path: Path) -> None:
    home = written(tmp_path / "made", "fax", "--kind", "steps", *NAMES, *NUMBERED, "--yes")
    build = "import setuptools.build_meta as b; b.prepare_metadata_for_build_wheel('.')"
    listed = "from permanence.plugin_manager import Plugins; print(Plugins.installed().registered['fax'].distribution)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(home), *sys.path))}
    for code in (build, listed):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=home, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "permanence-fax 0.1"


def test_what_is_written_has_the_form_of_our_own_code(tmp_path: Path) -> None:
    for kind in KINDS:
        written(tmp_path / kind, f"fax_{kind.replace('-', '_')}", "--kind", kind, *NAMES, "--yes")
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff[:3], *command, *ruff[3:], str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_not_said_is_asked(tmp_path: Path) -> None:
    answers = "per-use\nRéception de fax\nFaxes received\npages\npages\n"
    home = written(tmp_path, "fax", answers=answers)
    assert 'calls.amounts("pages")' in (home / "permanence_fax.py").read_text("utf-8")
    assert tomllib.loads((home / "option.toml").read_text("utf-8")) == {"option": {"fax": {"price": "0.20"}}}
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"][0].startswith("permanence>=")
    assert project["entry-points"] == {"permanence": {"fax": "permanence_fax"}}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Fax", "--yes"), 'the option cannot be called "Fax"'),
        (("class", "--yes"), 'the option cannot be called "class"'),
        (("fax", "--kind", "per-use", "--unit", "bidules", "--yes"), '"bidules" is no unit that has a singular'),
        (("fax", "--kind", "per-use", "--number", "a b", "--yes"), 'the number cannot be called "a b"'),
        (("fax", "--label", 'a"b', "--yes"), "is no name for customers"),
        (("sms", "--yes"), 'the option "sms" is installed already'),
        (("fax",), 'no answer to "What it is charged by"'),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new-option", *words, "--folder", str(tmp_path)], input="")
    assert result.exit_code == 1
    assert told in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    home = written(tmp_path, "fax", "--yes")
    (home / "README.md").write_text("mine", "utf-8")
    result = CliRunner().invoke(main, ["new-option", "fax", "--yes", "--folder", str(tmp_path)])
    assert (result.exit_code, "is there already" in result.output) == (1, True)
    assert (home / "README.md").read_text("utf-8") == "mine"


def test_scripts_read_which_files_were_written(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new-option", "fax", "--yes", "--folder", str(tmp_path), "--json"])
    made = json.loads(result.output)
    assert [Path(name).is_file() for name in made["files"]] == [True] * 5
    assert Path(made["folder"]).name == "permanence-fax"

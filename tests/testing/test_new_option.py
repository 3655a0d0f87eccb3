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
from permanence.testing.new_coverage import new_windows
from permanence.testing.new_option import KINDS, what_is_counted

ROOT = Path(__file__).parents[2]
NAMES = ("--label", "Réception de fax", "--english", "Faxes received")
COUNTING = [kind for kind in KINDS if KINDS[kind].counts]
LUNCH = ("--days", "mon-fri", "--hours", "19:00-21:00")
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
    ("kind", "counted"),
    [*((kind, ()) for kind in KINDS), *((kind, NUMBERED) for kind in COUNTING), ("coverage", LUNCH)],
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
    words = ("--unit", "colis", "--unit-words", "colis, colis, parcel, parcels")
    written(tmp_path / "unit", "parcel", "--kind", "steps", *words, *NAMES, "--yes")
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--ignore", "RUF012"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff[:3], *command, *ruff[3:], str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_not_said_is_asked(tmp_path: Path) -> None:
    answers = "per-use\nRéception de fax\nFaxes received\npages\npages\nPages reçues\n"
    home = written(tmp_path, "fax", answers=answers)
    text = (home / "permanence_fax.py").read_text("utf-8")
    assert 'calls.amounts("pages")' in text
    assert '"usage.fax", "number", "Pages reçues", "pages"' in text
    assert tomllib.loads((home / "option.toml").read_text("utf-8")) == {"option": {"fax": {"price": "0.20"}}}
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"][0].startswith("permanence>=")
    assert project["entry-points"] == {"permanence": {"fax": "permanence_fax"}}


def test_a_unit_that_nobody_knows_has_words_of_its_own(tmp_path: Path) -> None:
    answers = "per-use\nColis reçus\nParcels\ncolis\ncolis, colis, parcel, parcels\n\n\n"
    home = written(tmp_path, "parcels", answers=answers)
    own = 'units = {"colis": Unit(Words("colis", "parcel"), Words("colis", "parcels"))}'
    assert own in (home / "permanence_parcels.py").read_text("utf-8")


IDS = ("fax-pages", "Fax", "none", "option", "words", "key", "iterator", "_x")
"""What the engine takes for an id: with signs that Python has not, names of Python's and of ours."""


@pytest.mark.parametrize("name", IDS)
def test_each_id_that_an_option_may_have_is_one_to_start_with(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = written(tmp_path, name, "--kind", "steps", *NAMES, "--yes")
    (path,) = home.glob("*.py")
    monkeypatch.setitem(sys.modules, path.stem, module(path, path.stem))
    tests = vars(module(next(home.glob("tests/*.py")), "tests_of_it"))
    tests["conform"] = partial(conform, examples=1, calls=1000)
    assert [tests[one]() for one in tests if one.startswith("test_")] == [None, None]


@pytest.mark.parametrize(
    ("days", "hours", "opened"),
    [
        ("mon-fri", "12:00-14:00", ["mon-fri 12:00-14:00"]),
        ("sat", "20:00-00:00", ["sat 20:00-24:00"]),
        ("sat", "20:00-24:00", ["sat 20:00-24:00"]),
        ("fri", "20:00-03:00", ["fri 20:00-24:00", "sat 00:00-03:00"]),
        ("sun,holiday", "20:00-03:00", ["sun,holiday 20:00-24:00", "mon,holiday 00:00-03:00"]),
        ("mon-sun,holiday", "20:00-07:00", ["mon-sun,holiday 20:00-24:00", "mon-sun,holiday 00:00-07:00"]),
    ],
)
def test_it_opens_the_hours_that_are_asked_for(days: str, hours: str, opened: list[str]) -> None:
    assert [f"{one.days} {one.hours}" for one in new_windows(days, hours)] == opened


def test_what_it_counts_is_proposed_in_french() -> None:
    told = [what_is_counted("Réception de fax", unit) for unit in ("pages", "appels", "s")]
    assert told == [f"Réception de fax : nombre {of}" for of in ("de pages", "d'appels", "de secondes")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("my.fax", "--yes"), 'its id is "my.fax", and must be letters, digits, _ and - as in [option.<id>]'),
        (("import", "--yes"), 'its id is "import", which no condition of a rule can name: "import" is a word of'),
        (("24h", "--yes"), 'its id is "24h", which no condition of a rule can name: begin with a letter'),
        (("f" * 41, "--yes"), "which has more than 40 signs"),
        (("calls", "--kind", "per-use", "--yes"), 'the fact "usage.calls" is the engine\'s own'),
        (("transferred", "--kind", "per-use", "--yes"), 'the option "transfer" measures usage.transferred already'),
        (
            ("fax", "--kind", "per-use", "--unit", "bidules", "--yes"),
            'the unit "bidules" of option "fax" has no singular and plural',
        ),
        (("fax", "--kind", "per-use", "--unit", "bidules", "--yes"), "--unit-words 'colis, colis, parcel,"),
        (("fax", "--kind", "per-use", "--unit", "colis", "--unit-words", "colis", "--yes"), '"colis" are no words of'),
        (
            ("fax", "--kind", "per-use", "--unit-words", "a, b, c, d", "--yes"),
            'of the unit "appels" are known',
        ),
        (("fax", "--kind", "once", "--number", "n", "--days", "sat"), "the kind once has no --number and no --days"),
        (("fax", "--kind", "per-use", "--unit", "page", "--yes"), 'write "pages"'),
        (("fax", "--kind", "per-use", "--counted", 'a"b', "--yes"), "is no name"),
        (("fax", "--kind", "coverage", "--hours", "noon", "--yes"), '"noon" is not a stretch of hours'),
        (("fax", "--kind", "coverage", "--hours", "20:00-25:00", "--yes"), '"20:00-25:00" goes past 24:00'),
        (("fax", "--kind", "coverage", "--days", "someday", "--yes"), '"someday" is not a day'),
        (("fax", "--kind", "per-use", "--number", "a b", "--yes"), 'the number cannot be called "a b"'),
        (("fax", "--label", 'a"b', "--yes"), "is no name"),
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

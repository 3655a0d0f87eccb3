"""The wheel is the whole product: installed elsewhere, with a plugin from outside, it does its work."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from permanence.cli.main import main

from tests.docs.documents import README, blocks

ROOT = Path(__file__).parents[2]
PLUGINS_PAGE = ROOT / "docs" / "plugins.md"
OURS = {"permanence", "permanence_options", "pytest_permanence"}
QUIET = {name: text for name, text in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "PYTEST", "COV_"))}
PIP = (sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--quiet")


def run(*command: str | Path, folder: Path) -> str:
    """Return what a command prints; fail with all that it said when it fails."""
    done = subprocess.run(command, cwd=folder, env=QUIET, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}"
    return done.stdout


def files_of_the_checkout() -> list[str]:
    """Return the project's own files, not what commands made; those that are not yet committed too."""
    git = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip(f"no checkout: {listed.stderr}")
    return [name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def build(source: Path, folder: Path) -> Path:
    """Return the wheel of a distribution, built without the network."""
    run(*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, source, folder=source)
    (wheel,) = folder.iterdir()
    return wheel


def with_all_they_need(requirements: Iterable[str]) -> dict[str, Distribution]:
    """Return the distributions of this environment that are named, and what these need in turn, by their names."""
    found: dict[str, Distribution] = {}
    asked = list(requirements)
    while asked:
        name = re.split(r"[^A-Za-z0-9._-]", asked.pop())[0]
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or Python; if not, installing the wheel says so
        asked += [text for text in found[name].requires or () if "extra ==" not in text]
    return found


CALLS = """call_id,number,start,wait_seconds,talk_seconds,status,details
1,+33199000001,2026-10-05T10:00:00+02:00,3,60,answered,"{""pages"": 2}"
2,+33199000001,2026-10-06T10:00:00+02:00,3,60,answered,"{""pages"": 4}"
3,+33199000001,2026-10-07T10:00:00+02:00,3,60,answered,
"""


class Machine:
    """A fresh environment that has what the product needs, and nothing of the product but its wheel."""

    def __init__(self, folder: Path) -> None:
        self.environment, self.desk = folder / "environment", folder / "desk"
        venv.create(self.environment, with_pip=False)
        self.python = self.environment / "bin" / "python"
        self.site = Path(self.runs("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder))
        shutil.copytree(ROOT / "rules", self.desk / "rules")

    def borrows(self, requirements: Iterable[str]) -> None:
        """Link distributions of the environment that runs the tests: durable-rules alone would take a compiler."""
        for found in with_all_they_need(requirements).values():
            for name in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
                if not (self.site / name).exists():
                    (self.site / name).symlink_to(Path(str(found.locate_file(name))).absolute())

    def installs(self, *wheels: Path) -> None:
        """Install wheels; what they need must be there already."""
        run(*PIP, "--python", self.python, "install", "--no-index", *wheels, folder=self.desk)

    def runs(self, *words: str | Path, folder: Path | None = None) -> str:
        """Return what Python prints there."""
        return run(self.python, *words, folder=folder or self.desk).strip()

    def permanence(self, *words: str, folder: Path | None = None) -> str:
        """Return what the command prints there."""
        return run(self.environment / "bin" / "permanence", *words, folder=folder or self.desk)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clean copy of the checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in files_of_the_checkout():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this project."""
    return build(checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the README's plugin, made a distribution as docs/plugins.md says."""
    source = tmp_path_factory.mktemp("long-calls")
    [module] = blocks(README, "python")
    [project] = (block for block in blocks(PLUGINS_PAGE, "toml") if block.text.startswith("[project]"))
    (source / "long_calls.py").write_text(module.text, encoding="utf-8")
    text = project.text.replace("saturday_afternoon", "long_calls").replace("saturday", "long-calls")
    (source / "pyproject.toml").write_text(text, encoding="utf-8")
    return build(source, tmp_path_factory.mktemp("plugin"))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of a distribution as `permanence new-option` writes it."""
    folder = tmp_path_factory.mktemp("started")
    counted = ["--kind", "per-use", "--unit", "pages", "--number", "pages", "--yes"]
    result = CliRunner().invoke(main, ["new-option", "fax-pages", *counted, "--folder", str(folder)])
    assert result.exit_code == 0, result.output
    return build(folder / "permanence-fax-pages", tmp_path_factory.mktemp("fax-pages"))


@pytest.fixture(scope="module")
def machine(wheel: Path, plugin: Path, started: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return a machine with the three wheels, and pytest."""
    fresh = Machine(tmp_path_factory.mktemp("machine"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fresh.borrows([*project["dependencies"], "pytest"])
    fresh.installs(wheel, plugin, started)
    return fresh


def installed(wheel: Path) -> list[str]:
    """Return the files that a wheel puts beside other packages, without those that describe it."""
    with ZipFile(wheel) as packed:
        return [name for name in packed.namelist() if ".dist-info/" not in name]


def test_the_wheel_has_three_names_and_no_more(wheel: Path) -> None:
    assert {PurePosixPath(name).parts[0].removesuffix(".py") for name in installed(wheel)} == OURS


def test_each_file_of_the_engine_and_its_plugins_is_in_the_wheel_and_no_other(wheel: Path) -> None:
    roots = ("engine/", "plugins/")
    ours = [name.partition("/")[2] for name in files_of_the_checkout() if name.startswith(roots)]
    assert {PurePosixPath(name).suffix for name in ours} >= {".py", ".toml", ".html", ".css", ".svg", ".sql"}
    assert sorted(installed(wheel)) == sorted(ours)


def test_what_runs_elsewhere_comes_from_the_wheel(machine: Machine) -> None:
    for name in sorted(OURS):
        place = machine.runs("-c", f"import {name}; print({name}.__file__)")
        assert Path(place).is_relative_to(machine.environment), f"{name} comes from {place}"
    assert machine.runs("-m", "permanence", "--version") == machine.permanence("--version").strip()


def test_rules_are_checked_elsewhere(machine: Machine) -> None:
    told = machine.permanence("check")
    assert told.startswith("Offers without a problem")
    versions = {found.replace("@", "-") for found in re.findall(r"^\S+@\d{4}-\d\d-\d\d", told, re.MULTILINE)}
    assert versions == {path.stem for path in machine.desk.glob("rules/*.toml")}


def test_an_option_from_outside_is_offered_beside_ours(machine: Machine) -> None:
    told = machine.permanence("options")
    assert "[option.long_calls] Appels longs · permanence-long-calls 1.0\n" in told
    assert re.search(r"^\[option\.bilingual\] .* · permanence \d", told, re.MULTILINE)


def test_an_option_that_was_started_is_sold_and_bills_a_month_elsewhere(machine: Machine, tmp_path: Path) -> None:
    assert "[option.fax-pages] Fax-pages · permanence-fax-pages 0.1\n" in machine.permanence("options")

    def permanence(*words: str) -> str:
        return machine.permanence(*words, folder=tmp_path)

    permanence("new-offer", "faxes", "--sold-from", "2026-01-01", "--yes")
    (rules,) = tmp_path.glob("rules/*.toml")
    rules.write_text(f'{rules.read_text("utf-8")}\n[option.fax-pages]\nprice = "0.20"\n', "utf-8")
    permanence("check", "--write-examples")
    asked = ("faxes", "--for", "Salon Rouge", "--calls", "5", "--option", "fax-pages")
    permanence("quote", *asked, "--on", "2026-10-01", "--save", "quotes")
    (quote,) = tmp_path.glob("quotes/*.toml")
    permanence("sign", str(quote), "--line", "+33199000001", "--on", "2026-10-01", "--live", "2026-10-01")
    (tmp_path / "calls.csv").write_text(CALLS, "utf-8")
    permanence("calls", "import", "calls.csv")
    permanence("bill", "2026-10", "--on", "2026-11-01", "--incomplete")
    lines = json.loads(permanence("explain", "2026-10-C0001", "--json"))["lines"]
    assert [(one["label"], one["quantity"], one["amount_cents"]) for one in lines][1:] == [("Fax-pages", 6, 120)]


def test_pytest_plays_the_examples_elsewhere(machine: Machine) -> None:
    examples = sum(path.read_text(encoding="utf-8").count("[[example]]") for path in machine.desk.rglob("*.toml"))
    told = machine.runs("-m", "pytest", "rules", "-q", "-p", "no:cacheprovider")
    assert f"{examples + len(list(machine.desk.rglob('*.toml')))} passed" in told


def test_the_pages_that_are_printed_have_their_templates(machine: Machine) -> None:
    machine.permanence("describe", "essentielle", "--html", "offer.html")
    machine.permanence("quote", "essentielle", "--for", "Garage du Parc", "--calls", "180", "--html", "quote.html")
    assert all((machine.desk / name).stat().st_size > 1000 for name in ("offer.html", "quote.html"))

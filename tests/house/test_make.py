"""What a fresh machine sees: one sentence on what to install, or the commands of the demo in their order."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SH = shutil.which("sh") or "/bin/sh"
Run = subprocess.CompletedProcess[str]
MAKE = shutil.which("make")
DEBIAN = "`sudo apt install build-essential python3-dev python3-venv`, then try again."


class Machine:
    """A machine with nothing on its PATH but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.headers = folder / "include"
        self.home = folder / "home"
        for path in (self.bin, self.headers, self.home):
            path.mkdir()
        self.has("uname", "echo Linux")

    def has(self, name: str, script: str) -> None:
        """Put a command on the machine."""
        path = self.bin / name
        path.write_text(f"#!{SH}\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def has_tools(self, *names: str) -> None:
        """Put some of this machine's own commands on it."""
        for name in names:
            (self.bin / name).symlink_to(shutil.which(name) or name)

    def has_python(self, name: str, *, new_enough: bool = True, venv: bool = True, headers: bool = True) -> None:
        """Put a Python on it that says of itself what the preflight asks."""
        if headers:
            (self.headers / "Python.h").touch()
        self.has(
            name,
            f"""case "$2" in
                *version_info*) exit {int(not new_enough)} ;;
                *ensurepip*) exit {int(not venv)} ;;
                *CC*) echo cc ;;
                *include*) echo '{self.headers}' ;;
            esac""",
        )

    def runs(self, *command: str | Path, folder: Path = ROOT, **settings: str) -> Run:
        """Run a command there."""
        environment = {"PATH": str(self.bin), "HOME": str(self.home), **settings}
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    def finds_python(self, python: str = "") -> Run:
        """Run the preflight."""
        return self.runs(SH, ".ci/find-python", PYTHON=python)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_complete_machine_gives_its_newest_python(machine: Machine) -> None:
    machine.has("cc", "exit 0")
    machine.has_python("python3")
    machine.has_python("python3.12")
    found = machine.finds_python()
    assert (found.returncode, found.stdout, found.stderr) == (0, "python3.12\n", "")


def test_a_command_that_exists_but_does_not_run_is_passed_over(machine: Machine) -> None:
    machine.has("cc", "exit 0")
    machine.has("python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    machine.has_python("python3")
    assert machine.finds_python().stdout == "python3\n"


def test_a_python_without_headers_is_passed_over_for_one_that_has_them(machine: Machine) -> None:
    machine.has("cc", "exit 0")
    machine.has_python("python3")
    machine.has_python("python3.13", venv=False)
    assert machine.finds_python().stdout == "python3\n"


def test_without_a_compiler_one_sentence_says_what_to_install(machine: Machine) -> None:
    machine.has_python("python3")
    found = machine.finds_python()
    assert found.returncode == 1
    assert found.stderr == (
        f"Permanence needs a C compiler, for durable-rules is built from source: install it with {DEBIAN}\n"
    )


def test_without_headers_one_sentence_says_what_to_install(machine: Machine) -> None:
    machine.has("cc", "exit 0")
    machine.has_python("python3", headers=False)
    found = machine.finds_python()
    assert found.returncode == 1
    assert found.stderr == (
        "Permanence needs the C headers of python3, for durable-rules is built from source: "
        f"install them with {DEBIAN}\n"
    )


def test_a_compiler_that_cannot_compile_is_no_compiler(machine: Machine) -> None:
    machine.has("cc", '[ "$1" = --version ]')
    machine.has_python("python3")
    assert machine.finds_python().stderr == (
        f"Permanence needs a C compiler that can read Python's headers, and cc cannot: install it with {DEBIAN}\n"
    )


def test_without_the_venv_module_one_sentence_says_what_to_install(machine: Machine) -> None:
    machine.has("cc", "exit 0")
    machine.has_python("python3", venv=False)
    assert machine.finds_python().stderr == (f"Permanence needs the venv module of python3: install it with {DEBIAN}\n")


def test_an_old_python_is_no_python(machine: Machine) -> None:
    machine.has_python("python3", new_enough=False)
    found = machine.finds_python()
    assert (found.returncode, found.stderr) == (1, f"Permanence needs Python 3.11 or newer: install it with {DEBIAN}\n")


def test_a_mac_is_told_the_commands_of_a_mac(machine: Machine) -> None:
    machine.has("uname", "echo Darwin")
    assert "`brew install python@3.13`, then try again." in machine.finds_python().stderr
    machine.has_python("python3")
    assert "`xcode-select --install`, then try again." in machine.finds_python().stderr


def test_the_python_that_is_asked_for_is_the_one_that_is_used(machine: Machine) -> None:
    machine.has("cc", "exit 0")
    machine.has_python("python3.13")
    machine.has_python("mine")
    assert machine.finds_python("mine").stdout == "mine\n"


@pytest.mark.skipif(MAKE is None, reason="make is not on this machine")
@pytest.mark.parametrize("target", ["demo", "test", "bench"])
def test_make_says_what_to_install_before_anything_else(machine: Machine, tmp_path: Path, target: str) -> None:
    fresh = tmp_path / "fresh"
    shutil.copytree(ROOT / ".ci", fresh / ".ci")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, fresh)
    machine.has_tools("sh", "touch")
    machine.has_python("python3")
    made = machine.runs(str(MAKE), target, folder=fresh)
    assert made.returncode != 0
    assert made.stdout == ""
    assert made.stderr.splitlines()[0].startswith("Permanence needs a C compiler")
    assert not (fresh / ".venv").exists()


@pytest.mark.skipif(MAKE is None, reason="make is not on this machine")
def test_make_alone_lists_what_it_can_make(machine: Machine) -> None:
    machine.has_tools("sh", "sed", "expand")
    listed = machine.runs(str(MAKE)).stdout
    assert [line.split()[1] for line in listed.splitlines()] == [
        "help",
        "demo",
        "test",
        "soak",
        "soak-tests",
        "test-all",
        "bench",
        "clean",
    ]


def test_the_demo_bills_two_months_and_says_how_to_browse(machine: Machine, tmp_path: Path) -> None:
    machine.has("permanence", ":")
    (tmp_path / "rules").mkdir()
    (tmp_path / "demo" / "from-before").mkdir(parents=True)
    ran = machine.runs(SH, ROOT / ".ci" / "demo", "bin", folder=tmp_path, PATH=os.defpath)
    assert (ran.returncode, ran.stderr) == (0, "")
    commands = [line.split()[2:4] for line in ran.stdout.splitlines() if line.startswith("$ permanence")]
    assert commands == [
        ["sample", "."],
        ["contracts", "import"],
        ["calls", "import"],
        ["bill", "2026-09"],
        ["bill", "2026-10"],
    ]
    assert "../bin/permanence browse" in ran.stdout
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["pytest.ini", "rules"]


def test_a_python_that_is_not_there_is_skipped_with_a_sentence(machine: Machine) -> None:
    ran = machine.runs(SH, ".ci/test-all")
    assert ran.returncode == 0
    assert "Python 3.12 is not on this machine: skipped.\n" in ran.stdout

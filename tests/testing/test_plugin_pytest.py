"""`pytest rules/`: examples are tests, failures are our own messages, and nobody else's files are touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_permanence import is_rule_file

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
ESSENTIELLE = "rules/essentielle-2023-01-01.toml"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a folder with our rule files."""
    shutil.copytree(RULES, pytester.path / "rules")
    return pytester


def run(project: pytest.Pytester, *words: str) -> pytest.RunResult:
    """Return what pytest prints where the plugin is installed."""
    return project.runpytest("-p", "pytest_permanence", "-o", "asyncio_default_fixture_loop_scope=function", *words)


def edit(project: pytest.Pytester, before: str, after: str, count: int = -1) -> None:
    path = project.path / ESSENTIELLE
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, count), "utf-8")


def test_every_example_is_a_test_and_the_rest_of_the_file_one_more(project: pytest.Pytester) -> None:
    result = run(project, "rules", "-v")
    examples = sum(path.read_text("utf-8").count("[[example]]") for path in RULES.glob("*.toml"))
    result.assert_outcomes(passed=examples + len(list(RULES.glob("*.toml"))))
    result.stdout.fnmatch_lines([f"{ESSENTIELLE}::one call more moves the month up a band PASSED*"])


def test_a_broken_example_fails_alone_with_our_own_message(project: pytest.Pytester) -> None:
    edit(project, 'total = "118.00"', 'total = "118.01"')
    result = run(project, ESSENTIELLE)
    result.assert_outcomes(passed=(RULES.parent / ESSENTIELLE).read_text("utf-8").count("[[example]]"), failed=1)
    result.stdout.fnmatch_lines(
        [
            '*: the example "options are lines of their own" expects 118,01*, but the rules make 118,00*',
            '    total = "118.01"',
            "            ^^^^^^^^",
            f"FAILED {ESSENTIELLE}::options are lines of their own*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*rule_tests.py*")


def test_a_count_that_is_wrong_in_a_table_of_its_own_is_that_example_s(project: pytest.Pytester) -> None:
    counts = '[example.counts]\n"usage.calls" = 2\n\n[[example]]'
    one = f'[[example]]\ntitle = "t"\ncalls = [{{ at = "2026-10-05 10:00" }}]\n\n{counts}'
    edit(project, "[[example]]", one, 1)
    result = run(project, ESSENTIELLE)
    result.assert_outcomes(passed=(RULES.parent / ESSENTIELLE).read_text("utf-8").count("[[example]]") + 1, failed=1)
    result.stdout.fnmatch_lines([f"FAILED {ESSENTIELLE}::t *"])


def test_examples_of_a_file_with_other_problems_are_not_said_to_pass(project: pytest.Pytester) -> None:
    edit(project, 'when = "contract.active"', 'when = "contract.activ"')
    result = run(project, ESSENTIELLE, "-rs")
    examples = (project.path / ESSENTIELLE).read_text("utf-8").count("[[example]]")
    result.assert_outcomes(failed=1, skipped=examples)
    result.stdout.fnmatch_lines(['*unknown fact "contract.activ"; did you mean "contract.active"[?]', '*see "check"'])


@pytest.mark.parametrize("wrong", ["sold_from = tomorrow", "sold_frm = 2023-01-01"])
def test_a_file_that_cannot_be_read_fails(project: pytest.Pytester, wrong: str) -> None:
    edit(project, "sold_from = 2023-01-01", wrong)
    result = run(project, ESSENTIELLE)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"{ESSENTIELLE}:*:*: *"])


def test_a_fault_inside_an_example_is_that_example_s(project: pytest.Pytester) -> None:
    edit(project, '["bilingual", "shared_agenda"]', '["bilingal", "shared_agenda"]')
    result = run(project, ESSENTIELLE)
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines([f"FAILED {ESSENTIELLE}::options are lines of their own*"])


def test_one_example_can_be_chosen(project: pytest.Pytester) -> None:
    result = run(project, f"{ESSENTIELLE}::one call more moves the month up a band")
    result.assert_outcomes(passed=1)


def test_a_signed_version_that_was_edited_fails(project: pytest.Pytester) -> None:
    contract = (ROOT / "contracts" / "exemple.toml").read_text("utf-8")
    offer = 'offer = "essentielle@2023-01-01"\n'
    (project.path / "contracts").mkdir()
    pinned = contract.replace(offer, f'{offer}digest = "{"0" * 64}"\n')
    (project.path / "contracts" / "one.toml").write_text(pinned, "utf-8")
    result = run(project, ESSENTIELLE)
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["*essentielle@2023-01-01 was edited after 1 contract signed it: EXEMPLE-1*"])


OTHERS = {
    "pyproject.toml": '[project]\nname = "x"\n',
    "shop.toml": '[offer]\nid = "x"\n',
    "format.toml": "format = 1\n[[contract]]\n",
    "newer.toml": "format = 12\n[offer]\n",
    "quoted.toml": 'format = "1"\n[offer]\n',
    "offer.txt": "format = 1\n[offer]\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_people_s_files_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(OTHERS[name], "utf-8")
    assert not is_rule_file(tmp_path / name)


@pytest.mark.parametrize(
    "text", ["format = 1\n[offer]\n", "format=1 # now\n[ offer ]\nid =\n", "[offer]\nformat = 1\n"]
)
def test_a_rule_file_is_known_however_broken_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.toml").write_text(text, "utf-8")
    assert is_rule_file(tmp_path / "x.toml")


def test_the_engine_comes_in_only_with_a_rule_file() -> None:
    told = "import sys, pytest_permanence; print(sorted(name for name in sys.modules if name.startswith('permanence')))"
    result = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"

"""Broken examples corrected: they say what comes out, nothing else of their file is touched, and some are left."""

import json
import re
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.cli.main import main
from permanence.model.problem import Problem
from permanence.offers.check.files import check_files
from permanence.offers.examples.corrected import correct_examples
from permanence.offers.examples.deviation import Broken
from permanence.offers.examples.missing import write_examples

from tests.bill.months import contract
from tests.installed import PLUGINS
from tests.offers.small_offers import dearer, small_offers

CASES = Path(__file__).parent / "corrected"
EVERY_KEY = (CASES / "every_key.toml").read_text("utf-8")
OFFER = Path("offer.toml")
SAID = re.compile(r"^(total|ends|holds_from|renewed_until|floor|counts|lines) = (\[\n.*?^\]|[^\n]*)", re.M | re.S)
ENDS_OF_FILES = pytest.mark.parametrize(("begin", "end"), [("", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*words: str) -> Result:
    folders = ("--rules", ".", "--contracts", ".")
    return CliRunner().invoke(main, ["check", str(OFFER), *folders, *words], catch_exceptions=False)


def found(path: Path) -> tuple[Problem, ...]:
    return check_files([path], path.parent, path.parent, PLUGINS).problems


@ENDS_OF_FILES
def test_every_key_says_what_comes_out_and_the_rest_of_the_file_is_as_it_was(begin: str, end: str) -> None:
    OFFER.write_bytes((begin + EVERY_KEY.replace("\n", end)).encode())
    told = check("--correct-examples")
    after = (CASES / "every_key.corrected.toml").read_text("utf-8")
    assert OFFER.read_bytes() == (begin + after.replace("\n", end)).encode()
    assert told.stdout == (CASES / "every_key.txt").read_text("utf-8")
    assert "expects" not in told.stderr
    assert not any(isinstance(problem, Broken) for problem in found(OFFER))


def test_what_it_lacks_is_written_below_in_the_same_run() -> None:
    OFFER.write_text(EVERY_KEY, "utf-8")
    told = check("--correct-examples", "--write-examples")
    assert told.exit_code == 0, told.output
    assert OFFER.read_text("utf-8").startswith((CASES / "every_key.corrected.toml").read_text("utf-8"))
    assert "offer.toml: 9 examples corrected, to be reviewed\noffer.toml: 8 examples written at its end" in told.output


def test_scripts_read_what_is_found_afterwards() -> None:
    OFFER.write_text(EVERY_KEY, "utf-8")
    told = check("--correct-examples", "--json")
    assert [problem["what"][:16] for problem in json.loads(told.stdout)["problems"]] == ["no example shows"]
    assert "9 examples corrected" in told.stderr


def test_a_sound_file_is_not_written() -> None:
    text = (CASES / "every_key.corrected.toml").read_text("utf-8")
    OFFER.write_text(text, "utf-8")
    assert "corrected" not in check("--correct-examples").output
    assert OFFER.read_text("utf-8") == text


ELSE = "mend what else is wrong with it first"


@pytest.mark.parametrize(
    ("before", "after", "why_not"),
    [
        ('when = "notice.received"', 'when = "notice.in_time"', ELSE),
        ('given = { "usage.calls" = 51 }', 'given = { "usage.cals" = 51 }', ELSE),
        ('given = { "usage.calls" = 51 }', 'given = { "usage.calls" = 251 }', ELSE),
        ("renewal = 1", "renewal = 1\nends = 2027-01-12", 'nothing comes out of "a renewal" that its "ends" could say'),
        ("renewal = 1", 'renewal = 1\ntotal = "1.00"', 'nothing comes out of "a renewal" that its "total" could say'),
        (
            'given = { "usage.calls" = 51 }',
            'given = { "usage.calls" = 51 }\ncounts = { "usage.calls" = 51 }',
            'nothing comes out of "a month that comes out" that its "usage.calls" could say',
        ),
    ],
)
def test_a_file_with_which_anything_else_is_wrong_is_left_as_it_is(before: str, after: str, why_not: str) -> None:
    assert EVERY_KEY.count(before) == 1
    text = EVERY_KEY.replace(before, after)
    OFFER.write_text(text, "utf-8")
    told = check("--correct-examples")
    assert told.exit_code == 1
    assert told.stdout == f"offer.toml: no example corrected: {why_not}\n"
    assert OFFER.read_text("utf-8") == text


def test_a_text_that_a_contract_has_signed_is_left_as_it_is() -> None:
    OFFER.write_text(EVERY_KEY, "utf-8")
    digest = f'digest = "{sha256(EVERY_KEY.encode()).hexdigest()}"'
    signed = contract("C7", digest, version="accueil@2026-01-01") + contract("C8", version="other@2026-01-01")
    Path("contracts.toml").write_text(f"format = 1\n{signed}", "utf-8")
    told = check("--correct-examples")
    assert told.exit_code == 1
    assert told.stdout == (
        "offer.toml: no example corrected: 1 contract (C7) signed it; "
        "make it the next version, `permanence new-offer --from accueil@2026-01-01`\n"
    )
    assert OFFER.read_text("utf-8") == EVERY_KEY


def test_a_text_that_was_edited_after_a_contract_signed_it_is_left_as_it_is() -> None:
    OFFER.write_text(EVERY_KEY, "utf-8")
    digest = f'digest = "{"0" * 64}"'
    Path("contracts.toml").write_text("format = 1\n" + contract("C7", digest, version="accueil@2026-01-01"), "utf-8")
    told = check("--correct-examples")
    assert told.stdout == f"offer.toml: no example corrected: {ELSE}\n"
    assert "was edited after 1 contract signed it: C7" in told.stderr
    assert OFFER.read_text("utf-8") == EVERY_KEY


def test_one_file_is_corrected_beside_another_that_is_not() -> None:
    OFFER.write_text(EVERY_KEY, "utf-8")
    other = EVERY_KEY.replace('id = "accueil"', 'id = "other"').replace("renewal = 1", "renewal = 1\nends = 2027-01-12")
    Path("other.toml").write_text(other, "utf-8")
    told = check("other.toml", "--correct-examples")
    assert "offer.toml: 9 examples corrected, to be reviewed\nother.toml: no example corrected" in told.stdout
    assert Path("other.toml").read_text("utf-8") == other


def test_an_example_is_told_at_the_first_of_its_values_that_are_wrong() -> None:
    OFFER.write_text(EVERY_KEY, "utf-8")
    excerpts = [problem.where.excerpt for problem in found(OFFER) if isinstance(problem, Broken)]
    assert excerpts[0] == ("total   =   '59.00'   # as it was", "            ^^^^^^^")
    assert [line for line, _ in excerpts[1:]] == [
        'lines = ["bands 229.00"]',
        "lines = [",
        'counts = { "usage.calls" = 4, \'window.day\' = +3, "usage.outside" = 0 }',
        '"usage.calls" = 1    # été',
        "ends = 2026-03-31",
        'holds_from = "never"',
        'renewed_until = "open_ended"',
        "floor = 150",
    ]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_offers(), st.sampled_from(["\n", "\r\n"]))
def test_whatever_price_was_changed_its_examples_come_out_again_and_nothing_else_changed(text: str, end: str) -> None:
    with TemporaryDirectory() as name:
        path = Path(name, "offer.toml")
        path.write_text(text, encoding="utf-8")
        ((offer, missing),) = check_files([path], Path(name), Path(name), PLUGINS).missing
        write_examples(offer, missing)
        for what, changed in dearer(path.read_text("utf-8")):
            before = changed.replace("\n", end).encode()
            path.write_bytes(before)
            broken = [problem for problem in found(path) if isinstance(problem, Broken)]
            (done,) = correct_examples(broken, ())
            after = path.read_bytes()
            assert not any(isinstance(problem, Broken) for problem in found(path)), what
            assert len({change.title for change in done.changes}) == len(broken)
            unsaid = [SAID.sub(r"\1", one.decode().replace(end, "\n")) for one in (before, after)]
            assert unsaid[0] == unsaid[1], what
            assert after.count(b"\r\n") == after.count(b"\n") * (end == "\r\n")

"""`permanence simulate-life` as typed: one table for people, JSON for scripts, sentences for mistakes."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from permanence.cli.main import main
from permanence.model.words.amounts import in_money

from tests.cli.typed import out, refused, values
from tests.docs.documents import agrees, blocks, run

ROOT, GOLDEN = Path(__file__).parents[2], Path(__file__).parent / "golden" / "life"
SPACES = str.maketrans("\u00a0\u202f", "  ")
PAGE = ROOT / "docs" / "terms.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the offers on sale, and four contracts."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    shutil.copy(ROOT / "tests" / "cli" / "golden" / "calendar" / "contracts.toml", tmp_path / "contracts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def played(*words: str) -> tuple[str, ...]:
    return ("simulate-life", *words)


def test_fourteen_months_read_as_they_are_kept_on_file() -> None:
    printed = out(*played("CONSO-1", "--until", "2026-02-15", "--calls", "40,160,90/month")).translate(SPACES)
    lines = [line.rstrip() for line in printed.splitlines()]
    assert lines == (GOLDEN / "CONSO-1.txt").read_text(encoding="utf-8").splitlines()


def test_for_scripts_the_years_sum_to_the_whole_and_the_months_to_the_years() -> None:
    summary = values(*played("CONSO-1", "--until", "2027-12-31", "--calls", "160/month"))
    assert (summary["contract"], summary["calls_per_month"], len(summary["months"])) == ("CONSO-1", [160], 36)
    for name in ("days", "calls", "net_cents", "vat_cents", "total_cents"):
        for year in summary["years"]:
            months = [row[name] for row in summary["months"] if row["month"].startswith(str(year["year"]))]
            assert sum(months) == year[name]
        assert sum(year[name] for year in summary["years"]) == summary["total"][name]
    whole = summary["total"]
    assert whole["net_cents"] + whole["vat_cents"] == whole["total_cents"]
    assert summary["months"][0]["net_cents"] == 739, "one day of thirty-one at 229,00 €"
    assert summary["months"][0]["events"][1] == {"date": "2025-01-31", "kind": "go_live", "what": "mise en service"}


def test_an_offer_without_bands_shows_none() -> None:
    summary = values(*played("LIBRE-1", "--until", "2026-12-01", "--calls", "30/month"))
    assert [row["band"] for row in summary["months"]] == [None, None]
    assert "None" not in out(*played("LIBRE-1", "--until", "2026-12-01", "--calls", "30/month"))


def test_no_amount_is_cut_however_narrow_the_console() -> None:
    words = played("CONSO-1", "--until", "2026-02-15", "--calls", "99999/month")
    summary = values(*words)
    narrow = CliRunner().invoke(main, words, env={"COLUMNS": "60"}).stdout.translate(SPACES)
    for name in ("net_cents", "vat_cents", "total_cents"):
        assert in_money(summary["total"][name], "EUR").translate(SPACES) in narrow
    for word in ("signature", "décembre", "l'engagement", "reconduction"):
        assert word in narrow


def test_a_simulation_leaves_no_file(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    out(*played("CONSO-1", "--until", "2025-03-01", "--calls", "0/month"))
    assert sorted(folder.rglob("*")) == before


NOT_A_NUMBER = (
    ' is not a number of calls, of at most six digits, such as "160/month"; '
    'months in turn are written "40,160,90/month"'
)


@pytest.mark.parametrize(
    ("contract", "until", "calls", "problem"),
    [
        ("CONSO-2", "2026-01-01", "1/month", 'CONTRACT: there is no contract "CONSO-2"; did you mean "CONSO-1"?'),
        (
            "CONSO-1",
            "2025-01-30",
            "1/month",
            "--until: contract CONSO-1 is in service later, from 2025-01-31; name that day or a later one",
        ),
        (
            "CONSO-1",
            "2075-01-01",
            "1/month",
            "--until: 2075-01-01 is 601 months from 2025-01-31; play at most 600",
        ),
        ("CONSO-1", "2026-01-01", "many/month", f'--calls: "many/month"{NOT_A_NUMBER}'),
        ("CONSO-1", "2026-01-01", "-5/month", f'--calls: "-5/month"{NOT_A_NUMBER}'),
        ("CONSO-1", "2026-01-01", "40,,90/month", f'--calls: "40,,90/month"{NOT_A_NUMBER}'),
        ("CONSO-1", "2026-01-01", "40", f'--calls: "40"{NOT_A_NUMBER}'),
    ],
)
def test_what_cannot_be_played_is_refused_in_a_sentence(contract: str, until: str, calls: str, problem: str) -> None:
    assert refused(*played(contract, "--until", until, "--calls", calls)) == [problem]


def test_a_contract_that_contradicts_its_offer_is_refused_with_its_place(folder: Path) -> None:
    file = folder / "contracts" / "contracts.toml"
    file.write_text(file.read_text("utf-8").replace('mission = "complex"', 'mission = "secret"'), "utf-8")
    (problem, *_) = refused(*played("TARD-1", "--until", "2026-01-01", "--calls", "1/month"))
    assert problem.startswith("contracts/contracts.toml:")
    assert "secret" in problem


def test_a_contract_that_ends_before_its_service_is_refused(folder: Path) -> None:
    (rules,) = (folder / "rules").glob("essentielle*.toml")
    text = rules.read_text("utf-8").replace("[term]\n", '[term]\ntrial_start = "signature"\n', 1)
    rules.write_text(text, "utf-8")
    file = folder / "contracts" / "contracts.toml"
    notice = "live = 2025-01-31\nnotice = 2025-01-05"
    file.write_text(file.read_text("utf-8").replace("live = 2025-01-31", notice), "utf-8")
    (problem, *_) = refused(*played("CONSO-1", "--until", "2026-01-01", "--calls", "1/month"))
    assert problem.endswith("contract CONSO-1 ends before its first day of service")


def test_the_page_on_terms_prints_what_it_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    (typed,) = [block for block in blocks(PAGE, "sh") if "simulate-life" in block.text]
    (shown,) = [block for block in blocks(PAGE, "text") if "mise en service" in block.text]
    printed = run(typed.text.strip(), folder)
    assert agrees(printed, shown.text.splitlines()), "\n".join(printed)

"""The bench as it is started: a missed target is told and is no error; a run that fails is one, with a sentence."""

from pathlib import Path

import pytest

from bench import bench_impact, bench_month, command_run, daily, intake, ledger
from bench.apart import run_apart
from bench.phases import Phases
from bench.rounds import ROUNDS
from bench.size import chosen

MB = 1_000_000
BILLED = Phases(
    {"read contracts": 9.0, "read calls": 2.0, "bill": 5.0, "publish": 3.0},
    {"contracts": 10, "came_in": 100, "invoices": 10, "questions": 64},
    2_000 * MB,
)
COSTS = {
    "bench.bill_run": BILLED,
    "bench.floor": Phases({"read and drop": 0.5, "read": 1.5, "write": 0.5}, {"rows": 7}),
    "bench.oracle_run": Phases({"rate": 1.0}, {"calls": 10}),
    "bench.command_run": Phases({"whole": 4.25}, peak=111 * MB),
    "bench.import_floor": Phases({"read": 1.0, "take in": 1.125}),
    "bench.month_read": Phases({"read": 0.5}),
    "bench.ledger_run": Phases(
        {"write drafts": 1.0, "issue": 2.0, "verify": 0.5},
        {"issued": 8_000, "document_bytes": 32e6, "capsule_bytes": 12e6, "text_bytes": 8e6},
    ),
    "bench.legs_run": Phases({"read": 2.0, "join": 1.25}),
    "bench.impact_run": Phases({"bill: bill": 1.0, "once: replay": 2.5, "again: replay": 3.0, "again: sums": 0.5}),
}
"""Costs that miss every target."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Have runs cost what they cost above, and return the modules that are run."""
    ran: list[str] = []

    def run(module: str, *arguments: object) -> Phases:
        ran.append(module)
        return COSTS[module]

    for bench in (bench_month, bench_impact, daily, intake, ledger):
        monkeypatch.setattr(bench, "run_apart", run)
    for bench in (bench_month, bench_impact):
        monkeypatch.setattr(bench, "prepared", lambda *_: tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return ran


def rows(printed: str) -> dict[str, list[str]]:
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in printed.splitlines() if "│" in line]
    return {row[0]: row[1:] for row in cells}


def test_a_month_that_misses_every_target_is_reported_and_is_no_error(
    started: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    bench_month.main("")
    told = rows(capsys.readouterr().out)
    assert told["CPU time ÷ floor"] == ["5", "", "≤ 2.20", "✗"]
    assert told["CPU time ÷ streaming floor"] == ["10", "", "", ""]
    assert told["oracle ÷ billing, per call"] == ["1", "", "≥ 15", "✗"]
    assert told["peak memory"] == ["2,000 MB", "", "≤ 1,500", "✗"]
    assert told["twice the work ÷ once"] == ["1", "", "≤ 2.20", "✓"]


def test_billing_and_its_floor_run_directly_after_each_other_and_change_places(started: list[str]) -> None:
    bench_month.main("small")
    forwards = ["bench.bill_run", "bench.bill_run", "bench.floor", "bench.oracle_run"]
    assert started[:8] == [*forwards, *reversed(forwards)]
    assert started.count("bench.floor") == ROUNDS


def test_each_daily_command_has_a_row(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bench_month.main("")
    told = rows(capsys.readouterr().out)
    for command in daily.commands(1_000_000):
        assert told[command] == ["4.25", "", "111"]


def test_calls_in_and_out_are_told_as_multiples_of_the_least_they_could_cost(
    started: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    bench_month.main("")
    told = rows(capsys.readouterr().out)
    assert told["import ÷ reading it and taking it in"] == ["2", "", "≤ 1.80", "✗"]
    assert told["the same file again, above starting up"] == ["0 s", "", "≤ 0.30", "✓"]
    assert told["a month from calls.db ÷ from Parquet"] == ["1", "", "≤ 3", "✓"]
    assert told["joining ÷ reading, 1 % of calls"] == ["0.62", "", "≤ 0.20", "✗"]
    assert told["joining ÷ reading, all calls"] == ["0.62", "", "≤ 0.60", "✗"]
    assert told["reading with links ÷ without, all calls"] == ["1", "", "", ""]


def test_issuing_and_proving_are_told_beside_the_writing_of_drafts(
    started: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    bench_month.main("")
    told = rows(capsys.readouterr().out)
    assert told["issuing ÷ writing the drafts"] == ["2", "", "≤ 1.50", "✗"]
    assert told["invoices proved per CPU second"] == ["16,000", "", "≥ 20,000", "✗"]
    assert told["capsule of an invoice, all texts with it"] == ["2,500 bytes", "", "≤ 2,048", "✗"]


def test_the_targets_are_those_of_the_whole_size(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bench_month.main("small")
    assert "The targets are meant for 10,000 contracts × 500 calls." in capsys.readouterr().out


def test_a_replay_that_misses_its_target_is_no_error(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bench_impact.main("small")
    told = rows(capsys.readouterr().out)
    assert told["once ÷ billing"] == ["2.50", "", "≤ 2", "✗"]
    assert told["again ÷ billing"] == ["3.50", "", "", ""]


def test_a_run_that_fails_is_an_error_with_a_sentence() -> None:
    with pytest.raises(SystemExit, match=r"Nothing is measured: .* bench\.nothing some` ended with exit code 1\."):
        run_apart("bench.nothing", "some")


def test_a_command_that_fails_gives_its_exit_code_and_what_it_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert command_run.main(tmp_path, ["check", "nothing.toml"]) != 0
    said = capfd.readouterr()
    assert (said.out, "nothing.toml" in said.err) == ("", True)


def test_a_command_that_is_not_installed_is_an_error_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_run, "COMMAND", tmp_path / "permanence")
    with pytest.raises(SystemExit, match="`make bench` installs it"):
        command_run.main(tmp_path, ["--help"])


def test_a_size_that_is_not_there_is_an_error_with_a_sentence() -> None:
    assert chosen(bench_month.SIZES, ["small"]) == "small"
    assert chosen(bench_month.SIZES, []) == ""
    with pytest.raises(SystemExit, match='There is no size "big": choose small, or none for the whole'):
        chosen(bench_month.SIZES, ["big"])

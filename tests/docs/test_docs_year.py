"""The README's year: billed, issued, corrected in three ways, backed up, restored, forgotten, and proved each time."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.ledger import documents, wrong
from tests.docs.documents import README, ROOT, blocks, commands, in_turn, run, section

WHOLE = "SELECT count(*) FROM call WHERE caller NOT LIKE '%…%'"
YEAR = "Une année, de la première facture à la preuve"


def test_a_year_is_billed_corrected_restored_and_proved_by_the_commands_of_the_readme_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    lines = section(README, YEAR)
    csv, toml, *sessions = (block for block in blocks(README, "csv", "toml", "sh") if block.line in lines)
    Path("tardif.csv").write_text(csv.text, "utf-8")
    Path("remise.toml").write_text(toml.text, "utf-8")
    printed = dict[str, list[str]]()
    for shown in (shown for block in sessions for shown in commands(block)):
        for command in in_turn(shown.text.partition("  #")[0]):
            printed[command] = run(command, tmp_path, well=True)

    issued = documents(Path("billing.db"))
    kinds = [one["kind"] for one in issued]
    assert {one["month"] for one in issued} == {f"2025-{month}" for month in (11, 12)} | {
        f"2026-{month:02}" for month in range(1, 11)
    }
    assert (len(issued), kinds.count("credit_note")) == (12 * 4 + 6, 3)
    assert [one["why"] for one in issued if one["kind"] == "credit_note"] == [
        "Un appel reçu après la facture.",
        "Un faux numéro.",
        "La remise convenue avait été oubliée.",
    ]
    assert documents(Path("restauration/billing.db")) == issued
    assert wrong(Path("restauration/billing.db")) is None
    with closing(sqlite3.connect("calls.db")) as calls, closing(sqlite3.connect("restauration/calls.db")) as before:
        counts = [base.execute("SELECT count(*) FROM call").fetchone() for base in (calls, before)]
        whole = [base.execute(WHOLE).fetchone() for base in (calls, before)]
    assert counts[0] == counts[1]
    assert whole[0] < whole[1]
    assert [line for line in printed["permanence months --on 2026-11-05"] if "émis" not in line][2:] == []

"""What was agreed with one customer is issued and worked out again wherever his contract stands in its file."""

from pathlib import Path

import pytest

from tests.cli.conftest import moved_to
from tests.cli.ledger import documents
from tests.cli.typed import out, values

CONTRACTS = Path("contracts/customers.toml")
GRANTED = """
[[event]]
contract = "C0002"
on = 2026-02-01
what = "discount_granted"
discount = { percent = "-10", of = ["package"], until = 2026-03-01, why = "Geste commercial." }
"""


def test_an_invoice_with_a_discount_does_not_hang_on_where_its_contract_stands(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved_to(small, tmp_path, monkeypatch)
    CONTRACTS.write_text(CONTRACTS.read_text("utf-8") + GRANTED, "utf-8")
    out("bill", "2026-02")
    out("issue", "2026-02")
    (number,) = (str(one["number"]) for one in documents(Path("billing.db")) if one["contract"] == "C0002")
    assert values("rebill", number)["same"]
    CONTRACTS.write_text("# Relu.\n" + CONTRACTS.read_text("utf-8"), "utf-8")
    assert values("bill", "2026-02")["issued_otherwise"] == []
    assert values("rebill", number)["same"]

"""Who sells may charge no VAT, and a contract may move to another seller: each invoice says what was so then."""

from pathlib import Path

import pytest
from permanence.cli.sample.seller import SELLER as SOLD_BY

from tests.cli.conftest import moved_to
from tests.cli.ledger import documents, wrong
from tests.cli.typed import out, refused, typed, values

BILLING, SELLER, CONTRACTS = Path("billing.db"), Path("sellers/exemple.toml"), Path("contracts/customers.toml")
SMALL = 'vat_number = "none"\nvat_due = "franchise"\n'
VAT = SOLD_BY.vat_number
EXEMPT = "TVA non applicable, art. 293 B du CGI"


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return moved_to(small, tmp_path, monkeypatch)


def without_vat(later: str = "") -> None:
    lines = SELLER.read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(("vat_number", "vat_due")))
    SELLER.write_text(kept.replace("[seller]\n", f"[seller]\n{SMALL}") + later, "utf-8")


def charges_vat_from(day: str) -> str:
    return f'\n[[seller.change]]\nfrom = {day}\nvat_due = "receipts"\nvat_number = "{VAT}"\n'


def vat_of(month: str) -> set[tuple[int, int, str]]:
    issued = (one for one in documents(BILLING) if one["month"] == month)
    return {(vat["rate_bp"], vat["amount_cents"], vat["reason"]) for one in issued for vat in one["vat"]}


def test_a_seller_without_a_vat_number_charges_none_and_says_why() -> None:
    without_vat(charges_vat_from("2026-03-01"))
    out("bill", "2026-02")
    out("bill", "2026-03", "--incomplete")
    for month in ("2026-02", "2026-03"):
        out("issue", month, "--incomplete")
    assert vat_of("2026-02") == {(0, 0, EXEMPT)}
    assert {rate for rate, _, _ in vat_of("2026-03")} == {2000}
    assert [(one["seller"]["vat_due"], one["seller"]["vat_number"]) for one in documents(BILLING)[::2]] == [
        ("franchise", VAT),
        ("receipts", VAT),
    ]
    assert wrong(BILLING) is None
    for one in documents(BILLING):
        assert values("rebill", str(one["number"]))["same"]


def test_a_seller_who_charges_no_vat_from_now_on_marks_the_months_that_he_changes() -> None:
    out("bill", "2026-02")
    assert values("months")["months"][0]["state"] == "draft"
    without_vat()
    assert values("months")["months"][0]["state"] == "to_be_done_again"
    out("bill", "2026-02")
    assert values("months")["months"][0]["state"] == "draft"


def test_a_quote_of_a_seller_who_charges_no_vat_has_none() -> None:
    asked = ("quote", "accueil", "--for", "X", "--calls", "5", "--on", "2026-09-01")
    assert values(*asked)["vat"]["rate_bp"] == 2000
    without_vat()
    assert values(*asked)["vat"] == {"rate_bp": 0, "reason": EXEMPT}


def test_a_contract_that_moves_has_numbers_of_its_new_seller_and_credit_notes_of_the_old() -> None:
    text = SELLER.read_text("utf-8")
    text = text.replace("Permanence Exemple", "Permanence de Lyon")
    lyon = text.replace('invoices = "F"', 'invoices = "LF"').replace('credit_notes = "A"', 'credit_notes = "LA"')
    Path("sellers/lyon.toml").write_text(lyon, "utf-8")
    named = CONTRACTS.read_text("utf-8").replace("\nsigned = ", '\nseller = "exemple"\nsigned = ')
    moves = '\n[[event]]\ncontract = "C0001"\non = 2026-03-01\nwhat = "seller_changed"\nseller = "lyon"\n'
    CONTRACTS.write_text(named + moves, "utf-8")
    assert typed("check").exit_code == 0
    out("bill", "2026-02")
    out("bill", "2026-03", "--incomplete")
    out("issue", "2026-02")
    out("issue", "2026-03", "--incomplete")
    year = str(documents(BILLING)[0]["issued_on"])[:4]
    told = [(one["month"], one["contract"], one["number"]) for one in documents(BILLING)]
    assert told == [
        ("2026-02", "C0001", f"F-{year}-00001"),
        ("2026-02", "C0002", f"F-{year}-00002"),
        ("2026-03", "C0001", f"LF-{year}-00001"),
        ("2026-03", "C0002", f"F-{year}-00003"),
    ]
    assert refused("correct", f"F-{year}-00001", "--why", "Autre vendeur.")[0].startswith(
        f"F-{year}-00001: it says what its month comes to now"
    )
    CONTRACTS.write_text(named + moves.replace("2026-03-01", "2026-02-01"), "utf-8")
    left = {one["contract"]: one["why"] for one in values("issue", "2026-02")["left"]}
    assert left == {"C0001": "otherwise", "C0002": "issued"}
    out("correct", f"F-{year}-00001", "--why", "Autre vendeur.")
    assert [(one["number"], one["seller"]["name"]) for one in documents(BILLING)[-2:]] == [
        (f"A-{year}-00001", "Permanence Exemple"),
        (f"LF-{year}-00002", "Permanence de Lyon"),
    ]
    assert wrong(BILLING) is None

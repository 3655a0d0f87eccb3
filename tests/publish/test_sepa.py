"""Files of debits are valid against the schemas of both versions, whatever names customers have."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sepaxml
from attrs import evolve
from permanence.model.debit import DEBIT_FORMS, Creditor, Debit, DebitBatch, DebitForm, DebitMessage, DebitPart
from permanence.model.money import Cents
from permanence.publish.sepa import pain_008, sepa_text
from xmlschema import XMLSchema

SCHEMAS = Path(sepaxml.__file__).parent / "schemas"
IBAN, OTHER = "FR7699999000010000000000115", "FR7699999000010000000000212"


def debit(number: int, holder: str, **otherwise: Any) -> Debit:
    parts = (DebitPart(f"A-2026-{number:05d}", Cents(-5)), DebitPart(f"F-2026-{number:05d}", Cents(10_000 + number)))
    one = Debit(
        reference=f"F-2026-{number:05d}",
        contract="C1",
        holder=holder,
        iban=IBAN,
        mandate="RUM-1",
        signed=date(2026, 1, 12),
        scheme="core",
        sequence="RCUR",
        collect_on=date(2026, 11, 5),
        parts=parts,
    )
    return evolve(one, **otherwise)


def message(form: DebitForm, bic: str) -> DebitMessage:
    creditor = Creditor(seller="paris", name="Société d'Été & Œuvres", identifier="FR53ZZZ999999", iban=OTHER, bic=bic)
    batches = (
        DebitBatch("PERM-000001-1", (debit(1, "Café « L'Œil » & fils"), debit(2, "漢 " * 80, former_iban=OTHER))),
        DebitBatch("PERM-000001-2", (debit(3, "SCI <Bleue>", scheme="b2b", sequence="FRST"),)),
    )
    return DebitMessage(number=1, creditor=creditor, month="2026-10", made_at=1_793_523_600, form=form, batches=batches)


@pytest.mark.parametrize("bic", ["", "EXEMFRPPXXX"])
@pytest.mark.parametrize("form", DEBIT_FORMS)
def test_a_file_of_debits_is_valid_and_sums_to_the_cent(form: DebitForm, bic: str) -> None:
    told = message(form, bic)
    content = pain_008(told)
    XMLSchema(SCHEMAS / f"{form}.xsd").validate(content.decode())
    assert pain_008(told) == content
    assert content.count(b"<CtrlSum>299.91</CtrlSum>") == 1
    assert content.count(b"<CtrlSum>199.93</CtrlSum>") == 1
    assert [content.count(f"<{bic and kind}>".encode()) for kind in ("BIC", "BICFI")] == [
        int(bool(bic) and form.endswith("02")) * 2,
        int(bool(bic) and form.endswith("08")) * 2,
    ]


def test_names_are_written_in_the_signs_that_banks_take() -> None:
    assert sepa_text("Café « L'Œil » & fils — Été", 70) == "Cafe L'OEil + fils Ete"
    assert sepa_text("x" * 100, 70) == "x" * 70

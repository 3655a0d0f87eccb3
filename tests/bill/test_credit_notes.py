"""An invoice plus its credit note is zero, line by line and VAT by VAT, whatever it says."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.ledger import WORDING, credit_note, differs
from permanence.bill.ledger_verified import cancels, sums_wrong
from permanence.model.money import round_half_up
from permanence.model.proved_document import sums_of

DAY = date(2026, 11, 5).isoformat()
AMOUNT = st.integers(-50_000_000, 50_000_000)
LINE = st.fixed_dictionaries(
    {"amount_cents": AMOUNT, "quantity": st.integers(-9_999, 9_999), "apart": st.sampled_from(("", "", "deposit"))}
)
RATES = st.sampled_from((0, 210, 550, 850, 2000, 2100))


def invoice_of(lines: list[dict[str, Any]], rate: int) -> dict[str, Any]:
    """Return an invoice of some lines as it is issued, with VAT on their sum at one rate."""
    net = sum(line["amount_cents"] for line in lines if not line["apart"])
    tax = round_half_up(net * rate, 10_000)
    return {
        "kind": "invoice",
        "number": "F-2026-00001",
        "contract": "C0001",
        "issued_on": DAY,
        "lines": lines,
        "vat": [{"rate_bp": rate, "base_cents": net, "amount_cents": tax, "reason": "Taux applicable"}],
        "net_cents": net,
        "vat_cents": tax,
        "total_cents": net + tax,
        "deposit_cents": sum(line["amount_cents"] for line in lines if line["apart"]),
    }


@given(st.lists(LINE, max_size=8), RATES)
def test_an_invoice_and_its_credit_note_come_to_nothing_line_by_line_and_vat_by_vat(
    lines: list[dict[str, Any]], rate: int
) -> None:
    invoice = invoice_of(lines, rate)
    note = credit_note(invoice, "Une erreur.")
    for name in ("net_cents", "vat_cents", "total_cents", "deposit_cents"):
        assert invoice[name] + note[name] == 0
    for rows, amounts in (("lines", ("amount_cents", "quantity")), ("vat", ("base_cents", "amount_cents"))):
        for theirs, ours in zip(invoice[rows], note[rows], strict=True):
            assert [theirs[name] + ours[name] for name in amounts] == [0] * len(amounts)
    assert list(sums_wrong(sums_of(invoice))) == list(sums_wrong(sums_of(note))) == []
    assert cancels(invoice, note)
    assert note["corrects"] == {"number": invoice["number"], "issued_on": DAY}


@given(st.lists(LINE, min_size=1, max_size=8), RATES, st.data())
def test_a_credit_note_that_is_one_cent_off_in_one_place_cancels_nothing(
    lines: list[dict[str, Any]], rate: int, data: st.DataObject
) -> None:
    invoice = invoice_of(lines, rate)
    note: dict[str, Any] = dict(credit_note(invoice, "Une erreur."))
    rows = data.draw(st.sampled_from(("lines", "vat")))
    number = data.draw(st.integers(0, len(note[rows]) - 1))
    name = data.draw(
        st.sampled_from(("amount_cents", "quantity") if rows == "lines" else ("base_cents", "amount_cents"))
    )
    wrong = {**note[rows][number], name: note[rows][number][name] + 1}
    note[rows] = [*note[rows][:number], wrong, *note[rows][number + 1 :]]
    assert not cancels(invoice, note)


@given(st.lists(LINE, min_size=1, max_size=8), RATES, st.data())
def test_better_words_for_the_same_line_ask_for_no_correction_and_anything_else_of_it_does(
    lines: list[dict[str, Any]], rate: int, data: st.DataObject
) -> None:
    invoice = invoice_of(
        [{"label": "Forfait", "sentence": "Le mois entier.", "code": "band", **one} for one in lines], rate
    )
    changed = data.draw(st.sampled_from(sorted(invoice["lines"][0])))
    place = data.draw(st.integers(0, len(lines) - 1))
    draft = {**invoice, "lines": [dict(one) for one in invoice["lines"]]}
    draft["lines"][place][changed] = "autrement"
    assert differs(invoice, draft) == (changed not in WORDING)

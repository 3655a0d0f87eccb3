"""Of an invoice that machines have, number and amounts are read, and nothing is read of what is none."""

import pytest
from permanence.model.customer_document import customer_document
from permanence.publish.factur_x import factur_x
from permanence.read.invoice_xml import sums_in

from tests.publish.documents_issued import ABROAD, KINDS

EVERY = {**KINDS, **ABROAD}


@pytest.mark.parametrize("kind", EVERY)
def test_what_is_read_is_what_the_ledger_says_with_its_sign(kind: str) -> None:
    kept = EVERY[kind]()
    found = sums_in(factur_x(customer_document(kept)))
    assert (found.number, found.currency) == (kept["number"], kept["currency"])
    assert (found.total, found.due) == (kept["total_cents"], kept["total_cents"] + kept["deposit_cents"])


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("<rsm:CrossIndustryInvoice", "<!DOCTYPE x><rsm:CrossIndustryInvoice", "it declares a document type"),
        ("</rsm:CrossIndustryInvoice>", "", "it is no XML"),
        ("rsm:CrossIndustryInvoice", "rsm:CrossIndustryOrder", "it is no invoice"),
        (">EUR<", ">XXX<", 'it is in no currency of ours: "XXX"'),
        ("GrandTotalAmount>", "GrandTotal>", 'its GrandTotalAmount is no amount: ""'),
        ("<ram:DuePayableAmount>", "<ram:DuePayableAmount>1 ", "its DuePayableAmount is no amount"),
    ],
)
def test_what_is_no_invoice_says_nothing(before: str, after: str, what: str) -> None:
    text = factur_x(customer_document(KINDS["usual"]())).decode()
    assert before in text
    with pytest.raises(ValueError, match=f"^{what}"):
        sums_in(text.replace(before, after).encode())

"""The calls behind an invoice, one by one, as a file beside it: what its customer may see of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..model.customer_document import CustomerDocument
from ..model.outcome import OUTCOME_WORDS
from ..model.words.customer_documents import seller_told
from ..model.words.customer_mail import COLUMNS, became_in_words, talk_in_words
from ..model.words.french import day_in_words, month_in_words
from ..model.words.lines import calls_in_words
from ..model.words.own_titles import Titles, reason_told
from .invoice_told import typeset_all
from .pdf_a3 import packed
from .typesetter import Typeset

Call = Mapping[str, Any]


def calls_list(document: CustomerDocument, calls: Sequence[Call], titles: Titles, typeset: Typeset) -> bytes:
    """Return the PDF of the calls behind an invoice, in order of arrival; numbers of callers are cut already."""
    month, seller = month_in_words(document.month), document.parties.seller
    counted = sum(call["outcome"] == "counted" for call in calls)
    said = {
        "title": f"Appels de la facture {document.number}",
        "author": seller.name,
        "short": f"Appels de la facture {document.number}",
        "footer": " · ".join((seller.name, *seller_told(seller))),
        "about": f"{document.parties.customer.name}, contrat {document.contract}, {month}",
        "sum": f"{calls_in_words(len(calls))} : {calls_in_words(counted)} à facturer.",
        "columns": ["Jour", *COLUMNS],
        "rows": [_row(call, titles) for call in calls],
    }
    return packed(typeset("calls.typ", typeset_all(said), document.issued_on, {}))


def _row(call: Call, titles: Titles) -> tuple[str, ...]:
    arrived = datetime.fromisoformat(call["arrived"])
    became = became_in_words(OUTCOME_WORDS[call["outcome"]].one, reason_told(titles, call["reason"]))
    day = day_in_words(arrived.date()).removesuffix(f" {arrived.year}")
    return day, f"{arrived.hour} h {arrived.minute:02d}", call["caller"], talk_in_words(call["talk_seconds"]), became

"""The tables of what is issued: rows that nothing can change or take away, nor put anywhere but at the end."""

from .guards import never_changed, stays
from .table import UTC_SECONDS, Column, Table

C = Column


def _said(key: str) -> str:
    return f"json_extract([content], '$.{key}')"


UNALTERABLE = "what is issued is never changed: a credit note corrects it"
LAST = "(SELECT [position] FROM [issued] ORDER BY [position] DESC LIMIT 1)"
LEDGER_TABLES = (
    Table(
        "issued",
        "Factures émises",
        "Each invoice and credit note as it was issued, in one chain: never changed, never deleted.",
        (
            C("id", "TEXT", "Number, without a gap in its series"),
            C("position", "INTEGER", "Place in the chain, from 1"),
            C("content", "TEXT", "All that it says, as JSON: parties, lines with rules and facts, VAT, totals, usage"),
            C("digest", "TEXT", "SHA-256 of the digest before it, a line feed, and the content"),
            C("kind", "TEXT", "invoice or credit_note", made_of=_said("kind")),
            C("issued_on", "TEXT", "Day of issue", "date", made_of=_said("issued_on")),
            C("contract", "TEXT", "Whose", made_of=_said("contract")),
            C("customer", "TEXT", "Customer's name as it stood", made_of=_said("customer.name")),
            C("month", "TEXT", "Which month", made_of=_said("month")),
            C("net_cents", "INTEGER", "Total excluding VAT", "cents", made_of=_said("net_cents")),
            C("vat_cents", "INTEGER", "VAT", "cents", made_of=_said("vat_cents")),
            C("total_cents", "INTEGER", "Total including VAT", "cents", made_of=_said("total_cents")),
            C("currency", "TEXT", "Currency of its amounts", "ISO 4217", made_of=_said("currency")),
            C("corrects", "TEXT", "The invoice that a credit note corrects", made_of=_said("corrects.number")),
            C("series", "TEXT", "How the numbers of its series begin", made_of=_said("series")),
            C("count", "INTEGER", "Its number in the series, from 1", made_of=_said("count")),
            C("issued_at", "INTEGER", "When it was issued", UTC_SECONDS, made_of=_said("issued_at")),
        ),
        label="id",
        unique=(("position",), ("series", "count")),
        indexes=(("contract", "month"), ("corrects",), ("month",)),
        triggers=(
            *never_changed("issued", UNALTERABLE),
            "CREATE TRIGGER [issued_in_order] BEFORE INSERT ON [issued] BEGIN SELECT CASE"
            f" WHEN NEW.[position] <> coalesce({LAST}, 0) + 1 THEN RAISE(ABORT, 'the ledger grows at its end')"
            " WHEN EXISTS (SELECT 1 FROM [issued] WHERE [id] = NEW.[id]) THEN"
            f" RAISE(ABORT, '{UNALTERABLE}') END; END",
        ),
    ),
    Table(
        "issued_text",
        "Textes des factures émises",
        "The texts that issued documents rest on, each once: offers, contracts, what else they were made from.",
        (
            C("id", "TEXT", "SHA-256 of the text, by which documents name it"),
            C("kind", "TEXT", "offer, contract, index or made_with"),
            C("text", "TEXT", "The text as it stood"),
        ),
        label="kind",
        triggers=stays("issued_text", UNALTERABLE, "id"),
    ),
)

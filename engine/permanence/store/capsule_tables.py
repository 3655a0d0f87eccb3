"""The table of what drafts were worked out from, beside the rules and the contract."""

from .table import UNKNOWN, Column, Table

C = Column
CAPSULE_TABLES = (
    Table(
        "capsule",
        "Origine des factures",
        "What a draft was worked out from besides rules and contract: with these it can be worked out again.",
        (
            C("invoice", "TEXT", "Of which invoice", refers_to="invoice"),
            C("counts", "TEXT", "What was counted in each part of its month, as JSON; what is not there is 0"),
            C("past", "TEXT", "Calls counted in the months before that its rules may read, as JSON"),
            C("digest", "TEXT?", f"SHA-256 of all that the draft says, as it was billed{UNKNOWN}"),
        ),
        hidden=True,
    ),
)

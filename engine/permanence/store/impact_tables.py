"""The tables of impact.db, with the meaning and unit of each column: docs/data.md is printed from here."""

from .table import UNKNOWN, Column, Table

C = Column
AMOUNTS = (
    C("before_cents", "INTEGER", "Excluding VAT, by the version that was in force", "cents"),
    C("after_cents", "INTEGER", "Excluding VAT, by the new version", "cents"),
    C("change_cents", "INTEGER", "What the new version adds; less than 0 where it takes away", "cents"),
)
CURRENCY = C("currency", "TEXT?", "Currency of its amounts", "ISO 4217")
MOVED = (
    C("up", "INTEGER", "Bills that change band, to a higher one", "bills"),
    C("down", "INTEGER", "Bills that change band, to a lower one", "bills"),
)
CALLS = C("calls", "INTEGER", "Calls counted, by the version that was in force", "calls")
BILLS = C("bills", "INTEGER", "Months that are compared, of all contracts", "bills")
CODE = C("code", "TEXT", "What was charged: bands, package, option.x, price.x")
RULE = C("rule", "TEXT", "The rule that charged it, as its file names it")
LABEL = C("label", "TEXT", "What the invoice's line says; `old → new` where another takes its place")
MISSION = C("mission", "TEXT", "Mission at the end of the month")
IMPACT_TABLES = (
    Table(
        "replay",
        "Versions comparées",
        "One run of `permanence impact`: a new version in place of another; the file holds one run.",
        (
            C("id", "TEXT", "The new version"),
            C("file", "TEXT", "Path of its rule file"),
            C("against", "TEXT", "The version that was in force"),
            C("first_month", "TEXT", "First month replayed"),
            C("last_month", "TEXT", "Last month replayed"),
            C("measured_again", "TEXT", "Tables for which calls were measured again; empty when they were not"),
            C("contracts", "INTEGER", "Contracts compared", "contracts"),
            BILLS,
            CALLS,
            *AMOUNTS,
            *MOVED,
            C("least_cents", "INTEGER?", "Least change of a contract", "cents"),
            C("first_quartile_cents", "INTEGER?", "A quarter of the contracts change by so much or less", "cents"),
            C("median_cents", "INTEGER?", "Half of the contracts change by so much or less", "cents"),
            C("third_quartile_cents", "INTEGER?", "Three quarters change by so much or less", "cents"),
            C("most_cents", "INTEGER?", "Largest change of a contract", "cents"),
            C("product", "TEXT?", f"Version of Permanence that compared them{UNKNOWN}"),
            CURRENCY,
        ),
        label="id",
    ),
    Table(
        "replay_month",
        "Écarts par mois",
        "Each month replayed.",
        (C("id", "TEXT", "The month"), BILLS, CALLS, *AMOUNTS, *MOVED, CURRENCY),
        label="id",
    ),
    Table(
        "replay_contract",
        "Écarts par contrat",
        "Each contract over the months that are compared.",
        (
            C("id", "TEXT", "Contract number"),
            C("customer", "TEXT", "Customer's name"),
            BILLS,
            CALLS,
            *AMOUNTS,
            C("change_bp", "INTEGER?", "Change, of what it was; empty where nothing was", "hundredths of a per cent"),
            *MOVED,
            CURRENCY,
        ),
        label="customer",
        indexes=(("change_cents",),),
    ),
    Table(
        "replay_bill",
        "Écarts par facture",
        "Each month of each contract, both ways.",
        (
            C("id", "TEXT", "Month and contract"),
            C("contract", "TEXT", "Whose", refers_to="replay_contract"),
            C("month", "TEXT", "Which month", refers_to="replay_month"),
            CALLS,
            *AMOUNTS,
            C("band_before", "INTEGER?", "Band billed by the version in force: its highest count", "calls"),
            C("band_after", "INTEGER?", "Band billed by the new version: its highest count", "calls"),
            MISSION,
            CURRENCY,
        ),
        label="id",
        indexes=(("contract",), ("month",), ("change_cents",)),
    ),
    Table(
        "replay_rule",
        "Écarts par règle",
        "What stands on the invoices of all months that are compared, under its rule: its changes sum to the whole.",
        (
            C("id", "INTEGER", "Place by size of change, the rule's first, from 1"),
            CODE,
            RULE,
            C("why", "TEXT", "The rule's sentence; empty when it has none"),
            LABEL,
            C("bills", "INTEGER", "Bills on which it changes", "bills"),
            *AMOUNTS,
            CURRENCY,
        ),
        label="label",
    ),
    Table(
        "replay_reason",
        "Pourquoi chaque écart",
        "What changes in one bill, line by line, each with its rule; a bill without a change has no row.",
        (
            C("id", "TEXT", "Bill, then a number"),
            C("bill", "TEXT", "Which bill", refers_to="replay_bill"),
            CODE,
            RULE,
            LABEL,
            *AMOUNTS,
            CURRENCY,
        ),
        indexes=(("bill",),),
    ),
    Table(
        "replay_bin",
        "Répartition des écarts",
        "How many contracts change by how much.",
        (
            C("id", "INTEGER", "Place, from the largest fall to the largest rise"),
            C("from_cents", "INTEGER", "Beyond so much; the farther end of a fall is in", "cents"),
            C(
                "to_cents",
                "INTEGER",
                "Up to so much; the farther end of a rise is in. Both are 0: unchanged",
                "cents",
            ),
            C("contracts", "INTEGER", "How many", "contracts"),
            CURRENCY,
        ),
    ),
    Table(
        "replay_hold",
        "Mois non comparés",
        "Each month of a contract that could not be billed one way or the other: it is in no sum.",
        (
            C("id", "TEXT", "Month and contract"),
            C("contract", "TEXT", "Contract number"),
            C("customer", "TEXT", "Customer's name"),
            C("month", "TEXT", "Which month", refers_to="replay_month"),
            C("before_cents", "INTEGER?", "Excluding VAT, by the version that was in force", "cents"),
            C("after_cents", "INTEGER?", "Excluding VAT, by the new version", "cents"),
            C("why_before", "TEXT", "Why the version in force does not bill it; empty when it does"),
            C("why_after", "TEXT", "Why the new version does not bill it; empty when it does"),
            MISSION,
            CURRENCY,
        ),
        indexes=(("month",),),
    ),
)

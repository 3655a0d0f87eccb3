"""The tables that keep what became of each call of a month, packed: a row for each call would be too dear."""

from .table import UTC_SECONDS, Column, Table

C = Column
KEPT_TABLES = (
    Table(
        "call_kind",
        "Appels par sorte",
        "The kinds of calls that a month has: what became of them, why, and in what they were counted.",
        (
            C("id", "TEXT", "Month and number"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("number", "INTEGER", "Number of the kind in its month, from 0, as `call_kept` names it"),
            C("outcome", "TEXT", "counted, outside, excluded, unassigned or held"),
            C("reason", "TEXT", "Why, where there is a reason"),
            C("window", "TEXT", "Coverage window, as rules name it; empty outside"),
            C("marks", "TEXT", "Marks that call rules set, separated by spaces"),
            C("facts", "TEXT", "Facts of options in which the calls were counted, separated by spaces"),
            C("calls", "INTEGER", "How many", "calls"),
        ),
        indexes=(("month",),),
    ),
    Table(
        "call_kept",
        "Appels du mois, un par un",
        "What became of each call of a month, packed: up to a million calls a row, a whole number each in every column "
        "of type BLOB, without sign, the least byte first, all of one length: the column's length ÷ calls.",
        (
            C("id", "TEXT", "Month and part"),
            C("month", "TEXT", "Which month"),
            C("calls", "INTEGER", "Calls in this row", "calls"),
            C("first_start", "INTEGER", "Arrival of the first one", UTC_SECONDS),
            C("last_start", "INTEGER", "Arrival of the last one", UTC_SECONDS),
            C("contracts", "TEXT", "The contracts by number, one a line, from 1; some have several numbers"),
            C("call", "BLOB", "The call's first record: its number in calls.db, or its row among Parquet files"),
            C("start", "BLOB", "Arrival", UTC_SECONDS),
            C("talk", "BLOB", "Conversation", "seconds"),
            C("contract", "BLOB", "Whose: a line of `contracts`, 0 for a call that is nobody's"),
            C("kind", "BLOB", "Which kind: `number` in `call_kind`"),
        ),
        indexes=(("month",),),
    ),
)

"""The table of calls.db in which people exclude calls afterwards: it grows at its end, and nothing in it changes."""

from .table import UTC_SECONDS, Column, Table

C = Column
STAYS = "what was excluded stays noted: `permanence calls exclude CALL --undo` takes it back"
EXCLUSION_TABLES = (
    Table(
        "exclusion",
        "Appels exclus",
        "Each time that somebody excluded a call afterwards, or took it back; the imported records stay as they are.",
        (
            C("id", "INTEGER", "Place in the order in which it was done, from 1"),
            C("call", "INTEGER", "The record of the call that was named", refers_to="call"),
            C("what", "TEXT", "excluded, or undone: it is counted again as its offer says"),
            C("at", "INTEGER", "When", UTC_SECONDS),
            C("by", "TEXT", "Who did it, as it was typed"),
            C("why", "TEXT", "Why, as the customer is told"),
        ),
        label="why",
        indexes=(("call",),),
        triggers=(
            *(
                f"CREATE TRIGGER [exclusion_no_{verb.lower()}] BEFORE {verb} ON [exclusion]"
                f" BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
                for verb in ("UPDATE", "DELETE")
            ),
            "CREATE TRIGGER [exclusion_in_order] BEFORE INSERT ON [exclusion] BEGIN SELECT CASE WHEN NEW.[id] <>"
            " coalesce((SELECT max([id]) FROM [exclusion]), 0) + 1"
            f" THEN RAISE(ABORT, '{STAYS}') END; END",
        ),
    ),
)

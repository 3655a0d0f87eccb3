"""The table of what was done: who, when, in which words, and what came of it; a row is put at the end, and stays."""

from .table import UTC_SECONDS, Column, Table

C = Column
STAYS = "what was done stays noted as it was"
LAST = "coalesce((SELECT max([id]) FROM [audit]), 0)"
AUDIT_TABLES = (
    Table(
        "audit",
        "Journal",
        "Who did what and when: a row for each command that wrote, put in the transaction of what it did.",
        (
            C("id", "INTEGER", "Number, from 1, without a gap"),
            C("at", "INTEGER", "When it was asked for", UTC_SECONDS),
            C("who", "TEXT", "Who typed it: PERMANENCE_USER with the machine's user, or that user alone"),
            C("command", "TEXT", "The command, such as calls import"),
            C("arguments", "TEXT", "The words after it as they were typed; callers' numbers are left out"),
            C("product", "TEXT?", "Version of Permanence; empty where it was not installed"),
            C("came_of", "TEXT", "What came of it, as JSON: counts, documents, files, and what was there before"),
            C("digest", "TEXT?", "SHA-256 of the digest before it, a line feed, and this row as JSON"),
        ),
        label="command",
        triggers=(
            *(
                f"CREATE TRIGGER [audit_no_{verb.lower()}] BEFORE {verb} ON [audit]"
                f" BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
                for verb in ("UPDATE", "DELETE")
            ),
            "CREATE TRIGGER [audit_in_order] BEFORE INSERT ON [audit] BEGIN SELECT CASE"
            f" WHEN NEW.[id] <> {LAST} + 1 THEN RAISE(ABORT, 'what was done is noted at the end') END; END",
        ),
    ),
)

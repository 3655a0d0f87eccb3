"""The tables of calls.db that hold work that is no call: docs/data.md is printed from here."""

from .table import UNKNOWN, Column, Table

C = Column
WORK_TABLES = (
    Table(
        "work_import",
        "Fichiers de travaux",
        "Each file of work that was imported; rows = accepted + duplicate + refused.",
        (
            C("id", "INTEGER", "Number of the import"),
            C("file", "TEXT", "Path of the file"),
            C("sha256", "TEXT", "SHA-256 of the file's bytes: the same bytes are imported once"),
            C("rows", "INTEGER", "Records in the file", "records"),
            C("accepted", "INTEGER", "New records", "records"),
            C("duplicate", "INTEGER", "Records known already, with the same content", "records"),
            C("refused", "INTEGER", "Unreadable records, and known ones with other content", "records"),
            C("product", "TEXT?", f"Version of Permanence that read it{UNKNOWN}"),
        ),
        label="file",
        unique=(("sha256",),),
    ),
    Table(
        "work",
        "Travaux",
        "Each record of work once: letters typed, appointments, e-mails, changes asked for.",
        (
            C("id", "INTEGER", "Number of the record in this database"),
            C("work_import", "INTEGER", "The file it came from", refers_to="work_import"),
            C("line", "INTEGER", "Line in it", "line number"),
            C("identity", "TEXT", "What it is known by: its id, or its content and its place among equals"),
            C("work_id", "TEXT?", "The id that the file gives it"),
            C("contract", "TEXT", "Contract that it was done for, as the file has it"),
            C("day", "TEXT", "Day on which it was done", "date"),
            C("what", "TEXT", "What was done, as offers name it"),
            C("quantity", "INTEGER", "How many; below zero where earlier work is taken back", "units"),
            C("note", "TEXT?", "What somebody wrote beside it; it may name people"),
        ),
        label="what",
        unique=(("identity",),),
        indexes=(("day",), ("contract",), ("work_import",)),
    ),
    Table(
        "work_set_aside",
        "Travaux écartés",
        "Each record of work that was not imported, and why.",
        (
            C("id", "INTEGER", "Number of the record in this database"),
            C("work_import", "INTEGER", "The file it came from", refers_to="work_import"),
            C("line", "INTEGER", "Line in it", "line number"),
            C("outcome", "TEXT", "duplicate or refused"),
            C("reason", "TEXT", "Why"),
            C("text", "TEXT", "The record, telephone numbers masked; empty for known ones"),
        ),
        indexes=(("work_import",),),
    ),
)

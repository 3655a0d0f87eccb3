"""The tables of calls.db, with the meaning and unit of each column: docs/data.md is printed from here."""

from ..model.call_file import CALL_COLUMNS
from .audit_tables import AUDIT_TABLES
from .exclusion_tables import EXCLUSION_TABLES
from .table import UNKNOWN, UTC_SECONDS, Column, Table
from .work_tables import WORK_TABLES

C = Column
DAY_TABLES = (
    Table(
        "import_day",
        "Jours importés",
        "Each day of which an imported file brought records.",
        (
            C("id", "INTEGER", "Number of the row"),
            C("import", "INTEGER", "The file they came from", refers_to="import"),
            C("day", "INTEGER", "Day on which the records start, in UTC", "days since 1970-01-01"),
            C("records", "INTEGER", "New records", "records"),
            C("set_aside", "INTEGER", "Records set aside", "records"),
            C("digest", "TEXT", "SHA-256 of the digests of its packs"),
        ),
        unique=(("import", "day"),),
    ),
    Table(
        "call_pack",
        "Enregistrements par jour",
        "What a month is read from: the records of an import and a day, as columns.",
        (
            C("id", "INTEGER", "Number of the pack"),
            C("day", "INTEGER", "The day of the import that it is of", refers_to="import_day"),
            C("what", "TEXT", "call: records of calls; or set_aside"),
            C("records", "INTEGER", "Records in it", "records"),
            C("digest", "TEXT", "SHA-256 of the content"),
            C("content", "BLOB", "An Arrow stream, compressed, without the callers' numbers"),
        ),
        indexes=(("day",),),
    ),
)
CALL_TABLES = (
    Table(
        "import",
        "Fichiers importés",
        "Each file of call records that was imported; rows = accepted + duplicate + refused.",
        (
            C("id", "INTEGER", "Number of the import"),
            C("file", "TEXT", "Path of the file"),
            C("sha256", "TEXT", "SHA-256 of the file's bytes: the same bytes are imported once"),
            C("format", "TEXT", "Call format that it was read in"),
            C("zone", "TEXT", "Zone of its stamps; empty where they bear an offset"),
            C("rows", "INTEGER", "Records in the file", "records"),
            C("accepted", "INTEGER", "New records", "records"),
            C("duplicate", "INTEGER", "Records known already, with the same content", "records"),
            C("refused", "INTEGER", "Unreadable records, and known ones with other content", "records"),
            C("product", "TEXT?", f"Version of Permanence that read it{UNKNOWN}"),
            C("digest", "TEXT?", "SHA-256 of what it brought, day by day: it is compared before a bill"),
            C("bytes", "INTEGER?", f"How many bytes of the file these were; it may have grown since{UNKNOWN}", "bytes"),
        ),
        label="file",
        unique=(("sha256",),),
    ),
    Table(
        "call",
        "Enregistrements importés",
        "Each record of a call once, by its id in its source; the records that share their link are one call.",
        (
            C("id", "INTEGER", "Number of the record in this database"),
            C("import", "INTEGER", "The file it came from", refers_to="import"),
            C("line", "INTEGER", "Line (row of a Parquet file) in it", "line number"),
            *(C(column.name, column.type, column.meaning, column.unit) for column in CALL_COLUMNS),
        ),
        label="call_id",
        unique=(("source", "call_id"),),
        indexes=(("start",), ("import",)),
    ),
    Table(
        "set_aside",
        "Enregistrements écartés",
        "Each record that was not imported, and why.",
        (
            C("id", "INTEGER", "Number of the record in this database"),
            C("import", "INTEGER", "The file it came from", refers_to="import"),
            C("line", "INTEGER", "Line (row of a Parquet file) in it", "line number"),
            C("outcome", "TEXT", "duplicate or refused"),
            C("start", "INTEGER", "Arrival; of the nearest readable record where its own is not", UTC_SECONDS),
            C("reason", "TEXT", "Why"),
            C("call_id", "TEXT", "The record's id, empty where it has none"),
            C("text", "TEXT", "The record, telephone numbers masked; empty for known ones"),
        ),
        indexes=(("start", "outcome"), ("import",)),
    ),
    *DAY_TABLES,
    *WORK_TABLES,
    *EXCLUSION_TABLES,
    *AUDIT_TABLES,
)

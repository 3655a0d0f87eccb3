"""The tables of billing.db that hold what a month rests on, and its work that is no call."""

from .table import UNKNOWN, Column, Table

C = Column
BASIS_TABLES = (
    Table(
        "basis",
        "Bases des mois",
        "What a month's bills rest on, to be compared with what is known later: the calls, as they were read.",
        (
            C("id", "TEXT", "The month"),
            C("month", "TEXT", "The run that made the bills", refers_to="run"),
            C("zone", "TEXT", "Zone of the wall clock that cuts the month"),
            C("calls_source", "TEXT", "Database of calls, or pattern of Parquet files, as it was typed"),
            C("stamp", "TEXT", "How that stood: digest of the imports, or of the files' names, sizes and times"),
            C("last_import", "INTEGER", "Number of the last import in the database; 0 for Parquet files"),
            C("calls", "INTEGER", "Calls of the month", "calls"),
            C("calls_digest", "TEXT", "Digest of their records, whatever their order"),
            C("crossing", "INTEGER?", f"1 when an offer may give a call to the month after{UNKNOWN}", "yes/no"),
        ),
    ),
    Table(
        "basis_contract",
        "Contrats par mois",
        "What of each contract the month's bill rests on.",
        (
            C("id", "TEXT", "Month and contract"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("contract", "TEXT", "Which contract", refers_to="contract"),
            C("digest", "TEXT", "SHA-256 of all that the bill reads of the contract, as known at the month's end"),
            C("on_file", "TEXT", "SHA-256 of the contract with the offers that it names, as they were on file"),
            C("lines", "TEXT", "The customer's own lines in the month, one a row"),
            C("calls", "INTEGER", "Calls that came to them, whatever became of them", "calls"),
        ),
        indexes=(("month",), ("contract",)),
    ),
    Table(
        "basis_part",
        "Règles et options par mois",
        "The offers' texts and the options' plugins that the month's bills rest on.",
        (
            C("id", "TEXT", "Month, part and name"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("part", "TEXT", "offer, option, work, or work_source"),
            C("name", "TEXT", "Offer version, the option's name, the contract of the work, or the database it is in"),
            C("stood", "TEXT", "SHA-256 of the text; distribution and version; or records of work, and their digest"),
        ),
        indexes=(("month",),),
    ),
)
WORK_OF_MONTHS = (
    Table(
        "work_done",
        "Travaux du mois",
        "How much work of each kind was imported for a month, by contract, and what became of it.",
        (
            C("id", "TEXT", "Month, contract, kind of work and outcome"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("contract", "TEXT", "The contract that the records name; there may be none of that number"),
            C("what", "TEXT", "Kind of work, as offers name it"),
            C("outcome", "TEXT", "counted; held, with a contract on hold; or unassigned, nobody's"),
            C("priced", "INTEGER", "1 when a price, an option or a rule of the contract's offer counts it", "yes/no"),
            C("quantity", "INTEGER", "How much", "units"),
            C("records", "INTEGER", "In how many records", "records"),
        ),
        indexes=(("month",), ("contract",)),
    ),
)

"""The tables of billing.db, with the meaning and unit of each column: docs/data.md is printed from here."""

from attrs import frozen

UTC_SECONDS = "seconds since 1970-01-01 UTC"
UNKNOWN = "; empty where it is older than this column"


@frozen
class Column:
    """One column: SQL type, what it holds, its unit, and the table it refers to."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    refers_to: str = ""


@frozen
class Table:
    """One STRICT table: its columns, its key, its French title, and what is unique or indexed in it."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    label: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def ddl(self) -> str:
        """Return the statement that creates the table; the first column is the key."""
        lines = []
        for position, column in enumerate(self.columns):
            nullable = column.type.endswith("?")
            text = f"[{column.name}] {column.type.rstrip('?')}"
            text += " PRIMARY KEY" if position == 0 else ("" if nullable else " NOT NULL")
            if column.refers_to:
                text += f" REFERENCES [{column.refers_to}]([id])"
            lines.append(text)
        lines += [f"UNIQUE ({', '.join(f'[{name}]' for name in names)})" for names in self.unique]
        return f"CREATE TABLE [{self.name}] (\n  " + ",\n  ".join(lines) + "\n) STRICT"

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the statements that create the table and its indexes."""
        indexes = []
        for names in self.indexes:
            columns = ", ".join(f"[{name}]" for name in names)
            indexes.append(f"CREATE INDEX [{self.name}_{'_'.join(names)}] ON [{self.name}] ({columns})")
        return (self.ddl, *indexes)


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
            C("part", "TEXT", "offer or option"),
            C("name", "TEXT", "Offer version, or the option's name"),
            C("stood", "TEXT", "SHA-256 of the offer's text, or distribution and version that brought the option"),
        ),
        indexes=(("month",),),
    ),
)
BILLING_TABLES = (
    Table(
        "run",
        "Mois facturés",
        "One run of `permanence bill`: a month, and what became of every record and every call.",
        (
            C("id", "TEXT", "The month; a new run of a month replaces the former one"),
            C("ran_at", "INTEGER", "When the run ended", UTC_SECONDS),
            C("source", "TEXT", "What the calls were read from"),
            C("provisional", "INTEGER", "1 when the month had not ended", "yes/no"),
            C("came_in", "INTEGER", "Records that came in for the month", "records"),
            C("counted", "INTEGER", "Counted into a bill", "calls"),
            C("outside", "INTEGER", "Handled outside the contracted hours", "calls"),
            C("excluded", "INTEGER", "Not countable: unanswered, outgoing, too short, tagged, or by a rule", "calls"),
            C("duplicate", "INTEGER", "Came in more than once", "records"),
            C("unassigned", "INTEGER", "No contract in service holds the line", "calls"),
            C("refused", "INTEGER", "Unreadable or contradictory records", "records"),
            C("questions", "INTEGER", "How often durable-rules was asked", "questions"),
            C("product", "TEXT?", f"Version of Permanence that billed it{UNKNOWN}"),
            C("records", "INTEGER?", f"Records that the month's calls are made of{UNKNOWN}", "records"),
            C("calls", "INTEGER?", f"Calls of the month{UNKNOWN}", "calls"),
            C("held", "INTEGER?", f"Calls of contracts on hold, that wait with them{UNKNOWN}", "calls"),
        ),
        label="id",
    ),
    Table(
        "offer",
        "Offres",
        "Each offer version that billed something, with its text as it stood.",
        (
            C("id", "TEXT", "SHA-256 of the text: another text is another row"),
            C("version", "TEXT", "Name and first day of sale, as contracts pin it"),
            C("title", "TEXT", "Title, French"),
            C("sold_from", "TEXT", "First day of sale", "date"),
            C("file", "TEXT", "Path of the rule file"),
            C("text", "TEXT", "The rule file as it stood when it billed"),
        ),
        label="version",
    ),
    Table(
        "rule",
        "Règles",
        "Each rule that charged something, at its place in the file.",
        (
            C("id", "TEXT", "Offer text's digest (12 characters), then the rule's name"),
            C("offer", "TEXT", "The offer text it stands in", refers_to="offer"),
            C("name", "TEXT", "Name in the file"),
            C("stage", "TEXT", "call, month or notice"),
            C("condition", "TEXT", "The rule's `when`"),
            C("outcome", "TEXT", "The rule's `then`"),
            C("why", "TEXT", "Its sentence, French"),
            C("file", "TEXT", "Path of the rule file"),
            C("line", "INTEGER", "Line in it", "line number"),
        ),
        label="name",
        indexes=(("offer",),),
    ),
    Table(
        "contract",
        "Contrats",
        "Each contract that was billed or put on hold, as it stood in the last run.",
        (
            C("id", "TEXT", "Contract number"),
            C("customer", "TEXT", "Customer's name"),
            C("kind", "TEXT", "professional, non_professional or consumer"),
            C("region", "TEXT", "Region for holidays and VAT", "ISO 3166-2"),
            C("offer", "TEXT", "Offer version that it pins"),
            C("mission", "TEXT", "Mission"),
            C("signed", "TEXT", "Day of signature", "date"),
            C("live", "TEXT?", "First day of service; empty while nobody has noted it", "date"),
            C("promised", "TEXT?", f"Day by which service was promised at the signature (R19){UNKNOWN}", "date"),
            C("days_late", "INTEGER?", "Days by which that was missed, up to the month's end; empty if kept", "days"),
        ),
        label="customer",
    ),
    Table(
        "invoice",
        "Factures",
        "The draft invoice of a contract and month.",
        (
            C("id", "TEXT", "Month and contract; a draft has no legal number"),
            C("contract", "TEXT", "Whose", refers_to="contract"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("offer", "TEXT", "By which offer text", refers_to="offer"),
            C("status", "TEXT", "draft, or provisional when the month had not ended"),
            C("served_from", "TEXT", "First day served in the month", "date"),
            C("served_days", "INTEGER", "Days served in the month", "days"),
            C("calls", "INTEGER", "Calls counted", "calls"),
            C("band", "INTEGER?", "Band reached: its highest count", "calls"),
            C("net_cents", "INTEGER", "Total excluding VAT", "euro cents"),
            C("vat_cents", "INTEGER", "VAT", "euro cents"),
            C("total_cents", "INTEGER", "Total including VAT", "euro cents"),
        ),
        label="id",
        unique=(("contract", "month"),),
        indexes=(("month", "status"), ("offer", "month")),
    ),
    Table(
        "line",
        "Lignes de facture",
        "One line of an invoice: quantity × unit price ÷ for_each × days ÷ of_days, and the rule that made it.",
        (
            C("id", "TEXT", "Invoice and position"),
            C("invoice", "TEXT", "Of which invoice", refers_to="invoice"),
            C("position", "INTEGER", "Place on the invoice, from 1"),
            C("code", "TEXT", "What was charged: bands, package, option.x, price.x"),
            C("label", "TEXT", "What the customer reads"),
            C("quantity", "INTEGER", "How many", "units"),
            C("unit", "TEXT", "Of what"),
            C("unit_price_micros", "INTEGER", "Unit price excluding VAT", "millionths of a euro"),
            C("for_each", "INTEGER", "How many units the unit price is for: 60 for a price per minute", "units"),
            C("days", "INTEGER", "Days charged", "days"),
            C("of_days", "INTEGER", "Out of how many", "days"),
            C("amount_cents", "INTEGER", "Amount excluding VAT", "euro cents"),
            C("rule", "TEXT", "The rule that charged it", refers_to="rule"),
            C("sentence", "TEXT", "Why, in a French sentence"),
        ),
        label="label",
        indexes=(("invoice",), ("rule",)),
    ),
    Table(
        "fact",
        "Vocabulaire",
        "Each fact that a monthly rule may read, and what it means.",
        (
            C("id", "TEXT", "Fact, as rules name it"),
            C("meaning", "TEXT", "What it means, French"),
            C("unit", "TEXT", "Its unit; empty for words and yes/no"),
        ),
        label="id",
    ),
    Table(
        "line_fact",
        "Faits lus",
        "What the rule of a line read.",
        (
            C("id", "TEXT", "Line, then the fact's name"),
            C("line", "TEXT", "Of which line", refers_to="line"),
            C("name", "TEXT", "Fact, as rules name it", refers_to="fact"),
            C("value", "TEXT", "Its value; yes/no as 1/0"),
        ),
        label="name",
        indexes=(("line",),),
    ),
    Table(
        "vat",
        "TVA",
        "VAT of an invoice, per rate on the rounded total.",
        (
            C("id", "TEXT", "Invoice, then the rate"),
            C("invoice", "TEXT", "Of which invoice", refers_to="invoice"),
            C("rate_bp", "INTEGER", "Rate", "hundredths of a per cent"),
            C("base_cents", "INTEGER", "Total excluding VAT at this rate", "euro cents"),
            C("amount_cents", "INTEGER", "VAT", "euro cents"),
            C("reason", "TEXT", "Why this rate, French"),
        ),
        indexes=(("invoice",),),
    ),
    Table(
        "usage",
        "Appels du mois",
        "How many calls of which kind lie behind an invoice.",
        (
            C("id", "TEXT", "Invoice, then a number"),
            C("invoice", "TEXT", "Of which invoice", refers_to="invoice"),
            C("outcome", "TEXT", "counted, outside or excluded"),
            C("reason", "TEXT", "Why, where there is a reason"),
            C("window", "TEXT", "Coverage window, as rules name it; empty outside"),
            C("window_title", "TEXT", "The same as customers read it, French"),
            C("marks", "TEXT", "Marks that call rules set, separated by spaces"),
            C("calls", "INTEGER", "How many", "calls"),
            C("talk_seconds", "INTEGER", "Their conversations together", "seconds"),
        ),
        indexes=(("invoice",),),
    ),
    Table(
        "hold",
        "Contrats en attente",
        "A contract whose month could not be billed, and why.",
        (
            C("id", "TEXT", "Month and contract"),
            C("contract", "TEXT", "Which contract", refers_to="contract"),
            C("month", "TEXT", "Which month", refers_to="run"),
            C("reason", "TEXT", "Why, and what to do"),
            C("calls", "INTEGER?", f"Its calls, which wait with it{UNKNOWN}", "calls"),
        ),
        indexes=(("month",), ("contract",)),
    ),
    *BASIS_TABLES,
)

"""What each database has become since its first version: named steps, each taken once, counted by sqlite-utils."""

from collections.abc import Callable

from sqlite_utils import Database

from .audit import chain_deeds
from .audit_tables import AUDIT_TABLES
from .basis_tables import BASIS_TABLES, WORK_OF_MONTHS
from .call_numbers import spell_alike
from .call_tables import CALL_TABLES, DAY_TABLES
from .capsule_tables import CAPSULE_TABLES
from .contract_tables import CONTRACT_TABLES
from .exclusion_tables import EXCLUSION_TABLES
from .impact_tables import IMPACT_TABLES
from .import_days import pack_all
from .kept_tables import KEPT_TABLES
from .layouts import DatabaseLayout, Step, tables_added, together
from .ledger_tables import LEDGER_TABLES
from .mail_tables import MAIL_TABLES
from .money_tables import MONEY_TABLES
from .portal_tables import PORTAL
from .schema import BILLING_TABLES
from .title_tables import TITLE_TABLES
from .work_tables import WORK_TABLES


def product_noted_in(name: str) -> Step:
    """Return the step that adds to a table which version of the product made a row, empty for the rows of before."""

    def take(database: Database) -> None:
        table = database.table(name)
        if "product" not in table.columns_dict:
            table.add_column("product", str)

    return Step(f"{name}_notes_product", take)


def promise_noted() -> Step:
    """Return the step by which a contract's first day of service may be empty, and its promise is beside it (R19)."""

    def take(database: Database) -> None:
        if "promised" in database.table("contract").columns_dict:
            return
        for statement in (
            "RENAME COLUMN [live] TO [live_before]",
            "ADD COLUMN [live] TEXT",
            "ADD COLUMN [promised] TEXT",
            "ADD COLUMN [days_late] INTEGER",
        ):
            database.execute(f"ALTER TABLE [contract] {statement}")
        database.execute("UPDATE [contract] SET [live] = [live_before]")
        database.execute("ALTER TABLE [contract] DROP COLUMN [live_before]")

    return Step("contract_notes_promise", take)


def missing_days_noted() -> Step:
    """Return the step by which a month says on which days its usual calls are missing; not known of those of before."""

    def take(database: Database) -> None:
        if "missing_days" not in database.table("run").columns_dict:
            database.table("run").add_column("missing_days", str)

    return Step("run_notes_missing_days", take)


def details_and_days() -> Step:
    """Return the step by which calls may have details and days a digest, and numbers are spelt as they are read."""
    days = tables_added("days", DAY_TABLES, pack_all)

    def take(database: Database) -> None:
        if "details" not in database.table("call").columns_dict:
            database.table("call").add_column("details", str)
            database.table("import").add_column("digest", str)
            spell_alike(database)
        days.take(database)

    return Step("calls_have_details_and_days", take, days.adds)


def calls_counted() -> Step:
    """Return the step by which a run counts records and calls apart, and says how many calls wait with a contract."""
    added = {"run": ("records", "calls", "held"), "hold": ("calls",), "basis": ("crossing",)}

    def take(database: Database) -> None:
        for name, columns in added.items():
            table = database.table(name)
            for column in columns:
                if column not in table.columns_dict:
                    table.add_column(column, int)

    return Step("run_counts_calls", take)


def keys_that_begin_with_the_parent() -> Step:
    """Return the step by which what belongs to an invoice or a line lies with it, in one tree instead of three."""
    number_of = {
        "line_fact": "row_number() OVER (PARTITION BY [line] ORDER BY rowid)",
        "usage": "CAST(substr([id], length([invoice]) + 2) AS INTEGER)",
    }

    def take(database: Database) -> None:
        there = [table for table in BILLING_TABLES if table.key and database.table(table.name).exists()]
        for table in there:
            if database.table(table.name).pks == list(table.key):
                continue
            before = f"{table.name}_before"
            database.execute(f"ALTER TABLE [{table.name}] RENAME TO [{before}]")
            for statement in table.statements:
                database.execute(statement)
            columns = ", ".join(f"[{column.name}]" for column in table.stored)
            kept = columns.replace("[number]", number_of.get(table.name, "[number]"))
            database.execute(f"INSERT INTO [{table.name}] ({columns}) SELECT {kept} FROM [{before}]")
            database.execute(f"DROP TABLE [{before}]")

    return Step("keys_begin_with_the_parent", take)


def days_noted() -> Step:
    """Return the step by which invoices and lines have days of their own (before: their month's), and deposits."""

    def take(database: Database) -> None:
        for name, month in (("invoice", "[month]"), ("line", "substr([invoice], 1, 7)")):
            if "first_day" in database.table(name).columns_dict:
                continue
            for column in ("first_day", "last_day"):
                database.table(name).add_column(column, str)
            database.execute(
                f"UPDATE [{name}] SET [first_day] = {month} || '-01',"
                f" [last_day] = date({month} || '-01', '+1 month', '-1 day')"
            )
        if "apart" not in database.table("line").columns_dict:
            database.table("invoice").add_column("deposit_cents", int)
            database.execute("UPDATE [invoice] SET [deposit_cents] = 0")
            database.table("line").add_column("apart", str)

    return Step("lines_have_days", take)


def size_noted() -> Step:
    """Return the step by which an import says how much of its file it took: a file that has grown is told by that."""

    def take(database: Database) -> None:
        if "bytes" not in database.table("import").columns_dict:
            database.table("import").add_column("bytes", int)

    return Step("import_notes_size", take)


def currency_noted(name: str, *tables: str) -> Step:
    """Return the step by which tables with amounts name their currency: what was there before is in euros."""

    def take(database: Database) -> None:
        for table in tables:
            if "currency" not in database.table(table).columns_dict:
                database.table(table).add_column("currency", str)
                database.execute(f"UPDATE [{table}] SET [currency] = 'EUR'")

    return Step(name, take)


def whose_noted() -> Step:
    """Return the step by which a draft says whose it is as that stood, and a run what it was made with."""
    added = {"run": ("made_with",), "invoice": ("customer", "kind", "region", "mission")}

    def take(database: Database) -> None:
        for name, columns in added.items():
            for column in columns:
                if column not in database.table(name).columns_dict:
                    database.table(name).add_column(column, str)

    return Step("invoices_say_whose", take)


def digests_noted(*tables: str) -> Step:
    """Return the step by which drafts have digests, those of before none; and what was done, which is chained."""

    def take(database: Database) -> None:
        for name in tables:
            if "digest" not in database.table(name).columns_dict:
                database.table(name).add_column("digest", str)
                if name == "audit":
                    _unguarded(database, chain_deeds)

    return Step(f"digests_of_{'_'.join(tables)}", take)


def _unguarded(database: Database, change: Callable[[Database], object]) -> None:
    """Change the audit where nothing else may, and guard it again, in the transaction that is open."""
    (audit,) = AUDIT_TABLES
    for text in audit.triggers:
        database.execute(f"DROP TRIGGER [{text.split('[')[1].split(']')[0]}]")
    change(database)
    for text in audit.triggers:
        database.execute(text)


AGAIN = "import and bill again"
BILLING = DatabaseLayout(
    "billing",
    BILLING_TABLES,
    2,
    (
        product_noted_in("run"),
        tables_added("months_have_a_basis", BASIS_TABLES),
        promise_noted(),
        together(
            "calls_above_records",
            calls_counted(),
            tables_added("months_have_work", WORK_OF_MONTHS),
            missing_days_noted(),
            tables_added("calls_are_kept", KEPT_TABLES),
        ),
        together(
            "amounts_have_a_currency",
            currency_noted("currency", "invoice", "line", "vat"),
            tables_added("contracts_have_terms", CONTRACT_TABLES),
            keys_that_begin_with_the_parent(),
        ),
        days_noted(),
        tables_added("offers_have_titles", TITLE_TABLES),
        together(
            "invoices_are_issued",
            whose_noted(),
            tables_added("drafts_have_capsules", CAPSULE_TABLES),
            tables_added("ledger", LEDGER_TABLES),
            tables_added("audit", AUDIT_TABLES),
        ),
        digests_noted("capsule", "audit"),
        tables_added("money_is_asked_for", MONEY_TABLES),
    ),
    AGAIN,
)
CALLS = DatabaseLayout(
    "calls",
    CALL_TABLES,
    2,
    (
        product_noted_in("import"),
        together("records_guarded", details_and_days(), tables_added("work_is_imported", WORK_TABLES), size_noted()),
        together(
            "deeds_are_noted",
            tables_added("calls_have_an_audit", AUDIT_TABLES),
            tables_added("calls_are_excluded", EXCLUSION_TABLES),
        ),
        digests_noted("audit"),
    ),
    AGAIN,
)
IMPACT = DatabaseLayout(
    "impact",
    IMPACT_TABLES,
    3,
    (
        product_noted_in("replay"),
        currency_noted("changes_have_a_currency", *(table.name for table in IMPACT_TABLES)),
    ),
    "let `permanence impact` write it again",
)
MAIL = DatabaseLayout("mail", MAIL_TABLES, 1, (), "send the mails that are in the outbox")
LAYOUTS = (BILLING, CALLS, IMPACT, PORTAL, MAIL)
"""Every database of ours: those that are backed up, brought up to date, and described."""

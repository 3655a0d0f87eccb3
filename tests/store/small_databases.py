"""The databases, small, from inputs that are always the same; and as text, to keep them as they once were.

Before a step is added to `store/migrations`, ``python -m tests.store.small_databases`` keeps what the code makes until
then in `made_before`.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir, closing
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from permanence.bill.basis import basis_of
from permanence.bill.calls_compared import with_calls
from permanence.bill.month import NOTHING_PAST, bill_month
from permanence.bill.work_compared import with_work_of
from permanence.cli.sending import alone
from permanence.model.alert import Alert
from permanence.model.call_file import CallFile, RefusedRecord
from permanence.model.debit import DEBIT_FORMS, Creditor, Debit, DebitBatch, DebitMessage, DebitPart
from permanence.model.deed import Deed
from permanence.model.impact import Amounts, Impact, NotCompared, Replayed
from permanence.model.issued import Document, ToIssue, digest_of_text
from permanence.model.mail import OutgoingMail, Verdict
from permanence.model.money import Cents
from permanence.model.payment import Payment
from permanence.model.period import Month
from permanence.model.problem import Place, Problem
from permanence.model.records import CallBatch
from permanence.model.work import RefusedWork, Work, WorkFile, WorkRecord
from permanence.on_file import open_book
from permanence.store.alerts import write_alerts
from permanence.store.audit import note_deed
from permanence.store.calls import import_calls, open_calls
from permanence.store.debits import ask
from permanence.store.drafts import DraftInvoice
from permanence.store.exclusions import exclude
from permanence.store.impacts import write_database
from permanence.store.ledger import issue
from permanence.store.mails import judged, mails_noted, open_mails
from permanence.store.opening import open_to_write, statements_of, writing
from permanence.store.payments import take_in
from permanence.store.portal_links import PUT, REVOKE
from permanence.store.portal_tables import PORTAL
from permanence.store.results import open_billing, publish
from permanence.store.work_imports import import_work
from sqlite_utils import Database

from tests.bill.months import NOVEMBER, OCTOBER, SEPTEMBER, calls, contract, offer, taken
from tests.bill.samples import records
from tests.installed import PLUGINS
from tests.store.call_files import a_part

LATER = '[[contract.discount]]\namount = "-5.00"\nfrom = 2030-01-01\nwhy = "Fidélité."\n'
BILINGUAL = '[option.bilingual]\nprice = "39.00"\n'
RAN_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
RAN_AT_UTC = int(RAN_AT.timestamp())
Value = int | str | None
MADE_BEFORE = Path(__file__).parent / "made_before"


def fill_billing(path: Path) -> None:
    """Bill three months of three contracts into a database: one has an option, one waits for its offer."""
    contracts = [
        contract("C1", taken("bilingual")),
        contract("C2", LATER, region="FR-974"),
        contract("C3", version="none@2026-01-01"),
    ]
    with TemporaryDirectory() as folder, chdir(folder):
        for name, text in (("rules", offer(BILINGUAL)), ("contracts", "format = 1\n" + "".join(contracts))):
            Path(name).mkdir()
            Path(name, "essentielle.toml").write_text(text, encoding="utf-8")
        book = open_book(Path("rules"), Path("contracts"), PLUGINS)
    database = open_billing(path)
    for month, came_in in ((SEPTEMBER, 51), (OCTOBER, 160), (NOVEMBER, 3)):
        found = calls(came_in, f"{month}-14 10:00:00", language="en") + calls(2, f"{month}-14 22:00:00")
        done = work_of(month)
        batch = CallBatch(records=records(found), source="calls.db", work=done)
        run = bill_month(book, month, batch, NOTHING_PAST, provisional=month == NOVEMBER)
        basis = with_calls(basis_of(book, run), batch.records, "calls.db", "", 1)
        publish(database, run, RAN_AT, basis=with_work_of(basis, done, "calls.db"))
    issue_september(database)
    ask_september(database)
    note_once(database)
    database.close()


def note_once(database: Database) -> None:
    """Note what was done, where nothing is noted yet: once more is another row, since it was done once more."""
    deed = Deed("marie", "bill", "2026-09", int(RAN_AT.timestamp()), None)
    with writing(database):
        if not database.table("audit").count:
            note_deed(statements_of(database), deed, {"month": "2026-09"})


def issue_september(database: Database) -> None:
    """Issue the drafts of September, each with a text that it rests on."""

    def made(drafts: Sequence[DraftInvoice], documents: Sequence[Document]) -> Sequence[ToIssue]:
        if documents:
            return []
        digest = digest_of_text("C")
        rests_on = {"offers": {}, "indices": {}, "contract_text": digest, "made_with": "", "read": {}}
        return [ToIssue("F-", {**draft.says, **rests_on}, {digest: ("contract", "C")}) for draft in drafts]

    issue(database, SEPTEMBER, made, RAN_AT.date(), lambda: RAN_AT)


def ask_september(database: Database) -> None:
    """Ask for the first invoice of September, and take a transfer for it in."""
    debit = Debit(
        reference="F-00001",
        contract="C1",
        holder="Client",
        iban="FR7699999000010000000000115",
        mandate="RUM-1",
        signed=date(2026, 1, 1),
        scheme="core",
        sequence="FRST",
        collect_on=date(2026, 11, 5),
        parts=(DebitPart("F-00001", Cents(100)),),
    )
    creditor = Creditor(seller="x", name="X", identifier="FR53ZZZ999999", iban=debit.iban, bic="")
    batches = (DebitBatch("PERM-000001-1", (debit,)),)
    message = DebitMessage(
        number=1, creditor=creditor, month="2026-09", made_at=RAN_AT_UTC, form=DEBIT_FORMS[0], batches=batches
    )
    paid = Payment(
        id="0", kind="transfer", booked_on=date(2026, 11, 6), amount=Cents(5), currency="EUR", paid={"F-00001": 5}
    )
    ask(database, lambda kept, _: [] if kept.debits else [(message, b"<Document/>")])
    take_in(database, "camt.xml", b"", lambda _: [paid], RAN_AT_UTC)


def work_of(month: Month) -> tuple[Work, ...]:
    """Return the work of a month: a contract's in service, one's that waits, and nobody's."""
    return tuple(
        Work(contract=name, day=month.first, what="letters", quantity=quantity)
        for name, quantity in (("C1", 12), ("C3", 2), ("C9", 1))
    )


def a_call(call_id: str, talk: int) -> tuple[Value, ...]:
    """Return a record: the values of our columns."""
    line = (None, "C0001", "+33199000010", "+33998000001")
    return ("pbx", call_id, *line, 1_793_523_600 + talk, 5, talk, "answered", "inbound", None, "urgent", None)


def a_file(name: str, *records: tuple[Value, ...]) -> CallFile:
    """Return a file of these records and one more that cannot be read."""
    unread = Problem(Place(name, len(records) + 1), "no call id")
    # Of the columns that the oldest database kept has: the same file has had the same digest ever since.
    content = tuple(record[:13] for record in records)
    refused = RefusedRecord(problem=unread, start=1_793_523_600, call_id="", text="C0001,+3399…")
    part = a_part([(line, *values) for line, values in enumerate(records, 1)], [refused])
    return CallFile(
        file=name, digest=sha256(f"{name} {content}".encode()).hexdigest(), zone="Europe/Paris", parts=[part]
    )


def fill_calls(path: Path) -> None:
    """Import two files of calls and one of work into a database.

    There are new calls, one that is known, one that is known otherwise, two unreadable; work that is new, work that is
    known otherwise, and an unreadable record. One call is excluded afterwards.
    """
    database = open_calls(str(path))
    for file in (
        a_file("a.csv", a_call("1", 60), a_call("2", 90)),
        a_file("b.csv", a_call("2", 90), a_call("1", 61), a_call("3", 5)),
    ):
        import_calls(database, file, "generic")
    import_work(database, a_work_file())
    exclude(database, 1, "excluded", RAN_AT_UTC, "Accueil", "Faux numéro")
    note_once(database)
    database.close()


def a_work_file() -> WorkFile:
    """Return a file of two records of work under one id, and one more that cannot be read."""
    unread = RefusedWork(problem=Problem(Place("work.csv", 4), "no day"), text="C1;;letters")
    twelve, other = (Work(contract="C1", day=OCTOBER.first, what="letters", quantity=count) for count in (12, 13))
    written = (
        WorkRecord(line=2, id="w1", work=twelve, note="le matin"),
        WorkRecord(line=3, id="w1", work=other, note=""),
    )
    digest = sha256(repr((written, unread)).encode()).hexdigest()
    return WorkFile(file="work.csv", digest=digest, rows=3, records=written, refused=(unread,))


def an_impact() -> Impact:
    """Return what a new version does to two contracts in two months, one of which it cannot bill."""
    months = (Month(2026, 9), Month(2026, 10))
    bills = [
        Replayed(
            contract="C1",
            customer="Garage du Parc",
            mission="simple",
            month=month,
            calls=140,
            charged={("bands", "subscription", "Essentielle, jusqu'à 150 appels"): Amounts(Cents(14900), Cents(15500))},
            band_before=150,
            band_after=150,
        )
        for month in months
    ]
    why = "L'offre essentielle@2026-12-01 n'a pas d'option « svi »."
    held = NotCompared(
        contract="C2",
        customer="Café du Port",
        mission="simple",
        month=months[0],
        why_before="",
        why_after=why,
        before=Cents(5900),
        after=None,
    )
    return Impact(
        against="essentielle@2026-01-01",
        version="essentielle@2026-12-01",
        file="rules/essentielle-2026-12-01.toml",
        currency="EUR",
        measured_again=(),
        whys={"subscription": "Le forfait correspond au nombre d'appels traités."},
        months=months,
        bills=tuple(bills),
        not_compared=(held,),
    )


def fill_impact(path: Path) -> None:
    """Write an impact to a database."""
    write_database(path, an_impact())


def fill_mail(path: Path) -> None:
    """Note a mail that was sent, and an alert that was written."""
    database = open_mails(path)
    mail = OutgoingMail(
        id="2026-09-14-C1",
        message_id="<2026-09-14-C1.0@permanence.example>",
        sender="facturation@permanence.example",
        recipients=("port@client.example",),
        subject="Vos appels",
        digest="0",
        content=b"",
    )
    with alone(path):
        if "sent" not in {one.state for one in mails_noted(database).values()}:
            judged(database, mail, None, Verdict("sent", "250 OK"), RAN_AT_UTC)
            alert = Alert(
                contract="C1",
                month="2026-09",
                kind="calls",
                threshold="5@50",
                reached_on=date(2026, 9, 14),
                sentence="X.",
            )
            write_alerts(
                database, lambda known: [] if known else [("2026-09-14-C1-alerte-1", b"X", [alert])], RAN_AT_UTC
            )
    note_once(database)
    database.close()


def fill_portal(path: Path) -> None:
    """Make a link to a customer's page, and revoke it."""
    with closing(open_to_write(path, PORTAL)) as database:
        with writing(database):
            if not database.table("link").count:
                database.execute(PUT, (1, "C1", RAN_AT_UTC, RAN_AT_UTC + 1, "0" * 64))
                database.execute(REVOKE, (1, RAN_AT_UTC))
        note_once(database)


FILL: Mapping[str, Callable[[Path], None]] = {
    "billing.db": fill_billing,
    "calls.db": fill_calls,
    "impact.db": fill_impact,
    "mail.db": fill_mail,
    "portal.db": fill_portal,
}


def keep(folder: Path) -> None:
    """Keep the databases as text, each under its version: ``billing.2.sql``."""
    for name, fill in FILL.items():
        with TemporaryDirectory() as beside:
            path = Path(beside, name)
            fill(path)
            with closing(sqlite3.connect(path)) as database:
                (version,) = database.execute("PRAGMA user_version").fetchone()
            (folder / f"{path.stem}.{version}.sql").write_text(as_text(path), encoding="utf-8")


def as_text(path: Path) -> str:
    """Return a database as the statements that make it again, its version among them."""
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        (journal,) = database.execute("PRAGMA journal_mode").fetchone()
        statements = [f"PRAGMA journal_mode = {journal};", *database.iterdump(), f"PRAGMA user_version = {version};"]
    return "\n".join(statements) + "\n"


def restore(kept: str, path: Path) -> Path:
    """Make a database that was kept in `made_before`, ``billing.2.sql``, anew; return its path."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript((MADE_BEFORE / kept).read_text(encoding="utf-8"))
    return path


if __name__ == "__main__":
    keep(MADE_BEFORE)

"""A month's drafts as they are to be issued: all that an invoice says of its money, as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from attrs import frozen
from sqlite_utils import Database

from ..model.issued import Document, digest_after, encoded, written
from ..model.period import Month
from ..model.words.own_titles import mission_told
from .bases import Row
from .draft_text import HEAD, LINE, OFFER, USAGE, VAT, draft_says, line_says
from .titles import OF_AN_OFFER, by_kind

HEADS = """
SELECT invoice.id, invoice.contract, invoice.customer, invoice.kind, invoice.region, invoice.mission,
    invoice.first_day, invoice.last_day, invoice.served_from, invoice.served_days, invoice.calls, invoice.band,
    invoice.net_cents, invoice.vat_cents, invoice.total_cents, invoice.deposit_cents, invoice.currency,
    offer.id, offer.version, offer.title, capsule.counts, capsule.past, capsule.digest
FROM invoice JOIN offer ON offer.id = invoice.offer LEFT JOIN capsule ON capsule.invoice = invoice.id
WHERE invoice.month = ? ORDER BY invoice.contract
"""
RULE_NAMED = "rule.offer, rule.name, iif(rule.file = offer.file, rule.line, 0)"
"""A rule of the contract's own, such as that of a discount, stands in no rule file: its line there is 0.

Where the contract stands in its file is no part of what is billed: another one's event may move it."""
RULES = f"SELECT rule.id, {RULE_NAMED} FROM rule LEFT JOIN offer ON offer.id = rule.offer"
LINES = f"""
SELECT line.invoice, line.id, {", ".join(f"line.[{name}]" for name in LINE)}, {RULE_NAMED}
FROM line JOIN rule ON rule.id = line.rule LEFT JOIN offer ON offer.id = rule.offer
WHERE line.invoice >= ? AND line.invoice < ?
ORDER BY line.invoice, line.position
"""
FACTS = "SELECT line, name, value FROM line_fact WHERE line >= ? AND line < ? ORDER BY line, number"
FIRST = itemgetter(0)
OF_INVOICES = "SELECT invoice, {} FROM [{}] WHERE invoice >= ? AND invoice < ? ORDER BY invoice, {}"


MADE_OF = """
SELECT run.made_with, basis.calls_source, basis.stamp, basis.last_import, basis.calls_digest
FROM run LEFT JOIN basis ON basis.month = run.id WHERE run.id = ?
"""
MADE_WITH = "SELECT provisional, missing_days, made_with FROM run WHERE id = ?"


@frozen
class DraftMonth:
    """How a month was billed: before it had ended, without the calls of some days, with which versions of what."""

    provisional: bool
    missing_days: str
    made_with: str


def draft_month(database: Database, month: Month) -> DraftMonth | None:
    """Return how a month was billed, None where it was not."""
    found = database.execute(MADE_WITH, (str(month),)).fetchone()
    return DraftMonth(bool(found[0]), found[1] or "", found[2] or "") if found else None


def holds_of(database: Database, month: Month) -> tuple[tuple[str, str], ...]:
    """Return the contracts on hold in a month, each with the reason."""
    found = database.execute("SELECT contract, reason FROM hold WHERE month = ? ORDER BY contract", (str(month),))
    return tuple((contract, reason) for contract, reason in found)


@frozen
class DraftInvoice:
    """A draft: its name, what it says, and what it said with its month as it was billed: a digest, where there is one.

    ``month`` is what its month was counted from and made with.
    """

    id: str
    says: Document
    month: str = ""
    billed: str | None = None

    @property
    def digest(self) -> str:
        """Return the digest of what it says now, and of its month."""
        return digest_after(self.month, encoded(self.says))

    @property
    def as_billed(self) -> bool:
        """Tell whether it says what was billed; of a draft without a digest nobody knows: it is to be billed again."""
        return self.billed == self.digest


def drafts_of(database: Database, month: Month) -> Iterator[DraftInvoice]:
    """Yield the drafts of a month, by contract, as they stand in the transaction that is open."""
    bounds = (f"{month}-", f"{month}.")
    facts = _by_first(database.execute(FACTS, bounds))
    lines = _by_first(database.execute(LINES, bounds))
    vat, usage = (
        _by_first(database.execute(OF_INVOICES.format(", ".join(f"[{one}]" for one in names), table, order), bounds))
        for table, names, order in (("vat", VAT, "rate_bp"), ("usage", USAGE, "number"))
    )
    titles, made = Titles(database, month), month_made(database, month)
    for name, *head, billed in database.execute(HEADS, (str(month),)).fetchall():
        whose, amounts, offer, capsule = _in_parts(head, 5, len(HEAD), len(OFFER))
        says = draft_says(
            str(month),
            whose,
            amounts,
            offer,
            titles.mission(offer[1], whose[-1]),
            capsule,
            [_line(line, facts) for line in lines.get(name, ())],
            vat.get(name, ()),
            [list(row) for row in usage.get(name, ())],
        )
        yield DraftInvoice(name, says, made, billed)


def _in_parts(row: Sequence[Any], *lengths: int) -> Iterator[Row]:
    """Yield a row in parts of some lengths, and what is left of it."""
    values = iter(row)
    yield from (tuple(islice(values, length)) for length in lengths)
    yield tuple(values)


def month_made(database: Database, month: Month) -> str:
    """Return what a month was counted from and made with, as it is in the digest of each of its drafts."""
    return written(list(map(list, database.execute(MADE_OF, (str(month),)))))


def rules_named(database: Database) -> Mapping[str, Row]:
    """Return how lines name each rule that is in the database, by its key."""
    return {key: tuple(row) for key, *row in database.execute(RULES)}


class Titles:
    """What a month's offers call their missions, each looked up once."""

    def __init__(self, database: Database, month: Month) -> None:
        self._database, self._month = database, month
        self._known: dict[tuple[str, str], str] = {}

    def mission(self, version: str, mission: str) -> str:
        """Return the title of a mission of an offer version; the mission itself where it has none."""
        if (version, mission) not in self._known:
            asked = {"month": str(self._month), "offer": version}
            found = by_kind(self._database.execute(OF_AN_OFFER, asked).fetchall())
            self._known[version, mission] = mission_told(found, mission)
        return self._known[version, mission]


def _by_first(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Return rows without their first column, by it."""
    return {name: [row[1:] for row in several] for name, several in groupby(rows, FIRST)}


def _line(row: Row, facts: Mapping[str, list[Row]]) -> Document:
    key, *values = row
    told = [list(fact) for fact in facts.get(key, ())]
    return line_says(tuple(values[: len(LINE)]), tuple(values[len(LINE) :]), told)

"""A month's invoices as rows of billing.db, each with the digest of what it says: what many share is told once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from attrs import define, field

from ..model.decision import Decision
from ..model.deposit import DEPOSIT
from ..model.invoice import ChargeLine, Invoice, MonthRun
from ..model.issued import digest_after, encoded, written_within
from ..model.outcome import Outcome
from ..model.period import ONE_DAY, Period
from .bases import Row
from .capsules import capsules
from .draft_text import draft_says, line_says
from .drafts import Titles

OUTCOME_NAMES = {outcome: outcome.word for outcome in Outcome}


class _ToldOnce(NamedTuple):
    """A line as it is told of whichever invoice: its columns from the code on, its decision, and the facts it read."""

    values: Row
    decision: Decision
    rule: str
    facts: tuple[Row, ...]


class _InvoiceTold(NamedTuple):
    """An invoice as it is told: its row, what it charges, deposits last, each by its place, and the calls behind it."""

    invoice: Invoice
    head: Row
    lines: list[_ToldOnce]
    usage: list[Row]


@define(eq=False)
class InvoiceRows:
    """The rows of a run's invoices, by table: lines, and what months come to, are told once for all who share them."""

    run: MonthRun
    _lines: dict[tuple[int, str], _ToldOnce] = field(factory=dict)
    _said: dict[tuple[int, int], object] = field(factory=dict)
    _sums: dict[tuple[int, int], Row] = field(factory=dict)
    _told: list[_InvoiceTold] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._told = [self._invoice(invoice) for invoice in self.run.invoices]

    def rules(self) -> Iterator[Row]:
        """Yield a row for each rule that charged something."""
        for name, decision in {line.rule: line.decision for line in self._lines.values()}.items():
            rule = decision.rule
            place, outcome = rule.place, f"charge = {rule.then.charge}"
            yield (name, decision.digest, rule.id, rule.on, rule.when, outcome, rule.why, place.file, place.line)

    def tables(self) -> Iterator[tuple[str, Iterable[Row]]]:
        """Yield the rows of invoices and of what belongs to them, by table."""
        yield "invoice", (one.head for one in self._told)
        yield "line", self._line_rows()
        yield "line_fact", self._fact_rows()
        yield "vat", self._vat_rows()
        yield "usage", self._usage_rows()

    def capsules(self, titles: Titles, rules: Mapping[str, Row], made: str) -> Iterator[Row]:
        """Yield for each draft what it was worked out from, and the digest of what it says.

        ``rules`` is how lines name rules, ``made`` what the month was counted from and made with.
        """
        for (invoice, head, lines, usage), (_, counts, past) in zip(self._told, capsules(self.run), strict=True):
            name, contract, month, offer, _, since, days, calls, band, net, vat, total, currency, *rest = head
            first, last, deposit, customer, kind, region, mission = rest
            version = invoice.offer.version
            says = draft_says(
                month,
                (contract, customer, kind, region, mission),
                (first, last, since, days, calls, band, net, vat, total, deposit, currency),
                (offer, version, invoice.offer.head.title.fr),
                titles.mission(version, mission),
                (counts, past),
                [self._line_said(place, line, rules) for place, line in enumerate(lines, 1)],
                sorted([(one.rate, one.base, one.amount, one.reason) for one in invoice.vat]),
                usage,
            )
            yield name, counts, past, digest_after(made, encoded(says))

    def _invoice(self, invoice: Invoice) -> _InvoiceTold:
        served, contract, offer, currency = invoice.served, invoice.contract, invoice.offer, invoice.currency
        since = served.start if served.periods else invoice.month.first
        whose = (invoice.number, contract.id, str(invoice.month), offer.digest, invoice.status)
        billed = (since.isoformat(), served.days, invoice.calls, invoice.band, *self._sums_of(invoice), invoice.deposit)
        customer, titles = contract.customer, invoice.window_titles
        usage = [
            (OUTCOME_NAMES[outcome], reason, window, titles.get(window, ""), marks, calls, talk)
            for _, outcome, reason, window, marks, calls, talk in invoice.usage
        ]
        charged = (*invoice.lines, *invoice.deposits) if invoice.deposits else invoice.lines
        lines = [self._lines.get((id(line), currency)) or self._line(invoice, line) for line in charged]
        head = (*whose, *billed, customer.name, customer.kind, customer.region, contract.mission)
        return _InvoiceTold(invoice, head, lines, usage)

    def _sums_of(self, invoice: Invoice) -> Row:
        """Return what an invoice comes to, and the first and last day that it is for."""
        shared = id(invoice.lines), id(invoice.vat)
        if shared not in self._sums:
            net, total = invoice.net, invoice.total
            self._sums[shared] = (net, total - net, total, invoice.currency, *_days(invoice.period))
        return self._sums[shared]

    def _line(self, invoice: Invoice, line: ChargeLine) -> _ToldOnce:
        price = (line.quantity, line.unit, line.unit_price, line.for_each, line.days, line.of_days, line.amount)
        days = _days(line.period or invoice.month.period)
        apart, rule = DEPOSIT if line.code == DEPOSIT else None, rule_id(line.decision)
        values = (line.code, line.label, *price, rule, line.sentence, invoice.currency, *days, apart)
        facts = tuple((number, name, str(value)) for number, (name, value) in enumerate(line.decision.facts, 1))
        told = self._lines[id(line), invoice.currency] = _ToldOnce(values, line.decision, rule, facts)
        return told

    def _line_said(self, place: int, line: _ToldOnce, rules: Mapping[str, Row]) -> object:
        shared = id(line), place
        if shared not in self._said:
            *price, _, sentence, _, first, last, apart = line.values
            facts = [fact[1:] for fact in line.facts]
            told = line_says((place, *price, sentence, first, last, apart), rules[line.rule], facts)
            self._said[shared] = written_within(told)
        return self._said[shared]

    def _line_rows(self) -> Iterator[Row]:
        for one in self._told:
            name = one.head[0]
            for place, line in enumerate(one.lines, 1):
                yield (line_id(name, place), name, place, *line.values)

    def _fact_rows(self) -> Iterator[Row]:
        for one in self._told:
            for place, line in enumerate(one.lines, 1):
                key = line_id(one.head[0], place)
                for fact in line.facts:
                    yield (key, *fact)

    def _vat_rows(self) -> Iterator[Row]:
        for one in self._told:
            for vat in one.invoice.vat:
                yield (one.head[0], vat.rate, vat.base, vat.amount, vat.reason, one.invoice.currency)

    def _usage_rows(self) -> Iterator[Row]:
        for one in self._told:
            key = one.head[0]
            for number, row in enumerate(one.usage, 1):
                yield (key, number, *row)


def rule_id(decision: Decision) -> str:
    """Return the key of a rule: it names the offer's text too, so that another text's rule is another row."""
    return f"{decision.digest[:12]}-{decision.rule.id}"


def line_id(invoice: str, place: int) -> str:
    """Return the key of an invoice's line, the same each time the month is billed."""
    return f"{invoice}-{place}"


def _days(period: Period) -> tuple[str, str]:
    """Return the first and the last day of a period."""
    assert period.end
    return period.start.isoformat(), (period.end - ONE_DAY).isoformat()

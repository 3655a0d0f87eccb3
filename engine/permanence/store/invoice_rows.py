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
    """A line as it is told of whichever invoice: its columns from the code on, its rule, and the facts it read."""

    values: Row
    rule: str
    facts: tuple[Row, ...]


@define(eq=False)
class InvoiceRows:
    """The rows of a run's invoices, by table: lines, and what months come to, are told once for all who share them."""

    run: MonthRun
    _lines: dict[tuple[int, str], _ToldOnce] = field(factory=dict)
    _said: dict[tuple[int, str, int], object] = field(factory=dict)
    _sums: dict[tuple[int, int], Row] = field(factory=dict)
    _usage: dict[str, list[Row]] = field(factory=dict)
    _heads: list[Row] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._heads = [self._invoice(invoice) for invoice in self.run.invoices]

    def tables(self) -> Iterator[tuple[str, Iterable[Row]]]:
        """Yield the rows of invoices and of what belongs to them, by table."""
        yield "invoice", self._heads
        yield "line", self._line_rows()
        yield "line_fact", self._fact_rows()
        yield "vat", self._vat_rows()
        yield "usage", self._usage_rows()

    def capsules(self, titles: Titles, rules: Mapping[str, Row], made: str) -> Iterator[Row]:
        """Yield for each draft what it was worked out from, and the digest of what it says.

        ``rules`` is how lines name rules, ``made`` what the month was counted from and made with.
        """
        for head, (invoice, counts, past) in zip(self._heads, capsules(self.run), strict=True):
            name, contract, month, offer, _, since, days, calls, band, net, vat, total, currency, *rest = head
            first, last, deposit, customer, kind, region, mission = rest
            says = draft_says(
                month,
                (contract, customer, kind, region, mission),
                (first, last, since, days, calls, band, net, vat, total, deposit, currency),
                (offer, invoice.offer.version, invoice.offer.head.title.fr),
                titles.mission(invoice.offer.version, mission),
                (counts, past),
                [self._line_said(invoice, place, line, rules) for place, line in _placed(invoice)],
                sorted((one.rate, one.base, one.amount, one.reason) for one in invoice.vat),
                self._usage_of(invoice),
            )
            yield name, counts, past, digest_after(made, encoded(says))

    def _invoice(self, invoice: Invoice) -> Row:
        served, contract = invoice.served, invoice.contract
        since = served.start if served.periods else invoice.month.first
        whose = (invoice.number, contract.id, str(invoice.month), invoice.offer.digest, invoice.status)
        billed = (since.isoformat(), served.days, invoice.calls, invoice.band, *self._sums_of(invoice), invoice.deposit)
        customer = contract.customer
        return (*whose, *billed, customer.name, customer.kind, customer.region, contract.mission)

    def _sums_of(self, invoice: Invoice) -> Row:
        """Return what an invoice comes to, and the first and last day that it is for."""
        shared = id(invoice.lines), id(invoice.vat)
        if shared not in self._sums:
            net, total = invoice.net, invoice.total
            self._sums[shared] = (net, total - net, total, invoice.currency, *_days(invoice.period))
        return self._sums[shared]

    def _line(self, invoice: Invoice, line: ChargeLine) -> _ToldOnce:
        known = self._lines.get((id(line), invoice.currency))
        if known is None:
            price = (line.quantity, line.unit, line.unit_price, line.for_each, line.days, line.of_days, line.amount)
            days = _days(line.period or invoice.month.period)
            apart, rule = DEPOSIT if line.code == DEPOSIT else None, rule_id(line.decision)
            values = (line.code, line.label, *price, rule, line.sentence, invoice.currency, *days, apart)
            facts = tuple((number, name, str(value)) for number, (name, value) in enumerate(line.decision.facts, 1))
            known = self._lines[id(line), invoice.currency] = _ToldOnce(values, rule, facts)
        return known

    def _line_said(self, invoice: Invoice, place: int, line: ChargeLine, rules: Mapping[str, Row]) -> object:
        shared = id(line), invoice.currency, place
        if shared not in self._said:
            values, rule, facts = self._line(invoice, line)
            *price, _, sentence, _, first, last, apart = values
            told = line_says((place, *price, sentence, first, last, apart), rules[rule], [fact[1:] for fact in facts])
            self._said[shared] = written_within(told)
        return self._said[shared]

    def _line_rows(self) -> Iterator[Row]:
        for invoice in self.run.invoices:
            for place, line in _placed(invoice):
                yield (line_id(invoice, place), invoice.number, place, *self._line(invoice, line).values)

    def _fact_rows(self) -> Iterator[Row]:
        for invoice in self.run.invoices:
            for place, line in _placed(invoice):
                key = line_id(invoice, place)
                yield from ((key, *fact) for fact in self._line(invoice, line).facts)

    def _vat_rows(self) -> Iterator[Row]:
        for invoice in self.run.invoices:
            for vat in invoice.vat:
                yield (invoice.number, vat.rate, vat.base, vat.amount, vat.reason, invoice.currency)

    def _usage_rows(self) -> Iterator[Row]:
        for invoice in self.run.invoices:
            key = invoice.number
            yield from ((key, number, *row) for number, row in enumerate(self._usage_of(invoice), 1))

    def _usage_of(self, invoice: Invoice) -> list[Row]:
        known = self._usage.get(invoice.number)
        if known is None:
            titles = invoice.window_titles
            known = self._usage[invoice.number] = [
                (OUTCOME_NAMES[outcome], reason, window, titles.get(window, ""), marks, calls, talk)
                for _, outcome, reason, window, marks, calls, talk in invoice.usage
            ]
        return known


def rule_id(decision: Decision) -> str:
    """Return the key of a rule: it names the offer's text too, so that another text's rule is another row."""
    return f"{decision.digest[:12]}-{decision.rule.id}"


def line_id(invoice: Invoice, place: int) -> str:
    """Return the key of an invoice's line, the same each time the month is billed."""
    return f"{invoice.number}-{place}"


def rule_rows(run: MonthRun) -> Iterator[Row]:
    """Yield a row for each rule that charged something."""
    used = {id(line.decision): line.decision for invoice in run.invoices for _, line in _placed(invoice)}
    for name, decision in {rule_id(decision): decision for decision in used.values()}.items():
        rule = decision.rule
        place, outcome = rule.place, f"charge = {rule.then.charge}"
        yield (name, decision.digest, rule.id, rule.on, rule.when, outcome, rule.why, place.file, place.line)


def _placed(invoice: Invoice) -> Iterable[tuple[int, ChargeLine]]:
    """Return what an invoice charges, then the deposits that are beside its totals, each with its place."""
    return enumerate((*invoice.lines, *invoice.deposits) if invoice.deposits else invoice.lines, 1)


def _days(period: Period) -> tuple[str, str]:
    """Return the first and the last day of a period."""
    assert period.end
    return period.start.isoformat(), (period.end - ONE_DAY).isoformat()

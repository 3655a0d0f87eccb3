"""What further calls of a month that runs cost: the next one, and the one with which the next price begins."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from ..contracts.book import Book
from ..model.invoice import Invoice
from ..model.money import Cents, Micros
from ..model.period import Month
from .groups import with_groups
from .invoices import PriceMemory, invoice_all
from .month import BilledMonth
from .price.price_model import Edge
from .price.registry import edges_of

FARTHEST = 4096
"""So many calls ahead the next price is looked for."""
SUBSCRIPTIONS = ("bands", "plan", "package")
CALLS = "usage.calls"
Mark = frozenset[tuple[str, str, Micros]]
Edges = tuple[tuple[str, Edge], ...]


@frozen(kw_only=True)
class NextPrice:
    """What further calls cost: ``next_call`` is what the next one adds, before VAT, None where it has no price.

    ``step`` is the band, plan or step reached, as the invoice calls it; ``left`` how many calls it still has,
    ``passing`` what the call after those adds. None where no further call changes the price. ``codes`` is what rules
    write to charge what changes.
    """

    step: str
    next_call: Cents | None
    left: int | None = None
    passing: Cents | None = None
    codes: frozenset[str] = frozenset()


@frozen(eq=False)
class FurtherCalls:
    """A billed month that runs, and what one more call adds to the counts of each part of it in the roster.

    What is billed is remembered: of a contract with so many calls, and of a case that several have, in a ``memory`` of
    the same month.
    """

    book: Book
    month: Month
    billed: BilledMonth
    more: Sequence[Mapping[str, int]]
    memory: PriceMemory = field(factory=PriceMemory)
    _known: dict[tuple[str, int], Invoice | None] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._known.update(((one.contract.id, 0), one) for one in self.billed.invoices)

    def with_calls(self, calls: Mapping[str, int]) -> Mapping[str, Invoice]:
        """Return the invoices of contracts with so many further calls; none of one that they have no price for."""
        if asked := {name: further for name, further in calls.items() if (name, further) not in self._known}:
            found = {one.contract.id: one for one in self._invoices(asked)}
            self._known.update(((name, further), found.get(name)) for name, further in asked.items())
        known = ((name, self._known[name, further]) for name, further in calls.items())
        return {name: invoice for name, invoice in known if invoice}

    def _invoices(self, calls: Mapping[str, int]) -> Iterable[Invoice]:
        measured, roster = self.billed.measured, self.billed.roster
        facts = list(measured.counted.facts)
        for number, served in enumerate(roster.served):
            if further := calls.get(served.contract.id):
                counts = facts[number]
                more = {name: counts.get(name, 0) + further * one for name, one in self.more[number].items()}
                facts[number] = {**counts, **more}
        counted = evolve(measured.counted, facts=facts, faults=(*roster.faults, *measured.counted.faults))
        counted = with_groups(counted, roster, measured.standing.holds, self.book.offers)
        return invoice_all(self.book, self.month, roster, counted, "draft", calls.keys(), memory=self.memory)[0]

    def each_more(self) -> Mapping[str, Mapping[str, int]]:
        """Return, by contract, how far one more call moves each fact that it moves."""
        found: dict[str, Mapping[str, int]] = {}
        for served, more in zip(self.billed.roster.served, self.more, strict=True):
            found[served.contract.id] = {**found.get(served.contract.id, {}), **more}
        return found

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return, by contract, what was counted in its last part of the month."""
        facts = self.billed.measured.counted.facts
        return {one.contract.id: counts for one, counts in zip(self.billed.roster.served, facts, strict=True)}


def next_prices(further: FurtherCalls, names: Collection[str]) -> Mapping[str, NextPrice]:
    """Return what further calls of contracts cost, by number; each is billed with them by what bills the month.

    Contracts of one group are not to be asked for together: the calls of one change the price of another.
    """
    now, one_more = (further.with_calls(dict.fromkeys(names, calls)) for calls in (0, 1))
    each_more, counts = further.each_more(), further.counts()
    edges = {name: _edges(further.book, invoice, each_more[name].keys()) for name, invoice in now.items()}
    codes = {name: frozenset(code for code, _ in theirs) for name, theirs in edges.items()}
    marks = {name: _mark(now[name], codes[name]) for name in now if codes[name]}
    guesses = {name: _guess(now[name], edges[name], counts[name], each_more[name]) for name in marks}
    lefts = _lefts(further, marks, codes, guesses)
    at_last, beyond = (further.with_calls({name: left + more for name, left in lefts.items()}) for more in (0, 1))
    return {
        name: NextPrice(
            step=next((line.label for line in invoice.lines if line.code in codes[name]), ""),
            next_call=_added(one_more.get(name), invoice),
            left=lefts.get(name),
            passing=_added(beyond.get(name), at_last.get(name)),
            codes=codes[name],
        )
        for name, invoice in now.items()
    }


def _lefts(
    further: FurtherCalls,
    marks: Mapping[str, Mark],
    codes: Mapping[str, frozenset[str]],
    guesses: Mapping[str, int],
) -> Mapping[str, int]:
    """Return how many further calls leave each contract at its price, by halves; nothing for one that stays there.

    A guess is tried first: where it is right, nothing else is. It is right at the farthest call, too.
    """
    same, other = dict.fromkeys(marks, 0), dict[str, int]()

    def look(ahead: Mapping[str, int]) -> None:
        found = further.with_calls(ahead) if ahead else {}
        for name, calls in ahead.items():
            is_same = name in found and _mark(found[name], codes[name]) == marks[name]
            (same if is_same else other)[name] = calls

    for beyond in (0, 1):
        look({name: calls + beyond for name, calls in guesses.items() if calls != FARTHEST or not beyond})
    reach = 1
    while reach <= FARTHEST:
        look(dict.fromkeys((name for name in marks if name not in other and same[name] < reach), reach))
        reach *= 2
    while between := {name: (same[name] + last) // 2 for name, last in other.items() if last - same[name] > 1}:
        look(between)
    return {name: same[name] for name in other}


def _edges(book: Book, invoice: Invoice, moved: Collection[str]) -> Edges:
    """Return where the subscriptions change their course that do so with the facts that a call moves, with their codes.

    An offer without bands, plans and packages has the prices by the number of calls in their place.
    """

    def found() -> Edges:
        edges = [one for offer in invoice.offers for one in edges_of(offer) if one[1].fact in moved]
        own = tuple(one for one in edges if one[0].partition(".")[0] in SUBSCRIPTIONS)
        return own or tuple(one for one in edges if one[1].fact == CALLS)

    return book.remembered((tuple(offer.edition for offer in invoice.offers), frozenset(moved)), found)


def _guess(invoice: Invoice, edges: Edges, counts: Mapping[str, int], more: Mapping[str, int]) -> int:
    """Return how many calls may be left at the present price: up to the next edge, the farthest where none is ahead."""
    if invoice.band is not None:
        return max(0, invoice.band - invoice.calls)
    plan = invoice.contract.plan
    mine = (edge for _, edge in edges if edge.plan in ("", plan or edge.plan) and edge.last >= counts.get(edge.fact, 0))
    return min((FARTHEST, *((edge.last - counts.get(edge.fact, 0)) // more[edge.fact] for edge in mine)))


def _mark(invoice: Invoice, codes: Collection[str]) -> Mark:
    return frozenset((line.code, line.label, line.unit_price) for line in invoice.lines if line.code in codes)


def _added(later: Invoice | None, before: Invoice | None) -> Cents | None:
    return Cents(later.net - before.net) if later and before else None

"""What a month's bills rest on: what they read of each contract, offers' texts, options' plugins; then and now."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import define, evolve, field

from ..contracts.book import Book
from ..contracts.price_revisions import revision_on
from ..contracts.standing import standing_in, with_lines_told
from ..contracts.trial import billed_days
from ..model.basis import ContractBasis, MonthBasis, Outdated
from ..model.contract import Contract
from ..model.invoice import ChargeLine, Hold, Invoice, MonthRun
from ..model.line import one_spelling
from ..model.option_failed import OptionFailed
from ..model.period import NO_DAYS, Month, Period, ServiceDays
from ..model.price_index import Unpublished
from ..model.served import Served
from ..model.usage import PastCalls
from .ahead import advance_of, pays_ahead
from .contracts_filed import contracts_on_file, digest_of, digest_of_read
from .deposits import deposit_lines, takes_deposits, with_deposits
from .floors import floors_left
from .price.month_case import month_case
from .price.month_facts import FactsAsked
from .unserved import without_service

NOT_LOOKED_AT: Mapping[str, str] = {}


def basis_of(book: Book, run: MonthRun) -> MonthBasis:
    """Return what a month's bills rest on, but for its calls, as it was billed."""
    unserved = [invoice for invoice in run.invoices if not invoice.served.periods]
    basis = _basis(book, run.month, run.served, run.waiting, unserved, contracts_on_file(book))
    counts = [offer.count for offer in book.offers.values()]
    crossing = any(count.instant == "answer" or count.dedupe == "call" for count in counts)
    return evolve(basis, crossing=crossing)


def compared(book: Book, basis: MonthBasis, past: PastCalls, on_file: Mapping[str, str] | None = None) -> Outdated:
    """Return what a month's bills rest on no more, but for its calls; nothing is priced nor measured.

    ``past`` is what was counted in the months before, as for a bill. A contract that is as it was, ``on_file``, is not
    looked at, but where its offers may read past months.
    """
    on_file = on_file or contracts_on_file(book)
    before = basis.contracts
    same = {name: one for name, one in before.items() if one.on_file == on_file.get(name)}
    others = tuple(one for one in book.contracts if one.id not in same or book.reads_past)
    now = {**same, **_contracts_now(evolve(book, contracts=others), basis.month, past)}
    brought = book.plugins.registered
    options = {
        name: (brought[name].distribution if name in brought else "", distribution)
        for name, distribution in basis.options.items()
    }
    texts = {version: book.offers[version].digest for version in basis.offers if version in book.offers}
    return Outdated(
        month=basis.month,
        changed=tuple(sorted(name for name in now if name in before and now[name].digest != before[name].digest)),
        added=tuple(sorted(name for name in now if name not in before)),
        removed=tuple(name for name in before if name not in now),
        offers=tuple(version for version, text in texts.items() if text != basis.offers[version]),
        options={name: (now, then) for name, (now, then) in options.items() if now != then},
        groups=_groups(book.contracts),
    )


def _groups(contracts: Iterable[Contract]) -> Mapping[str, tuple[str, ...]]:
    """Return the contracts of each one's group, by number; nothing of one that is of no group."""
    found: dict[str, list[str]] = {}
    for contract in contracts:
        if contract.group:
            found.setdefault(contract.group, []).append(contract.id)
    return {name: tuple(names) for names in found.values() for name in names}


def _contracts_now(book: Book, month: Month, past: PastCalls) -> Mapping[str, ContractBasis]:
    """Return what the month's bills of some contracts would rest on, if they were made from what is on file."""
    standing = standing_in(book, month)
    served = floors_left(book, month, standing.served, past, standing.histories)
    idle = without_service(book, standing.idle, month, "draft")
    unserved = tuple(one for one in idle if isinstance(one, Invoice))
    return _basis(book, month, served, standing.holds, with_deposits(book, unserved, month)).contracts


def _basis(
    book: Book,
    month: Month,
    served: Iterable[Served],
    holds: Iterable[Hold],
    unserved: Iterable[Invoice],
    on_file: Mapping[str, str] = NOT_LOOKED_AT,
) -> MonthBasis:
    """Return the basis of contracts in service, on hold (why they wait), and invoiced without service (for what).

    ``on_file`` is the digest of each contract as it is on file, by number.
    """

    def rests_on(name: str, digest: str, lines: Iterable[str] = ()) -> ContractBasis:
        return ContractBasis(digest=digest, lines=tuple(lines), on_file=on_file.get(name, ""))

    parts: dict[str, list[Served]] = {}
    for one in served:
        parts.setdefault(one.contract.id, []).append(one)
    contracts = {one.contract.id: rests_on(one.contract.id, digest_of(_waits(one))) for one in holds}
    for invoice in unserved:
        lines_read = (_lines_told(invoice.lines), _lines_told(invoice.deposits))
        whose = (invoice.vat, invoice.contract.customer.name, invoice.contract.customer.region, invoice.offer.version)
        contracts[invoice.contract.id] = rests_on(invoice.contract.id, digest_of((lines_read, whose)))
    told, beside = _Told(book, month), pays_ahead(book) or takes_deposits(book)
    signed = {contract.id: contract for contract in book.contracts} if beside else {}
    for name, theirs in parts.items():
        held = [tuple(_lines(part)) for part in theirs]
        read = ", ".join([told.read(part, lines) for part, lines in zip(theirs, held, strict=True)])
        if name in signed and (others := _beside(book, signed[name], month)):
            read += f", {others!r}"
        every = dict.fromkeys([line for lines in held for line, _ in lines])
        contracts[name] = rests_on(name, digest_of_read(f"[{read}]"), every)
    in_force = [part for theirs in parts.values() for part in theirs]
    offers = {part.offer.edition: part.offer for part in in_force}.values()
    taken = {name for part in in_force for name in part.held}
    brought = book.plugins.registered
    return MonthBasis(
        month=month,
        zone=book.zone,
        contracts=dict(sorted(contracts.items())),
        offers={text.version: text.digest for offer in offers for text in (offer, *offer.beside.values())},
        options={name: brought[name].distribution for name in sorted(taken) if name in brought},
    )


def _waits(hold: Hold) -> Sequence[object]:
    """Return why a contract is on hold, and which calls of the month wait with it: those to its lines."""
    told = with_lines_told(hold.contract)
    since = Period(date.min if told.slips else told.start)
    held = ((line.line, hold.month.period & line.period & since) for line in told.lines_held)
    return hold.reason, sorted((one_spelling(line), str(one.start), str(one.end)) for line, one in held if one.days)


@define(eq=False)
class _Told:
    """What the bill of a part of a contract's month reads of the contract, as text: what many share is told once."""

    book: Book
    month: Month
    _shared: dict[Hashable, tuple[str, str, str]] = field(factory=dict)
    _days: dict[ServiceDays, str] = field(factory=dict)
    _facts: dict[str, FactsAsked] = field(factory=dict)
    _values: dict[Hashable, str] = field(factory=dict)

    def read(self, part: Served, held: Iterable[tuple[str, ServiceDays]]) -> str:
        """Return the text of all that is read, and of nothing else; ``held`` is the lines that the contract has."""
        contract = part.contract
        facts = self._values_of(part)
        case = None if part.missing or part.offer.quantities else month_case(part, self.month)
        known = self._shared.get(case) if case else None
        if known is None:
            known = self._told(part)
            if case:
                self._shared[case] = known
        before, between, after = known
        lines = ", ".join(self._held_told(held))
        return (
            f"({contract.customer.name!r}, {contract.customer.region!r}, {before}, {facts}, "
            f"{between}, [{lines}], {after})"
        )

    def _held_told(self, held: Iterable[tuple[str, ServiceDays]]) -> Iterator[str]:
        """Yield the text of each line with its days, which most have in common."""
        before, told = NO_DAYS, self._of(NO_DAYS)
        for line, days in sorted(held, key=_line):
            if days is not before:
                before, told = days, self._of(days)
            yield f"({line!r}, {told})"

    def _told(self, part: Served) -> tuple[str, str, str]:
        """Return the text of what stands before the facts, between them and the lines, and behind these."""
        bands = part.offer.bands
        before = (
            part.taxed_in,
            part.offer.edition,
            part.contract.band if bands and bands.floor == "contracted" else None,
        )
        between = (
            _dates(part.month_days),
            _dates(part.served),
            _dates(billed_days(part)),
            [(name, _dates(days), part.starts_of(name)) for name, days in sorted(part.held.items())],
        )
        after = (
            part.floor and (part.floor.up_to, str(part.floor.since), part.floor.decision.rule.id),
            str(part.missing or ""),
            *_chosen_and_agreed(part),
        )
        return _inside(before), _inside(between), _inside(after)

    def _values_of(self, part: Served) -> str:
        """Return the text of the facts of a part of a month that no call gives."""
        edition = part.offer.edition
        if edition not in self._facts:
            decider = self.book.decider(edition)
            self._facts[edition] = FactsAsked.of(decider.offer, decider.facts_needed("month"))
        facts = self._facts[edition].of_month(part, self.month, {})
        alike = edition, len(facts), tuple(facts.values())  # of one offer, as many facts are the same ones
        if alike not in self._values:
            self._values[alike] = repr(sorted(facts.items()))
        return self._values[alike]

    def _of(self, days: ServiceDays) -> str:
        if days not in self._days:
            self._days[days] = repr(_dates(days))
        return self._days[days]


def _inside(read: tuple[object, ...]) -> str:
    """Return the text of several things, without what stands around them."""
    return repr(read)[1:-1]


def _line(held: tuple[str, ServiceDays]) -> str:
    return held[0]


def _beside(book: Book, contract: Contract, month: Month) -> Sequence[object]:
    """Return what a bill has beside its month: what was billed before and for later months, and deposits."""
    try:
        advance, deposits = advance_of(book, contract, month), deposit_lines(book, contract, month)
    except OptionFailed as failure:
        return (failure.told,)
    several = (advance.before.lines, advance.ahead.lines, deposits)
    return (*map(_lines_told, several), advance.why) if any(several) else ()


def _lines_told(lines: Iterable[ChargeLine]) -> Sequence[object]:
    return [
        (one.code, one.label, one.quantity, one.unit_price, one.days, one.of_days, one.amount, one.sentence)
        for one in lines
    ]


def _chosen_and_agreed(part: Served) -> Iterator[object]:
    """Yield what a bill reads of what was chosen and agreed: nothing of a contract that has none of it.

    Months that were billed before there was such a thing stay as they are.
    """
    several = []
    if any(one.quantity is not None for one in part.contract.options):
        several = [(name, number) for name in sorted(part.held) if (number := part.quantity_of(name)) != 1]
    quantities = sorted(part.quantities.items()) if part.offer.quantities else []
    if part.occurred:
        yield [(one.occurrence, one.on, one.times, one.why) for one in part.occurred]
    own = (part.contract.plan, sorted(part.contract.windows), several, quantities, part.discounts, part.agreed)
    if any(own):
        yield own
    yield from _revised(part)
    if part.contract.group:
        yield part.contract.group
    if part.carried.left:
        yield [(str(one.month), one.calls) for one in part.carried.left]


def _revised(part: Served) -> Iterator[object]:
    """Yield by how much an index revises the prices of a part of a month, or that its value is not known."""
    for name, price in part.offer.prices.items():
        if price.index:
            try:
                yield name, revision_on(part.offer, part.contract, name, part.served.start)
            except Unpublished as missing:
                yield name, str(missing.month)


def _lines(part: Served) -> Iterable[tuple[str, ServiceDays]]:
    """Yield the lines that a contract has on some days of a part of its month, in one spelling."""
    if not part.contract.lines_changed:
        for line in part.contract.lines:
            yield one_spelling(line), part.served
        return
    for held in part.contract.lines_held:
        if (theirs := part.served & held.period).days:
            yield one_spelling(held.line), theirs


def _dates(days: ServiceDays) -> list[tuple[str, str]]:
    return [(str(period.start), str(period.end)) for period in days.periods]

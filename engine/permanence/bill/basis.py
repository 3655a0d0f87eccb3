"""What a month's bills rest on: what they read of each contract, offers' texts, options' plugins; then and now."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from ..contracts.book import Book
from ..contracts.standing import standing_in
from ..model.basis import ContractBasis, MonthBasis, Outdated
from ..model.invoice import Hold, MonthRun
from ..model.line import one_spelling
from ..model.period import Month, ServiceDays
from ..model.served import Served
from ..model.usage import PastCalls
from .floors import floors_left
from .price.month_facts import billed_days, month_facts


def basis_of(book: Book, run: MonthRun) -> MonthBasis:
    """Return what a month's bills rest on, but for its calls, as it was billed."""
    return _basis(book, run.month, run.served, run.waiting)


def basis_now(book: Book, month: Month, past: PastCalls) -> MonthBasis:
    """Return what a month's bills would rest on, but for its calls, if it were billed from what is on file.

    ``past`` is what was counted in the months before, as for a bill.
    """
    standing = standing_in(book, month)
    return _basis(book, month, floors_left(book, month, standing.served, past, standing.histories), standing.holds)


def compared(book: Book, basis: MonthBasis, past: PastCalls) -> Outdated:
    """Return what a month's bills rest on no more, but for its calls; nothing is priced nor measured.

    ``past`` is what was counted in the months before, as for a bill.
    """
    before, now = basis.contracts, basis_now(book, basis.month, past).contracts
    brought = book.plugins.registered
    options = {
        name: (brought[name].distribution if name in brought else "", distribution)
        for name, distribution in basis.options.items()
    }
    texts = {version: book.offers[version].digest for version in basis.offers if version in book.offers}
    return Outdated(
        month=basis.month,
        changed=tuple(name for name, one in now.items() if name in before and one.digest != before[name].digest),
        added=tuple(name for name in now if name not in before),
        removed=tuple(name for name in before if name not in now),
        offers=tuple(version for version, text in texts.items() if text != basis.offers[version]),
        options={name: (now, then) for name, (now, then) in options.items() if now != then},
    )


def _basis(book: Book, month: Month, served: Iterable[Served], holds: Iterable[Hold]) -> MonthBasis:
    """Return the basis of contracts in service and on hold: for these, why they wait."""
    parts: dict[str, list[Served]] = {}
    for one in served:
        parts.setdefault(one.contract.id, []).append(one)
    contracts = {hold.contract.id: ContractBasis(digest=_digest(hold.reason), lines=()) for hold in holds}
    for name, theirs in parts.items():
        read = [_read(book, month, part) for part in theirs]
        lines = dict.fromkeys(line for part in theirs for line, _ in _lines(part, part.month_days))
        contracts[name] = ContractBasis(digest=_digest(read), lines=tuple(lines))
    in_force = [part for theirs in parts.values() for part in theirs]
    taken = {name for part in in_force for name in part.held}
    brought = book.plugins.registered
    return MonthBasis(
        month=month,
        zone=book.zone,
        contracts=dict(sorted(contracts.items())),
        offers={part.offer.version: part.offer.digest for part in in_force},
        options={name: brought[name].distribution for name in sorted(taken) if name in brought},
    )


def _read(book: Book, month: Month, part: Served) -> Sequence[object]:
    """Return all that the bill of a part of a contract's month reads of the contract, and nothing else."""
    contract, bands = part.contract, part.offer.bands
    facts = month_facts(part, month, {}, book.deciders[part.offer.version].facts_needed("month"))
    return (
        contract.customer.name,
        contract.customer.region,
        part.offer.version,
        contract.band if bands and bands.floor == "contracted" else None,
        sorted(facts.items()),
        _days(part.month_days),
        _days(part.served),
        _days(billed_days(part)),
        [(name, _days(days), _starts(part, name)) for name, days in sorted(part.held.items())],
        [(line, _days(days)) for line, days in sorted(_lines(part, part.served))],
        part.floor and (part.floor.up_to, str(part.floor.since), part.floor.decision.rule.id),
        str(part.missing or ""),
    )


def _lines(part: Served, days: ServiceDays) -> Iterable[tuple[str, ServiceDays]]:
    """Yield the lines that a contract has on some of these days, in one spelling."""
    for held in part.contract.lines_held:
        if (theirs := days & held.period).days:
            yield one_spelling(held.line), theirs


def _starts(part: Served, option: str) -> bool:
    taken = (part.contract.option_period(one) for one in part.contract.options if one.id == option)
    return any(period.start in part.served for period in taken)


def _days(days: ServiceDays) -> list[tuple[str, str]]:
    return [(str(period.start), str(period.end)) for period in days.periods]


def _digest(read: object) -> str:
    return sha256(repr(read).encode()).hexdigest()

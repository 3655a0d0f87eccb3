"""Work that is no call: whose it is on its day, how much of it each contract's month has, and what became of it."""

from collections.abc import Collection, Iterator, Sequence

from attrs import evolve

from ...contracts.book import Book
from ...model.offer import Offer
from ...model.work import MonthWork, Work, summed
from .counts import Counted
from .roster import BillFault, Roster

NOBODYS = -1


def with_work(counted: Counted, work: Sequence[Work], roster: Roster) -> Counted:
    """Return what was counted with the facts of the work of each contract: its sums, by kind.

    A contract of which more is taken back than was done, in the days that one offer and mission hold, is at fault: its
    bill has to wait.
    """
    if not work:
        return counted
    facts = tuple(dict.fromkeys(sorted(one.fact for one in work)))
    rows = [{**theirs, **dict.fromkeys(facts, 0)} for theirs in counted.facts]
    for number, one in _assigned(work, roster):
        if number != NOBODYS:
            rows[number][one.fact] += one.quantity
    faults = [
        BillFault("", (number,), _taken_back(roster, number, name, row[name]))
        for number, row in enumerate(rows)
        for name in facts
        if row[name] < 0
    ]
    return evolve(counted, facts=rows, faults=(*counted.faults, *faults))


def month_work(book: Book, work: Sequence[Work], roster: Roster, on_hold: Collection[str]) -> MonthWork:
    """Return what became of a month's work; that of the contracts ``on_hold``, by number, waits with them."""
    counted: list[Work] = []
    held: list[Work] = []
    nobodys: list[Work] = []
    unpriced: list[Work] = []
    for number, one in _assigned(work, roster):
        if one.contract in on_hold:
            held.append(one)
        elif number == NOBODYS:
            nobodys.append(one)
        else:
            counted.append(one)
            if one.fact not in _facts_counted(book, roster.served[number].offer):
                unpriced.append(one)
    return MonthWork(counted=summed(counted), held=summed(held), unassigned=summed(nobodys), unpriced=summed(unpriced))


def _assigned(work: Sequence[Work], roster: Roster) -> Iterator[tuple[int, Work]]:
    """Yield each record of work with the number of the contract that is in service on its day, -1 where none is."""
    parts: dict[str, list[int]] = {}
    for number, served in enumerate(roster.served):
        parts.setdefault(served.contract.id, []).append(number)
    for one in work:
        theirs = (number for number in parts.get(one.contract, ()) if one.day in roster.served[number].served)
        yield next(theirs, NOBODYS), one


def _facts_counted(book: Book, offer: Offer) -> Collection[str]:
    """Return the facts that prices, options or rules of an offer count."""
    prices = (price.per for price in offer.prices.values())
    options = (type(option).counts for option in offer.options.values())
    return {*prices, *options, *book.decider(offer.edition).facts_needed("month")}


def _taken_back(roster: Roster, number: int, fact: str, count: int) -> str:
    contract = roster.served[number].contract.id
    return f"Contrat {contract} : {fact} = {count}. Il a été repris plus qu'il n'a été fait : corrigez les travaux."

"""Which contracts are in service in a month, which are not, and which have to wait."""

from attrs import frozen

from .book import Book
from .history import history_of, known_on, served_in
from .model.contract import Contract
from .model.invoice import Hold
from .model.period import ONE_DAY, Month
from .model.served import Served
from .waiting import why_it_waits


@frozen
class Standing:
    """The contracts of a month: in service, idle (before or after their service), and on hold."""

    served: tuple[Served, ...]
    idle: tuple[Contract, ...]
    holds: tuple[Hold, ...]


def standing_in(book: Book, month: Month) -> Standing:
    """Return who is in service in a month; a contract that cannot be billed waits, alone, with the reason.

    What happened after the month is not known yet, but for the day on which service began.
    """
    served: list[Served] = []
    idle: list[Contract] = []
    holds: list[Hold] = []
    for contract in (known_on(contract, month.next.first - ONE_DAY) for contract in book.contracts):
        if contract.start >= month.next.first and not contract.events:
            idle.append(contract)
        elif reason := why_it_waits(book, contract):
            idle.append(contract)
            holds.append(Hold(contract=contract, month=month, reason=reason))
        else:
            history = history_of(book, contract)
            parts = tuple(served_in(book, history, month))
            served += parts
            if not parts:
                idle.append(history.contract)
    return Standing(tuple(served), tuple(idle), tuple(holds))

"""Which contracts are in service in a month, which are not, and which have to wait."""

from collections.abc import Mapping

from attrs import frozen

from ..model.contract import Contract
from ..model.history import Settled
from ..model.invoice import Hold
from ..model.option_failed import OptionFailed
from ..model.period import Month
from ..model.served import Served
from .book import Book
from .events_told import fold
from .history import History, history_of, known_on, served_in
from .waiting import NOT_LIVE, at_odds, awaited, contradicted, option_failed, slipped


@frozen
class Standing:
    """The contracts of a month: in service, idle (before or after their service), and on hold.

    ``histories`` has the history of each contract in service, by number, as it was known at the month's end.
    """

    served: tuple[Served, ...]
    idle: tuple[Contract, ...]
    holds: tuple[Hold, ...]
    histories: Mapping[str, History]


def standing_in(book: Book, month: Month) -> Standing:
    """Return who is in service in a month; a contract that cannot be billed waits, alone, with the reason.

    What happened after the month is not known yet, but for the day on which service began. Where nobody has noted
    that day, the contract waits for it: nobody is known to be served (R19).
    """
    served: list[Served] = []
    idle: list[Contract] = []
    holds: list[Hold] = []
    histories: dict[str, History] = {}
    for signed in book.contracts:
        contract = known_on(signed, month.last)
        if contract.start >= month.next.first and not contract.events and not contract.slips:
            idle.append(contract)
            continue
        try:
            reason = slipped(contract) or at_odds(book, signed)
            history = None if reason else history_of(book, contract)
            reason = contradicted(book, history, month.last) if history else reason
            parts = tuple(served_in(book, history, month)) if history and not reason else ()
            reason = reason or awaited(book, (part.contract for part in parts), month.period)
        except OptionFailed as failure:
            history = None
            reason = option_failed(book, failure.option, contract, month, failure.told)
        if reason or history is None:
            holds.append(Hold(contract=contract, month=month, reason=reason))
        elif not parts:
            idle.append(history.contract)
        elif history.contract.live is None:
            holds.append(Hold(contract=history.contract, month=month, reason=NOT_LIVE))
        else:
            served += parts
            histories[contract.id] = history
    return Standing(tuple(served), tuple(idle), tuple(holds), histories)


def with_lines_told(contract: Contract) -> Contract:
    """Return a contract on hold with the lines that came and went: as if each event held from its day on.

    No offer may be there to answer for them, and what they contradict is the reason why it waits.
    """
    return fold(contract, (Settled(event, event.on, None) for event in contract.events)).contract

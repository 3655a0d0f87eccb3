"""Which contracts are in service in a month, which are not, and which have to wait."""

from attrs import frozen

from .book import Book
from .model.contract import Contract
from .model.invoice import Hold
from .model.offer import Rule
from .model.period import Month
from .model.served import Served
from .rate.month_facts import notice_facts
from .rate.term import NoticeEnd, Term, served_in


@frozen
class Standing:
    """The contracts of a month: in service, idle (before or after their service), and on hold."""

    served: tuple[Served, ...]
    idle: tuple[Contract, ...]
    holds: tuple[Hold, ...]


def standing_in(book: Book, month: Month) -> Standing:
    """Return who is in service in a month; a contract that cannot be billed waits, alone, with the reason."""
    served: list[Served] = []
    idle: list[Contract] = []
    holds: list[Hold] = []
    for contract in book.contracts:
        if contract.start >= month.next.first:
            idle.append(contract)
        elif reason := book.why_not_billable(contract):
            idle.append(contract)
            holds.append(Hold(contract=contract, month=month, reason=reason))
        elif in_service := served_in(contract, book.offers[contract.offer], month, notice_end(book, contract)):
            served.append(in_service)
        else:
            idle.append(contract)
    return Standing(tuple(served), tuple(idle), tuple(holds))


def notice_end(book: Book, contract: Contract) -> NoticeEnd | None:
    """Return how the offer's rules end a contract whose notice was received; None without a notice."""
    rule = notice_rule(book, contract)
    return rule.then.end or None if rule else None


def notice_rule(book: Book, contract: Contract) -> Rule | None:
    """Return the rule of the offer that ends a contract by its notice; None without a notice, or such a rule."""
    if contract.notice is None:
        return None
    facts = notice_facts(Term(contract, book.offers[contract.offer].term))
    return next((rule for rule in book.deciders[contract.offer].decide("notice", facts) if rule.then.end), None)

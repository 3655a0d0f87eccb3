"""The dates that an example's notice, request or renewal leads to."""

from itertools import islice

from attrs import evolve

from ...contracts.book import Book
from ...contracts.facts import event_facts, notice_facts, renewal_facts
from ...contracts.history import history_of
from ...model.example import Example
from .played import Played, Unplayable


def dated(book: Book, example: Example, played: Played) -> Played:
    """Return what came out with the dates that a notice, or something that is asked for, leads to."""
    (contract,) = book.contracts
    if not (example.notice or example.event):
        return played
    history = history_of(book, contract)
    asked = dict(played.asked)
    if history.contract.notice:
        asked["notice"] = (notice_facts(history.term, history.folded.contract.events),)
    for settled in history.settled:
        asked["event"] = (event_facts(history.term, contract, settled.event),)
        played = evolve(played, holds_from=settled.since or "never")
    return evolve(played, asked=asked, ends=history.end)


def renewed(book: Book, number: int) -> Played:
    """Return until when a contract is renewed for the first time, the second …, or when it ends instead.

    Raises Unplayable where there is no such renewal.
    """
    (contract,) = book.contracts
    history = history_of(book, contract)
    ends = tuple(islice(history.term.terms(), number + 1))
    if not 0 < number <= len(ends):
        raise Unplayable(f"there is no renewal {number}")
    end = ends[number - 1]
    played = Played(asked={"renewal": (renewal_facts(contract.customer.kind, number),)})
    if end.renewal == "end":
        return evolve(played, ends=end.day)
    until = ends[number].day if end.renewal == "period" and len(ends) > number else "open_ended"
    return evolve(played, renewed_until=until)

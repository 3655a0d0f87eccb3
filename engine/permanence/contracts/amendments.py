"""What becomes of contracts that are told of another offer version: from when each has it, or why it has not."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from ..model.contract import Contract
from ..model.event import Event
from ..model.history import Settled
from ..model.period import ONE_DAY
from ..model.words.french import day_in_words
from .book import Book
from .history import History, history_of
from .unmet import unmet
from .waiting import contradicted, why_it_waits

Outcome = Literal["changes", "has_it", "unconcerned", "impossible"]


@frozen
class Letter:
    """What customers are told in writing: the version that their contracts change to, and the day of it (A27)."""

    offer: str
    on: date


@frozen
class Amendment:
    """What a letter comes to for one contract: its event and the day from which it holds, or why there is none.

    ``stands`` is the contract as it stands on the day of the letter; the reason is in French.
    """

    stands: Contract
    outcome: Outcome
    settled: Settled | None = None
    reason: str = ""


def amendment(book: Book, contract: Contract, letter: Letter) -> Amendment:
    """Return what becomes of a contract to which a version is announced; the version must be on file.

    The day from which it holds is that of the contract's history, by the rules of its own offer (R25, A27).
    """
    if reason := why_it_waits(book, contract):
        return Amendment(contract, "impossible", None, f"En attente : {reason}")
    before = history_of(book, contract)
    stands = before.standing(letter.on)
    if before.contract.offer == letter.offer:
        since = next(one.period.start for one in before.folded.stretches if one.contract.offer == letter.offer)
        return Amendment(stands, "has_it", None, f"A déjà cette version, à compter du {day_in_words(since)}.")
    if letter.on < contract.signed:
        return Amendment(stands, "unconcerned", None, f"Signé plus tard, le {day_in_words(contract.signed)}.")
    text = book.offers[letter.offer].digest
    event = Event(contract=contract.id, on=letter.on, what="offer_changed", offer=letter.offer, digest=text)
    after = history_of(book, evolve(contract, events=(*contract.events, event)))
    settled = next(one for one in after.settled if one.event is event)
    if before.end and before.end <= (settled.since or letter.on):
        return Amendment(stands, "unconcerned", None, f"Prend fin avant : {_last_day(before.end)}.")
    if reason := _why_not(book, after, settled):
        return Amendment(stands, "impossible", None, reason)
    return Amendment(stands, "changes", settled)


def _why_not(book: Book, after: History, settled: Settled) -> str:
    """Return why a contract cannot change as its event says, in French; nothing where it can."""
    offer, since = settled.event.offer, settled.since
    if since and after.end and after.end <= since:
        return f"Sous {offer}, le contrat prendrait fin sans reconduction : {_last_day(after.end)}."
    return contradicted(book, after) or " ".join(_unmet(book, after, since))


def _unmet(book: Book, after: History, since: date | None) -> Iterator[str]:
    """Yield what the options of a contract ask, under the version that it changes to, that it has not."""
    changed = after.standing(since) if since else after.contract
    yield from (one.sentence.fr for one in unmet(changed, book.offer_of(changed)) if since and one.day >= since)


def _last_day(end: date) -> str:
    return f"dernier jour le {day_in_words(end - ONE_DAY)}"

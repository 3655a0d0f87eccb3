"""What the options of a contract ask of it, and it has not: told before it is signed, and by `check`; no bill waits."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

from ..model.contract import Contract, OptionTaken
from ..model.event import Event
from ..model.offer import Offer
from ..model.option_asked import wanting
from ..model.option_failed import OptionFailed
from ..model.problem import Problem
from ..model.scalars import Words
from .book import Book
from .contradictions import stands_in
from .history import History, history_of


@frozen
class Unmet:
    """What an option asks of a contract that it has not, in a sentence, and a day on which that is so.

    ``missing`` are the options that it asks for, where it asks for such.
    """

    option: str
    sentence: Words
    day: date
    missing: tuple[str, ...] = ()

    @property
    def english(self) -> str:
        """Return the sentence as problems have theirs, without its full stop."""
        return self.sentence.told("en").rstrip(".")


def unmet_problems(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield what the options of a contract ask that it has not, each at the event that led to it, with its days.

    What an event has ended since is a warning: nobody can mend days that are over, and what was billed is billed.
    """
    history = history_of(book, contract)
    looked_at = tuple(_days_looked_at(book, history))
    told: dict[tuple[str, str], list[Unmet]] = {}
    for _, found in looked_at:
        for one in found:
            told.setdefault((one.option, one.sentence.fr), []).append(one)
    for days in told.values():
        first, last = days[0], days[-1].day
        after = next((day for day, _ in looked_at if day > last), None)
        event = _led_to(history, first)
        hint = f"it is so on {first.day}" if after is None else f"it was so from {first.day}, and is over by {after}"
        todo = "" if after else _todo(first)
        where = event.place if event else contract.place
        what = f'contract "{contract.id}": {first.english}'
        yield Problem(where, what, f"{hint}; {todo}" if todo else hint, warning=after is not None)


def _days_looked_at(book: Book, history: History) -> Iterator[tuple[date, tuple[Unmet, ...]]]:
    """Yield each day on which a contract's options or its offer change, in order, with what they ask then."""
    for period, then in stands_in(history):
        if then.offer not in book.offers or any(_unknown(book, one) for one in then.options):
            continue
        offer = book.offer_of(then)
        for day in sorted({period.start, *(day for day in _days(then) if day in period)}):
            yield day, tuple(unmet_with(_held_on(then, day), offer, day))


def _led_to(history: History, unmet: Unmet) -> Event | None:
    """Return the event that changed options on the day from which one asks in vain: its own before another's."""
    of_then = [one.event for one in history.settled if one.since == unmet.day and one.event.option]
    own = (event for event in of_then if event.option == unmet.option)
    return next(own, of_then[0] if of_then else None)


def _todo(unmet: Unmet) -> str:
    """Return which events would mend it; nothing where only the plugin knows."""
    added = " and ".join(f'what = "option_added", option = "{name}"' for name in unmet.missing)
    return f'append an [[event]] of that day, {added}, or take "{unmet.option}" out' if added else ""


def _unknown(book: Book, taken: OptionTaken) -> bool:
    """Tell whether an option is of a version that is not on file, or that has none such: that is told by itself."""
    return bool(taken.of) and (taken.of not in book.offers or taken.id not in book.offers[taken.of].options)


def unmet(contract: Contract, offer: Offer) -> Iterator[Unmet]:
    """Yield what each option of a contract asks that it has not, once, on the days on which its options change."""
    found: dict[tuple[str, str], Unmet] = {}
    for day in _days(contract):
        for one in unmet_with(_held_on(contract, day), offer, day):
            found.setdefault((one.option, one.sentence.fr), one)
    yield from found.values()


def unmet_with(contract: Contract, offer: Offer, day: date) -> Iterator[Unmet]:
    """Yield what each option of a contract asks that it has not, where its options are those of a day."""
    held = {one.id for one in contract.options}
    for taken in contract.options:
        if taken.id in offer.options:
            missing = {
                name for name in type(offer.options[taken.id]).needs if name not in held and name in offer.options
            }
            for sentence in _asked(contract, offer, taken):
                named = (name for name in sorted(missing) if offer.options[name].words.fr in sentence.fr)
                yield Unmet(taken.id, sentence, day, tuple(named))


def _asked(contract: Contract, offer: Offer, taken: OptionTaken) -> Iterator[Words]:
    option = offer.options[taken.id]
    if not type(option).several and (taken.quantity or 1) > 1:
        yield Words(
            f"« {option.words.fr} » ne se prend qu'une fois.", f"“{option.words.told('en')}” is taken once, not more"
        )
    if taken.quantity is not None and taken.quantity < 0:
        yield Words(
            f"La quantité de « {option.words.fr} » est négative.",
            f"the quantity of “{option.words.told('en')}” is negative",
        )
    try:
        yield from wanting(option, contract, offer)
    except OptionFailed as failed:
        french = f"L'option « {option.name} » n'a pas pu être vérifiée : {failed.told}."
        yield Words(french, f'the option "{taken.id}" could not be checked: {failed.told}')


def _held_on(contract: Contract, day: date) -> Contract:
    """Return a contract with the options that it has on a day."""
    held = tuple(one for one in contract.options if day in contract.option_period(one))
    return evolve(contract, options=held)


def _days(contract: Contract) -> list[date]:
    periods = map(contract.option_period, contract.options)
    return sorted({day for period in periods for day in (period.start, period.end) if day})

"""What the options of a contract ask of it, and it has not: told before it is signed, and by `check`; no bill waits."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

from ..model.contract import Contract, OptionTaken
from ..model.offer import Offer
from ..model.option_asked import wanting
from ..model.option_failed import OptionFailed
from ..model.problem import Problem
from ..model.scalars import Words
from .book import Book
from .contradictions import stands
from .history import history_of


@frozen
class Unmet:
    """What an option asks of a contract that it has not, in a sentence, and the first day on which that is so."""

    option: str
    sentence: Words
    day: date

    @property
    def english(self) -> str:
        """Return the sentence as problems have theirs, without its full stop."""
        return self.sentence.told("en").rstrip(".")


def unmet_problems(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield what the options of a contract ask that it has not, on any day of its life."""
    lives = stands(history_of(book, contract)) if contract.events else iter((contract,))
    told: dict[str, Problem] = {}
    for then in lives:
        if then.offer not in book.offers or any(_unknown(book, one) for one in then.options):
            continue
        for one in unmet(then, book.offer_of(then)):
            what = f'contract "{contract.id}": {one.english}'
            told.setdefault(what, Problem(then.place, what, f"it is so on {one.day}"))
    yield from told.values()


def _unknown(book: Book, taken: OptionTaken) -> bool:
    """Tell whether an option is of a version that is not on file, or that has none such: that is told by itself."""
    return bool(taken.of) and (taken.of not in book.offers or taken.id not in book.offers[taken.of].options)


def unmet(contract: Contract, offer: Offer) -> Iterator[Unmet]:
    """Yield what each option of a contract asks that it has not, once, on the days on which its options change."""
    found: dict[tuple[str, str], Unmet] = {}
    for day in _days(contract):
        held = tuple(one for one in contract.options if day in contract.option_period(one))
        for one in unmet_with(evolve(contract, options=held), offer, day):
            found.setdefault((one.option, one.sentence.fr), one)
    yield from found.values()


def unmet_with(contract: Contract, offer: Offer, day: date) -> Iterator[Unmet]:
    """Yield what each option of a contract asks that it has not, where its options are those of a day."""
    for taken in contract.options:
        if taken.id in offer.options:
            yield from (Unmet(taken.id, sentence, day) for sentence in _asked(contract, offer, taken))


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


def _days(contract: Contract) -> list[date]:
    periods = map(contract.option_period, contract.options)
    return sorted({day for period in periods for day in (period.start, period.end) if day})

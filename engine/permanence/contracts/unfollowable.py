"""Instructions that no agent could follow: for an option or a window that the contract has not; told by `check`."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from ..model.contract import Contract
from ..model.instruction import Instruction
from ..model.offer import Offer
from ..model.option_asked import windows_with
from ..model.option_failed import OptionFailed
from ..model.period import Period
from ..model.problem import Place, Problem, did_you_mean
from .book import Book
from .contradictions import stands_in
from .history import History, history_of


@frozen
class _Gap:
    """Days on which an instruction cannot be followed: from which to which, why, and what to do."""

    days: Period
    why: str
    hint: str


def unfollowable(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield each instruction that a contract has for what it has not, with the first day on which that is so.

    What is over by another day is a warning: nobody can mend days that are past. No bill waits.
    """
    if not (contract.instructions or any(event.instruction for event in contract.events)):
        return
    history = history_of(book, contract)
    for one in history.contract.instructions:
        for gap in _gaps(book, history, one):
            first, over = gap.days.start, gap.days.end if gap.days.end != history.end else None
            what = f'contract "{contract.id}": the instruction "{one.subject}" is {gap.why}'
            hint = f"it was so from {first}, and is over by {over}" if over else f"it is so on {first}; {gap.hint}"
            yield Problem(_place(contract, one), what, hint, warning=bool(over))


def _gaps(book: Book, history: History, one: Instruction) -> Iterator[_Gap]:
    """Yield the first days on which an option is not there that an instruction is for, and those without its window."""
    found: dict[str, _Gap] = {}
    for period, then in stands_in(history):
        days = history.contract.period_of(one) & period
        if then.offer not in book.offers or (days.end is not None and days.days <= 0):
            continue
        offer = book.offer_of(then)
        for gap in (*_without_option(history.contract, offer, one, days), *_without_window(then, offer, one, days)):
            before = found.get(gap.why)
            found[gap.why] = _Gap(Period(before.days.start, gap.days.end), gap.why, gap.hint) if before else gap
    yield from found.values()


def _without_option(contract: Contract, offer: Offer, one: Instruction, days: Period) -> Iterator[_Gap]:
    if not one.option:
        return
    if one.option not in offer.options:
        why = f'for "{one.option}", which is no option of {offer.version}'
        yield _Gap(days, why, did_you_mean(one.option, offer.options))
        return
    first = _first_without(contract.option_periods(one.option), days)
    if first is not None:
        later = (held.start for held in contract.option_periods(one.option) if held.start > first)
        end = min((day for day in (next(later, None), days.end) if day), default=None)
        why = f'for "{one.option}", which the contract does not have'
        yield _Gap(Period(first, end), why, 'end it on that day, what = "instruction_ended", or add the option')


def _first_without(held: tuple[Period, ...], days: Period) -> date | None:
    """Return the first of some days that lies in none of some periods, which are in order."""
    first = days.start
    for period in held:
        if first in period:
            if period.end is None:
                return None
            first = period.end
    return first if first in days else None


def _without_window(then: Contract, offer: Offer, one: Instruction, days: Period) -> Iterator[_Gap]:
    if not one.window:
        return
    windows = tuple(w for w in offer.coverage.windows if not then.windows or w.id in then.windows)
    try:
        for taken in then.options:
            if taken.id in offer.options:
                windows = windows_with(offer.options[taken.id], windows)
    except OptionFailed:
        return
    names = [window.id for window in windows]
    if one.window not in names:
        yield _Gap(days, f'for the window "{one.window}", which the contract has not', did_you_mean(one.window, names))


def _place(contract: Contract, one: Instruction) -> Place:
    """Return where an instruction was given: in its event, or in the contract."""
    given = (event.place for event in contract.events if event.instruction and event.instruction.subject == one.subject)
    return contract.place if one in contract.instructions else next(given, contract.place)

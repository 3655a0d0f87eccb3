"""A contract's instructions on a day: what agents do with its calls now, and what changes later."""

from datetime import date

from attrs import frozen

from ..model.contract import Contract
from ..model.instruction import Instruction
from ..model.offer import Offer
from ..model.period import Period
from ..model.words.instructions import InstructionTold, instructions_told
from .book import Book
from .history import history_of


@frozen
class InstructionsOn:
    """The instructions that hold on a day, and those that come later, of the contract as it then stands.

    ``offer`` is that of the day; None where it is not on file.
    """

    day: date
    contract: Contract
    offer: Offer | None
    now: tuple[Instruction, ...] = ()
    later: tuple[Instruction, ...] = ()

    @property
    def now_told(self) -> tuple[InstructionTold, ...]:
        """Return those that hold in words."""
        return instructions_told(self.now, self.contract, self.offer)

    @property
    def later_told(self) -> tuple[InstructionTold, ...]:
        """Return those that come later in words."""
        return instructions_told(self.later, self.contract, self.offer)


def instructions_on(book: Book, contract: Contract, day: date) -> InstructionsOn:
    """Return a contract's instructions as they stand on a day, with every event that is on file."""
    if contract.offer not in book.offers:
        return InstructionsOn(day, contract, None)
    history = history_of(book, contract)
    stands, life = history.contract, Period(history.contract.start, history.end)
    dated = [(stands.period_of(one) & life, one) for one in stands.instructions]
    coming = [(period.start, one) for period, one in dated if _lasts(period) and period.start > day]
    return InstructionsOn(
        day,
        stands,
        book.offers.get(history.standing(day).offer),
        tuple(one for period, one in dated if day in period),
        tuple(one for _, one in sorted(coming, key=lambda found: found[0])),
    )


def _lasts(period: Period) -> bool:
    return period.end is None or period.days > 0

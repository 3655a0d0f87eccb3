"""Months as they were priced before: told apart by what each of their rules came to, and put together of that."""

from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from ...model.facts import FactValue
from .cases_priced import Cases
from .charges import RuleCharges
from .invoice import DraftPart, MonthPrice, vat_of
from .line_memory import LineMemory
from .month_lines import lines_by_themselves
from .price_list import Tariff, check_quoted
from .vat import vat_on

Alike = tuple[int, int]
"""The number of all that months hang on besides rules and facts, and that of the rules that hold."""


@frozen(eq=False)
class _Frame:
    """What months have in common that differ in facts alone: what each rule came to in them, prices, and the VAT."""

    rules: Sequence[Cases[RuleCharges]]
    tariff: Tariff
    vat: tuple[int, str]


@define(eq=False)
class MonthMemory:
    """What months of one piece come to, of customers without terms of their own: each distinct month is priced once.

    A month whose rules all came to something before, and to lines that do not rest on each other, is those lines.
    """

    lines: LineMemory[RuleCharges] = field(factory=LineMemory)
    _frames: dict[Alike, _Frame] = field(factory=dict)
    _priced: dict[tuple[_Frame, tuple[RuleCharges, ...]], MonthPrice] = field(factory=dict)

    def known(self, alike: Alike, facts: Mapping[str, FactValue]) -> MonthPrice | None:
        """Return what a month comes to by its facts, None where it is to be priced by itself.

        Raises NotQuoted when a line's price is not in the tariff.
        """
        frame = self._frames.get(alike)
        answers = _answers(frame, facts) if frame else None
        if frame is None or answers is None:
            return None
        price = self._priced.get((frame, answers))
        if price is None and (lines := lines_by_themselves(answers)) is not None:
            check_quoted(lines, (frame.tariff,))
            band = next((answer.band for answer in answers if answer.band is not None), None)
            price = self._priced[frame, answers] = MonthPrice(lines, vat_on(lines, *frame.vat), band)
        return price

    def take(self, alike: Alike, part: DraftPart, price: MonthPrice) -> None:
        """Remember what a month came to that was priced by itself, by means of what its lines are remembered in."""
        month = part.month
        frame = self._frames.get(alike)
        if frame is None:
            rules = [self.lines.cases(month, decision) for decision in part.decisions]
            frame = self._frames[alike] = _Frame(rules, part.tariff, vat_of(month))
        answers = _answers(frame, month.facts)
        if answers is not None:
            self._priced[frame, answers] = price


def _answers(frame: _Frame, facts: Mapping[str, FactValue]) -> tuple[RuleCharges, ...] | None:
    """Return what each rule came to in months with such facts; None where that is not known of one."""
    answers = []
    for rule in frame.rules:
        answer = rule.known(facts)
        if answer is None:
            return None
        answers.append(answer)
    return tuple(answers)

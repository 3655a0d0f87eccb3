"""Months as they were priced before: told apart by what each of their rules came to, and put together of that."""

from collections.abc import Callable, Mapping, Sequence

from attrs import define, field, frozen

from ...model.facts import FactValue
from ...model.invoice import ChargeLine
from .cases_priced import Cases
from .charges import RuleCharges, answer_of
from .invoice import DraftPart, MonthPrice, vat_of
from .line_memory import LineMemory
from .month_lines import lines_of_one
from .price_list import Tariff, check_quoted
from .priced_month import PricedMonth
from .vat import vat_on

Alike = tuple[int, int]
"""The number of all that months hang on besides rules and facts, and that of the rules that hold."""
Answers = tuple[RuleCharges, ...]
"""What each rule of a month comes to, in the order of the rules."""


@frozen(eq=False)
class _Frame:
    """What months have in common that differ in facts alone: one of them, what each rule came to, prices, the VAT."""

    month: PricedMonth
    rules: Sequence[Cases[RuleCharges]]
    tariff: Tariff
    vat: tuple[int, str]
    quoted: set[int] = field(factory=set)

    def check(self, lines: Sequence[ChargeLine]) -> None:
        """Raise NotQuoted for the first line that is not in the tariff; one line of many months is looked for once."""
        new = [line for line in lines if id(line) not in self.quoted]
        check_quoted(new, (self.tariff,))
        self.quoted.update(map(id, new))

    def answers(self, facts: Mapping[str, FactValue]) -> Answers | None:
        """Return what each rule came to in months with such facts; None where that is not known of one."""
        found = []
        for rule in self.rules:
            answer = rule.known(facts)
            if answer is None:
                return None
            found.append(answer)
        return tuple(found)


@define(eq=False)
class MonthMemory:
    """What months of one piece come to, of customers without terms of their own: each distinct month is priced once.

    A month is told by what each of its rules comes to: facts make no other difference. ``worked_out`` counts how often
    that was not known.
    """

    lines: LineMemory[RuleCharges] = field(factory=LineMemory)
    worked_out: int = 0
    _frames: dict[Alike, _Frame] = field(factory=dict)
    _priced: dict[tuple[_Frame, Answers], MonthPrice] = field(factory=dict)

    def price(self, alike: Alike, facts: Mapping[str, FactValue], part: Callable[[], DraftPart]) -> MonthPrice:
        """Return what a month comes to by its facts; it is asked for where a rule came to nothing yet by such facts.

        Raises what `month_price` raises.
        """
        frame = self._frames.get(alike)
        answers = frame.answers(facts) if frame else None
        if frame is None or answers is None:
            frame, answers = self._asked(alike, part())
        price = self._priced.get((frame, answers))
        if price is None:
            lines = lines_of_one(frame.month, answers)
            frame.check(lines)
            band = next((answer.band for answer in answers if answer.band is not None), None)
            price = self._priced[frame, answers] = MonthPrice(lines, vat_on(lines, *frame.vat), band)
        return price

    def _asked(self, alike: Alike, part: DraftPart) -> tuple[_Frame, Answers]:
        """Return what each rule of a month comes to, with what it has in common with others."""
        self.worked_out += 1
        month = part.month
        answers = tuple([answer_of(month, decision) for decision in part.decisions])
        if alike not in self._frames:
            rules = [self.lines.cases(month, decision) for decision in part.decisions]
            self._frames[alike] = _Frame(month, rules, part.tariff, vat_of(month))
        return self._frames[alike], answers

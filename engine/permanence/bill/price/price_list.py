"""An offer's tariff: every price that its rules and options could ever put on an invoice, for what one chose of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property

from attrs import evolve, frozen

from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.invoice import ChargeLine
from ...model.money import Micros
from ...model.offer import Offer
from ...model.option_failed import OptionFailed
from ...model.price_index import INDEX
from ...model.price_list import PERCENT, QuotedPrice
from .due_once import is_due_once
from .registry import model_of

LIMITS = ("least", "most")
MONTHLY = ("recurring", "share")
Key = tuple[str, str, Micros, int]


class NotQuoted(Exception):  # noqa: N818 - named after what happened
    """A line that is not in the tariff: its price was in no quote (R8)."""

    def __init__(self, line: ChargeLine) -> None:
        self.line = line
        super().__init__(f"{line.label}: {line.unit_price}")


@frozen
class Tariff:
    """The prices of an offer for what a customer chose of it, in the order in which invoices have them."""

    prices: tuple[QuotedPrice, ...]

    def quotes(self, line: ChargeLine) -> bool:
        """Tell whether an invoice line has a code and unit price of the tariff; that of an option, its label too."""
        if line.unit == PERCENT:
            return (line.code, line.label, line.quantity) in self._shares
        if line.unit == INDEX:
            return any(price.code == line.code and price.index for price in self.prices)
        if _key(line) in self._keys:
            return True
        growing = any(
            price.code == line.code and line.for_each == 1 and _is_further(line.unit_price, base, price.unit_price)
            for price, base in self._growing
        )
        limits = (price for price in self.prices if price.due in LIMITS)
        return growing or any(_brings_to(price, line, credit=price.code in self._credits) for price in limits)

    @cached_property
    def _keys(self) -> frozenset[Key]:
        return frozenset(
            _key(price) for price in self.prices if not price.every and price.due not in (*LIMITS, "share")
        )

    @cached_property
    def _shares(self) -> frozenset[tuple[str, str, int]]:
        shares = (price for price in self.prices if price.percent is not None)
        return frozenset((price.code, price.label, price.percent or 0) for price in shares)

    @cached_property
    def _credits(self) -> frozenset[str]:
        """Return what may come to less than nothing, so that more than a least may be missing: for a month, all."""
        below = {price.code for price in self.prices if price.unit_price < 0 and price.due not in LIMITS}
        return frozenset({*below, *LIMITS} if below else ())

    @cached_property
    def _growing(self) -> tuple[tuple[QuotedPrice, Micros], ...]:
        """Return what is added without a top, each with the price of the range before it."""
        ends = {(price.code, price.last): price.unit_price for price in self.prices if price.last is not None}
        return tuple((price, ends[price.code, price.first - 1]) for price in self.prices if price.every and price.first)


def tariff_of(decider: Decider, chosen: Chosen) -> Tariff:
    """Return every price that the offer of a decider could ever charge to who chose so, but for VAT."""
    return tariff(decider.offer, chosen)


def tariff(offer: Offer, chosen: Chosen) -> Tariff:
    """Return every price that an offer could ever charge to who chose so, but for VAT.

    An option that cannot say its prices has none: who has it is told so where it is charged, and nobody else waits.
    """
    prices: list[QuotedPrice] = []
    for code in dict.fromkeys(rule.then.charge for rule in offer.rules_on("month")):
        with suppress(OptionFailed):
            prices += tuple(_prices(offer, chosen, code))
    return Tariff(tuple(prices))


def check_quoted(lines: Iterable[ChargeLine], tariffs: Sequence[Tariff]) -> None:
    """Raise NotQuoted for the first line that is in none of these tariffs."""
    for line in lines:
        if not any(quoted.quotes(line) for quoted in tariffs):
            raise NotQuoted(line)


def _key(price: QuotedPrice | ChargeLine) -> Key:
    # The two set-up prices of an option may cost the same: its label tells which one a line is.
    label = price.label if price.code.startswith("option.") else ""
    return price.code, label, price.unit_price, price.for_each


def _is_further(price: Micros, base: Micros, step: Micros) -> bool:
    return step > 0 and price > base and (price - base) % step == 0


def _brings_to(limit: QuotedPrice, line: ChargeLine, *, credit: bool) -> bool:
    """Tell whether a line brings something up to a least, or down to a most: what is missing, never more than it.

    Of what may be a ``credit`` more than the least may be missing.
    """
    if (limit.code, limit.label) != (line.code, line.label):
        return False
    if limit.due == "most":
        # What is below zero itself is a customer's own discount: an amount that is taken off at the most.
        return line.unit_price < 0 and (limit.unit_price >= 0 or line.unit_price >= limit.unit_price)
    # Where it is that of each line or site, it is as many times as much.
    several = limit.one is not None
    return line.unit_price > 0 and (credit or several or line.unit_price <= limit.unit_price)


def _prices(offer: Offer, chosen: Chosen, code: str) -> Iterator[QuotedPrice]:
    model, name = model_of(offer, code)
    once = is_due_once(offer, code)
    for price in model.prices(offer, chosen, name):
        paid = model.paid(offer, name, price) if price.due in MONTHLY and not once else "in_arrears"
        due = "one_off" if once and price.due == "recurring" else price.due
        yield evolve(price, code=code, due=due, paid="" if paid == "in_arrears" else paid)

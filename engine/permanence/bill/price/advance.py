"""Prices that are due in advance: what of a month was billed before it, and what is taken back of that."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ...model.due import DueTime
from ...model.invoice import ChargeLine
from ...model.money import Cents
from ...model.offer import Offer
from ...model.units import MONTHS
from ...model.words.advance import AHEAD, BY_CALLS, taken_back_label, taken_back_sentence
from .price_list import Tariff
from .registry import BY_KIND, model_of


@frozen
class Ahead:
    """What months cost in advance: lines, with the offers that they are of and the tariffs that have them."""

    lines: tuple[ChargeLine, ...] = ()
    offers: tuple[Offer, ...] = ()
    tariffs: tuple[Tariff, ...] = ()

    def __add__(self, other: "Ahead") -> "Ahead":
        return Ahead(self.lines + other.lines, self.offers + other.offers, self.tariffs + other.tariffs)


NOTHING_AHEAD = Ahead()
AHEAD_OF_TIME: tuple[DueTime, ...] = ("in_advance", "year_in_advance")


@frozen
class Advance:
    """What the invoice before had of a month in advance, what this one has of the next, and why the two may differ.

    ``why`` is what happened in the month, in French.
    """

    before: Ahead = NOTHING_AHEAD
    ahead: Ahead = NOTHING_AHEAD
    why: str = ""

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return the offers of lines for other months."""
        return (*self.before.offers, *self.ahead.offers)


def due_of(offer: Offer, code: str, unit: str) -> DueTime:
    """Return when a line of what a rule charges is due, by its unit."""
    model, name = model_of(offer, code)
    return model.due(offer, name, unit)


def charges_ahead(offer: Offer) -> Mapping[str, DueTime]:
    """Return what rules of an offer charge that is due before its month, each with when."""
    charged = dict.fromkeys(rule.then.charge for rule in offer.rules_on("month"))
    known = (code for code in charged if code.partition(".")[0] in BY_KIND)
    due = ((code, due_of(offer, code, MONTHS)) for code in known)
    return {code: when for code, when in due if when != "in_arrears"}


def lines_ahead(
    lines: Iterable[ChargeLine], offers: Iterable[Offer], dues: Collection[DueTime] = AHEAD_OF_TIME
) -> Iterator[ChargeLine]:
    """Yield those of some lines, of these offers, that are due before their month; or due as is asked for."""
    by_digest = {offer.digest: offer for offer in offers}
    for line in lines:
        offer = by_digest.get(line.decision.digest)
        if offer and due_of(offer, line.code, line.unit) in dues:
            yield line


def with_advance(lines: Sequence[ChargeLine], offers: Iterable[Offer], advance: Advance) -> tuple[ChargeLine, ...]:
    """Return the lines of an invoice from those of its month: without what was billed before, with the next month's.

    What was billed in advance and is due otherwise is taken back, and stands as it is due.
    """
    billed = list(advance.before.lines)
    mine = [id(line) for line in lines_ahead(lines, offers)]
    kept: list[ChargeLine] = []
    for line in lines:
        was = next((one for one in billed if as_due(one) == as_due(line)), None) if id(line) in mine else None
        if was is None:
            kept.append(line)
        else:
            billed.remove(was)
    back = (taken_back(line, advance.why or (BY_CALLS if line.code == "bands" else "")) for line in billed)
    return (*kept, *back, *(evolve(line, sentence=line.sentence + AHEAD) for line in advance.ahead.lines))


def taken_back(line: ChargeLine, why: str) -> ChargeLine:
    """Return the line that takes back one that was billed in advance."""
    return evolve(
        line,
        label=taken_back_label(line.label),
        quantity=-line.quantity,
        amount=Cents(-line.amount),
        sentence=taken_back_sentence(line.label, line.period, why),
    )


def as_due(line: ChargeLine) -> tuple[object, ...]:
    """Return what of a line makes it another one: what is charged, how much, at which price, for how many days."""
    price = (line.unit, line.unit_price, line.for_each)
    return (line.code, line.label, line.quantity, *price, line.days, line.of_days, line.amount)

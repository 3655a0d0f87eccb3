"""When something is charged: the cases of its rules, fact by fact, that a customer of whom something is known meets."""

from collections.abc import Mapping, Sequence, Set
from itertools import product

from attrs import frozen

from ...decide.cases import Cells, Group, NumberCells, group
from ...decide.condition import Alternative, Condition, ParsedRule, alternatives, holds, width
from ...decide.condition_text import parse
from ...decide.decider import Decider
from ...decide.vocabulary import vocabulary
from ...model.facts import FactValue
from ...model.offer import Offer
from ...model.price_list import Reach

MOST_ALTERNATIVES = 4
"""More of them are said as the rules have them."""
Known = Mapping[str, FactValue]
Case = tuple[int, ...]


@frozen
class Allowed:
    """The values of one fact for which something is charged: some of the cells that rules cut it into."""

    cut: Cells
    cells: tuple[int, ...]

    @property
    def fact(self) -> str:
        """Return the fact's name."""
        return self.cut.fact.name


Occasion = tuple[Allowed, ...]
"""What facts have to be, all at once; nothing where something is charged whatever they are."""


@frozen
class Occasions:
    """When something is charged: on each of these, never where there is none.

    ``others`` are conditions of rules that no few occasions say.
    """

    each: tuple[Occasion, ...] = ()
    others: tuple[Condition, ...] = ()

    @property
    def is_never(self) -> bool:
        """Tell whether it is charged in no case at all."""
        return not self.each and not self.others


def occasions_of(decider: Decider, charge: str, known: Known, within: Sequence[Reach] = ()) -> Occasions:
    """Return when an offer's monthly rules charge something to who has these facts for good.

    Only months are looked at whose counts lie ``within`` these.
    """
    offer = decider.offer
    known = {**_known_of_all(offer), **known}
    facts = vocabulary(offer, "month")
    rules = [rule for rule in offer.rules_on("month") if rule.then.charge == charge]
    parsed = [ParsedRule(rule, parse(rule, facts), order) for order, rule in enumerate(rules)]
    if not parsed:
        return Occasions()
    cuts = group(parsed, facts)
    met = _met(offer, cuts, known, within)
    charged = frozenset(case for case in met if any(holds(one.condition, _facts(cuts, case, known)) for one in parsed))
    if not charged:
        return Occasions()
    if (one := _as_one(cuts, charged, met)) is not None:
        return Occasions((one,))
    conditions = tuple(one.condition for one in parsed)
    if sum(map(width, conditions)) > MOST_ALTERNATIVES:
        return Occasions(others=conditions)
    ways = (way for condition in conditions for way in alternatives(condition))
    found = (_as_one(cuts, _holding(cuts, met, way, known), met) for way in ways)
    return Occasions(tuple(dict.fromkeys(one for one in found if one is not None)))


def ever_together(decider: Decider, charge: str, other: str, known: Known) -> bool:
    """Tell whether rules may charge something in a month, or a part of it, in which they charge another thing too."""
    offer, facts = decider.offer, vocabulary(decider.offer, "month")
    rules = [rule for rule in offer.rules_on("month") if rule.then.charge in (charge, other)]
    parsed = [ParsedRule(rule, parse(rule, facts), order) for order, rule in enumerate(rules)]
    cuts, known = group(parsed, facts), {**_known_of_all(offer), **known}
    for case in _met(offer, cuts, known, ()):
        met = _facts(cuts, case, known)
        if {one.rule.then.charge for one in parsed if holds(one.condition, met)} == {charge, other}:
            return True
    return False


def _known_of_all(offer: Offer) -> Known:
    """Return the facts that are alike in every month which an offer bills."""
    found: dict[str, FactValue] = {"contract.active": 1}
    if not offer.term.trial.count:
        found["contract.in_trial"] = 0
    if not offer.term.trial.count or offer.term.trial_billed:
        found["usage.trial_calls"] = 0
    return found


def _met(offer: Offer, cuts: Group, known: Known, within: Sequence[Reach]) -> frozenset[Case]:
    """Return the cases that can occur to who has these facts, by the cell of each fact."""
    return frozenset(product(*(_open(offer, cut, known, within) for cut in cuts.cells)))


def _open(offer: Offer, cut: Cells, known: Known, within: Sequence[Reach]) -> tuple[int, ...]:
    if cut.fact.name in known:
        return (cut.cell(known[cut.fact.name]),)
    if cut.fact.name == "customer.kind":
        return tuple(dict.fromkeys(cut.cell(kind) for kind in offer.head.customers))
    reaches = [one for one in within if one.fact == cut.fact.name]
    return tuple(cell for cell in cut.can_occur() if all(_has(cut, cell, one) for one in reaches))


def _has(cut: Cells, cell: int, reach: Reach) -> bool:
    """Tell whether a cell of a number has some of the counts for which there is something to charge."""
    if not isinstance(cut, NumberCells):
        return True
    low = cut.breaks[cell - 1] if cell else 0
    high = cut.breaks[cell] - 1 if cell < len(cut.breaks) else None
    return (reach.high is None or low <= reach.high) and (high is None or high >= reach.low)


def _facts(cuts: Group, case: Case, known: Known) -> dict[str, FactValue]:
    met = {cut.fact.name: cut.value(cell) for cut, cell in zip(cuts.cells, case, strict=True)}
    return {**met, **known}


def _holding(cuts: Group, met: Set[Case], way: Alternative, known: Known) -> frozenset[Case]:
    return frozenset(case for case in met if all(holds(one, _facts(cuts, case, known)) for one in way))


def _as_one(cuts: Group, charged: Set[Case], met: Set[Case]) -> Occasion | None:
    """Return the cases in which something is charged as values of each fact by itself, None where they hang together.

    A fact that leaves out none of its values that can be met is not among them.
    """
    if not charged:
        return None
    needed = [frozenset(cells) for cells in zip(*charged, strict=True)]
    within = {case for case in met if all(cell in cells for cell, cells in zip(case, needed, strict=True))}
    if within != charged:
        return None
    possible = [frozenset(cells) for cells in zip(*met, strict=True)]
    return tuple(
        Allowed(cut, tuple(sorted(cells)))
        for cut, cells, every in zip(cuts.cells, needed, possible, strict=True)
        if cells != every
    )

"""A month's lines in their stages: what counts and dates cost, then shares of it, then the month's least and most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from attrs import define, evolve, field, frozen

from ...model.charged import ALL, covers
from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.money import amount_of, price_of
from ...model.offer import Offer
from .charges import Part, RuleCharges, answer_of, charge_lines, charged_alike
from .limit import Limit, brought
from .priced_month import PricedMonth, joined
from .registry import model_of
from .share import Share, share_line

Limits = Mapping[str, Sequence[tuple[PricedMonth, Limit]]]


@frozen(eq=False)
class Charged:
    """Lines that one rule makes for some parts of a month.

    ``offer`` is the digest of the offer among whose lines they stand. ``share`` is what makes them, where they are a
    share of lines before them, ``limit`` tells whether they bring such lines to a limit.
    """

    offer: str
    parts: Sequence[PricedMonth]
    decision: Decision
    lines: tuple[ChargeLine, ...]
    share: Share | None = None
    limit: bool = False

    @property
    def code(self) -> str:
        """Return what the rule charges."""
        return self.decision.rule.then.charge


@define
class _Stages:
    """What has been charged so far, in order, and what the shares and limits of it are."""

    charged: list[Charged] = field(factory=list)
    limits: dict[str, list[tuple[PricedMonth, Limit]]] = field(factory=dict)
    shares: list[tuple[PricedMonth, Decision, Share]] = field(factory=list)

    def lines(self) -> tuple[ChargeLine, ...]:
        """Return the lines, offer by offer."""
        by_offer: dict[str, list[ChargeLine]] = {}
        for one in self.charged:
            by_offer.setdefault(one.offer, []).extend(one.lines)
        return tuple(line for lines in by_offer.values() for line in lines)


def month_lines(parts: Sequence[Part]) -> tuple[ChargeLine, ...]:
    """Return the lines of a month from the parts of it in which nothing changes, in order: offer by offer.

    Parts that a rule charges at one price have one line. What brings a price up to its least or down to its most comes
    behind all prices; then shares of lines that are there, each of lines before it, the customer's own behind the
    offer's; what brings the month to its limits comes last, and takes together the offers that have such a limit.
    Raises Unpriceable when the offer has no price for the count, OptionFailed when a plugin raises.
    """
    alike = charged_alike(_of_one_month(parts))
    return lines_of((month, answer_of(month, decision)) for month, decision in alike)


def lines_of(counted: Iterable[tuple[PricedMonth, RuleCharges]]) -> tuple[ChargeLine, ...]:
    """Return the lines of a month from what each rule comes to in the parts that it charges at one price, as one."""
    stages = _counted(counted)
    if not (stages.limits or stages.shares):
        return stages.lines()
    stages.charged += [_limited(some, stages.charged, own=True) for some in _of_prices(stages.limits)]
    for own in (False, True):
        for month, decision, share in _in_turn([one for one in stages.shares if one[2].own == own]):
            found = _shared(month, decision, share, stages.charged)
            stages.charged.append(Charged(month.offer.digest, month.parts, decision, found, share))
    for some in _of_month(stages.limits):
        stages.charged.append(_limited(some, stages.charged, own=False))
    return stages.lines()


def lines_of_one(month: PricedMonth, answers: Sequence[RuleCharges]) -> tuple[ChargeLine, ...]:
    """Return the lines of a month of one piece from what each of its rules comes to."""
    if any(one.shares or one.limits or True in one.once for one in answers):
        return lines_of((month, one) for one in answers)
    return tuple([line for one in answers for line in one.lines])


def _of_one_month(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the parts of a month, each with all of them."""
    if len(parts) == 1:
        return parts
    whole = tuple(month for month, _ in parts)
    return [(evolve(month, whole=whole), decisions) for month, decisions in parts]


def _counted(counted: Iterable[tuple[PricedMonth, RuleCharges]]) -> _Stages:
    """Return what counts and dates cost, and the shares and limits that follow."""
    stages, whole = _Stages(), set[str]()
    for month, answer in counted:
        decision = answer.decision
        stages.charged.append(Charged(month.offer.digest, month.parts, decision, answer.due(whole)))
        stages.shares += ((month, decision, share) for share in answer.shares)
        for limit in answer.limits:
            stages.limits.setdefault(decision.rule.then.charge, []).append((month, limit))
    return stages


def _of_prices(limits: Limits) -> list[Sequence[tuple[PricedMonth, Limit]]]:
    return [some for some in limits.values() if not some[0][1].of_month]


def _of_month(limits: Limits) -> list[Sequence[tuple[PricedMonth, Limit]]]:
    return [some for some in limits.values() if some[0][1].of_month]


def _limited(some: Sequence[tuple[PricedMonth, Limit]], charged: Sequence[Charged], *, own: bool) -> Charged:
    """Return what brings lines of the offers that have a limit to it: of the price's own lines, or of all."""
    # Days of a free trial have no least nor most of their own; what falls due on them counts towards the others'.
    theirs = [limit for _, limit in some if limit.billed.days]
    offers = [*dict.fromkeys(month.offer.digest for month, _ in some)]
    decision = some[-1][1].decision
    code = decision.rule.then.charge
    pool = [one for one in charged if one.offer in offers and (not own or one.code == code)]
    span = reduce(or_, (month.span for month, _ in some))
    found = brought(theirs, [line for one in pool for line in one.lines]) if theirs else iter(())
    lines = tuple(line.of_days_in(span) for line in found)
    return Charged(offers[-1], [part for month, _ in some for part in month.parts], decision, lines, limit=True)


def _in_turn(shares: Sequence[tuple[PricedMonth, Decision, Share]]) -> Iterator[tuple[PricedMonth, Decision, Share]]:
    """Yield shares in their order, but for one that is of another share by name: it comes behind that."""
    left = list(shares)
    while left:
        waiting = {decision.rule.then.charge for _, decision, _ in left}
        numbers = [number for number, (_, _, share) in enumerate(left) if not waiting.intersection(share.of)]
        yield from (left[number] for number in numbers)
        left = [one for number, one in enumerate(left) if number not in numbers]
        if not numbers:
            raise ValueError(f"shares of each other: {', '.join(sorted(waiting))}")


def _shared(month: PricedMonth, decision: Decision, share: Share, charged: Sequence[Charged]) -> tuple[ChargeLine, ...]:
    """Return the line of a share, of what was charged before it; none where that comes to nothing."""
    line = share_line(share, decision, _base(month, share, charged))
    return (line.of_days_in(month.span),) if line else ()


def _base(month: PricedMonth, share: Share, charged: Sequence[Charged]) -> list[ChargeLine]:
    """Return the lines that a share is of, as far as they are of the days of its parts."""
    mine = {id(part) for part in month.parts}
    lines: list[ChargeLine] = []
    for number, one in enumerate(charged):
        if not _is_base(month.offer, share, one):
            continue
        theirs = [part for part in one.parts if id(part) in mine]
        if len(theirs) == len(one.parts):
            lines += one.lines
        elif theirs:
            lines += _of_some(one, joined(theirs), charged[:number])
    return lines


def _of_some(one: Charged, month: PricedMonth, before: Sequence[Charged]) -> Iterator[ChargeLine]:
    """Yield what lines come to by some of their days alone; what does not follow the days is theirs in part."""
    model, name = model_of(month.offer, one.code)
    if one.limit:
        limits = [limit for limit in model.limits(month, one.decision, name) if limit.billed.days]
        yield from brought(limits, charge_lines(month, (one.decision,))) if limits else ()
        return
    if one.share:
        again = list(model.shares(month, one.decision, name))
        alike = next((share for share in again if share.label == one.share.label), one.share)
        yield from _shared(month, one.decision, alike, before)
        return
    for line in charge_lines(month, (one.decision,)):
        if model.whole(month.offer, name, line):
            days, of_days = (sum(part.days_of(part.billed) for part in parts) for parts in (month.parts, one.parts))
            yield evolve(line, amount=amount_of(1, price_of(line.amount), days, max(1, of_days)))
        else:
            yield line


def _is_base(offer: Offer, share: Share, one: Charged) -> bool:
    if one.share is None:
        return covers(share.of, one.code)
    if one.code in share.of or (share.own and not one.share.own and ALL in share.of):
        return True
    return offer.billing.percents == "one_after_other" and all(covers(share.of, code) for code in one.share.of)

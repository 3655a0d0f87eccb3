"""Shares: so many per cent of lines that are there already."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from attrs import frozen

from ...model.decision import Decision
from ...model.fault import Fault
from ...model.invoice import ChargeLine
from ...model.money import WHOLE, Cents, PerCent, amount_of, price_of
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_asked import prices_of
from ...model.option_failed import OptionFailed
from ...model.price import Price
from ...model.price_index import INDEX, IndexSeries, Revision
from ...model.price_list import PERCENT
from ...model.problem import KeyPath
from ...model.words.lines import reduction_sentence, share_sentence
from ...model.words.price_index import revision_sentence


@frozen(kw_only=True)
class Share:
    """A share of other lines: what its line says, how many hundredths of a per cent, and of what.

    Of the ``of_days`` that the lines are of, it is due for ``days``; ``sentence`` says which. Where it has an
    ``amount``, it is that in place of a per cent, but never more than the lines come to. ``own`` is that of one
    customer: it comes behind the offer's. ``title`` is the label without its reason.
    """

    label: str
    percent: PerCent
    of: tuple[str, ...]
    currency: str
    days: int = 1
    of_days: int = 1
    sentence: str = ""
    amount: Cents | None = None
    own: bool = False
    title: str = ""


@frozen(kw_only=True)
class IndexShare(Share):
    """What an index revises other lines by: an exact fraction of them, from two of its values."""

    price: Price
    series: IndexSeries
    revision: Revision


def circle_faults(offer: Offer, code: str, path: KeyPath) -> Iterator[Fault]:
    """Yield that a share is, by way of others, of itself: a named price, or an option."""
    if circle := _circle_of(_shares_of(offer), code):
        what = f"it is a share of itself: {' of '.join(circle)}"
        yield Fault(path, what, "let one of them be of something else")


def _shares_of(offer: Offer) -> Mapping[str, tuple[str, ...]]:
    """Return what each share is of, a named price's or an option's, by what rules write to charge it."""
    prices = {f"price.{name}": price.of for name, price in offer.prices.items() if price.is_share}
    return {**prices, **{f"option.{name}": shares_of(option) for name, option in offer.options.items()}}


def shares_of(option: Option) -> tuple[str, ...]:
    """Return what an option has shares of; nothing where its plugin cannot say: who asks for its prices tells that."""
    with suppress(OptionFailed):
        return tuple(code for price in prices_of(option) for code in price.base)
    return ()


def _circle_of(shares: Mapping[str, Collection[str]], start: str) -> tuple[str, ...]:
    """Return the way from a share, by what each is of, back to itself; nothing where there is none."""
    left: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while left:
        way = left.pop()
        for code in shares.get(way[-1], ()):
            if code == start:
                return (*way, code)
            if code not in seen:
                seen.add(code)
                left.append((*way, code))
    return ()


def share_line(share: Share, decision: Decision, lines: Sequence[ChargeLine]) -> ChargeLine | None:
    """Return a share of some lines as a line, rounded once; None where they come to nothing."""
    base = Cents(sum(line.amount for line in lines))
    if not base:
        return None
    if share.amount is not None:
        return _reduction(share, share.amount, decision, lines, base)
    if isinstance(share, IndexShare):
        return _revised(share, decision, lines, base)
    title = share.title or share.label
    return ChargeLine(
        code=decision.rule.then.charge,
        label=share.label,
        quantity=share.percent,
        unit=PERCENT,
        unit_price=price_of(base),
        for_each=WHOLE,
        days=share.days,
        of_days=share.of_days,
        amount=amount_of(share.percent, price_of(base), share.days, share.of_days, WHOLE),
        decision=decision,
        sentence=share_sentence(decision.rule, (title, share.percent), base, _told(lines), share.currency)
        + share.sentence,
        base=tuple(dict.fromkeys(line.code for line in lines)),
    )


def _revised(share: IndexShare, decision: Decision, lines: Sequence[ChargeLine], base: Cents) -> ChargeLine:
    """Return what an index revises lines by: the exact fraction of what they come to, rounded once."""
    change, told = share.revision.change, (share.price, share.series, share.revision)
    return ChargeLine(
        code=decision.rule.then.charge,
        label=share.label,
        quantity=change.numerator,
        unit=INDEX,
        unit_price=price_of(base),
        for_each=change.denominator,
        days=1,
        of_days=1,
        amount=amount_of(change.numerator, price_of(base), for_each=change.denominator),
        decision=decision,
        sentence=revision_sentence(decision.rule, *told, base, _told(lines), share.currency),
        base=tuple(dict.fromkeys(line.code for line in lines)),
    )


def _reduction(
    share: Share, amount: Cents, decision: Decision, lines: Sequence[ChargeLine], base: Cents
) -> ChargeLine | None:
    """Return an amount that is taken off lines by the month: at the most what they come to."""
    if base <= 0:
        return None
    off = amount_of(1, price_of(amount), share.days, share.of_days)
    within = off >= -base
    days, of_days = (share.days, share.of_days) if within else (1, 1)
    unit_price = price_of(amount if within else Cents(-base))
    return ChargeLine(
        code=decision.rule.then.charge,
        label=share.label,
        quantity=1,
        unit="mois",
        unit_price=unit_price,
        days=days,
        of_days=of_days,
        amount=amount_of(1, unit_price, days, of_days),
        decision=decision,
        sentence=reduction_sentence(decision.rule, (share.title, share.currency), amount, base, within=within)
        + share.sentence,
        base=tuple(dict.fromkeys(line.code for line in lines)),
    )


def _told(lines: Iterable[ChargeLine]) -> Mapping[str, Cents]:
    """Return what lines of one label come to, by the label."""
    sums: dict[str, Cents] = {}
    for line in lines:
        sums[line.label] = Cents(sums.get(line.label, 0) + line.amount)
    return sums

"""Shares: so many per cent of lines that are there already."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import frozen

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.money import WHOLE, Cents, PerCent, amount_of, price_of
from ...model.price_list import PERCENT
from ...model.words.lines import share_sentence

SUMS: Mapping[str, Collection[str]] = {
    "subscription": ("bands", "package", "plan"),
    "prices": ("price",),
    "options": ("option",),
}
"""What a share may be of in one word, by the first words of what rules charge."""
ALL = "all"


@frozen(kw_only=True)
class Share:
    """A share of other lines: what its line says, how many hundredths of a per cent, and of what.

    Of the ``of_days`` that the lines are of, it is due for ``days``; ``sentence`` says which.
    """

    label: str
    percent: PerCent
    of: tuple[str, ...]
    currency: str
    days: int = 1
    of_days: int = 1
    sentence: str = ""


def covers(of: Collection[str], code: str) -> bool:
    """Tell whether something that is charged is among what a share is of."""
    kind = code.partition(".")[0]
    return ALL in of or code in of or any(kind in SUMS.get(word, ()) for word in of)


def share_line(share: Share, decision: Decision, lines: Sequence[ChargeLine]) -> ChargeLine | None:
    """Return a share of some lines as a line, rounded once; None where they come to nothing."""
    base = Cents(sum(line.amount for line in lines))
    if not base:
        return None
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
        sentence=share_sentence(decision.rule, (share.label, share.percent), base, _told(lines), share.currency)
        + share.sentence,
        base=tuple(dict.fromkeys(line.code for line in lines)),
    )


def _told(lines: Iterable[ChargeLine]) -> Mapping[str, Cents]:
    """Return what lines of one label come to, by the label."""
    sums: dict[str, Cents] = {}
    for line in lines:
        sums[line.label] = Cents(sums.get(line.label, 0) + line.amount)
    return sums

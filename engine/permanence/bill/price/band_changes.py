"""Two offers' bands compared count by count: for how many calls a month costs more, or less, than it did."""

from collections.abc import Iterator

from attrs import frozen

from ...model.coverage_priced import TOGETHER
from ...model.money import Cents, price_of
from ...model.offer import Offer
from ...model.scalars import Words
from ...model.subscriptions import BandPrices, Bands
from ...model.words.advance import HOW_DUE, OF_BANDS
from ...model.words.amounts import rate
from ...model.words.changes import Moneys, instead, price_instead
from ...model.words.hours import with_hours
from ...model.words.numbers import number
from ...model.words.phrases import calls, said
from .bands import Unpriceable, band_of

MONTHLY = Words(" par mois", " a month")
LOWEST = Words("Formule la plus basse", "Lowest plan")
FLOORS = {
    "lowest": Words("la première", "the first"),
    "contracted": Words("celle du contrat", "the contract's"),
}
Pair = tuple[Cents | None, Cents | None]


@frozen
class CallRange:
    """Counts of calls for which a month costs the same before, and the same after: from ``first`` to ``last``."""

    first: int
    last: int
    old: Cents | None
    new: Cents | None


def bands_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield a sentence for each stretch of counts whose price is another, by mission, and for what comes above."""
    tables = dict.fromkeys(("", *(name for offer in (old, new) if offer.bands for name in offer.bands.others)))
    money = Moneys.of(old, new)
    if old.bands and new.bands and old.bands.due != new.bands.due:
        yield instead(OF_BANDS[new.bands.floor], HOW_DUE[new.bands.due], HOW_DUE[old.bands.due])
    for hours in tables:
        was, now = (_table(offer.bands, hours) for offer in (old, new))
        for mission in new.head.mission:
            name = said(", {}", ", {}", new.mission_called(mission)) if len(new.head.mission) > 1 else Words("")
            name += with_hours(new, hours.split(TOGETHER)) if hours else Words("")
            before = was if mission in old.head.mission else None
            for stretch in _stretches(before, now, mission):
                if stretch.old != stretch.new:
                    yield _told(stretch, name, money)
            yield from _beyond(before, now, mission, name, money)
    if old.bands and new.bands and old.bands.floor != new.bands.floor:
        yield instead(LOWEST, FLOORS[new.bands.floor], FLOORS[old.bands.floor])


def _table(bands: Bands | None, hours: str) -> BandPrices | None:
    """Return the bands for some hours; those of all others where there is no table for these."""
    return bands.others.get(hours, bands) if bands else None


def _stretches(old: BandPrices | None, new: BandPrices | None, mission: str) -> Iterator[CallRange]:
    top = max((bands.steps[-1].up_to for bands in (old, new) if bands), default=0)
    ends = sorted({end for bands in (old, new) if bands for end in _ends(bands, top)})
    found: list[CallRange] = []
    for end in ends:
        first = found[-1].last + 1 if found else 0
        pair = (_price(old, mission, end), _price(new, mission, end))
        if found and (found[-1].old, found[-1].new) == pair:
            found[-1] = CallRange(found[-1].first, end, *pair)
        else:
            found.append(CallRange(first, end, *pair))
    yield from found


def _ends(bands: BandPrices, top: int) -> Iterator[int]:
    """Yield the highest counts of an offer's bands up to a count, and that count."""
    yield from (step.up_to for step in bands.steps)
    if bands.then:
        yield from range(bands.steps[-1].up_to, top, bands.then.every)
    yield top


def _price(bands: BandPrices | None, mission: str, count: int) -> Cents | None:
    try:
        return band_of(bands, mission, count).price if bands else None
    except Unpriceable:
        return None


def _told(stretch: CallRange, mission: Words, money: Moneys) -> Words:
    last = calls(stretch.last)
    counts = (
        said("De {} à {}", "{} to {}", stretch.first, last) if stretch.first else said("Jusqu'à {}", "Up to {}", last)
    )
    what = counts + mission
    if stretch.old is None and stretch.new is not None:
        return said("{} : désormais {} par mois.", "{}: now {} a month.", what, rate(price_of(stretch.new), money.new))
    if stretch.new is None and stretch.old is not None:
        before = rate(price_of(stretch.old), money.old)
        return said("{} : plus de prix ({} avant).", "{}: no price any more ({} before).", what, before)
    assert stretch.new is not None
    assert stretch.old is not None
    return price_instead(what, price_of(stretch.new), price_of(stretch.old), MONTHLY, money)


def _beyond(
    old: BandPrices | None, new: BandPrices | None, mission: str, name: Words, money: Moneys
) -> Iterator[Words]:
    """Yield what changed above the last step of both: what further bands add, or by how much all are dearer."""
    before, after = _growth(old, mission, money.old), _growth(new, mission, money.new)
    top = max((bands.steps[-1].up_to for bands in (old, new) if bands), default=0)
    alike = money.old == money.new
    if alike and old and new and old.then and new.then and _goes_on_alike(old, new, mission):
        more = (_price(new, mission, top + 1) or 0) - (_price(old, mission, top + 1) or 0)
        if more:
            amount = rate(price_of(Cents(abs(more))), money.new)
            moved = ("de plus", "more") if more > 0 else ("de moins", "less")
            sentence = f"Au-delà de {{}}{{}} : {{}} {moved[0]} par mois.", f"Beyond {{}}{{}}: {{}} {moved[1]} a month."
            yield said(*sentence, calls(top), name, amount)
    elif before.fr != after.fr:
        yield said("Au-delà{} : {}, au lieu de : {}.", "Beyond{}: {}, instead of: {}.", name, after, before)


def _goes_on_alike(old: BandPrices, new: BandPrices, mission: str) -> bool:
    """Tell whether further bands begin at the same counts and add the same."""
    assert old.then
    assert new.then
    same = (old.then.every, old.then.prices[mission]) == (new.then.every, new.then.prices[mission])
    return same and (old.steps[-1].up_to - new.steps[-1].up_to) % old.then.every == 0


def _growth(bands: BandPrices | None, mission: str, currency: str) -> Words:
    if not bands or not bands.then:
        return Words("pas de prix", "no price")
    last, every = number(bands.steps[-1].up_to), calls(bands.then.every)
    added = rate(price_of(bands.then.prices[mission]), currency)
    return said(
        "au-dessus de {}, chaque tranche de {} ajoute {} par mois",
        "above {}, each further {} add {} a month",
        last,
        every,
        added,
    )

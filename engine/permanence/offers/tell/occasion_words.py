"""When something is charged, as one speaks of it: « les trois premiers mois », « si vous avez l'option … »."""

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from ...decide.cases import NumberCells
from ...decide.condition import AnyOf, Comparison
from ...model.customer_kind import KINDS
from ...model.facts import PLAN, SUSPENDED_DAYS, WINDOW
from ...model.offer import Offer
from ...model.quantity import LINES_HELD, QUANTITY
from ...model.scalars import Words
from ...model.units import LINES, UNITS
from ...model.words.hours import window_title
from ...model.words.ordinals import months_in_words
from ...model.words.phrases import OR, calls, counted, listed, quoted, said
from .condition_words import condition_in_words
from .occasions import Allowed, Occasion, Occasions

NONE = Words("")
Age = Callable[[int, int | None], Words]
"""Says which months of a contract some are, from the first, 1 being that of service, to the last, if there is one."""
MONTHS, CALLS = "contract.months", "usage.calls"
EITHER: Mapping[str, tuple[Words, Words]] = {
    "contract.first_month": (Words("le premier mois", "the first month"), Words("après le premier mois", "after it")),
    "contract.last_month": (
        Words("le dernier mois", "the last month"),
        Words("avant le dernier mois", "before the last month"),
    ),
    "contract.ended_early": (
        Words(
            "si le contrat prend fin avant la fin de l'engagement", "if the contract ends before its commitment does"
        ),
        NONE,
    ),
    "contract.in_trial": (
        Words("les mois qui commencent pendant l'essai", "months that begin in the trial"),
        Words("après l'essai", "after the trial"),
    ),
    "contract.renewed": (
        Words("une fois le contrat reconduit", "once the contract was renewed"),
        Words("avant la première reconduction", "before the first renewal"),
    ),
}
"""When a yes/no of the contract's life holds, and when it does not."""
FIRST = ("contract.", PLAN, "mission", "customer.", "option.", WINDOW, QUANTITY)
"""How facts begin in the order in which they are said; what is counted comes last."""


@frozen
class NumberRun:
    """Numbers in a row, from the lowest to the highest, None where there is no highest."""

    low: int
    high: int | None


def occasions_in_words(occasions: Occasions, offer: Offer, implied: str = "", age: Age = months_in_words) -> Words:
    """Return when something is charged, in a few words; nothing where that is always.

    ``implied`` is a fact of which it goes without saying that it holds, as one has an option who pays for it. ``age``
    says which months of the contract some are, with their days where these are known.
    """
    if occasions.others:
        condition = occasions.others[0] if len(occasions.others) == 1 else AnyOf(occasions.others)
        return said("si {}", "if {}", condition_in_words(condition, offer))
    told = [_occasion(one, offer, implied, age) for one in occasions.each]
    if any(not one.fr for one in told):
        return NONE
    return listed(dict.fromkeys(told), Words("ou bien", "or else"))


def _occasion(occasion: Occasion, offer: Offer, implied: str, age: Age) -> Words:
    said_first = sorted((one for one in occasion if one.fact != implied), key=_place)
    return _joined(_allowed(one, offer, age) for one in said_first)


def _place(one: Allowed) -> int:
    return next((place for place, begins in enumerate(FIRST) if one.fact.startswith(begins)), len(FIRST))


def _joined(parts: Iterator[Words]) -> Words:
    found = tuple(part for part in parts if part.fr)
    return Words(", ".join(part.fr for part in found), ", ".join(part.told("en") for part in found))


def _allowed(one: Allowed, offer: Offer, age: Age) -> Words:
    if isinstance(one.cut, NumberCells):
        if one.cut.fact.type == "yes_no":
            return _yes_no(one.fact, one.cells == (1,), offer)
        return listed((_run(one.fact, run, offer, age) for run in runs(one)), OR)
    named = tuple(one.cut.words[cell] for cell in one.cells if cell < len(one.cut.words))
    others = len(one.cut.words) in one.cells
    known = one.cut.fact.words
    if others and known:
        named, others = tuple(word for word in known if word in named or word not in one.cut.words), False
    if not others:
        return _words(one.fact, named, offer)
    without = [word for word in one.cut.words if word not in named]
    return listed(
        said("si {}", "if {}", condition_in_words(Comparison(one.fact, "!=", word), offer)) for word in without
    )


def runs(one: Allowed) -> tuple[NumberRun, ...]:
    """Return the numbers of a fact for which something is charged, as few runs as there are, rising."""
    assert isinstance(one.cut, NumberCells)
    found: list[NumberRun] = []
    for cell in one.cells:
        low = max(0, one.cut.breaks[cell - 1]) if cell else 0
        high = one.cut.breaks[cell] - 1 if cell < len(one.cut.breaks) else None
        if found and found[-1].high == low - 1:
            found[-1] = NumberRun(found[-1].low, high)
        else:
            found.append(NumberRun(low, high))
    return tuple(found)


def _yes_no(fact: str, holds: bool, offer: Offer) -> Words:
    if fact in EITHER:
        return EITHER[fact][not holds]
    kind, _, name = fact.partition(".")
    if kind == "option" and name in offer.options:
        return option_in_words(name, holds=holds, offer=offer)
    if fact.startswith(WINDOW):
        title = quoted(window_title(offer, fact.removeprefix(WINDOW)))
        return (
            said("si vous avez la plage {}", "if you have the hours {}", title)
            if holds
            else said("sans la plage {}", "without the hours {}", title)
        )
    return said("si {}", "if {}", condition_in_words(Comparison(fact, "==" if holds else "!=", 1), offer))


def option_in_words(name: str, *, holds: bool, offer: Offer) -> Words:
    """Return when a contract has an option of an offer, or has not: « si vous avez l'option … »."""
    have = ("si vous avez l'option {}", "if you have the option {}")
    return said(*(have if holds else ("sans l'option {}", "without the option {}")), quoted(offer.options[name].words))


def _words(fact: str, named: tuple[str, ...], offer: Offer) -> Words:
    how = WORDS.get(fact)
    if how is not None:
        return how(named, offer)
    same = tuple(Comparison(fact, "==", word) for word in named)
    return said("si {}", "if {}", condition_in_words(same[0] if len(same) == 1 else AnyOf(same), offer))


def _missions(named: tuple[str, ...], offer: Offer) -> Words:
    return listed((said("en {}", "for a {}", offer.mission_called(name)) for name in named), OR)


def _kinds(named: tuple[str, ...], _: Offer) -> Words:
    return listed((said("pour {}", "for {}", KINDS[name].one) for name in named), OR)  # type: ignore[index]


def _plans(named: tuple[str, ...], offer: Offer) -> Words:
    titles = (offer.plans[name].title for name in named)
    return said("avec la formule {}", "with the plan {}", listed(map(quoted, titles), OR))


WORDS: Mapping[str, Callable[[tuple[str, ...], Offer], Words]] = {
    "mission": _missions,
    "customer.kind": _kinds,
    PLAN: _plans,
}
"""How it is said of a fact of words which of them it has to be."""


def _run(fact: str, run: NumberRun, offer: Offer, age: Age) -> Words:
    if fact == MONTHS:
        return age(run.low + 1, None if run.high is None else run.high + 1)
    if fact == SUSPENDED_DAYS and (run.low, run.high) == (1, None):
        return Words("pendant une suspension", "while service is suspended")
    if fact == CALLS:
        return said("les mois {}", "in months {}", _of_so_many(run, calls))
    if fact == LINES_HELD:
        return said("si vous avez {}", "if you have {}", _so_many(run, _lines))
    parts = [Comparison(fact, ">=", run.low)] if run.low else []
    parts += [Comparison(fact, "<=", run.high)] if run.high is not None else []
    if run.low == run.high:
        parts = [Comparison(fact, "==", run.low)]
    elif run.low == 1 and run.high is None:
        parts = [Comparison(fact, ">", 0)]
    return said("si {}", "if {}", listed(condition_in_words(part, offer) for part in parts))


def _lines(count: int) -> Words:
    return counted(count, UNITS[LINES].one, UNITS[LINES].several)


def _of_so_many(run: NumberRun, unit: Callable[[int], Words]) -> Words:
    if run.high == 0:
        return Words("sans appel", "without a call")
    if run.low == 1 and run.high is None:
        return Words("avec au moins un appel", "with a call at least")
    if run.high is None:
        return said("d'au moins {}", "of at least {}", unit(run.low))
    if not run.low:
        return said("d'au plus {}", "of at most {}", unit(run.high))
    return said("de {} à {}", "of {} to {}", run.low, unit(run.high))


def _so_many(run: NumberRun, unit: Callable[[int], Words]) -> Words:
    if run.high is None:
        return said("au moins {}", "at least {}", unit(run.low))
    if run.low in (0, 1):
        return said("au plus {}", "at most {}", unit(run.high)) if run.high > 1 else unit(run.high)
    return said("de {} à {}", "{} to {}", run.low, unit(run.high)) if run.low < run.high else unit(run.low)

"""The questions about prices: which way of pricing, and what it asks for."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import evolve

from ..offers.draft.draft import NONE, BandDraft, OfferDraft, SizeDraft
from ..offers.draft.pricing import MODELS, with_model
from ..offers.draft.proposals import (
    EACH,
    MORE_CALLS,
    STARTED,
    calls,
    doubt_of_price,
    of_mission,
    plan,
    price,
    size_of,
)
from ..offers.draft.typed_answers import (
    as_amount,
    as_amount_or_none,
    as_calls,
    as_calls_or_none,
    as_id_or_none,
    as_model,
    as_typed,
)
from .dialogue import Dialogue, Question


def ask_prices(dialogue: Dialogue, draft: OfferDraft, model: str | None = None) -> OfferDraft:
    """Return a draft with its prices, in the way of pricing that is asked for first, where none is given."""
    question = Question(
        text=f"How it is priced ({', '.join(MODELS)})",
        proposed=draft.model,
        read=as_model,
        change=partial(with_model, draft),
    )
    draft = dialogue.ask(question, model)
    return ASKED[draft.model](dialogue, draft)


def _ask_bands(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask for bands in rising order, until no further one is wished."""
    draft = evolve(draft, bands=())
    while True:
        number = len(draft.bands)
        text = f"Band {number + 1}: up to how many calls" + (f" ({NONE}: no more bands)" if number else "")
        read = as_calls_or_none if number else as_calls
        draft = dialogue.ask(Question(text=text, proposed=calls(draft), read=read, change=partial(_with_band, draft)))
        if len(draft.bands) == number:
            return draft
        draft = _ask_each_price(dialogue, draft, f"Band {number + 1}: price a month")


def _with_band(draft: OfferDraft, up_to: str) -> OfferDraft:
    """Return a draft with one band more, where one is wished; its price is asked for next."""
    return draft if up_to == NONE else evolve(draft, bands=(*draft.bands, BandDraft(up_to, ("0.00",))))


def _ask_bands_and_further(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    return _ask_further(dialogue, _ask_bands(dialogue, draft))


def _ask_further(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask how the bands go on past the last one."""
    text = f"Past the last band: calls of each further one ({NONE}: more calls cannot be billed)"
    question = Question(
        text=text, proposed=str(MORE_CALLS), read=as_calls_or_none, change=partial(_with_further, draft)
    )
    draft = dialogue.ask(question)
    return (
        _ask_each_price(dialogue, draft, "Past the last band: what each further one adds") if draft.further else draft
    )


def _with_further(draft: OfferDraft, every: str) -> OfferDraft:
    return evolve(draft, further=None if every == NONE else BandDraft(every, ("0.00",)))


def _ask_each_price(dialogue: Dialogue, draft: OfferDraft, text: str) -> OfferDraft:
    """Ask for the price of each mission in the band that the draft has last."""
    for number, mission in enumerate(draft.missions):
        question = Question(
            text=f"{text}, mission {mission}" if len(draft.missions) > 1 else text,
            proposed=price(draft, number),
            read=as_amount,
            change=partial(_with_price, draft, number),
            doubt=partial(doubt_of_price, draft, number),
        )
        draft = dialogue.ask(question)
    return draft


def _with_price(draft: OfferDraft, number: int, price: str) -> OfferDraft:
    band = draft.further or draft.bands[-1]
    band = evolve(band, prices=(*band.prices[:number], price))
    return evolve(draft, further=band) if draft.further else evolve(draft, bands=(*draft.bands[:-1], band))


def _ask_package(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask what a package includes and costs."""
    return _ask_size(dialogue, draft, "Package")


def _ask_minute_plans(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask for plans of minutes, and by how many seconds calls are counted."""
    return _ask_started(dialogue, _ask_plans(dialogue, draft))


def _ask_plans(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask for plans, until no further one is wished."""
    first, draft = True, evolve(draft, sizes=())
    while True:
        number = len(draft.sizes)
        text = f"Plan {number + 1}: short name (id)" + ("" if first else f" ({NONE}: no more plans)")
        read = as_typed if first else as_id_or_none
        draft = dialogue.ask(Question(text=text, proposed=plan(draft), read=read, change=partial(_with_plan, draft)))
        if len(draft.sizes) == number:
            return draft
        first, last = False, draft.sizes[-1]
        change = partial(_with_size, draft, "title")
        draft = dialogue.ask(Question(text=f"Plan {number + 1}: title", proposed=last.id.capitalize(), change=change))
        draft = _ask_size(dialogue, draft, f"Plan {number + 1}")


def _with_plan(draft: OfferDraft, name: str) -> OfferDraft:
    """Return a draft with one plan more, where one is wished; what it includes and costs is asked for next."""
    if name == NONE:
        return draft
    plan = SizeDraft(id=name, title=name.capitalize(), included="0", prices=("0.00",), beyond=("0.00",))
    return evolve(draft, sizes=(*draft.sizes, plan))


def _ask_size(dialogue: Dialogue, draft: OfferDraft, text: str) -> OfferDraft:
    """Ask what the last plan, or the package, includes and costs."""
    included, monthly, further = size_of(draft)
    change = partial(_with_size, draft, "included")
    question = Question(text=f"{text}: {draft.unit}s that it includes", proposed=included, read=as_calls, change=change)
    draft = dialogue.ask(question)
    for key, what, amount in (("prices", "price a month", monthly), ("beyond", f"each further {draft.unit}", further)):
        for number, mission in enumerate(draft.missions):
            given = getattr(draft.sizes[-1], key)[:number]
            question = Question(
                text=f"{text}: {what}, mission {mission}" if len(draft.missions) > 1 else f"{text}: {what}",
                proposed=of_mission(amount, given, number),
                read=as_amount,
                change=partial(_with_amount, draft, key, given),
            )
            draft = dialogue.ask(question)
    return draft


def _with_size(draft: OfferDraft, key: str, answer: Any) -> OfferDraft:
    return evolve(draft, sizes=(*draft.sizes[:-1], evolve(draft.sizes[-1], **{key: answer})))


def _with_amount(draft: OfferDraft, key: str, given: tuple[str, ...], answer: str) -> OfferDraft:
    return _with_size(draft, key, (*given, answer))


def _ask_each(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask what each call, or minute, costs, and the least of a month."""
    unit = draft.model.removeprefix("per_")
    for number, mission in enumerate(draft.missions):
        given = draft.each.prices[:number]
        question = Question(
            text=f"Price of a {unit}, mission {mission}" if len(draft.missions) > 1 else f"Price of a {unit}",
            proposed=of_mission(EACH[draft.model], given, number),
            read=as_amount,
            change=partial(_with_each, draft, "prices", given),
        )
        draft = dialogue.ask(question)
    draft = _ask_started(dialogue, draft) if draft.model == "per_minute" else draft
    change = partial(_with_each, draft, "least", None)
    return dialogue.ask(
        Question(text="Least of a month (0: none)", proposed="0.00", read=as_amount_or_none, change=change)
    )


def _ask_started(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    text = "Seconds that are billed together once begun (1: to the second)"
    change = partial(_with_each, draft, "started", None)
    return dialogue.ask(Question(text=text, proposed=STARTED, read=as_calls, change=change))


def _with_each(draft: OfferDraft, key: str, given: tuple[str, ...] | None, answer: str) -> OfferDraft:
    value: Any = answer if given is None else (*given, answer)
    return evolve(draft, each=evolve(draft.each, **{key: value}))


ASKED: Mapping[str, Callable[[Dialogue, OfferDraft], OfferDraft]] = {
    "bands": _ask_bands_and_further,
    "plans": _ask_plans,
    "minute_plans": _ask_minute_plans,
    "package": _ask_package,
    "per_call": _ask_each,
    "per_minute": _ask_each,
}

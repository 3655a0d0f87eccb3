"""The ways of pricing that an offer can be started with: the tables and the rules that the answers become."""

from collections.abc import Callable, Iterator, Mapping

from attrs import evolve, frozen

from ...read.toml.written import braced, quoted, written_key
from .draft import PRICED, BandDraft, EachDraft, OfferDraft, SizeDraft, by_mission

MODELS = tuple(PRICED)
ACTIVE = "contract.active"
BY_CALLS = "Le forfait correspond au nombre d'appels traités dans le mois."
BY_PLAN = "La formule est celle du contrat ; chaque appel au-delà de ceux qu'elle comprend est facturé."
BY_MINUTE_PLAN = "La formule est celle du contrat ; chaque minute au-delà de celles qu'elle comprend est facturée."
BY_PACKAGE = "L'abonnement comprend les premiers appels du mois ; chaque appel au-delà est facturé."
EACH_CALL = "Chaque appel traité est facturé."
EACH_MINUTE = "La conversation est facturée à la durée."
MINUTE = 60


@frozen
class MonthlyCharge:
    """What a monthly rule of a draft charges: the rule's name, when, what, and why."""

    rule: str
    when: str
    charge: str
    why: str


def with_model(draft: OfferDraft, model: str) -> OfferDraft:
    """Return a draft that is priced in a way; its prices are asked for next."""
    size = SizeDraft(included="50", prices=("59.00",), beyond=("1.50",))
    if model in ("plans", "minute_plans"):
        size = evolve(size, id="standard", title="Standard")
    return evolve(draft, model=model, sizes=(size,), each=EachDraft())


def price_tables(draft: OfferDraft) -> Iterator[str]:
    """Yield the lines of the tables that a draft's prices become."""
    return TABLES[draft.model](draft)


def charged(draft: OfferDraft) -> Iterator[MonthlyCharge]:
    """Yield what the monthly rules of a draft charge."""
    if draft.model in ONE_TABLE:
        yield MonthlyCharge("subscription", ACTIVE, *ONE_TABLE[draft.model])
        return
    why = EACH_CALL if draft.model == "per_call" else EACH_MINUTE
    for mission in draft.missions:
        name = _price_name(draft, mission)
        when = ACTIVE if len(draft.missions) == 1 else f'mission == "{mission}"'
        yield MonthlyCharge(name.replace("_", "-"), when, f"price.{name}", why)


ONE_TABLE: Mapping[str, tuple[str, str]] = {
    "bands": ("bands", BY_CALLS),
    "plans": ("plan", BY_PLAN),
    "minute_plans": ("plan", BY_MINUTE_PLAN),
    "package": ("package", BY_PACKAGE),
}
"""What one rule charges for every mission, and why."""


def _bands(draft: OfferDraft) -> Iterator[str]:
    yield "[bands]                         # the whole month is billed in the band that its count reaches"
    yield 'floor = "lowest"                # no call at all: the lowest band'
    yield "steps = ["
    yield from (f"    {_band('up_to', band, draft)}," for band in draft.bands)
    yield "]"
    if draft.further:
        yield f"then = {_band('every', draft.further, draft)}"


def _band(key: str, band: BandDraft, draft: OfferDraft) -> str:
    prices = {name: quoted(price) for name, price in by_mission(draft, band.prices)}
    return braced(({key: count_written(band.calls)} | prices).items())


def _package(draft: OfferDraft) -> Iterator[str]:
    [size] = draft.sizes
    yield "[package]"
    yield f"included = {count_written(size.included)}"
    yield f"price = {_prices(draft, size.prices)}"
    yield f"per_call = {_prices(draft, size.beyond)}"


def _plans(draft: OfferDraft) -> Iterator[str]:
    timed = draft.model == "minute_plans"
    if timed:
        yield from _duration(draft)
    for number, size in enumerate(draft.sizes):
        if number:
            yield ""
        yield f"[plan.{written_key(size.id)}]"
        yield f"title = {quoted(size.title)}"
        yield f"price = {_prices(draft, size.prices)}"
        yield f"included = {count_written(size.included)}"
        if timed:
            yield from (f"counts = {_seconds(draft)}", f"for_each = {MINUTE}")
        yield f"beyond = {_prices(draft, size.beyond)}"


def _each(draft: OfferDraft) -> Iterator[str]:
    each = draft.each
    if each.least.strip("0."):
        yield from ("[billing]", f"least = {quoted(each.least)}", "")
    timed = draft.model == "per_minute"
    if timed:
        yield from _duration(draft)
    for number, (mission, price) in enumerate(by_mission(draft, each.prices)):
        if number:
            yield ""
        yield f"[price.{_price_name(draft, mission)}]"
        yield f"title = {_each_title(draft, mission)}"
        yield f"amount = {quoted(price)}"
        if timed:
            yield from (f"per = {_seconds(draft)}", f"for_each = {MINUTE}")
        else:
            yield 'per = "usage.calls"'


def _duration(draft: OfferDraft) -> Iterator[str]:
    """Yield the table of increments, where conversations are not counted to the second."""
    started = draft.each.started
    if started != "1":
        yield from ("[duration]", f"first = {count_written(started)}", f"further = {count_written(started)}", "")


def _seconds(draft: OfferDraft) -> str:
    return quoted(f"usage.{'talk' if draft.each.started == '1' else 'billed'}_seconds")


def _each_title(draft: OfferDraft, mission: str) -> str:
    french, english = ("Appels traités", "Calls answered")
    if draft.model == "per_minute":
        french, english = ("Minutes de conversation", "Minutes of conversation")
    if len(draft.missions) > 1:
        french, english = f"{french}, mission {mission}", f"{english}, mission {mission}"
    return braced((("fr", quoted(french)), ("en", quoted(english))))


def _price_name(draft: OfferDraft, mission: str) -> str:
    name = "calls" if draft.model == "per_call" else "minutes"
    return name if len(draft.missions) == 1 else f"{name}_{mission}"


def _prices(draft: OfferDraft, prices: tuple[str, ...]) -> str:
    return braced((name, quoted(price)) for name, price in by_mission(draft, prices))


def count_written(text: str) -> str:
    """Return a count as it stands in a rule file, and what is no count as a text, for the reader to refuse."""
    return str(int(text)) if text.isdecimal() and text.isascii() else quoted(text)


TABLES: Mapping[str, Callable[[OfferDraft], Iterator[str]]] = {
    "bands": _bands,
    "plans": _plans,
    "minute_plans": _plans,
    "package": _package,
    "per_call": _each,
    "per_minute": _each,
}

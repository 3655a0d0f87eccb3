"""What is wrong with an event by itself: what it says too little of, or too much."""

from collections.abc import Iterator

from ...model.event import EVENTS, NAMES, Event, EventKind
from ...model.fault import Fault
from ...model.regions import REGIONS, region_hint
from ...model.words.french import day_in_words
from ..parties.legal_checks import event_legal_faults
from .choice_checks import check_agreed, check_discount
from .contract_checks import OUTSIDE, YEARS
from .instruction_checks import check_instruction

WRITTEN = {
    "windows": 'windows = ["…"]',
    "discount": 'discount = { percent = "-10", why = "…" }',
    "instruction": 'instruction = { for = "…", number = "+33…", text = "…" }, or with text alone',
    "legal": 'legal = { email = "…" }',
    "agreed": 'agreed = { charge = "price.…", amount = "0.45", why = "…" }',
}
"""How what an event is about is written, where that is no name."""
WHICH = {"agreed": "price", "legal": "of the customer's data"}
"""What an event is about, where that is not called as its key is."""
BY = {"discount": "why", "instruction": "text"}
"""By which of its keys something is ended."""
ORIGIN = ("of", "digest", "quote")


def check_event(event: Event, only_contract: str) -> Iterator[Fault]:
    """Yield what is wrong with an event, whatever its contract; paths begin in its own table.

    ``only_contract`` is the number of the one contract of its file, nothing where there are none or several.
    """
    if not event.contract and not only_contract:
        yield Fault(("contract",), "the event names no contract", 'write contract = "…" with the contract\'s number')
    label = f"{EVENTS[event.what].french} du {day_in_words(event.on)}"
    if event.on.year not in YEARS:
        french = f"{label} : la date {OUTSIDE}."
        yield Fault(("on",), f'"on" is not in the years {YEARS[0]} to {YEARS[-1]}', french=french)
    wanted, which = NAMES.get(event.what, ""), _which(event.what)
    instead = EVENTS[event.what].or_names
    for name in dict.fromkeys(NAMES.values()):
        given = getattr(event, name)
        if given and name != wanted and (name != instead or getattr(event, wanted)):
            hint = f"it says which {which}" if wanted else "take it out"
            french = f"{label} : « {name} » n'y dit rien."
            yield Fault((name,), f'"{name}" says nothing about {event.what}', hint, at_key=True, french=french)
    if wanted and not event.name.strip():
        what, french = f"{event.what} does not say which {which}", f"{label} : « {wanted} » n'est pas indiqué."
        yield Fault((wanted,), what, _hint(wanted, instead, which), french=french)
    yield from _check_quantity(event, label)
    yield from _check_own_terms(event, label)
    yield from _check_origin(event, label)
    yield from _check_sent(event, label)
    yield from event_legal_faults(event, label)
    if event.what == "seller_changed" and event.on.day != 1:
        what = f"seller_changed is on {event.on}, and an invoice of a month has one seller"
        french = f"{label} : la facture d'un mois n'a qu'un vendeur."
        yield Fault(("on",), what, "write the first day of a month", french=french)
    if event.why and event.what != "occurred":
        what, french = f'"why" says nothing about {event.what}', f"{label} : « why » n'y dit rien."
        yield Fault(("why",), what, "take it out, or write a note", at_key=True, french=french)
    if event.region and event.region not in REGIONS:
        what, french = f'"{event.region}" is no region', f"{label} : cette région n'est pas connue."
        yield Fault(("region",), what, region_hint(event.region), french=french)


def _check_sent(event: Event, label: str) -> Iterator[Fault]:
    """Yield what is wrong with the day on which a notice was sent."""
    if event.sent and event.what != "notice_received":
        what, french = f'"sent" says nothing about {event.what}', f"{label} : « sent » n'y dit rien."
        yield Fault(("sent",), what, "take it out", at_key=True, french=french)
    elif event.sent and event.sent > event.on:
        what = f"it was sent on {event.sent}, after the day on which it was received, {event.on}"
        yield Fault(("sent",), what, "correct one of the two", french=f"{label} : envoyé après avoir été reçu.")
    elif event.sent and event.sent.year not in YEARS:
        french = f"{label} : la date d'envoi {OUTSIDE}."
        yield Fault(("sent",), f'"sent" is not in the years {YEARS[0]} to {YEARS[-1]}', french=french)


def _which(what: EventKind) -> str:
    """Return what an event is about, in a word or two."""
    ended = EVENTS[what].ends
    named = NAMES.get(ended or what, "")
    return WHICH.get(named, named)


def _hint(wanted: str, instead: str, which: str) -> str:
    written = WRITTEN.get(wanted, f'{wanted} = "…"')
    if wanted == "ended":
        return f"write {written}, with the `{BY[which]}` of the {which}"
    return f'write {written}, or {instead} = "…"' if instead else f"write {written}"


def _check_quantity(event: Event, label: str) -> Iterator[Fault]:
    """Yield what is wrong with how many there are: of a quantity, or of an option."""
    if event.what not in ("quantity_changed", "option_added", "occurred"):
        if event.quantity is not None:
            what, french = f'"quantity" says nothing about {event.what}', f"{label} : « quantity » n'y dit rien."
            yield Fault(("quantity",), what, "take it out", at_key=True, french=french)
    elif event.quantity is None:
        if event.what == "quantity_changed":
            what, french = f"{event.what} does not say how many", f"{label} : « quantity » n'est pas indiqué."
            yield Fault(("quantity",), what, "write quantity = …", french=french)
    elif event.quantity < (1 if event.option or event.what == "occurred" else 0):
        hint = 'what = "option_removed" takes the option away' if event.option else ""
        french = f"{label} : la quantité {event.quantity} n'en est pas une."
        yield Fault(("quantity",), f"there cannot be {event.quantity} of it", hint, french=french)


def _check_own_terms(event: Event, label: str) -> Iterator[Fault]:
    """Yield what is wrong with a discount, an agreed price or an instruction: it holds from the event's day on."""
    if event.discount:
        yield from (fault.below(("discount",)) for fault in check_discount(event.discount))
    if event.agreed:
        yield from (fault.below(("agreed",)) for fault in check_agreed(event.agreed))
    if event.instruction:
        yield from (fault.below(("instruction",)) for fault in check_instruction(event.instruction))
    for name, one in (("discount", event.discount), ("agreed", event.agreed), ("instruction", event.instruction)):
        if one and one.since:
            french = f"{label} : « from » n'y dit rien, le jour est celui de l'événement."
            yield Fault(
                (name, "from"), "it holds from the day of the event on", "take it out", at_key=True, french=french
            )
        if one and one.until and one.until <= event.on:
            french = f"{label} : prend fin avant de commencer."
            yield Fault((name, "until"), f"it ends before it begins, on {event.on}", french=french)


def _check_origin(event: Event, label: str) -> Iterator[Fault]:
    """Yield what is wrong with where an added option comes from: the three keys that a signed quote of it writes."""
    given = [name for name in ORIGIN if getattr(event, name)]
    if event.what == "offer_changed":
        given = [name for name in given if name != "digest"]
    if event.what != "option_added":
        for name in given:
            what, french = f'"{name}" says nothing about {event.what}', f"{label} : « {name} » n'y dit rien."
            yield Fault((name,), what, "take it out", at_key=True, french=french)
    elif given and len(given) < len(ORIGIN):
        missing = next(name for name in ORIGIN if name not in given)
        hint = "`permanence sign` writes all three of a quote that `permanence addendum` made"
        french = f"{label} : « {given[0]} » y figure sans « {missing} »."
        yield Fault((given[0],), f'"{given[0]}" stands without "{missing}"', hint, at_key=True, french=french)

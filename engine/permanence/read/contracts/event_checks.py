"""What is wrong with an event by itself: what it says too little of, or too much."""

from collections.abc import Iterator

from ...model.event import EVENTS, NAMES, Event
from ...model.regions import REGIONS, region_hint
from ...model.words.french import day_in_words
from ..toml.faults import Fault
from .contract_checks import OUTSIDE, YEARS

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
    wanted = NAMES.get(event.what, "")
    for name in dict.fromkeys(NAMES.values()):
        given = getattr(event, name)
        if given and name != wanted:
            hint = f"it says which {wanted}" if wanted else "take it out"
            french = f"{label} : « {name} » n'y dit rien."
            yield Fault((name,), f'"{name}" says nothing about {event.what}', hint, at_key=True, french=french)
    if wanted and not event.name.strip():
        what, french = f"{event.what} does not say which {wanted}", f"{label} : « {wanted} » n'est pas indiqué."
        yield Fault((wanted,), what, f'write {wanted} = "…"', french=french)
    yield from _check_origin(event, label)
    if event.region and event.region not in REGIONS:
        what, french = f'"{event.region}" is no region', f"{label} : cette région n'est pas connue."
        yield Fault(("region",), what, region_hint(event.region), french=french)


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

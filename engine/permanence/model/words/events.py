"""What happened to a contract, as staff read it: names of missions, options and plans by their titles."""

from collections.abc import Callable, Iterable, Mapping

from ..event import EVENTS, Event
from ..offer import Offer
from ..party import LEGAL
from ..scalars import Words
from .french import day_in_words
from .hours import window_title
from .phrases import listed

Title = Callable[[Offer, str], Words | None]


def event_in_words(event: Event, offers: Iterable[Offer]) -> str:
    """Return what happened, and to what: ``Ajout d'une option : Secrétaire bilingue``.

    ``offers`` are the versions under which the contract stands in time; what none of them has goes by its name.
    """
    french = EVENTS[event.what].french
    many = f", {event.quantity}" if event.quantity is not None else ""
    name = what_it_is_about(event, offers)
    if event.sent:
        return f"{french}, envoyé le {day_in_words(event.sent)}"
    return f"{french} : {name}{many}" if name else french


def what_it_is_about(event: Event, offers: Iterable[Offer]) -> str:
    """Return what an event is about by its title in the first offer that has one, else by its name; empty of none."""
    known = tuple(offers)
    return listed(_called(event, one, known) for one in event.windows or (event.name,)).fr


def _called(event: Event, name: str, offers: Iterable[Offer]) -> Words:
    kind = next((key for key in TITLES if getattr(event, key)), "")
    titles = (TITLES[kind](offer, name) for offer in offers) if kind else iter(())
    return next((title for title in titles if title), Words(name))


def _mission(offer: Offer, name: str) -> Words | None:
    if name not in offer.head.mission:
        return None
    return Words(offer.mission_called(name).fr.removeprefix("mission "))


def _option(offer: Offer, name: str) -> Words | None:
    return offer.options[name].words if name in offer.options else None


def _plan(offer: Offer, name: str) -> Words | None:
    return offer.plans[name].title if name in offer.plans else None


def _quantity(offer: Offer, name: str) -> Words | None:
    return offer.quantities[name].title if name in offer.quantities else None


def _window(offer: Offer, name: str) -> Words | None:
    return window_title(offer, name) if name in {window.id for window in offer.coverage.windows} else None


def _legal(_offer: Offer, names: str) -> Words:
    return listed(LEGAL[name] for name in names.split(", ") if name in LEGAL)


TITLES: Mapping[str, Title] = {
    "mission": _mission,
    "option": _option,
    "plan": _plan,
    "quantity_of": _quantity,
    "windows": _window,
    "legal": _legal,
}
"""How what an event is about is called, by the key that names it."""

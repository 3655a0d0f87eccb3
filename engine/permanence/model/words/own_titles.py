"""What an offer calls the things that it gives ids of its own, as its customers and the staff read them in French."""

from collections.abc import Iterator, Mapping

from ..customer_kind import KINDS
from ..facts import MONTH_FACTS, WINDOW
from ..mission import MISSIONS, mission_within
from ..offer import Offer
from ..reason import REASON_FR
from ..regions import REGIONS
from ..titled import OwnTitle, TitledKind
from .hours import window_title
from .lengths import mark_called
from .numbers import in_thousands

KINDS_TITLED: Mapping[TitledKind, str] = {
    "mission": "mission",
    "plan": "formule",
    "window": "plage",
    "mark": "marque",
    "reason": "motif",
    "price": "tarif",
    "option": "option",
    "quantity": "quantité",
    "work": "travail",
    "number": "nombre porté par les appels",
    "occurrence": "fait facturé",
    "fact": "fait",
}
"""What staff call each."""
YES_NO = {"0": "non", "1": "oui"}
WORDS_OF_FACTS: Mapping[str, Mapping[str, str]] = {
    "mission": {mission: row.french for mission, row in MISSIONS.items()},
    "customer.kind": {kind: row.french for kind, row in KINDS.items()},
    "customer.region": {code: region.name for code, region in REGIONS.items()},
}
"""What staff call the values of facts that are words of the house."""
Titles = Mapping[str, Mapping[str, str]]
"""By kind, the title of each id."""


def own_titles(offer: Offer) -> Iterator[OwnTitle]:
    """Yield what an offer calls each of its own things; what it gives no title to is left out."""
    yield from (OwnTitle("mission", name, one.title.fr) for name, one in offer.missions.items())
    yield from (OwnTitle("plan", name, plan.title.fr) for name, plan in offer.plans.items())
    for window in offer.coverage.windows:
        yield OwnTitle("window", window.id, window_title(offer, window.id).fr)
    marks = dict.fromkeys((*offer.marks, *(rule.then.mark for rule in offer.rules if rule.then.mark)))
    for mark in marks:
        if title := mark_called(offer, mark):
            yield OwnTitle("mark", mark, title.fr)
    yield from (OwnTitle("reason", name, one.title.fr) for name, one in offer.reasons.items())
    yield from (OwnTitle("price", name, price.title.fr) for name, price in offer.prices.items())
    yield from (OwnTitle("option", name, option.words.fr) for name, option in offer.options.items())
    yield from (OwnTitle("quantity", name, one.title.fr) for name, one in offer.quantities.items())
    yield from (OwnTitle("work", name, one.title.fr) for name, one in offer.work.items())
    yield from (OwnTitle("number", name, one.title.fr) for name, one in offer.numbers.items())
    yield from (OwnTitle("occurrence", name, one.title.fr) for name, one in offer.occurrences.items())


def mission_told(titles: Titles, mission: str) -> str:
    """Return ``mission simple``, or what an offer calls its own."""
    own = titles.get("mission", {}).get(mission)
    if own:
        return mission_within(own)
    return MISSIONS[mission].words.fr if mission in MISSIONS else f"mission {mission}"


def reason_told(titles: Titles, reason: str) -> str:
    """Return why a call was not counted: what the offer calls it, or what staff do."""
    return titles.get("reason", {}).get(reason) or REASON_FR.get(reason, reason)


def marks_told(titles: Titles, marks: str) -> str:
    """Return marks, which are separated by spaces, by their titles."""
    own = titles.get("mark", {})
    return ", ".join(own.get(mark, mark) for mark in marks.split())


def value_told(titles: Titles, fact: str, value: str, unit: str = "") -> str:
    """Return the value of a fact in words: ``oui``, ``12 appels``; of a mission and a plan, what the offer calls it."""
    called = titles.get(fact, {}).get(value) or WORDS_OF_FACTS.get(fact, {}).get(value, "")
    if called:
        return called
    if value in YES_NO and _is_yes_no(fact):
        return YES_NO[value]
    return f"{in_thousands(int(value))} {unit}".rstrip() if value.lstrip("-").isdigit() else value


def _is_yes_no(fact: str) -> bool:
    known = MONTH_FACTS.fields.get(fact)
    return known.type == "yes_no" if known else fact.startswith(("option.", WINDOW))

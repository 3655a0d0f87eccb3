"""Two versions of an offer compared: what a customer would notice, in sentences, and what he would not."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from attrs import Attribute, asdict, evolve, frozen

from ...bill.price.registry import MODELS
from ...model.called_numbers import CalledNumbers
from ...model.keys import is_key
from ...model.occurrence import Occurrence
from ...model.offer import Offer
from ...model.quantity import Quantity
from ...model.scalars import Words
from ...model.units import InUnits
from ...model.words.phrases import quoted, said
from .called_difference import called_told
from .deposit_difference import deposit_told
from .rule_difference import Compared, compared_rules, rule_changed, rules_told
from .term_difference import billing_told, count_told, duration_told, head_told, term_told
from .title_difference import Titles, title_told
from .week_difference import week_told

Section = tuple[Words, Callable[[Offer], Any], Callable[[Offer, Offer], Iterator[Words]]]
"""What changes unseen where it has no sentence, the part of an offer that it is, and the part's sentences."""


def _head(offer: Offer) -> Any:
    """Return what is sold, but for the version itself, which both files name, and the order of missions."""
    return evolve(offer.head, id="", sold_from=date.min, mission=tuple(sorted(offer.head.mission)))


SOLD: tuple[Section, ...] = (
    (Words("[offer]"), _head, head_told),
    (Words("[deposit]"), attrgetter("deposit"), deposit_told),
)
SERVED: tuple[Section, ...] = (
    (Words("découpage des plages", "how the windows are cut"), attrgetter("coverage"), week_told),
    (Words("[term]"), attrgetter("term"), term_told),
    (Words("[count]"), attrgetter("count"), count_told),
    (Words("[duration]"), attrgetter("duration"), duration_told),
    (Words("[billing]"), attrgetter("billing"), billing_told),
)


def _counted(one: Quantity) -> Words:
    """Return a quantity with its units, the fewest of it, and how many there are where nothing is agreed."""
    french = f"{one.title.fr} ({one.unit.fr}, {one.units.fr} ; au moins {one.least}, sans accord {one.default})"
    title, unit, units = (words.told("en") for words in (one.title, one.unit, one.units))
    return Words(french, f"{title} ({unit}, {units}; at least {one.least}, {one.default} unless agreed)")


def _occurring(one: Occurrence) -> Words:
    """Return what may occur, and when it is said to be due."""
    return said("{} ({})", "{} ({})", one.title, one.condition)


def _in_units(title: Words, one: InUnits) -> Words:
    """Return a title with what one of it is called, and several, where the offer says so."""
    if one.own_unit is None:
        return title
    return said("{} ({}, {})", "{} ({}, {})", title, one.own_unit.one, one.own_unit.several)


TITLED: Mapping[str, Titles] = {
    "quantity": lambda offer: {name: _counted(one) for name, one in offer.quantities.items()},
    "mission": lambda offer: {name: one.title for name, one in offer.missions.items()},
    "mark": lambda offer: {name: one.title for name, one in offer.marks.items()},
    "reason": lambda offer: {name: one.title for name, one in offer.reasons.items()},
    "work": lambda offer: {name: _in_units(one.title, one) for name, one in offer.work.items()},
    "occurrence": lambda offer: {name: _occurring(one) for name, one in offer.occurrences.items()},
    "number": lambda offer: {name: _in_units(one.title, one) for name, one in offer.numbers.items()},
    "word": lambda offer: {name: one.title for name, one in offer.words.items()},
    "tag": lambda offer: {name: one.title for name, one in offer.tags.items()},
}
"""What an offer gives titles to by names of its own: quantities, missions, marks, work, what occurs or calls carry."""


@frozen
class Difference:
    """What a customer would notice, in sentences; and what else changed, in a few words each."""

    noticed: tuple[Words, ...]
    unnoticed: tuple[Words, ...]


def difference(old: Offer, new: Offer) -> Difference:
    """Return what changed from one offer to another; raise Refused for a condition that is none."""
    noticed: list[Words] = []
    unnoticed: list[Words] = []
    for name, part, told in (*SOLD, *_priced(old, new), *_named(old, new), *SERVED):
        sentences = tuple(told(old, new))
        noticed += sentences
        if not sentences and part(old) != part(new):
            unnoticed.append(name)
    rules = compared_rules(old, new)
    noticed += rules_told(rules, old, new)
    unnoticed += _of_rules(rules, old, new)
    if _examples(old) != _examples(new):
        unnoticed.append(Words("exemples", "examples"))
    if not noticed and not unnoticed:
        unnoticed += _of_file(old, new)
    return Difference(tuple(dict.fromkeys(noticed)), tuple(dict.fromkeys(unnoticed)))


def _of_file(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what two files differ in that sell the same: the version that they are, and how they are written."""
    if old.head.id != new.head.id:
        yield Words("identifiant de l'offre", "id of the offer")
    if old.head.sold_from != new.head.sold_from:
        yield Words("premier jour de vente", "first day of sale")
    renamed = old.text.replace(old.head.id, new.head.id).replace(str(old.head.sold_from), str(new.head.sold_from))
    if renamed != new.text:
        yield Words("commentaires et présentation du fichier", "comments and layout of the file")


def _priced(old: Offer, new: Offer) -> Iterator[Section]:
    """Yield a section for each price that one of two offers has, by its way of pricing."""
    for model in MODELS:
        for name in dict.fromkeys((*model.names(old), *model.names(new))):
            yield model.called(name), partial(model.table, name=name), partial(model.differences, name=name)


def _named(old: Offer, new: Offer) -> Iterator[Section]:
    """Yield a section for each other name that one of two offers has."""
    for name in dict.fromkeys((*old.called, *new.called)):
        yield Words(f"[called.{name}]"), partial(_called, name), partial(called_told, name)
    for kind, titles in TITLED.items():
        for name in dict.fromkeys((*titles(old), *titles(new))):
            yield Words(f"[{kind}.{name}]"), partial(_title, titles, name), partial(title_told, titles, name)


def _called(name: str, offer: Offer) -> CalledNumbers | None:
    return offer.called.get(name)


def _title(titles: Titles, name: str, offer: Offer) -> Words | None:
    return titles(offer).get(name)


def _of_rules(found: Compared, old: Offer, new: Offer) -> Iterator[Words]:
    for before, after in found.same:
        if before.id != after.id:
            yield said("nom de la règle {}", "name of the rule {}", quoted(Words(after.id)))
    for before, after in found.changed:
        if not tuple(rule_changed(before, old, after, new)):
            yield said("condition de la règle {}", "condition of the rule {}", quoted(Words(after.id)))
    for before, after in (*found.same, *found.changed):
        if before.why != after.why:
            yield said("texte de la règle {}", "text of the rule {}", quoted(Words(after.id)))


def _examples(offer: Offer) -> list[Any]:
    """Return the keys of an offer's examples, wherever they stand in the file."""
    return [asdict(example, filter=_is_written) for example in offer.examples]


def _is_written(attribute: "Attribute[Any]", _: object) -> bool:
    return is_key(attribute)

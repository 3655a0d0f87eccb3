"""Rule files → offers, or everything that is wrong with them at once."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ...model.fault import Fault
from ...model.offer import Offer
from ...model.option import Option
from ...model.options_on_sale import OptionsOnSale
from ...model.options_out_of_use import with_unusable
from ...model.problem import KeyPath, Place, Problem, Refused
from ..toml.faults import Notes, problems
from ..toml.located_toml import LocatedToml, parse, read_toml
from ..toml.shapes import Catalogue, Record
from ..toml.structure import record_of
from .index_series import series_of
from .offer_checks import check_offer
from .unusable import with_stand_ins

Further = Callable[[Offer, Collection[KeyPath]], Iterable[Fault]]


@frozen
class Reading:
    """What a rule file says, as far as it could be read, and all that is wrong with it.

    An offer beside problems is there for further checks of the same file, never for billing.
    """

    offer: Offer | None
    problems: tuple[Problem, ...]


def offer_record(options: Mapping[str, type[Option]]) -> Record:
    """Return the shape of a rule file in which these options may be on sale.

    Raises Refused when the class of an option has a key that TOML cannot have.
    """
    record = record_of(Offer)
    tables = Catalogue(
        {name: _option_record(name, kind) for name, kind in options.items()},
        'no plugin offers the option "{}"',
        (options if isinstance(options, OptionsOnSale) else OptionsOnSale(options)).hint_for_missing,
    )
    return evolve(record, keys={**record.keys, "option": evolve(record.keys["option"], shape=tables)})


def read_offer(path: Path, options: Mapping[str, type[Option]], further: Further) -> Reading:
    """Return the offer in a rule file, and every problem of the file.

    ``options`` are the option classes that plugins offer, by id; ``further`` yields what is wrong with an offer, from
    it and the paths at which something is wrong already. The conditions of rules are left unread.
    """
    try:
        source = read_toml(path)
    except Refused as refused:
        return Reading(None, refused.problems)
    return _reading(source, options, further)


def read_offer_text(text: str, file: str, options: Mapping[str, type[Option]], further: Further) -> Reading:
    """Return the offer in a text that is to become a rule file, and every problem of it, as if it were there."""
    try:
        source = parse(text, file)
    except Refused as refused:
        return Reading(None, refused.problems)
    return _reading(source, options, further)


def _reading(source: LocatedToml, options: Mapping[str, type[Option]], further: Further) -> Reading:
    notes = Notes(source.key_place, source.text_place)
    record = offer_record(options)
    fields = record.read_fields(source.table, (), notes)
    fields = with_stand_ins(fields, source, notes, options)
    notes.faults += check_offer(fields, source.table, notes)
    series, unnamed, wrong = series_of(source.file, fields.get("prices", {}))
    notes.faults += unnamed
    offer = _offer(record, fields, source)
    if offer:
        offer = evolve(offer, series=series)
        notes.faults += further(offer, frozenset(fault.path[:2] for fault in notes.faults))
    found = (*problems(notes.faults, source), *wrong)
    return Reading(offer and with_unusable(offer, found), found)


def read_offers(
    paths: Iterable[Path], options: Mapping[str, type[Option]], further: Further
) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers in rule files, and every problem of every file; two files may not hold one version."""
    readings = [read_offer(path, options, further) for path in paths]
    offers = tuple(reading.offer for reading in readings if reading.offer)
    # An index that several offers name is read with each of them.
    found = [*dict.fromkeys(problem for reading in readings for problem in reading.problems)]
    first: dict[str, Offer] = {}
    for offer in offers:
        other = first.setdefault(offer.version, offer)
        if other is not offer:
            where = offer.places.place(("offer", "sold_from"))
            found.append(Problem(where, f"{offer.version} is in {other.file} too", "give each version one file"))
    return offers, tuple(found)


def _option_record(name: str, kind: type[Option]) -> Record:
    try:
        return record_of(kind)
    except TypeError as error:
        raise Refused([Problem(Place(f'option "{name}"'), str(error), "its plugin must be mended")]) from error


def _offer(record: Record, fields: dict[str, Any], source: LocatedToml) -> Offer | None:
    if any(key.required and key.field not in fields for key in record.keys.values()):
        return None
    return Offer(
        **fields,
        file=source.file,
        text=source.text,
        digest=hashlib.sha256(source.text.encode()).hexdigest(),
        places=source,
    )

"""Files of sellers → sellers, or everything that is wrong with them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from ...model.fault import Fault
from ...model.keys import key
from ...model.party import NONE
from ...model.problem import Place, Problem, Refused
from ...model.seller import INDEMNITY, Penalties, Seller, SellerChange
from ..toml.faults import Notes, problems
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.structure import record_of
from ..toml.written import toml_lines
from .legal_checks import YEARS, address_faults, number_faults, vat_against_siren

TABLE = re.compile(r"^[ \t]*\[[ \t]*seller\b", re.MULTILINE)
"""By what the file of a seller is known."""
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
BEGINS = re.compile(r"[A-Z0-9]{0,8}")
CHANGING = ("siret", "vat_number", "iban", "bic", "creditor_identifier", "email")


@frozen(kw_only=True)
class SellerFile:
    """The file of one seller: who it is, and what changed since."""

    format: Literal[1] = key("Version of the file format.")
    seller: Seller = key("Who sells.")


def seller_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of sellers in a folder, by name; none where there is no such folder."""
    return tuple(sorted(folder.glob("*.toml")))


def read_sellers(paths: Iterable[Path]) -> tuple[tuple[Seller, ...], tuple[Problem, ...]]:
    """Return the sellers in some files, each with the name of its file, and every problem of every file."""
    sellers, found = list[Seller](), list[Problem]()
    for path in paths:
        seller, wrong = _read(path)
        sellers += [seller] if seller else []
        found += wrong
    return tuple(sellers), (*found, *_one_series_twice(sellers))


def write_seller(seller: Seller) -> str:
    """Return the TOML text of the file of a seller; reading it gives the same seller, but for its name and place."""
    return "\n".join(toml_lines(SellerFile(format=1, seller=seller))) + "\n"


def _read(path: Path) -> tuple[Seller | None, tuple[Problem, ...]]:
    try:
        source = read_toml(path)
    except Refused as refused:
        return None, refused.problems
    notes = Notes(source.key_place, source.text_place)
    seller: Seller | None = record_of(SellerFile).read_fields(source.table, (), notes).get("seller")
    if seller is None:
        return None, problems(notes.faults, source)
    faults = [*notes.faults, *(fault.below(("seller",)) for fault in seller_faults(seller))]
    if not ID.fullmatch(path.stem):
        what, hint = f'"{path.stem}" cannot name a seller', "call the file by letters without accents, digits, - and _"
        return None, (*problems(faults, source), Problem(Place(path.as_posix()), what, hint))
    where = _place(source)
    return evolve(seller, id=path.stem, place=where), problems(faults, source)


def _place(source: LocatedToml) -> Place:
    return source.key_place(("seller",))


def seller_faults(seller: Seller) -> Iterator[Fault]:
    """Yield what is wrong with a seller; paths begin in its own table."""
    if not seller.name.strip():
        yield Fault(("name",), "the seller has no name")
    if seller.address.country == "FR" and seller.siren in ("", NONE):
        yield Fault(("siren",), "the seller has no SIREN", "each invoice must say it", at_key=True)
    yield from number_faults(seller, ("siren", *CHANGING))
    yield from _told(seller, seller.siren)
    for name in ("invoices", "credit_notes"):
        begins = getattr(seller.series, name)
        if not BEGINS.fullmatch(begins):
            hint = "at most eight capitals without accents and digits"
            yield Fault(("series", name), f'numbers cannot begin with "{begins}"', hint)
    yield from _vat_faults(seller)
    days = [change.since for change in seller.changes]
    for number, change in enumerate(seller.changes):
        here = ("change", number)
        if change.since.year not in YEARS:
            yield Fault((*here, "from"), f'"from" is not in the years {YEARS[0]} to {YEARS[-1]}')
        if change.since in days[:number]:
            yield Fault((*here, "from"), f"there is another change from {change.since} on", "make one table of both")
        if not change.said:
            yield Fault(here, "the change changes nothing", "say what is otherwise, or take it out")
        yield from (fault.below(here) for fault in (*number_faults(change, CHANGING), *_told(change, seller.siren)))


def _vat_faults(seller: Seller) -> Iterator[Fault]:
    """Yield where a seller has no VAT number and charges VAT, or charges none and is not in France."""
    stands = seller
    for change in (None, *sorted(seller.changes, key=lambda one: one.since)):
        stands = evolve(stands, **change.said) if change else stands
        here = ("change", seller.changes.index(change)) if change else ()
        if stands.vat_number == NONE and not stands.without_vat:
            what = "the seller charges VAT, and has no VAT number"
            hint = 'write it, or vat_due = "franchise" (CGI 293 B)'
            yield Fault((*here, "vat_number"), what, hint, at_key=True)
        if stands.without_vat and stands.address.state != "FR":
            what = f'"franchise" is the French exemption (CGI 293 B), and the seller is in {stands.address.country}'
            yield Fault((*here, "vat_due"), what, "take it out", at_key=True)


def _told(told: Seller | SellerChange, siren: str) -> Iterator[Fault]:
    """Yield what is wrong in what a seller says at first, or in a change."""
    if told.address:
        yield from (fault.below(("address",)) for fault in address_faults(told.address))
    if told.capital is not None and told.capital <= 0:
        yield Fault(("capital",), "a share capital is above zero", "leave it out where there is none")
    if told.siret and siren and not told.siret.startswith(siren):
        yield Fault(("siret",), f"the SIRET {told.siret} does not begin with the SIREN {siren}", "correct one of them")
    yield from vat_against_siren(siren, told.vat_number)
    if told.penalties:
        yield from (fault.below(("penalties",)) for fault in _penalty_faults(told.penalties))


def _penalty_faults(penalties: Penalties) -> Iterator[Fault]:
    for name in ("late_rate", "early"):
        if not getattr(penalties, name).strip():
            yield Fault((name,), f'"{name}" is empty', "leave the key out for the usual words")
    if penalties.indemnity < INDEMNITY:
        yield Fault(("indemnity",), "the indemnity is 40.00 at least", "C. com. D441-5")


def _one_series_twice(sellers: Sequence[Seller]) -> Iterator[Problem]:
    """Yield that two files give the same numbers: those of either have gaps (CGI, ann. II, art. 242 nonies A)."""
    for number, seller in enumerate(sellers):
        mine = {seller.series.invoices, seller.series.credit_notes}
        for other in sellers[:number]:
            both = mine & {other.series.invoices, other.series.credit_notes}
            if both:
                what = (
                    f'"{seller.id}" and "{other.id}" both give numbers "{min(both)}…", and each has a series of its own'
                )
                hint = f"let one of them begin otherwise, in [seller.series]; the other: {other.place}"
                yield Problem(seller.place, what, hint)

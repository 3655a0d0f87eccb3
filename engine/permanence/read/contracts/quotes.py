"""Files of quotes and addenda: written once, read back when they are signed."""

from pathlib import Path

from attrs import frozen

from ...model.addendum import Addendum
from ...model.quote import Quote
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.structure import structure
from ..toml.written import toml_lines


@frozen
class QuoteFile:
    """A quote as it stands in its file, and the place of everything in it."""

    quote: Quote
    source: LocatedToml


def read_quote(path: Path) -> QuoteFile:
    """Return the quote in a file; raise Refused with everything that is wrong in it."""
    source = read_toml(path)
    return QuoteFile(structure(source, Quote), source)


def write_quote(quote: Quote) -> str:
    """Return the TOML text of a quote file; reading it gives the same quote."""
    return "\n".join(toml_lines(quote)) + "\n"


@frozen
class AddendumFile:
    """An addendum as it stands in its file, and the place of everything in it."""

    addendum: Addendum
    source: LocatedToml


def read_signable(path: Path) -> QuoteFile | AddendumFile:
    """Return the quote or the addendum in a file; raise Refused with everything that is wrong in it."""
    source = read_toml(path)
    if "contract" in source.table:
        return AddendumFile(structure(source, Addendum), source)
    return QuoteFile(structure(source, Quote), source)


def write_addendum(addendum: Addendum) -> str:
    """Return the TOML text of an addendum's file; reading it gives the same addendum."""
    return "\n".join(toml_lines(addendum)) + "\n"

"""A mapping's TOML file → the mapping, or all that is wrong in it, before a record is read."""

from pathlib import Path

from ...model.problem import Place, Problem, Refused, did_you_mean
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.structure import structure
from .mapping import OWN_FORMATS, CallFormat
from .mapping_checks import flaws


def load_format(name: str) -> CallFormat:
    """Return the call format of a name (``asterisk``) or of a path to a .toml file of one's own.

    Raises Refused when there is none, or when its file is wrong.
    """
    path = Path(name) if name.endswith(".toml") else OWN_FORMATS / f"{name}.toml"
    if not path.is_file():
        known = [known.stem for known in OWN_FORMATS.glob("*.toml")]
        raise Refused([Problem(Place(name), "there is no such call format", did_you_mean(name, known))])
    return read_format(read_toml(path), path.stem)


def read_format(source: LocatedToml, name: str) -> CallFormat:
    """Return the call format that a TOML text describes; raise Refused with all that is wrong in it."""
    form = structure(source, CallFormat, name=name)
    if wrong := list(flaws(form)):
        raise Refused(Problem(source.key_place(flaw.path), flaw.what, flaw.hint) for flaw in wrong)
    return form

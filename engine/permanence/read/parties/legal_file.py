"""A customer's legal data in a file of their own, as he gives them when he signs."""

from pathlib import Path

from ...model.party import LegalData
from ...model.problem import Refused
from ..toml.faults import problems
from ..toml.located_toml import read_toml
from ..toml.structure import structure
from .legal_checks import legal_faults


def read_legal(path: Path) -> LegalData:
    """Return the legal data in a file, whose keys are those of `[contract.legal]`.

    Raises Refused with everything that is wrong in it.
    """
    source = read_toml(path)
    data: LegalData = structure(source, LegalData)
    if found := problems(list(legal_faults(data)), source):
        raise Refused(found)
    return data

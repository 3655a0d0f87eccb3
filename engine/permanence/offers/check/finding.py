"""What walking through an offer finds, before it has a line of the rule file to stand at."""

from attrs import frozen

from ...model.problem import Place

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead to what is wrong: ``("bands", "steps", 0, "simple")``."""


@frozen
class Finding:
    """Something that an offer says and cannot mean: where, what with the case that shows it, and what to do.

    A warning is what may be meant after all: it keeps no offer from being sold.
    """

    where: Place | Path
    what: str
    hint: str = ""
    warning: bool = False

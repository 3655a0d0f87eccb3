"""Whether options keep what an option must keep, as `permanence options` tells it: tried when that is asked for."""

from importlib.util import find_spec
from itertools import islice

from ..model.option import Option
from ..model.option_asked import asked
from ..model.option_failed import OptionFailed
from ..model.problem import raised

NEEDS = "hypothesis"
INSTALL = "not tried: pip install 'permanence[testing]'"
ASK = "not tried: permanence options --conform"
EXAMPLES = 5
"""Cases of each thing: a first look; its own tests try ten times as many, by the tables that sell it."""


def conformance(kind: type[Option], *, wanted: bool) -> str:
    """Return whether an option keeps what it must, or what it does not; where that is not tried, how it is."""
    if not find_spec(NEEDS):
        return INSTALL
    return _tried(kind) if wanted else ASK


def _tried(kind: type[Option]) -> str:
    from ..testing.conformance import broken_by
    from ..testing.option_cases import sells

    try:
        if asked(kind, lambda: sells(kind, ())):
            return f"not tried: it needs a table of its own, conform({kind.__name__}, '…') in a test tries it"
        broken = asked(kind, lambda: [*islice(broken_by(kind, (), EXAMPLES), 1)])
    except OptionFailed as failure:
        return f"it fails: {raised(failure.__cause__)}"
    return f"does not keep: {broken[0]}" if broken else "keeps what an option must keep"

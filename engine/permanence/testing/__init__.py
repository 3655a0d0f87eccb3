"""Rule files as tests of pytest, and the kit of a plugin's author.

`conform(Fax)` is one test of all that an option must keep; the others build what a test of one's own is about: calls, a
month, an offer that sells the option, a contract that has it, and the lines of its bill. Each name is loaded when it is
first asked for: `conform` needs Hypothesis (``permanence[testing]``), the others do not.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .conformance import conform
    from .trial_month import bill, call, columns, contract, offer, option_month, option_of

__all__ = ["bill", "call", "columns", "conform", "contract", "offer", "option_month", "option_of"]


def __getattr__(name: str) -> Any:
    """Return one of the names of the kit; raises AttributeError for any other."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(".conformance" if name == "conform" else ".trial_month", __name__), name)


def __dir__() -> list[str]:
    """Return the names of the kit."""
    return sorted(__all__)

"""What is wrong with the names that an offer gives to work, to what calls carry, and to quantities."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ...model.fault import Fault
from ...model.option import Option
from ...model.problem import did_you_mean
from ...model.quantity import Quantity
from ...model.work import BARE_NAME, WORK
from .rule_checks import tables_named

NAMING = ("work", "occurrence", "number", "word", "tag", "called", "quantity")


def check_names(table: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield names of work, of what calls carry, of where they go, and of quantities, that no condition could name."""
    for kind in NAMING:
        for name in tables_named(table, kind):
            if not BARE_NAME.fullmatch(name):
                hint = "it has small letters, digits and _, and begins with a letter"
                yield Fault((kind, name), f'"{name}" cannot be named by rules', hint, at_key=True)


def check_quantities(quantities: Mapping[str, Quantity]) -> Iterator[Fault]:
    """Yield the quantities of which a contract may have fewer than none."""
    for name, quantity in quantities.items():
        for key in ("least", "default"):
            if getattr(quantity, key) < 0:
                yield Fault(("quantity", name, key), f'"{key}" is negative')


def check_work_of_options(options: Mapping[str, Option], counted: Collection[str]) -> Iterator[Fault]:
    """Yield the options that are charged by work which the offer does not name: its invoices could not say it."""
    for name, option in options.items():
        counts = type(option).counts
        if counts.startswith(WORK) and counts not in counted:
            what = f'the option "{name}" counts "{counts}", which the offer does not name'
            near = did_you_mean(counts, [fact for fact in counted if fact.startswith(WORK)])
            work = counts.removeprefix(WORK)
            yield Fault(("option", name), what, near or f"write [work.{work}] with its title", at_key=True)

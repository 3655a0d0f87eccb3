"""What is wrong with prices for contracts that have an option or a window: names, and combinations without a price."""

from collections.abc import Collection, Iterator

from ...model.coverage_priced import TOGETHER, names_in
from ...model.fault import Fault
from ...model.offer import Offer
from ...model.problem import KeyPath, did_you_mean
from .choices import MOST, combined


def coverage_faults(offer: Offer, tables: Collection[str], path: KeyPath) -> Iterator[Fault]:
    """Yield what is wrong with the tables below ``path`` that are named by options and windows.

    Each name is one of the offer's, and every combination that a contract can have has its table.
    """
    known = [*offer.options, *(window.id for window in offer.coverage.windows)]
    wrong = False
    for name in tables:
        for part in name.split(TOGETHER):
            if part not in known:
                wrong, what = True, f'the offer has no option and no window "{part}"'
                yield Fault((*path, name), what, did_you_mean(part, known), at_key=True)
    if len(names_in(tables)) > MOST:
        yield Fault(path, f"at most {MOST} options and windows have prices of their own", at_key=True)
    elif tables and not wrong:
        yield from _combinations(offer, tables, path)


def _combinations(offer: Offer, tables: Collection[str], path: KeyPath) -> Iterator[Fault]:
    possible = list(combined(offer, names_in(tables)))
    first: dict[frozenset[str], str] = {}
    for name in tables:
        own = names_in((name,))
        if own in first or len(own) < len(name.split(TOGETHER)):
            yield Fault((*path, name), f'"{name}" names what "{first.get(own, name)}" names', "keep one", at_key=True)
        elif own not in possible:
            yield Fault((*path, name), f"no contract has {_and(own)} together", "take it out", at_key=True)
        first.setdefault(own, name)
    for own in possible:
        if own and own not in first:
            table = TOGETHER.join(sorted(own))
            what = f"there is no price for contracts that have {_and(own)}"
            yield Fault(path, what, f'write a table [{".".join(map(str, path))}."{table}"]', at_key=True)
    if frozenset() not in possible:
        what = f"every contract has one of {_and(names_in(tables))}, so that nobody pays the other prices"
        yield Fault(path, what, "leave one of them out: its prices are those without `with`", at_key=True)


def _and(names: Collection[str]) -> str:
    return " and ".join(f'"{name}"' for name in sorted(names))

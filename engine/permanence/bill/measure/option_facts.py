"""What options measure in the calls of each contract that has them: how many are of a kind, or the sum of a number."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ...model.option import Option
from ...model.problem import raised
from ...model.usage import Calls, Codes, Flags, Measured, Numbers, WordColumn
from .outcomes import Classified
from .roster import BillFault, Roster

MOST_MEASURED = 1_000_000_000
"""What is measured in one call is never more: the sum of a month's calls stays a number of 64 bits."""


@frozen(eq=False)
class OptionFacts:
    """Facts that options measured, name → a number per contract, and the options that failed to.

    ``of_calls`` gives each call the facts in which it was counted, separated by spaces.
    """

    counts: Mapping[str, Numbers]
    of_calls: WordColumn
    faults: tuple[BillFault, ...]


def option_facts(calls: Calls, classified: Classified, roster: Roster) -> OptionFacts:
    """Return what each option measures in the calls of its contracts, counted or all, while they have it.

    A plugin that raises, or returns something else than a yes/no or a number per call for each of its facts, is at
    fault: the contracts that have the option are named, and no other contract's facts are touched.
    """
    counts: dict[str, Numbers] = {}
    noted = _Noted(np.full(len(calls), -1, np.int32))
    faults: list[BillFault] = []
    options = _options(roster)
    measured_for = _flags(roster, [number for _, having in options for number in having])
    candidates = np.flatnonzero(measured_for[classified.segment] & classified.received)
    counted, segment = classified.counted[candidates], classified.segment[candidates]
    for option, having in options:
        wanted = _flags(roster, having)[segment]
        rows = candidates[wanted & counted if type(option).measures == "counted" else wanted]
        try:
            measured = _measured(option, calls.chosen(rows))
        except Exception as failure:
            contracts = tuple(dict.fromkeys(roster.segments[number].contract for number in having))
            faults.append(BillFault(type(option).id, contracts, raised(failure)))
            continue
        for name, per_call in measured.items():
            some = np.flatnonzero(per_call)
            sums = _sums(per_call[some], classified.contract[rows[some]], len(roster.served))
            counts[name] = counts[name] + sums if name in counts else sums
            noted.add(rows[some], name)
    return OptionFacts(counts, noted.column, tuple(faults))


def also_noted(column: WordColumn, rows: Numbers, word: str) -> WordColumn:
    """Return a column of words in which some calls have a further one, behind those that they have."""
    noted = _Noted(column.codes.astype(np.int32), column.words)
    noted.add(rows, word)
    return noted.column


class _Noted:
    """The words that each call has been given so far: few distinct ones, whatever the number of calls."""

    def __init__(self, codes: Codes, words: Iterable[str] = ()) -> None:
        self.codes = codes
        self.words = {word: code for code, word in enumerate(words)}

    def add(self, rows: Numbers, word: str) -> None:
        """Give a word to some calls, behind those that they have."""
        before = self.codes[rows]
        known = ("", *self.words)
        there = np.flatnonzero(np.bincount(before + 1, minlength=len(known)))
        codes = np.full(len(known), -1, np.int32)
        for code in there.tolist():
            words = sorted({*known[code].split(), word})
            codes[code] = self.words.setdefault(" ".join(words), len(self.words))
        self.codes[rows] = codes[before + 1]

    @property
    def column(self) -> WordColumn:
        """Return the words of each call."""
        return WordColumn(self.codes, tuple(self.words))


def _flags(roster: Roster, segments: Sequence[int]) -> Flags:
    """Return, per segment of a roster, whether it is one of these; never for one of a contract on hold, and for -1."""
    flags = np.zeros(len(roster.profile_of), np.bool_)
    flags[list(segments)] = True
    return flags


def _options(roster: Roster) -> list[tuple[Option, list[int]]]:
    """Return the distinct options that measure something, each with the segments that have it."""
    by_identity: dict[int, tuple[Option, list[int]]] = {}
    for number, segment in enumerate(roster.segments):
        on_sale = roster.served[segment.contract].offer.options
        for name in segment.options:
            if type(on_sale[name]).facts:
                by_identity.setdefault(id(on_sale[name]), (on_sale[name], []))[1].append(number)
    return list(by_identity.values())


def _sums(measured: Measured, contract: Codes, contracts: int) -> Numbers:
    """Return what was measured, per contract: exact, whatever the numbers."""
    if measured.dtype == np.bool_:
        return np.bincount(contract, minlength=contracts)
    sums = np.zeros(contracts, np.int64)
    np.add.at(sums, contract, measured.astype(np.int64))
    return sums


def _measured(option: Option, calls: Calls) -> Mapping[str, Measured]:
    measured = option.measure(calls)
    wanted = {fact.name for fact in type(option).facts}
    if set(measured) != wanted:
        raise ValueError(
            f"measure() returned {', '.join(sorted(measured)) or 'nothing'}, not {', '.join(sorted(wanted))}"
        )
    for name, per_call in measured.items():
        _check(name, per_call, len(calls))
    return measured


def _check(name: str, per_call: object, calls: int) -> None:
    """Raise TypeError or ValueError for what is no yes/no and no number per call, as many as there are calls."""
    if not isinstance(per_call, np.ndarray) or per_call.dtype.kind not in "biu" or per_call.shape != (calls,):
        raise TypeError(f"measure() gave neither a yes/no nor a whole number per call for {name}")
    if per_call.dtype.kind == "b":
        return
    if calls and int(per_call.min()) < 0:
        raise ValueError(f"measure() gave a number below zero for {name}: {int(per_call.min())}")
    if calls and int(per_call.max()) > MOST_MEASURED:
        raise ValueError(f"measure() gave {int(per_call.max())} for {name}, more than {MOST_MEASURED} in one call")

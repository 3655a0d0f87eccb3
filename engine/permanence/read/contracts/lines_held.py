"""Which contract holds which line, from when to when, and where two hold one at the same time."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from ...model.contract import Contract
from ...model.fingerprint import print_of
from ...model.line import one_spelling
from ...model.period import Period
from ...model.problem import Place
from ...model.slip import Slip
from ...model.words.french import day_in_words


@frozen
class Held:
    """A line of a contract, the days on which it is the contract's, and where that is written."""

    contract: Contract
    line: str
    period: Period
    place: Place

    @property
    def spelling(self) -> str:
        """Return the line as every way of writing it is read."""
        return one_spelling(self.line)

    @property
    def was_edited(self) -> bool:
        """Tell whether the contract's lines are others than it signed: whose edit a clash comes from."""
        signed = self.contract.fingerprint
        return signed is not None and signed.lines != print_of(*sorted(self.contract.lines))


def line_clashes(contracts: Iterable[Contract]) -> Iterator[Slip]:
    """Yield a slip for each line that two contracts hold on one day: of the one that took it later.

    Where both took it on one day, both wait; where the lines of one alone were edited after its signature, that one
    does. When a contract ends is not known here: it holds its lines for good,
    unless its notice was received before the other one takes them, or an event takes the line away. Where both are in
    service all the same, such a line's calls are nobody's, and say so.
    """
    holders: dict[str, list[Contract]] = {}
    for contract in contracts:
        added = (event.line for event in contract.events if event.what == "line_added")
        for line in dict.fromkeys(map(one_spelling, (*contract.lines, *added))):
            holders.setdefault(line, []).append(contract)
    for line, some in holders.items():
        if len(some) > 1:
            held = (held for one in some for held in lines_through_time(one) if held.spelling == line)
            # In the order of time: that of files says nothing of who clashes with whom.
            yield from _clashes(sorted(held, key=lambda held: (held.period.start, held.contract.id)))


def _clashes(held: Sequence[Held]) -> Iterator[Slip]:
    for number, one in enumerate(held):
        others = (other for other in held[:number] if other.contract.id != one.contract.id and _clash(other, one))
        if other := next(others, None):
            yield _slip(other, one)


def lines_through_time(contract: Contract) -> Iterator[Held]:
    """Yield the lines of a contract, those that events add too, each up to the event that takes it away."""
    now = {one_spelling(line): Held(contract, line, Period(contract.start), contract.place) for line in contract.lines}
    changes = (event for event in contract.events if event.line and event.what in ("line_added", "line_removed"))
    for event in sorted(changes, key=lambda event: (event.on, event.order)):
        line = one_spelling(event.line)
        if event.what == "line_added":
            now.setdefault(line, Held(contract, event.line, Period(max(event.on, contract.start)), event.place))
        elif line in now:
            gone = now.pop(line)
            yield evolve(gone, period=Period(gone.period.start, event.on))
    yield from now.values()


def _clash(one: Held, other: Held) -> bool:
    both = one.period & other.period
    if both.end is not None and not both.days:
        return False
    earlier, later = sorted((one, other), key=lambda held: held.period.start)
    received = [event.on for event in earlier.contract.events if event.what == "notice_received"]
    return not any(notice <= later.period.start for notice in (earlier.contract.notice, *received) if notice)


def _slip(first: Held, second: Held) -> Slip:
    earlier, later = sorted((first, second), key=lambda held: (held.was_edited, held.period.start))
    since = max(earlier.period.start, later.period.start)
    names = sorted(held.contract.id for held in (first, second))
    alike = earlier.was_edited == later.was_edited and earlier.period.start == since
    return Slip(
        later.place,
        f'"{later.contract.id}" and "{earlier.contract.id}" both hold the line "{later.line}" from {since}',
        f"the other: {earlier.place}",
        contracts=tuple(names) if alike else (later.contract.id,),
        french=f"La ligne « {later.line} » est à la fois celle de {' et de '.join(names)} à compter du "
        f"{day_in_words(since)}.",
        since=since,
    )

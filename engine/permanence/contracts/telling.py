"""A contract while its events are told, and the stretches of days that they cut its life into."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from attrs import Factory, define, evolve, field

from ..model.contract import Contract, LineHeld, OptionTaken
from ..model.event import Event
from ..model.history import Contradiction, Folded, Stretch
from ..model.instruction import Instruction
from ..model.line import one_spelling
from ..model.own_terms import AgreedPrice, Discount
from ..model.party import LegalData
from ..model.period import Period
from ..model.quantity import QuantityAgreed


@define
class Telling:
    """A contract while its events are told: as it stands at the latest one, and the days on which it changed."""

    now: Contract
    options: list[OptionTaken] = Factory(lambda self: list(self.now.options), takes_self=True)
    quantities: list[QuantityAgreed] = Factory(lambda self: list(self.now.quantities), takes_self=True)
    discounts: list[Discount] = Factory(lambda self: list(self.now.discounts), takes_self=True)
    agreed: list[AgreedPrice] = Factory(lambda self: list(self.now.agreed), takes_self=True)
    instructions: list[Instruction] = Factory(lambda self: list(self.now.instructions), takes_self=True)
    lines: list[LineHeld] = Factory(lambda self: [LineHeld(line) for line in self.now.lines], takes_self=True)
    changes: list[tuple[date | None, Contract]] = Factory(lambda self: [(None, self.now)], takes_self=True)
    legal: LegalData = Factory(lambda self: self.now.legal or LegalData(), takes_self=True)
    seller: str = Factory(lambda self: self.now.seller, takes_self=True)
    suspended: list[Period] = field(factory=list)
    first: dict[tuple[date, tuple[str, str]], Event] = field(factory=dict)
    contradictions: list[Contradiction] = field(factory=list)

    def change(self, event: Event, since: date, changed: Contract) -> Iterator[Contradiction]:
        """Let a new stretch begin on a day, unless nothing changes."""
        if changed == self.now:
            yield Contradiction(event, "unchanged")
        else:
            self.now = evolve(changed, place=event.place)
            self.changes.append((since, self.now))

    def _when_running(self, taken: OptionTaken) -> OptionTaken:
        """Return an option that begins while service is suspended as beginning when it is resumed."""
        start = self.now.option_period(taken).start
        resumed = next((gap.end for gap in self.suspended if start in gap), None)
        return evolve(taken, since=resumed) if resumed else taken

    def folded(self) -> Folded:
        """Return the contract with every event that was told."""
        always = {one_spelling(held.line) for held in self.lines if held.since is None and held.until is None}
        lines_changed = tuple(held for held in self.lines if one_spelling(held.line) not in always)
        options, quantities = tuple(map(self._when_running, self.options)), tuple(self.quantities)
        days = [*(max(day or self.now.start, self.now.start) for day, _ in self.changes), None]
        stretches = [
            Stretch(
                Period(first, last),
                evolve(
                    stand,
                    live=self.now.live,
                    notice=self.now.notice,
                    notice_sent=self.now.notice_sent,
                    trial_over=self.now.trial_over,
                    options=options,
                    quantities=quantities,
                    discounts=tuple(self.discounts),
                    agreed=tuple(self.agreed),
                    instructions=tuple(self.instructions),
                    lines_changed=lines_changed,
                ),
            )
            for (first, last), (_, stand) in zip(pairwise(days), self.changes, strict=True)
            if first is not None and first != last
        ]
        return Folded(
            contract=stretches[-1].contract,
            stretches=tuple(stretches),
            suspended=tuple(self.suspended),
            contradictions=tuple(self.contradictions),
        )

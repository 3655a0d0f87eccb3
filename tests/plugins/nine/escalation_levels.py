"""Astreinte par niveaux: calls that waited too long go on to a manager; each contract settles level and delay."""

from collections.abc import Iterator, Mapping
from typing import Literal

from permanence import Calls, FactField, Measured, Micros, Option, QuotedPrice, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class EscalationLevels(Option):
    """A price by level; what counts as waiting too long is the contract's own delay."""

    id = "escalation_levels"
    label = Words("Escalade", "Escalation")
    facts = (FactField("usage.waited_too_long", "number", "Appels qui ont attendu plus que le délai", "appels"),)

    second: Micros = key("Price of the second level besides, by the month.", example="20.00")
    first: Micros = key("Price of the first level, by the month.", example="25.00")
    level: Literal[1, 2] = key("How many levels the contract has.", default=1, by_contract=True)
    delay: int = key("Seconds after which a call goes on.", default=60, by_contract=True)

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.waited_too_long": calls.wait > self.delay}

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(self.first, Words("Escalade, niveau 1", "Escalation, level 1"), "recurring")
        if self.level == 2:
            yield from self.sold(self.second, Words("Escalade, niveau 2", "Escalation, level 2"), "recurring")


@hookimpl
def register_options() -> list[type[Option]]:
    return [EscalationLevels]

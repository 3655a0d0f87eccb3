"""Offers made for the tests of deciding, with rules in a file that exists only in name."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar

import pytest
from permanence.model.coverage import Coverage, CoverageWindow
from permanence.model.facts import Stage
from permanence.model.offer import Offer, Rule, Then
from permanence.model.offer_head import OfferHead
from permanence.model.option import Option
from permanence.model.problem import KeyPath, Place
from permanence.model.scalars import Days, Hours, Words

RuleOf = Callable[..., Rule]
OfferOf = Callable[..., Offer]


def make_rule(rule_id: str, when: str, *, on: Stage = "month", line: int = 10, **then: str) -> Rule:
    """Return a rule whose condition stands in single quotes on a line of its own."""
    written = f"when = '{when}'"
    return Rule(
        id=rule_id,
        on=on,
        when=when,
        then=Then(**then or {"charge": f"price.{rule_id}"}),  # type: ignore[arg-type]
        place=Place("offer.toml", line - 3, 1, "[[rule]]"),
        when_place=Place("offer.toml", line, 9, written.partition("\n")[0]),
    )


class TablesInARow:
    """The places of a rule file's tables: each kind on a line of its own."""

    LINES: ClassVar[Mapping[str, int]] = {"coverage": 3, "term": 4, "billing": 4, "option": 5}

    def place(self, path: KeyPath, /) -> Place:
        """Return the line of the table that a key is in."""
        table = str(path[0])
        return Place("offer.toml", self.LINES[table], 1, f"[{'.'.join(map(str, path))}]")

    key_place = place


PLACES = TablesInARow()


def make_offer(*rules: Rule, options: Mapping[str, Option] | None = None) -> Offer:
    """Return an offer with these rules and options."""
    window = CoverageWindow(id="weekdays", days=Days.parse("mon-fri"), hours=Hours.parse("08:00-19:00"))
    taken = options or {}
    return Offer(
        format=1,
        head=OfferHead(id="test", title=Words("Essai"), sold_from=date(2026, 1, 1), mission=("simple", "complex")),
        coverage=Coverage(windows=(window,)),
        rules=rules,
        options=taken,
        file="offer.toml",
        places=PLACES,
    )


@pytest.fixture(scope="session")
def rule_of() -> RuleOf:
    return make_rule


@pytest.fixture(scope="session")
def offer_of() -> OfferOf:
    return make_offer

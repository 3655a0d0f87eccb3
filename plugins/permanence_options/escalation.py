"""Escalade managériale: agents reach a manager of the customer's when their instructions say so, by the month.

```toml
[option.escalation]
price = "25.00"
```

Or in levels, of which each contract settles one, `with = { level = 2 }`:

```toml
[option.escalation]
levels = [{ delay = 60, price = "25.00" }, { delay = 15, price = "45.00" }]
```
"""

from collections.abc import Iterator

from permanence import (
    ByMission,
    Charge,
    Contract,
    Offer,
    Option,
    OptionMonth,
    QuotedPrice,
    Words,
    evolve,
    frozen,
    hookimpl,
    key,
)


@frozen(kw_only=True)
class Level:
    """How soon a manager is reached, and what that costs."""

    delay: int = key("Minutes within which agents reach a manager.", example=15)
    price: ByMission = key("Price a month, excluding VAT.", example="45.00")


@frozen(kw_only=True)
class Escalation(Option):
    """Escalation to a manager; which calls are escalated is for the offer's call rules to say."""

    id = "escalation"
    label = Words("Escalade managériale", "Escalation to a manager")
    about = "usage.escalated"

    levels: tuple[Level, ...] = key("Levels, of which a contract has one.", default=())
    level: int | None = key("The level that a contract has, from 1.", default=None, example=2, by_contract=True)

    def prices(self) -> Iterator[QuotedPrice]:
        """Yield the price, or that of the contract's level: of each one where none is settled."""
        yield from Option.prices(self)
        for number, level in enumerate(self.levels, 1):
            if self.level in (None, number):
                yield from self.sold(level.price, _named(self.words, number, level), "recurring")

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        """Yield the price of the contract's level, the first where none is settled."""
        yield from Option.charge(evolve(self, level=1) if self.level is None else self, month)

    def check_contract(self, contract: Contract, offer: Offer) -> Iterator[Words | str]:
        """Yield that a contract has to settle its level, where there are several, or has settled one that is none."""
        if len(self.levels) > 1 and self.level is None:
            yield Words(
                f"« {self.words.fr} » a {len(self.levels)} niveaux : le contrat choisit le sien.",
                f"“{self.words.told('en')}” has {len(self.levels)} levels: settle one, with = {{ level = 1 }}",
            )
        elif self.level is not None and not 1 <= self.level <= len(self.levels):
            yield Words(
                f"« {self.words.fr} » n'a pas de niveau {self.level}.",
                f"“{self.words.told('en')}” has no level {self.level}",
            )


def _named(words: Words, number: int, level: Level) -> Words:
    return Words(
        f"{words.fr}, niveau {number}, sous {level.delay} min",
        f"{words.told('en')}, level {number}, within {level.delay} min",
    )


@hookimpl
def register_options() -> list[type[Option]]:
    return [Escalation]

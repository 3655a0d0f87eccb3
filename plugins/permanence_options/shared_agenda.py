"""Agenda partagé: an online agenda, created once and kept by the month.

```toml
[option.shared_agenda]
price = "20.00"
creation = "45.00"
```
"""

from collections.abc import Iterator

from permanence import ByMission, Micros, Option, QuotedPrice, Words, frozen, hookimpl, key

CREATION = Words("Création de l'agenda partagé", "Creation of the shared agenda")


@frozen(kw_only=True)
class SharedAgenda(Option):
    """An agenda that agents and customer share."""

    id = "shared_agenda"
    label = Words("Agenda partagé", "Shared agenda")

    creation: ByMission = key("Price of its creation, once.", default=Micros(0), example="45.00")

    def prices(self) -> Iterator[QuotedPrice]:
        """Yield the creation, which falls due once, then the monthly price."""
        yield from self.sold(self.creation, CREATION, "one_off")
        yield from Option.prices(self)


@hookimpl
def register_options() -> list[type[Option]]:
    return [SharedAgenda]

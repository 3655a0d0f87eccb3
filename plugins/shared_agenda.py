"""Agenda partagé: an online agenda, created once and kept by the month.

```toml
[option.shared_agenda]
price = "20.00"
creation = "45.00"
```
"""

from collections.abc import Iterator

from engine import Charge, Micros, Option, OptionMonth, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class SharedAgenda(Option):
    """An agenda that agents and customer share."""

    id = "shared_agenda"
    label = Words("Agenda partagé", "Shared agenda")

    creation: Micros = key("Price of its creation, once.", default=Micros(0), example="45.00")

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        """Yield the creation in the first month, then the monthly price."""
        if month.starts and self.creation:
            yield Charge(label="Création de l'agenda partagé", quantity=1, unit_price=self.creation, unit="forfait")
        yield from Option.charge(self, month)


@hookimpl
def register_options() -> list[type[Option]]:
    return [SharedAgenda]

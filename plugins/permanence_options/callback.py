"""Bouton de rappel (web callback): its installation once, and a price for each call that it brings.

```toml
[option.callback]
price = "0.90"            # per call that bears the tag `callback`
installation = "80.00"
```
"""

from collections.abc import Iterator, Mapping

from permanence import (
    ByMission,
    Calls,
    FactField,
    Flags,
    Micros,
    Option,
    OptionKind,
    QuotedPrice,
    Words,
    frozen,
    hookimpl,
    key,
)

INSTALLATION = Words("Installation du bouton de rappel", "Installation of the callback button")


@frozen(kw_only=True)
class Callback(Option):
    """A callback button on the customer's site; its calls bear the tag ``callback``."""

    id = "callback"
    label = Words("Rappel demandé par le site (web callback)", "Web callback")
    facts = (FactField("usage.callback", "number", "Appels comptés venus du bouton de rappel", "appels"),)
    counts = "usage.callback"

    kind: OptionKind = key("How the price is charged.", default="usage")
    installation: ByMission = key("Price of the installation, once.", default=Micros(0), example="80.00")

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.callback": calls.tagged("callback")}

    def prices(self) -> Iterator[QuotedPrice]:
        """Yield the installation, which falls due once, then the price itself."""
        yield from self.sold(self.installation, INSTALLATION, "one_off")
        yield from Option.prices(self)


@hookimpl
def register_options() -> list[type[Option]]:
    return [Callback]

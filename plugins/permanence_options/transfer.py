"""Transfert d'appels sur la ligne du client, suivant ses consignes: a price for each transferred call.

```toml
[option.transfer]
price = "0.35"            # per call that bears the tag `transfer`
```
"""

from collections.abc import Mapping

from permanence import Calls, FactField, Flags, Option, OptionKind, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class Transfer(Option):
    """Calls put through to the customer; they bear the tag ``transfer``."""

    id = "transfer"
    label = Words("Transfert d'appels", "Call transfer")
    facts = (FactField("usage.transferred", "number", "Appels comptés puis transférés au client", "appels"),)
    counts = "usage.transferred"

    kind: OptionKind = key("How the price is charged.", default="usage")

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.transferred": calls.tagged("transfer")}


@hookimpl
def register_options() -> list[type[Option]]:
    return [Transfer]

"""Gestion d'appels sortants: a price for each call that an agent makes for the customer.

```toml
[option.outgoing_calls]
price = "0.80"            # per outbound call that was answered
```
"""

from collections.abc import Mapping

from permanence import Calls, FactField, Flags, Option, OptionKind, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class OutgoingCalls(Option):
    """Calls out; they never count into the package, whatever the offer counts (R27)."""

    id = "outgoing_calls"
    label = Words("Gestion d'appels sortants", "Outgoing calls")
    facts = (FactField("usage.outgoing", "number", "Appels sortants aboutis", "appels"),)
    counts = "usage.outgoing"
    measures = "received"

    kind: OptionKind = key("How the price is charged.", default="usage")

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.outgoing": calls.direction.is_in(["outbound"]) & calls.status.is_in(["answered"])}


@hookimpl
def register_options() -> list[type[Option]]:
    return [OutgoingCalls]

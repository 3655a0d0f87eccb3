"""Notification des appels par SMS: a price for each handled call that is notified.

```toml
[option.sms]
price = "0.12"
```
"""

from collections.abc import Mapping

import numpy as np
from permanence import Calls, FactField, Flags, Option, OptionKind, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class Sms(Option):
    """One text message to the customer for each counted call."""

    id = "sms"
    label = Words("Notification des appels par SMS", "SMS notification")
    facts = (FactField("usage.sms", "number", "Appels comptés, notifiés par SMS", "SMS"),)
    counts = "usage.sms"

    kind: OptionKind = key("How the price is charged.", default="usage")

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.sms": np.ones(len(calls), dtype=np.bool_)}


@hookimpl
def register_options() -> list[type[Option]]:
    return [Sms]

"""Escalade managériale: agents reach a manager of the customer's when their instructions say so, by the month.

```toml
[option.escalation]
price = "25.00"
```
"""

from permanence import Option, Words, frozen, hookimpl


@frozen(kw_only=True)
class Escalation(Option):
    """Escalation to a manager; which calls are escalated is for the offer's call rules to say."""

    id = "escalation"
    label = Words("Escalade managériale", "Escalation to a manager")
    about = "usage.escalated"


@hookimpl
def register_options() -> list[type[Option]]:
    return [Escalation]

"""Prise de rendez-vous: a price for each appointment that agents book, in steps, some of them included.

```toml
[option.appointments]
included = 10
steps = [{ up_to = 40, amount = "1.20" }, { amount = "0.90" }]
```
"""

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
from permanence import (
    Calls,
    FactField,
    Measured,
    Option,
    Price,
    PriceStep,
    Words,
    frozen,
    hookimpl,
    key,
)


@frozen(kw_only=True)
class Appointments(Option):
    """Appointments that agents book; a call bears the tag, or carries the number `appointments` where it books more."""

    id = "appointments"
    label = Words("Prise de rendez-vous", "Booking of appointments")
    facts = (FactField("usage.appointments", "number", "Rendez-vous pris pendant les appels comptés", "rendez-vous"),)
    counts = "usage.appointments"

    steps: tuple[PriceStep, ...] = key("Prices of an appointment by their number in the month, in rising order.")
    included: int = key("Appointments that are included each month; steps count the others.", default=0)
    model: Literal["graduated", "volume"] = key(
        "Each appointment at the price of its own step, or all of them at that of the step reached.",
        default="graduated",
    )
    tag: str = key("Tag of a call in which an appointment was booked.", default="appointment")

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.appointments": np.maximum(calls.tagged(self.tag), calls.amounts("appointments"))}

    def priced(self) -> Iterator[Price]:
        """Yield the price of an appointment, step by step."""
        yield Price(
            title=self.words,
            per="usage.appointments",
            steps=self.steps,
            included=self.included,
            model=self.model,
        )


@hookimpl
def register_options() -> list[type[Option]]:
    return [Appointments]

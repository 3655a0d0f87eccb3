"""Rendez-vous pris: each one booked has a price, in steps, and so many are included."""

from collections.abc import Iterator, Mapping

from permanence import Calls, FactField, Measured, Option, Price, PriceStep, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class Bookings(Option):
    """Calls in which an appointment was booked; they bear the tag ``booked``."""

    id = "bookings"
    label = Words("Rendez-vous pris", "Appointments booked")
    facts = (FactField("usage.booked", "number", "Rendez-vous pris", "rendez-vous"),)

    included: int = key("Appointments that are included each month.", default=0)
    steps: tuple[PriceStep, ...] = key("Prices of an appointment by their number in the month.")

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.booked": calls.tagged("booked")}

    def priced(self) -> Iterator[Price]:
        yield Price(title=self.words, per="usage.booked", included=self.included, steps=self.steps)


@hookimpl
def register_options() -> list[type[Option]]:
    return [Bookings]

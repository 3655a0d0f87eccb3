"""Appels sortants à la minute: each call out is billed in begun stretches of six seconds, at a price per minute."""

from collections.abc import Iterator, Mapping

from permanence import ByMission, Calls, FactField, Measured, Option, QuotedPrice, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class OutboundMinutes(Option):
    """Seconds of calls out that were answered, in increments of the option's own."""

    id = "outbound_minutes"
    label = Words("Appels sortants", "Calls out")
    facts = (FactField("usage.outbound_seconds", "number", "Secondes facturées des appels sortants", "s"),)
    counts = "usage.outbound_seconds"
    measures = "received"

    price: ByMission = key("Price of a minute.", example="0.15")
    increment: int = key("Seconds of a stretch that is begun, and billed whole.", default=6, least=1)

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        answered = calls.direction.is_in(["outbound"]) & calls.status.is_in(["answered"])
        stretches = -(-calls.talk // self.increment)
        return {"usage.outbound_seconds": stretches * self.increment * answered}

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(self.price, self.words, "usage", unit="s", for_each=60)


@hookimpl
def register_options() -> list[type[Option]]:
    return [OutboundMinutes]

"""`[[example]]`: what goes in, and what must come out of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from attrs import frozen

from .call_kinds import CallStatus
from .event import Event
from .facts import FactValue
from .keys import inner, key
from .money import Cents
from .period import Month
from .problem import Place


@frozen(kw_only=True)
class ExampleCall:
    """Calls of one kind that come in on the example's line."""

    at: datetime | tuple[datetime, ...] = key(
        "When they arrive, on the offer's wall clock: one moment, or a list.", example="2026-10-05 10:00"
    )
    count: int = key("How many, at each of these moments.", default=1)
    wait_seconds: int = key("Seconds until an agent answers.", default=0)
    talk_seconds: int = key("Seconds of conversation.", default=60)
    direction: Literal["inbound", "outbound"] = key("Direction.", default="inbound")
    called: str = key("Number that is called.", default="", example="+33639980012")
    status: CallStatus = key("How the call ends.", default="answered")
    language: str = key("Language, where it is known.", default="", example="en")
    tags: tuple[str, ...] = key("Tags.", default=(), example=["urgent"])

    number: Mapping[str, int] = key("Numbers that each call carries.", factory=dict, example={"pages": 3})
    word: Mapping[str, str] = key("Words that each call carries.", factory=dict, example={"agent": "a7"})

    @property
    def moments(self) -> tuple[datetime, ...]:
        """Return when the calls arrive, on the wall clock: each moment has ``count`` of them."""
        return self.at if isinstance(self.at, tuple) else (self.at,)


@frozen(kw_only=True)
class Example:
    """`[[example]]`: what must come out; an offer that breaks its examples does not load."""

    title: str = key("What the example shows.", example="one call more moves the month up a band")
    given: Mapping[str, FactValue | bool] = key(
        "Facts of the month; the others are those of a quiet, full month. Beside calls and dates: what the contract "
        "has (mission, plan, windows, quantities), the customer's kind and region, and work.",
        factory=dict,
        example={"usage.calls": 151},
    )
    options: tuple[str, ...] = key(
        "Options that the contract has, from its first day on.", default=(), example=["bilingual"]
    )
    settings: Mapping[str, Mapping[str, int | str | bool]] = key(
        "What the contract settles of its options, by their names.",
        name="with",
        factory=dict,
        example={"escalation": {"level": 2}},
    )
    band: int | None = key(
        "Band named in the contract, for offers whose floor is `contracted`.", default=None, example=150
    )
    calls: tuple[ExampleCall, ...] = key("Calls that come in, in place of facts that count them.", default=())
    month: Month | None = key(
        "The month; that of the calls, or of the first day of service, when absent.", default=None, example="2026-02"
    )
    signed: date | None = key("Day of signature; years ago when absent.", default=None, example="2026-01-12")
    live: date | None = key(
        "First day of service; the day of signature when absent.", default=None, example="2026-01-14"
    )
    notice: date | None = key("Day on which a notice of termination is received.", default=None, example="2026-02-03")
    notice_sent: date | None = key(
        "Day on which it was sent, where that is another, for offers that count it (A14).",
        default=None,
        example="2026-02-01",
    )
    event: Event | None = key("Something that is asked for.", default=None)
    renewal: int | None = key("Which renewal is looked at: 1 for the first.", default=None, example=1)
    past: tuple[int, ...] = key(
        "Calls counted in each month before, from the first month of service on.", default=(), example=[60, 70, 80]
    )
    group: tuple[int, ...] = key(
        "Calls counted in each other contract of its group, for offers whose contracts share what is included.",
        default=(),
        example=[80],
    )
    total: Cents | None = key("Total excluding VAT.", default=None, example="189.00")
    lines: tuple[str, ...] = key(
        "The invoice's lines, in order: what is charged, and the amount excluding VAT.",
        default=(),
        example=["bands 229.00", "price.night 6.00"],
    )
    counts: Mapping[str, int] = key(
        "What is counted in the calls: facts such as `usage.calls`, and `window.<id>`: the counted ones of a window.",
        factory=dict,
        example={"usage.calls": 3, "window.saturday": 1},
    )
    ends: date | None = key("First day without the contract.", default=None, example="2027-02-14")
    holds_from: date | Literal["never"] | None = key(
        "Day from which what is asked for holds.", default=None, example="2027-02-14"
    )
    renewed_until: date | Literal["open_ended"] | None = key(
        "End of the term that the renewal begins.", default=None, example="2028-02-14"
    )
    floor: int | None = key(
        "The lowest band that is billed, by its highest count; 0 for none.", default=None, example=150
    )
    place: Place = inner(default=Place(""))

"""A contract: what was signed."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from attrs import evolve, frozen

from .alert import OwnAlerts
from .customer_kind import CustomerKind
from .event import DIGEST, Event
from .fingerprint import Fingerprint
from .instruction import Instruction
from .keys import inner, key
from .line import one_spelling
from .money import Cents
from .own_terms import AgreedPrice, Discount
from .party import LegalData
from .period import Period, in_order
from .problem import Place
from .quantity import QuantityAgreed
from .regions import WRITTEN, one_code
from .report_terms import OwnReport
from .service import Service
from .slip import Slip

HOW_MANY = "quantity"
"""The key of an option that a contract has by itself, beside those that the option leaves to it."""


@frozen(kw_only=True)
class Customer:
    """Who signed: name, kind in the sense of consumer law, and region for holidays and VAT."""

    name: str = key("The customer's name, as it stands on invoices.", example="Garage du Parc")
    kind: CustomerKind = key("What consumer law takes the customer for.", default="professional")
    region: str = key(
        "ISO 3166-2 region, in the offer's country: FR, FR-57, FR-974, CH-GE, GB-ENG …",
        default="FR",
        example="FR-57",
        words=WRITTEN,
        converter=one_code,
    )


@frozen(kw_only=True)
class OptionTaken:
    """One option of a contract, from a first day up to, but not including, a last."""

    id: str = key("The option's name in the offer.", example="bilingual")
    since: date | None = key(
        "First day; the first day of service when absent.", name="from", default=None, example="2026-03-10"
    )
    until: date | None = key(
        "First day without it, where that was signed; later it is an event.", default=None, example="2026-09-01"
    )
    quantity: int | None = key("How many of it; one when absent.", default=None, example=3)
    settings: Mapping[str, int | str | bool] = key(
        "What this contract settles of the option, of the keys that the option leaves to each contract.",
        name="with",
        factory=dict,
        example={"level": 2},
        hash=False,
    )
    of: str = inner(default="")
    digest: str = inner(default="")
    signed: date | None = inner(default=None)
    place: Place = inner(default=Place(""), eq=False)

    @classmethod
    def agreed(cls, name: str, agreed: Mapping[str, int | str | bool]) -> "OptionTaken":
        """Return an option as a quote or an example has it: with what is settled of it, and ``quantity`` among that."""
        settings = {key: value for key, value in agreed.items() if key != HOW_MANY}
        quantity = agreed.get(HOW_MANY)
        return cls(id=name, quantity=quantity if type(quantity) is int else None, settings=settings)


class Dated(Protocol):
    """Something of a contract that has a first day, up to, but not including, a last; its first and for good if not."""

    @property
    def since(self) -> date | None:
        """Return the first day."""

    @property
    def until(self) -> date | None:
        """Return the first day without it."""


@frozen
class LineHeld:
    """A line of a contract, from a first day up to, but not including, a last."""

    line: str
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> Period:
        """Return the days on which the line is the contract's, however long the contract lasts."""
        return Period(self.since or date.min, self.until)


@frozen(kw_only=True)
class Contract:
    """`[[contract]]`: one customer's contract as it was signed, and the events that came after."""

    id: str = key("Contract number, unique.", example="C0001")
    customer: Customer = key("Who signed.")
    offer: str = key("The offer version that was signed.", example="essentielle@2026-01-01")
    digest: str = key(
        "SHA-256 of the offer's rule file at signature; an edited file is refused (R25).", default="", example=DIGEST
    )
    quote: str = key("Number of the quote that was accepted.", default="", example="D-20261123-4F2A9C")
    fingerprint: Fingerprint | None = key(
        "What was signed, part by part: `sign`, `contracts import` and `contracts pin` write it, nobody edits it.",
        default=None,
    )
    mission: str = key("Mission, one of the offer's.", default="simple")
    plan: str = key("Plan, one of the offer's, for offers that have plans.", default="", example="standard")
    windows: tuple[str, ...] = key(
        "The offer's coverage windows that the customer takes; all of them when absent.",
        default=(),
        example=["weekdays"],
    )
    services: tuple[Service, ...] = key(
        "Services that the customer takes, of those that the offer includes; all of them when absent.",
        default=(),
        example=["appointments"],
    )
    lines: tuple[str, ...] = key(
        "Telephone numbers or account codes whose calls are the customer's.", example=["C0001", "+33199000099"]
    )
    group: str = key(
        "Name of a group of contracts, for offers whose contracts share what is included.",
        default="",
        example="cabinets-du-port",
    )
    signed: date = key("Day of signature, Paris time (A21).", example="2026-01-12")
    live: date | None = key(
        "First day of service; without it, or the event `go_live`, nothing is billed. Later it is an event.",
        default=None,
        example="2026-01-14",
    )
    notice: date | None = key(
        "Day on which a notice of termination was received, where the contract came with one; later it is an event.",
        default=None,
        example="2027-09-30",
    )
    notice_sent: date | None = key(
        "Day on which that notice was sent; the day on which it was received when absent (A14).",
        default=None,
        example="2027-09-27",
    )
    band: int | None = key(
        "Band named in the contract, for offers whose floor is `contracted` (A9).", default=None, example=150
    )
    options: tuple[OptionTaken, ...] = key("Options taken.", name="option", default=())
    quantities: tuple[QuantityAgreed, ...] = key(
        "How many the customer has of what the offer counts by agreement.", name="quantity", default=()
    )
    discounts: tuple[Discount, ...] = key("Discounts of this customer's own.", name="discount", default=())
    agreed: tuple[AgreedPrice, ...] = key("Prices that were agreed with this customer.", default=())
    deposit: Cents | None = key(
        "The deposit that was agreed, where the offer asks for that of a usual month, or for another one.",
        default=None,
        example="150.00",
    )
    seller: str = key(
        "Who sells, by the name of his file in `sellers/`; not needed while there is one.", default="", example="paris"
    )
    legal: LegalData | None = key("What invoices must say of the customer; later it is an event.", default=None)
    instructions: tuple[Instruction, ...] = key(
        "What agents do with the customer's calls, as he wishes: no part of what was signed; later it is an event.",
        name="instruction",
        default=(),
    )
    report: OwnReport | None = key("When the customer has the mail of a day, otherwise than others.", default=None)
    alerts: OwnAlerts | None = key("Of what the customer is told beforehand, otherwise than others.", default=None)
    note: str = key("Anything worth remembering; nothing reads it.", default="", example="billed with C0002")
    events: tuple[Event, ...] = inner(default=())
    trial_over: date | None = inner(default=None)
    priced_on: date | None = inner(default=None)
    supposed: bool = inner(default=False)
    lines_changed: tuple[LineHeld, ...] = inner(default=())
    slips: tuple[Slip, ...] = inner(default=())
    place: Place = inner(default=Place(""))

    @property
    def lines_held(self) -> tuple[LineHeld, ...]:
        """Return the contract's lines, each with its days: those it was signed with, and those that came or went."""
        changed = {one_spelling(held.line) for held in self.lines_changed}
        always = (line for line in self.lines if not changed or one_spelling(line) not in changed)
        return (*map(LineHeld, always), *self.lines_changed)

    @property
    def is_on_file(self) -> bool:
        """Tell whether it was read from a file; an example's was signed by nobody."""
        return bool(self.place.file)

    @property
    def goes_live(self) -> date | None:
        """Return the first day of service, of the key or the event; None while nobody has noted it."""
        noted = (event.on for event in self.events if event.what == "go_live" and event.on >= self.signed)
        return self.live or min(noted, default=None)

    @property
    def start(self) -> date:
        """Return the first day of service; while nobody has noted it, the first on which it could begin."""
        return self.live or self.goes_live or self.signed

    def under(self, offer: str, digest: str = "") -> "Contract":
        """Return the contract changed to an offer version, and to the digest of its rule file where that is known."""
        return self if offer == self.offer else evolve(self, offer=offer, digest=digest, fingerprint=None)

    def unsigned(self) -> "Contract":
        """Return the contract as one that is only supposed: nothing holds it to a quote, a rule file, a fingerprint."""
        return evolve(self, quote="", digest="", fingerprint=None, supposed=True)

    def period_of(self, dated: Dated) -> Period:
        """Return the days on which something holds that has days of its own, whatever the contract's own end."""
        start = self.start
        return Period(max(dated.since or start, start), dated.until)

    def option_period(self, option: OptionTaken) -> Period:
        """Return the days on which the contract has an option, whatever the contract's own end."""
        return self.period_of(option)

    def option_periods(self, name: str) -> tuple[Period, ...]:
        """Return the periods in which the contract has an option, in order: one for each time that it was taken."""
        return in_order([self.option_period(option) for option in self.options if option.id == name])

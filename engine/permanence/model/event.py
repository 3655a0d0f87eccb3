"""What happens to a contract after it was signed: appended to its file, never edited into it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .instruction import Instruction
from .keys import inner, key
from .line import one_spelling
from .own_terms import AgreedPrice, Discount, reason
from .party import LegalChange
from .problem import Place
from .regions import WRITTEN, one_code
from .scalars import Words

DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

EventKind = Literal[
    "go_live",
    "option_added",
    "option_removed",
    "mission_changed",
    "line_added",
    "line_removed",
    "offer_changed",
    "region_moved",
    "plan_changed",
    "windows_changed",
    "quantity_changed",
    "discount_granted",
    "discount_ended",
    "price_agreed",
    "instruction_given",
    "instruction_ended",
    "suspended",
    "resumed",
    "notice_received",
    "notice_withdrawn",
    "reminder_sent",
    "quality_call",
    "trial_over",
    "occurred",
    "customer_changed",
    "seller_changed",
]


@frozen
class KindOfEvent:
    """A kind of event: what staff call it, which key says what it is about, what it changes.

    ``or_names`` is the key that may say so in place of the first. ``asked`` is what a rule on requests calls it, empty
    for a fact of its day, which nobody asks for. ``ends`` is the kind that began what it ends.
    """

    french: str
    names: str = ""
    subject: str = ""
    asked: Words = Words("")
    or_names: str = ""
    ends: EventKind | None = None


EVENTS: Mapping[EventKind, KindOfEvent] = {
    "go_live": KindOfEvent("Mise en service", subject="go-live"),
    "option_added": KindOfEvent("Ajout d'une option", "option", asked=Words("une option de plus", "a further option")),
    "option_removed": KindOfEvent(
        "Retrait d'une option", "option", asked=Words("une option de moins", "the removal of an option")
    ),
    "mission_changed": KindOfEvent(
        "Changement de mission", "mission", asked=Words("une autre mission", "another mission")
    ),
    "line_added": KindOfEvent("Ajout d'une ligne", "line", asked=Words("une ligne de plus", "a further line")),
    "line_removed": KindOfEvent(
        "Retrait d'une ligne", "line", asked=Words("une ligne de moins", "the removal of a line")
    ),
    "offer_changed": KindOfEvent(
        "Changement d'offre", "offer", asked=Words("une autre offre ou un nouveau prix", "another offer or a new price")
    ),
    "region_moved": KindOfEvent(
        "Changement de région", "region", asked=Words("un changement de région", "a move to another region")
    ),
    "plan_changed": KindOfEvent("Changement de formule", "plan", asked=Words("une autre formule", "another plan")),
    "windows_changed": KindOfEvent(
        "Changement d'horaires", "windows", asked=Words("d'autres horaires", "other coverage windows")
    ),
    "quantity_changed": KindOfEvent(
        "Changement de quantité",
        "quantity_of",
        asked=Words("une autre quantité", "another quantity"),
        or_names="option",
    ),
    "discount_granted": KindOfEvent("Remise accordée", "discount"),
    "discount_ended": KindOfEvent("Fin d'une remise", "ended", ends="discount_granted"),
    "price_agreed": KindOfEvent("Prix convenu", "agreed"),
    "instruction_given": KindOfEvent("Nouvelle consigne", "instruction"),
    "instruction_ended": KindOfEvent("Fin d'une consigne", "ended", ends="instruction_given"),
    "suspended": KindOfEvent("Suspension", subject="service", asked=Words("une suspension", "a suspension")),
    "resumed": KindOfEvent(
        "Reprise du service", subject="service", asked=Words("une reprise du service", "the return of the service")
    ),
    "notice_received": KindOfEvent("Préavis", subject="notice"),
    "notice_withdrawn": KindOfEvent("Retrait du préavis", subject="notice"),
    "reminder_sent": KindOfEvent("Rappel de la reconduction envoyé", subject="reminder"),
    "quality_call": KindOfEvent("Appel qualité", subject="quality call"),
    "trial_over": KindOfEvent("Fin de l'essai", subject="trial"),
    "occurred": KindOfEvent("Fait facturé", "occurrence"),
    "customer_changed": KindOfEvent("Changement des coordonnées", "legal"),
    "seller_changed": KindOfEvent("Changement de vendeur", "seller"),
}
NAMES: Mapping[EventKind, str] = {what: kind.names for what, kind in EVENTS.items() if kind.names}
"""The one key by which an event says which option, line … it is about."""
REQUESTED: Mapping[EventKind, Words] = {what: kind.asked for what, kind in EVENTS.items() if kind.asked.fr}
REQUESTS = tuple(REQUESTED)
"""What somebody asks for: an offer's rules say from when it holds. All other events are facts of their day."""
ON_NO_BILL: tuple[EventKind, ...] = ("instruction_given", "instruction_ended")
"""What no bill rests on: `check` tells what is wrong with it, and no contract waits for that."""


@frozen(kw_only=True)
class Event:
    """`[[event]]`: one thing that happened to a contract."""

    contract: str = key("Contract number; not needed in a file that holds one contract.", default="", example="C0001")
    on: date = key("The day: on which a notice was received, from which a change is asked for.", example="2027-03-10")
    what: EventKind = key("What happened.", example="option_added")
    option: str = key(
        "The option that is added or removed, or of which there is another quantity.", default="", example="bilingual"
    )
    mission: str = key("The new mission.", default="", example="complex")
    line: str = key("The line that is added or removed.", default="", example="+33199000042")
    offer: str = key("The offer version that the contract changes to.", default="", example="essentielle@2027-01-01")
    of: str = key(
        "The later version that an added option comes from (R26).", default="", example="essentielle@2027-01-01"
    )
    digest: str = key(
        "SHA-256 of the new version's rule file; of an added option: of it, its prices, the contract and the day.",
        default="",
        example=DIGEST,
    )
    settings: Mapping[str, int | str | bool] = key(
        "What the contract settles of an added option, of the keys that the option leaves to each contract.",
        name="with",
        factory=dict,
        example={"level": 2},
        hash=False,
    )
    quote: str = key("Number of the quote of that option.", default="", example="A-20270301-4F2A9C")
    plan: str = key("The new plan.", default="", example="standard")
    windows: tuple[str, ...] = key(
        "All of the offer's coverage windows that the customer takes from now on.", default=(), example=["weekdays"]
    )
    quantity_of: str = key(
        "Of what there is another quantity, by its name in the offer; of an option, write `option`.",
        default="",
        example="practitioners",
    )
    occurrence: str = key(
        "What occurred, by its name in the offer: its price is due once.", default="", example="late_payment"
    )
    quantity: int | None = key(
        "How many there are from now on; of an option that is added, one when absent. Of what occurred: how often, "
        "once when absent.",
        default=None,
        example=4,
    )
    why: str = key(
        "Of what occurred: what the customer and the staff read of it (French).",
        default="",
        example="La facture de septembre a été réglée le 20 octobre.",
    )
    discount: Discount | None = key(
        "The discount, which holds from the day on: as in `[[contract.discount]]`, without `from`.",
        default=None,
        example={"percent": "-10", "of": ["bands"], "until": "2027-09-10", "why": "Geste commercial."},
    )
    ended: str = key(
        "Which discount ends, by its `why`, or which instruction, by its `text`: the day is the first without it.",
        default="",
        example="Geste commercial.",
    )
    agreed: AgreedPrice | None = key(
        "The price, which holds from the day on: as in `[[contract.agreed]]`, without `from`.",
        default=None,
        example={"charge": "price.night", "amount": "0.45", "why": "Prix convenu."},
    )
    instruction: Instruction | None = key(
        "The instruction, which holds from the day on: as in `[[contract.instruction]]`, without `from`.",
        default=None,
        example={"for": "transfer", "number": "+33199000042", "text": "Transférez les urgences au gérant."},
    )
    legal: LegalChange | None = key("The customer's legal data that are otherwise from the day on.", default=None)
    seller: str = key(
        "Who sells from the day on, the first of a month, by the name of his file in `sellers/`.",
        default="",
        example="lyon",
    )
    sent: date | None = key(
        "Of a notice that was received: the day on which it was sent, where that is another (A14).",
        default=None,
        example="2027-03-08",
    )
    region: str = key("The customer's new region.", default="", example="FR-57", words=WRITTEN, converter=one_code)
    note: str = key("Anything worth remembering; nothing reads it.", default="", example="by telephone")
    place: Place = inner(default=Place(""))

    @property
    def times(self) -> int:
        """Return how many times something occurred."""
        return 1 if self.quantity is None else self.quantity

    @property
    def name(self) -> str:
        """Return which option, mission, line, offer, region … the event is about; nothing for other events."""
        if EVENTS[self.what].ends:
            return reason(self.ended)
        return _in_one(getattr(self, self._named)) if self.what in NAMES else ""

    @property
    def _named(self) -> str:
        """Return the key that says what the event is about."""
        kind = EVENTS[self.what]
        return kind.or_names if kind.or_names and not getattr(self, kind.names) else kind.names

    @property
    def subject(self) -> tuple[str, str]:
        """Return what the event changes: two events of one subject on one day contradict each other."""
        if begun := EVENTS[self.what].ends:
            return NAMES[begun], self.name
        if self.what in NAMES:
            told_apart = {
                "option": self.option,
                "line": one_spelling(self.line),
                "quantity_of": self.quantity_of,
                "occurrence": f"{self.occurrence} {self.why}".rstrip(),
            }
            own = self.discount or self.agreed or self.instruction
            if given := self.instruction:
                told_apart["instruction"] = f"{given.option} {given.window} {given.subject}"
            return self._named, told_apart.get(self._named, own.subject if own else "")
        return EVENTS[self.what].subject, ""

    @property
    def order(self) -> tuple[str, str, str]:
        """Return what events of one day are sorted by: what comes is told before what goes, line before line."""
        return self.subject[0], self.what, str(self.instruction or self.name)


def _in_one(named: str | tuple[str, ...] | Discount | AgreedPrice | Instruction | LegalChange | None) -> str:
    if isinstance(named, LegalChange):
        return ", ".join(named.about)
    if isinstance(named, Discount | AgreedPrice | Instruction):
        return named.subject
    return named if isinstance(named, str) else ", ".join(named or ())

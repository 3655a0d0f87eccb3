"""What happens to a contract after it was signed: appended to its file, never edited into it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .keys import inner, key
from .problem import Place
from .regions import WRITTEN, one_code

EventKind = Literal[
    "go_live",
    "option_added",
    "option_removed",
    "mission_changed",
    "line_added",
    "line_removed",
    "offer_changed",
    "region_moved",
    "suspended",
    "resumed",
    "notice_received",
    "notice_withdrawn",
    "reminder_sent",
    "quality_call",
]
NAMES: Mapping[EventKind, str] = {
    "option_added": "option",
    "option_removed": "option",
    "mission_changed": "mission",
    "line_added": "line",
    "line_removed": "line",
    "offer_changed": "offer",
    "region_moved": "region",
}
"""The one key by which an event says which option, line … it is about."""
REQUESTS: tuple[EventKind, ...] = (*NAMES, "suspended", "resumed")
"""What somebody asks for: an offer's rules say from when it holds. All other events are facts of their day."""
SUBJECTS: Mapping[EventKind, str] = {
    "suspended": "service",
    "resumed": "service",
    "notice_received": "notice",
    "notice_withdrawn": "notice",
    "go_live": "go-live",
    "reminder_sent": "reminder",
    "quality_call": "quality call",
}


@frozen(kw_only=True)
class Event:
    """`[[event]]`: one thing that happened to a contract."""

    contract: str = key("Contract number; not needed in a file that holds one contract.", default="", example="C0001")
    on: date = key("The day: on which a notice was received, from which a change is asked for.", example="2027-03-10")
    what: EventKind = key("What happened.", example="option_added")
    option: str = key("The option that is added or removed.", default="", example="bilingual")
    mission: str = key("The new mission.", default="", example="complex")
    line: str = key("The line that is added or removed.", default="", example="+33199000042")
    offer: str = key("The offer version that the contract changes to.", default="", example="essentielle@2027-01-01")
    region: str = key("The customer's new region.", default="", example="FR-57", words=WRITTEN, converter=one_code)
    note: str = key("Anything worth remembering; nothing reads it.", default="", example="by telephone")
    place: Place = inner(default=Place(""))

    @property
    def name(self) -> str:
        """Return which option, mission, line, offer or region the event is about; nothing for other events."""
        return str(getattr(self, NAMES[self.what])) if self.what in NAMES else ""

    @property
    def subject(self) -> tuple[str, str]:
        """Return what the event changes: two events of one subject on one day contradict each other."""
        if self.what in NAMES:
            return NAMES[self.what], self.name if NAMES[self.what] in ("option", "line") else ""
        return SUBJECTS[self.what], ""

    @property
    def order(self) -> tuple[str, str, str]:
        """Return what events of one day are sorted by: what comes is told before what goes, line before line."""
        return self.subject[0], self.what, self.name

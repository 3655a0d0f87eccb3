"""The facts of a notice, of an event and of a renewal, for an offer's rules to read."""

from collections.abc import Iterable
from datetime import date
from itertools import takewhile

from ..model.contract import Contract
from ..model.event import Event
from ..model.facts import FactValue
from .calendar import reminder_is_owed
from .notice_day import counted_day
from .reminders import reminder_days
from .term import Term

Facts = dict[str, FactValue]


def notice_facts(term: Term, events: Iterable[Event] = ()) -> Facts:
    """Return the facts of a notice, on the day of it that counts; ``events`` are the contract's.

    Raises ValueError when the contract has received none.
    """
    day = counted_day(term)
    if day is None:
        raise ValueError(f"contract {term.contract.id} has received no notice")
    return {
        "notice.received": 1,
        "notice.in_time": int(term.notice_in_time(day)),
        "notice.not_reminded": int(_not_reminded(term, day, events)),
        "contract.in_trial": int(term.before_trial_ends(day)),
        "contract.renewed": int(term.renewed(day)),
        "customer.kind": term.contract.customer.kind,
    }


def event_facts(term: Term, stands: Contract, event: Event) -> Facts:
    """Return the facts of a request, to a contract as it stands on the day it is made."""
    return {
        "event.what": event.what,
        "event.name": event.name,
        "event.same_offer": int(event.offer.partition("@")[0] == stands.offer.partition("@")[0]),
        "contract.in_trial": int(term.before_trial_ends(event.on)),
        "contract.renewed": int(term.renewed(event.on)),
        "contract.months": term.months_by(event.on),
        "mission": stands.mission,
        "customer.kind": stands.customer.kind,
    }


def renewal_facts(kind: str, number: int) -> Facts:
    """Return the facts of the first renewal, the second … of a contract with one kind of customer."""
    return {"renewal.number": number, "customer.kind": kind}


def _not_reminded(term: Term, day: date, events: Iterable[Event]) -> bool:
    """Tell whether a contract was last renewed without the reminder that the law owes."""
    if not reminder_is_owed(term.contract):
        return False
    *_, latest = (None, *takewhile(lambda one: one.renewal <= day, reminder_days(term)))
    return latest is not None and not any(event.what == "reminder_sent" and event.on in latest for event in events)

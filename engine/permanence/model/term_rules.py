"""`[term]` of a rule file: how long a contract binds, and how it ends."""

from datetime import date
from typing import Literal

from attrs import frozen

from .keys import key
from .money import Cents
from .period import ONE_MONTH, Span


@frozen(kw_only=True)
class TermRules:
    """`[term]`: how long a contract binds, and how it ends."""

    trial: Span = key("Trial, counted from `trial_start`.", default=Span(1, "months"), example="1 month")
    trial_until_calls: int | None = key(
        "Counted calls that end the trial sooner: with the day on which that many are reached (A16).",
        default=None,
        example=50,
    )
    trial_until_minutes: int | None = key(
        "Minutes of conversation, of counted calls, that end the trial sooner: with the day that reaches them (A16).",
        default=None,
        example=200,
    )
    trial_start: Literal["go_live", "signature"] = key("What the trial counts from (A16).", default="go_live")
    trial_billed: bool = key("Whether the trial's months are billed (A17).", default=True)
    trial_calls: Literal["apart", "count"] = key(
        "Whether calls of a free trial count towards the band, or the package, of the days that are billed (A17).",
        default="apart",
    )
    trial_usage: Literal["charged", "free"] = key(
        "Whether what is used in a free trial is charged, calls, minutes, work, uses of options; or free too (A17).",
        default="charged",
    )
    trial_included: bool = key("Whether the commitment includes the trial (A10).", default=False)
    commitment: Span = key("Commitment after the trial.", default=Span(12, "months"), example="12 months")
    renewal: Literal["tacit", "express"] = key("What happens when nobody says anything (A12).", default="tacit")
    renewal_period: Span | Literal["open_ended"] = key(
        "Length of a renewed term, or open_ended (A13).", default=Span(12, "months"), example="12 months"
    )
    renewal_anchor: Literal["commitment_end", "signature", "signature_realigned"] = key(
        "What renewals count from (A11): the commitment's end, the anniversary of signature, or, once the commitment "
        "has ended, that anniversary.",
        default="commitment_end",
    )
    notice: Span = key("Notice before a term's end (A14).", default=Span(3, "months"), example="3 months")
    notice_ends: Literal["any_day", "month_end"] = key(
        "Where a notice counts from its receipt, once no term binds: with which day it ends the contract, any, or the "
        "last one of a calendar month (A15).",
        default="any_day",
    )
    price_notice: Span | None = key(
        "Written notice before a new version of the offer holds (A27); when absent, one month, and no later than the "
        "last day for a notice.",
        default=None,
        example="3 months",
    )
    month_end: Literal["last_day", "next_first"] = key(
        "Where a month is too short for a day: its last day, or the first of the next (A18).", default="last_day"
    )
    go_live_days: int = key("Days from signature within which service is promised (R19, A20).", default=2)
    go_live_calendar: Literal["working", "civil"] = key("Which days the promise counts (A20).", default="working")
    quality_calls: Span | None = key(
        "How often a quality call is made (R28); never when absent.", default=None, example="3 months"
    )
    notice_counted_on: Literal["received", "sent"] = key(
        "Which day of a notice counts: on which it was received, or on which it was sent (A14).", default="received"
    )
    setup_fee: Cents = key("File or opening fee, once, in the first month.", default=Cents(0), example="0.00")

    @property
    def calls_apart(self) -> bool:
        """Tell whether calls of the trial count towards nothing that is billed of other days (A17)."""
        return not self.trial_billed and (self.trial_calls == "apart" or self.usage_free)

    @property
    def usage_free(self) -> bool:
        """Tell whether the trial is free of what is used in it, too (A17)."""
        return not self.trial_billed and self.trial_usage == "free"

    @property
    def ends_by_use(self) -> bool:
        """Tell whether the trial may end before its last day, by what was used (A16)."""
        return self.trial_until_calls is not None or self.trial_until_minutes is not None

    def ended_by(self, day: date) -> date:
        """Return the first day without a contract whose notice has run out by a day: it, or the first of a month."""
        return ONE_MONTH.after(day.replace(day=1)) if self.notice_ends == "month_end" and day.day > 1 else day

    @property
    def announcements(self) -> tuple[Span, ...]:
        """Return how long before it holds a new price is announced, by each of these spans (A27)."""
        return (self.price_notice,) if self.price_notice else (ONE_MONTH, self.notice)

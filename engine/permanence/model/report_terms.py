"""When a customer has the mail of a day: on which mornings, from which hour, and of days without calls too."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal, get_args

import attrs
from attrs import evolve, fields, frozen

from .keys import key, key_name
from .period import ONE_DAY

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = get_args(Weekday)
HOURS = 24
SAID: Mapping[str, tuple[str, Any]] = {
    "days": (
        "Mornings on which the mail goes out; it tells of every day since the mail before; none: no mail.",
        ["mon", "thu"],
    ),
    "hour": ("Hour from which it goes out, on the morning after, in the offer's time zone.", 7),
    "empty": ("Whether days without a call have a mail too.", True),
}
"""What each key says, with an example: of the installation, and of a contract."""


def hour_of_day(_made: object, attribute: "attrs.Attribute[Any]", value: int | None) -> None:
    """Refuse, as ValueError, a number that is no hour of a day; None is none."""
    if value is not None and not 0 <= value < HOURS:
        raise ValueError(f'"{key_name(attribute)}" is an hour of the day, 0 to {HOURS - 1}')


@frozen(kw_only=True)
class ReportTerms:
    """`[report]` of `permanence.toml`: when customers have the mail of a day; a contract may say otherwise."""

    days: tuple[Weekday, ...] = key(SAID["days"][0], default=WEEK)
    hour: int = key(SAID["hour"][0], default=7, validator=hour_of_day)
    empty: bool = key(SAID["empty"][0], default=True)

    def days_told(self, day: date) -> tuple[date, ...]:
        """Return the days that the mail of a day tells of, which goes out on the morning after; none without one."""
        if not self._goes_out_after(day):
            return ()
        told = [day]
        while not self._goes_out_after(before := told[0] - ONE_DAY):
            told.insert(0, before)
        return tuple(told)

    def _goes_out_after(self, day: date) -> bool:
        return WEEK[(day + timedelta(days=1)).weekday()] in self.days


@frozen(kw_only=True)
class OwnReport:
    """`[contract.report]`: when this customer has the mail of a day, otherwise than others."""

    days: tuple[Weekday, ...] | None = key(SAID["days"][0], default=None, example=["mon"])
    hour: int | None = key(SAID["hour"][0], default=None, example=18, validator=hour_of_day)
    empty: bool | None = key(SAID["empty"][0], default=None, example=False)

    def beside(self, usual: ReportTerms) -> ReportTerms:
        """Return the terms of this customer: his own, and else the usual ones."""
        own = {one.name: getattr(self, one.name) for one in fields(OwnReport)}
        return evolve(usual, **{name: value for name, value in own.items() if value is not None})

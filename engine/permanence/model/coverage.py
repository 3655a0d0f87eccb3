"""When calls are answered: windows of the week, and what public holidays do to them."""

from datetime import date
from typing import Literal

from attrs import frozen

from .keys import key
from .regions import WRITTEN, one_code
from .scalars import Days, Hours, Words


@frozen(kw_only=True)
class CoverageWindow:
    """`[[coverage.window]]`: days and hours in which calls are answered, on the offer's wall clock."""

    id: str = key("Name of the window, unique in the offer.", example="weekdays")
    title: Words | None = key(
        "Its name, as customers read it.", default=None, example={"fr": "le samedi matin", "en": "Saturday morning"}
    )
    days: Days = key("Days: mon … sun, holiday, lists and ranges.", example="mon-fri")
    hours: Hours = key("Half-open hours: of 08:00-19:00, 08:00:00 is in and 19:00:00 is out.", example="08:00-19:00")


@frozen(kw_only=True)
class Coverage:
    """`[coverage]`: when calls are answered, and what public holidays do to it."""

    promise: Literal["windows", "always"] = key(
        "What is promised: an answer inside the windows, or at every moment, so that `check` finds each one that no "
        "window covers.",
        default="windows",
    )
    holidays: Literal["closed", "as_weekday", "as_sunday"] = key(
        "Public holidays: closed but for windows that name `holiday`, or as the weekday, or as a Sunday (A5).",
        default="closed",
    )
    holiday_region: str = key(
        "Whose public holidays count: `customer`, or one region for all, such as FR, FR-57 or CH-GE.",
        default="customer",
        words=("customer", *WRITTEN),
        converter=one_code,
    )
    extra_closed: tuple[date, ...] = key("Further days on which nobody answers.", default=(), example=["2026-12-24"])
    extra_open: tuple[date, ...] = key(
        "Public holidays that are ordinary days after all.", default=(), example=["2026-05-25"]
    )
    windows: tuple[CoverageWindow, ...] = key("Windows; two may not cover the same minute.", name="window")

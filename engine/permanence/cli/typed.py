"""What is typed after a command: folders and files, days, months and spans, each checked as it is read."""

import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ..model.period import Month, Span, SpanUnit
from ..model.problem import Place, Problem, Refused
from ..model.signs import strange_sign

FOLDER = click.Path(path_type=Path, file_okay=False)


class FileType(click.Path):
    """A file by its name; what SQLite would take for a database without one, or for an address, is a name too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(str(super().convert(value, param, ctx)))
        return path.absolute() if str(path).startswith((":", "file:")) else path


FILE = FileType(path_type=Path, dir_okay=False)
FILES = FileType(path_type=Path)
"""A file, a folder, or a pattern that stands for several."""
rules_option = click.option(
    "--rules", type=FOLDER, default=Path("rules"), show_default=True, help="Folder of rule files."
)
contracts_option = click.option(
    "--contracts", type=FOLDER, default=Path("contracts"), show_default=True, help="Folder of contract files."
)
sellers_option = click.option(
    "--sellers", type=FOLDER, default=Path("sellers"), show_default=True, help="Folder of sellers, a file for each."
)
billing_option = click.option(
    "--billing", type=FILE, default=Path("billing.db"), show_default=True, help="Database of results."
)
portal_option = click.option(
    "--portal-db", type=FILE, default=Path("portal.db"), show_default=True, help="Database of customers' links."
)
mail_option = click.option(
    "--mail-db", type=FILE, default=Path("mail.db"), show_default=True, help="Database of what was sent."
)
calls_option = click.option(
    "--calls",
    default="calls.db",
    show_default=True,
    help="Database of calls, or a pattern of Parquet files such as 'calls/*.parquet'.",
)
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
"""How people write a day."""


class DayType(click.ParamType[datetime]):
    """A day as people write it: 2026-10-14, or 14/10/2026."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        for form in DAYS:
            with suppress(ValueError):
                return datetime.strptime(str(value), form)  # noqa: DTZ007
        where = "DAY" if param is None or isinstance(param, click.Argument) else param.opts[0]
        raise Refused([Problem(Place(where), f'"{value}" is no day', "write it like 2026-10-14 or 14/10/2026")])


DAY = DayType()
on_option = click.option("--on", type=DAY, help="As if today were this day.")
format_option = click.option(
    "--format",
    "form",
    help="A ready mapping (see calls formats), or the path of one of your own; absent: the one that fits.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts instead of tables.")


class MonthType(click.ParamType[Month]):
    """A month as people write it: 2026-10."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return Month.parse(str(value))
        except ValueError as error:
            raise Refused([Problem(Place("MONTH"), str(error))]) from error


MONTH = MonthType()
LONGEST_TEXT = 200
MOST = 2**63 - 1
"""The highest number that a database can keep."""


class TextType(click.ParamType[str]):
    """A line of text that stays: on an invoice, or with who did what."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text, option = " ".join(str(value).split(" ")).strip(), Place(param.opts[0] if param else "text")
        if not 0 < len(text) <= LONGEST_TEXT:
            what = "it is too long" if text else "it is empty"
            raise Refused([Problem(option, what, f"write 1 to {LONGEST_TEXT} signs")])
        if sign := strange_sign(text):
            raise Refused([Problem(option, f"it has a sign that no text has, {sign.code}: {sign.does}")])
        return text


TEXT = TextType()
FIRST_YEAR, LAST_YEAR = 2000, 2200
MOST_DAYS = 3720
LONGEST: Mapping[SpanUnit, int] = {"days": 1, "weeks": 7, "months": 31, "years": 366}


class SpanType(click.ParamType[Span]):
    """A length of time as people write it: 30 days."""

    name = "span"

    def __init__(self, option: str) -> None:
        self._where = Place(option)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        try:
            span = Span.parse(str(value))
        except ValueError as error:
            raise Refused([Problem(self._where, str(error))]) from error
        if span.count * LONGEST[span.unit] > MOST_DAYS:
            raise Refused([Problem(self._where, f'"{value}" is too long', "look at most 10 years ahead")])
        return span


def day_asked(on: datetime | None, zone: str, option: str = "--on") -> date:
    """Return the day asked for, today on the wall clock of a zone when none is."""
    day = (on or datetime.now(UTC).astimezone(ZoneInfo(zone))).date()
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        what = f"{day} is not between {FIRST_YEAR} and {LAST_YEAR - 1}"
        raise Refused([Problem(Place(option), what, "calendars are worked out for these years")])
    return day


def example(text: str) -> Callable[[Any], Any]:
    """Return a decorator that ends a command's help with an example to copy."""

    def add(function: Any) -> Any:
        function.__doc__ = f"{inspect.cleandoc(function.__doc__)}\n\n\b\nExample:\n  {text}\n"
        return function

    return add


calls_db_option = click.option(
    "--calls-db", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls."
)


MOST_MONTHS = 120


class MonthsType(click.ParamType[tuple[Month, ...]]):
    """Months as people write them: 2025-11..2026-10, both included, or one alone."""

    name = "months"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Month, ...]:
        first, several, last = str(value).partition("..")
        try:
            month, end = Month.parse(first), Month.parse(last if several else first)
        except ValueError as error:
            hint = 'write "2025-11..2026-10", both included'
            raise Refused([Problem(Place("--months"), str(error), hint)]) from error
        months = tuple(islice(month.until(end.next.first), MOST_MONTHS + 1))
        if not 0 < len(months) <= MOST_MONTHS:
            hint = f"write the earlier one first, and at most {MOST_MONTHS} months"
            raise Refused([Problem(Place("--months"), f'"{value}" is not a row of months', hint)])
        return months

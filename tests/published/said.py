"""What a published example says, read by its meaning: the words that vendors use for a thing, and its units.

Whoever reads names every word that the thing may have; what nobody read is refused by name, and so are two words for
one thing, a word that is missing, and a value that is not what it should be.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from permanence.model.clock import local_time
from permanence.model.money import MICROS_PER_CENT, Cents, Micros
from permanence.model.period import Month

T = TypeVar("T")

MINOR = ("_cents", "_in_cents", "_minor", "_in_minor_units")
SECONDS = {"": 1, "_s": 1, "_sec": 1, "_secs": 1, "_seconds": 1, "_min": 60, "_mins": 60, "_minutes": 60, "_h": 3600}
AMOUNT = re.compile(r"[~≈]?\s*(?:[A-Z]{3}|[$€£])?\s*(-?)(?:[$€£])?([0-9][0-9,_ ]*)?(\.[0-9]+)?\s*(%|[A-Z]{3}|[$€£])?")
HAS_CENTS = set("USD EUR GBP CHF INR AUD CAD NZD SEK NOK DKK PLN CZK BRL MXN ZAR SGD HKD CNY".split())
"""Currencies known to have two decimals, as amounts here."""
ASIDE = re.compile(
    r"(bug|actual|wrong|vendor|published|reported|note|comment|description|name|title)(_.*)?|.*_(bug|wrong)"
)
"""Words that name what came out wrong elsewhere, or that only tell a reader something."""


class UnreadError(LookupError):
    """An example says something that its adapter does not know; the sentence names it."""


def snake(name: str) -> str:
    """Return a key as one word: ``upTo`` and ``up-to`` are ``up_to``; days and hours stay as they are."""
    if not re.search("[A-Za-z]", name):
        return name
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").replace(" ", "_").lower()


def fraction(value: object, where: str) -> Fraction:
    """Return the number that a value names: ``"1/2"``, ``"7/31+2/28"``, ``"10%"``, ``"$1,000.00"``, ``5``."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnreadError(f"{where}: {value!r} is not a number")
    text = str(value).strip()
    if "+" in text[1:] or "/" in text:
        try:
            return sum((Fraction(part.strip(" ~")) for part in text.split("+")), Fraction(0))
        except ValueError as error:
            raise UnreadError(f'{where}: "{text}" is not a number') from error
    if isinstance(value, float) or re.fullmatch(r"-?[0-9.]+e-?[0-9]+", text):
        return Fraction(text)
    found = AMOUNT.fullmatch(text)
    if not found or not (found[2] or found[3]):
        raise UnreadError(f'{where}: "{text}" is not a number')
    whole = re.sub(r"[,_ ]", "", found[2] or "0")
    size = Fraction(f"{found[1]}{whole}{found[3] or ''}")
    return size / 100 if found[4] == "%" else size


def day(value: object, zone: str = "UTC", where: str = "a day") -> date:
    """Return the day that ``2026-10-05`` names, or the local one of an instant; a day without a year is in 2026."""
    if isinstance(value, int) and not isinstance(value, bool):
        return local_time(value, zone)[0]
    text = re.sub(r"^(?=[0-9]{2}-[0-9]{2}\b)", "2026-", str(value).strip())
    try:
        if len(text) == len("2026-10-05"):
            return date.fromisoformat(text)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadError(f"{where}: {value!r} is not a day") from error
    return found.date() if found.tzinfo is None else local_time(int(found.timestamp()), zone)[0]


def instant(text: object) -> int:
    """Return the UTC seconds of a stamp that names its offset, of one in UTC, or of seconds as such."""
    if isinstance(text, int):
        return text
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise UnreadError(f"{text!r} is not an instant") from error
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())


def month_named(text: str) -> Month:
    """Return the month that ``2026-10`` names."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise UnreadError(str(error)) from error


def as_cents(amount: Fraction, where: str) -> Cents:
    """Return an amount in cents; raise UnreadError when it has a fraction of one."""
    if (amount * 100).denominator != 1:
        raise UnreadError(f"{where}: {float(amount)} has a fraction of a cent")
    return Cents(int(amount * 100))


def as_micros(amount: Fraction, where: str) -> Micros:
    """Return a unit price; raise UnreadError when it has more than six decimals."""
    if (amount * 100 * MICROS_PER_CENT).denominator != 1:
        raise UnreadError(f"{where}: {amount} has more than six decimals")
    return Micros(int(amount * 100 * MICROS_PER_CENT))


class Said:
    """One table of an example: what it says under which words, and which of them were read."""

    def __init__(self, values: Mapping[str, Any], where: str = "input", source: str = "") -> None:
        self.values_said = {snake(name): value for name, value in values.items()}
        self.where, self.source, self.read = where, source.lower(), set[str]()
        self.inside: dict[str, list[Said]] = {}

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        if name not in self.values_said:
            raise UnreadError(f"{self.where} does not say {name}")
        return self.values_said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_said)

    def __contains__(self, name: str) -> bool:
        return name in self.values_said

    def by(self, *vendors: str) -> bool:
        """Tell whether the example is one of these vendors'."""
        return any(vendor in self.source for vendor in vendors)

    def word(self, *names: str) -> str:
        """Return which of these words the table has, nothing for none; raise UnreadError for two of them."""
        found = [name for name in dict.fromkeys(names) if name in self.values_said]
        if len(found) > 1:
            raise UnreadError(f"{self.where} says both {' and '.join(found)}: only one of them is known to mean this")
        return found[0] if found else ""

    def has(self, *names: str) -> bool:
        """Tell whether the table says this under any of these words, and not that there is none."""
        return any(self.values_said.get(name) is not None for name in names)

    def aside(self, *names: str) -> None:
        """Take these words as read: they change nothing here."""
        self.read.update(names)

    def value(self, *names: str, default: Any = ...) -> Any:
        """Return what stands under the one of these words that is there; raise UnreadError when none is."""
        name = self.word(*names)
        if not name and default is ...:
            raise UnreadError(f"{self.where} does not say {' or '.join(names[:4])}")
        found = self[name] if name else default
        return default if found is None and default is not ... else found

    def _place(self, *names: str) -> str:
        return f"{self.where}.{self.word(*names)}"

    def text(self, *names: str, default: Any = ...) -> str:
        """Return a word of the trade in small letters, without its punctuation: ``in_advance``."""
        return snake(str(self.value(*names, default=default)).strip())

    def number(self, *names: str, default: Any = ...) -> Fraction:
        """Return a number, exact."""
        found = self.value(*names, default=default)
        return fraction(found, self._place(*names))

    def whole(self, *names: str, default: Any = ...) -> int:
        """Return a whole number."""
        found = self.number(*names, default=default)
        if found.denominator != 1:
            raise UnreadError(f"{self._place(*names)}: {found} is not a whole number")
        return int(found)

    def amount(self, *names: str, default: Any = ...) -> Fraction:
        """Return an amount of money in its currency's units, whether it is said in those or in cents."""
        minor = [f"{name}{end}" for name in names for end in MINOR]
        name = self.word(*names, *minor)
        found = self.value(*names, *minor, default=default)
        if isinstance(found, Mapping):
            self.table(name).currency()
            return self.table(name).amount("amount", "value")
        size = fraction(found, f"{self.where}.{name}")
        return size / 100 if name in minor else size

    def cents(self, *names: str, default: Any = ...) -> Cents:
        """Return an amount of money in cents."""
        return as_cents(self.amount(*names, default=default), self._place(*names))

    def micros(self, *names: str, default: Any = ...) -> Micros:
        """Return an amount of money as a unit price."""
        return as_micros(self.amount(*names, default=default), self._place(*names))

    def seconds(self, *names: str, default: Any = ...) -> int:
        """Return a length of time in seconds, by the unit that its word ends with."""
        spelled = {f"{name}{end}": size for name in names for end, size in SECONDS.items()}
        size = spelled.get(self.word(*spelled), 1)
        found = self.number(*spelled, default=default) * size
        if found.denominator != 1:
            raise UnreadError(f"{self.where}: {found} is no whole number of seconds")
        return int(found)

    def day(self, *names: str, zone: str = "UTC", default: Any = ...) -> date:
        """Return a day."""
        return day(self.value(*names, default=default), zone, self._place(*names))

    def zone(self, default: Any = ...) -> str:
        """Return the name of the time zone of a wall clock."""
        found = str(self.value("tz", "timezone", "time_zone", default=default))
        try:
            return ZoneInfo(found).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UnreadError(f'{self.where}: "{found}" is no time zone') from error

    def choice(self, known: Mapping[str, T], *names: str, default: Any = ...) -> T:
        """Return what a word of the trade stands for; raise UnreadError for one that is not among the known ones."""
        found = self.text(*names, default=default)
        if found not in known:
            raise UnreadError(f"{self._place(*names)}: {found} is not known; known are {', '.join(known)}")
        return known[found]

    def yes(self, *names: str, default: Any = ...) -> bool:
        """Return whether something is so."""
        found = self.value(*names, default=default)
        known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(found).lower() not in known:
            raise UnreadError(f"{self._place(*names)}: {found!r} is neither yes nor no")
        return known[str(found).lower()]

    def items_of(self, *names: str, default: Any = ...) -> Sequence[Any]:
        """Return a list; one value alone is a list of it."""
        found = self.value(*names, default=default)
        return found if isinstance(found, (list, tuple)) else [found]

    def table(self, *names: str) -> "Said":
        """Return a table inside this one, whose words are to be read too."""
        found = self.tables(*names)
        if len(found) > 1:
            raise UnreadError(f"{self._place(*names)} is several tables, where one is known")
        return found[0]

    def tables(self, *names: str) -> list["Said"]:
        """Return tables inside this one, in their order."""
        name = self.word(*names)
        found = self.items_of(*names)
        for one in found:
            if not isinstance(one, Mapping):
                raise UnreadError(f"{self._place(*names)}: {one!r} is not a table")
        if name not in self.inside:
            places = [f"{self.where}.{name}"] if isinstance(self[name], Mapping) else []
            places = places or [f"{self.where}.{name}[{number}]" for number in range(len(found))]
            self.inside[name] = [Said(one, place, self.source) for one, place in zip(found, places, strict=True)]
        return self.inside[name]

    def unread(self) -> list[str]:
        """Return where the words stand that nobody read."""
        mine = [f"{self.where}.{name}" for name in self if name not in self.read and not ASIDE.fullmatch(name)]
        tables = [table for found in self.inside.values() for table in found]
        return [*mine, *(name for table in tables for name in table.unread())]

    def currency(self) -> None:
        """Read the currency, which has two decimals; raise UnreadError for one that is not known to have them."""
        for name in ("currency", "amount_currency"):
            found = str(self.value(name, default="EUR")).upper()
            if found not in HAS_CENTS:
                raise UnreadError(f"{self.where}.{name}: {found} is not known to have two decimals")

"""What staff read: French titles for columns, French words for values, amounts and dates as the French write them."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..model.alert import ALERT_KINDS
from ..model.call_kinds import DIRECTIONS
from ..model.call_kinds import STATUSES as CALL_STATUSES
from ..model.charged import CHARGED
from ..model.currency import CURRENCIES
from ..model.customer_kind import KINDS
from ..model.debit import SEQUENCES
from ..model.deposit import DEPOSIT
from ..model.facts import STAGES
from ..model.invoice import STATUSES as INVOICE_STATUSES
from ..model.issued import KINDS_ISSUED
from ..model.mail import MAIL_STATES
from ..model.mission import MISSIONS
from ..model.money import Cents, Micros
from ..model.outcome import OUTCOME_WORDS
from ..model.party import MANDATES
from ..model.payment import PAYMENT_KINDS
from ..model.period import Month
from ..model.reason import REASON_FR
from ..model.regions import REGIONS
from ..model.return_reason import RETURNS
from ..model.words import own_titles
from ..model.words.amounts import change_in_money, change_in_percent, in_money, rate_in_money
from ..model.words.french import month_in_words
from ..model.words.missing import missing_in_words
from ..model.words.numbers import in_thousands, percent
from ..model.words.terms_agreed import KINDS_OF_TERMS
from .titles import KEYS, OWN_TITLES, TITLES

PARIS = ZoneInfo("Europe/Paris")
Value = str | int | float | None

WITH_A_NAME = ("price", "option")
"""What has a name behind the dot of its code."""
YES_NO: Mapping[Value, str] = {int(value): word for value, word in own_titles.YES_NO.items()}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "status": {
        **{status: word for status, (word, _) in INVOICE_STATUSES.items()},
        **{status: one.fr for status, (one, _) in CALL_STATUSES.items()},
    },
    "outcome": {name: words.one for name, words in OUTCOME_WORDS.items()},
    "mission": {mission: row.french for mission, row in MISSIONS.items()},
    "kind": {**{kind: row.french for kind, row in KINDS.items()}, **KINDS_ISSUED, **PAYMENT_KINDS, **ALERT_KINDS},
    "state": {state: words.fr for state, words in MAIL_STATES.items()},
    "scheme": {scheme: words.fr for scheme, words in MANDATES.items()},
    "sequence": {sequence: words.fr for sequence, words in SEQUENCES.items()},
    "return_code": {code: f"{code} : {reason.french}" for code, reason in RETURNS.items()},
    "thing": own_titles.KINDS_TITLED,
    "stage": {stage: words.fr for stage, words in STAGES.items()},
    "reason": REASON_FR,
    "direction": {way: one.fr for way, (one, _) in DIRECTIONS.items()},
    "provisional": YES_NO,
    "term": KINDS_OF_TERMS,
    "part": {"offer": "offre", "option": "option"},
    "code": {**{code: word for code, word in CHARGED.items() if code not in WITH_A_NAME}, DEPOSIT: "dépôt de garantie"},
    "currency": {code: f"{one.name} ({code})" for code, one in CURRENCIES.items()},
    "region": {code: region.name for code, region in REGIONS.items()},
}

OPERATORS = {
    "exact": "est",
    "not": "n'est pas",
    "contains": "contient",
    "startswith": "commence par",
    "endswith": "finit par",
    "gt": "supérieur à",
    "gte": "supérieur ou égal à",
    "lt": "inférieur à",
    "lte": "inférieur ou égal à",
    "isblank": "est vide",
    "notblank": "n'est pas vide",
}
"""The filters that staff are offered; Datasette's others keep working in an address."""

PARAMETERS = {
    "contract": "Contrat",
    "line": "Ligne de facture",
    "margin": "Marge (appels)",
    "month": "Mois (AAAA-MM)",
}
"""What the canned queries ask for."""


def column_title(name: str, table: str = "") -> str:
    """Return the title of a column as staff read it; its own name when nobody gave it one."""
    if name == "id" and table in KEYS:
        return KEYS[table]
    return OWN_TITLES.get((table, name)) or TITLES.get(name, name)


def count(value: int, one: str, many: str = "") -> str:
    """Return ``1 ligne``, ``2 lignes``; French counts nothing in the singular."""
    return f"{in_thousands(value)} {one if abs(value) < 2 else many or one + 's'}"


def month_named(text: str) -> str:
    """Return ``octobre 2026`` for ``2026-10``; raise ValueError for anything else."""
    return month_in_words(Month.parse(text))


def day_in_figures(text: str) -> str:
    """Return ``01/10/2026`` for ``2026-10-01``; raise ValueError for anything else."""
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def code_in_words(code: str) -> str:
    """Return ``option « svi »`` for ``option.svi``, ``remise convenue n° 1`` for ``discount.1``."""
    family, _, name = code.partition(".")
    named = f"n°\u00a0{name}" if name.isdigit() else f"« {name} »"
    return f"{CHARGED.get(family, family)} {named}" if name else code


def instant(seconds: int) -> str:
    """Return UTC seconds as Paris date and time: ``03/11/2026 14:05:12``; as seconds, what no calendar has."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC).astimezone(PARIS):%d/%m/%Y %H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return f"{in_thousands(seconds)} s depuis 1970"


def duration(seconds: int) -> str:
    """Return ``1 h 02 min 05 s``, without the parts that are not needed."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{in_thousands(hours)} h {minutes:02d} min {left:02d} s"
    return f"{minutes} min {left:02d} s" if minutes else f"{left} s"


def _whole(formatted: Callable[[int], str]) -> Callable[[Value], str]:
    """Return the format for values that are whole numbers; anything else is shown as it is."""
    return lambda value: formatted(value) if isinstance(value, int) else str(value)


def _text(formatted: Callable[[str], str]) -> Callable[[Value], str]:
    """Return the format for texts of one shape; anything else is shown as it is."""

    def shown_or_left(value: Value) -> str:
        try:
            return formatted(str(value))
        except ValueError:
            return str(value)

    return shown_or_left


SUFFIXES: Mapping[str, Callable[[Value], str]] = {
    "_bp": _whole(percent),
    "_seconds": _whole(duration),
}
AMOUNTS: Mapping[str, Callable[[int, str], str]] = {
    "change_cents": lambda value, currency: change_in_money(Cents(value), currency),
    "_cents": lambda value, currency: in_money(Cents(value), currency),
    "_micros": lambda value, currency: rate_in_money(Micros(value), currency),
}
"""Amounts by how their columns are named, the first that fits: they are in a currency that stands in their row."""
INSTANTS = {"asked_at", "at", "imported_at", "issued_at", "next_try", "ran_at", "start"}
DAYS = {
    "booked_on",
    "collect_on",
    "issued_on",
    "live",
    "promised",
    "reached_on",
    "served_from",
    "signed",
    "since",
    "sold_from",
    "until",
}


def versions_in_words(text: str) -> str:
    """Return the versions of what bills were made with: ``attrs 26.1.0, numpy 2.3.0, …``."""
    found = json.loads(text)
    options = sorted(set(found.pop("options", {}).values()))
    return ", ".join([*(f"{name} {version}" for name, version in found.items() if version), *options])


NAMED: Mapping[str, Callable[[Value], str]] = {
    "code": _text(code_in_words),
    "change_bp": _whole(change_in_percent),
    **dict.fromkeys(("month", "first_month", "last_month"), _text(month_named)),
    "missing_days": _text(missing_in_words),
    "made_with": _text(versions_in_words),
    **dict.fromkeys(INSTANTS, _whole(instant)),
    **dict.fromkeys(DAYS, _text(day_in_figures)),
}


def shown(column: str, value: Value, currency: str = "") -> str | None:
    """Return a value as staff read it, None when there is nothing to change about it.

    ``currency`` is that of the value's row; an amount whose row has none is shown without a sign.
    """
    if value is None or value == "":
        return None
    amount = next((found for end, found in AMOUNTS.items() if column.endswith(end)), None)
    if amount:
        money = currency if currency in CURRENCIES else ""
        return amount(value, money) if isinstance(value, int) else str(value)
    if value in WORDS.get(column, {}):
        return WORDS[column][value]
    suffix = next((end for end in SUFFIXES if column.endswith(end)), "")
    formatted = NAMED.get(column) or SUFFIXES.get(suffix)
    if formatted:
        return formatted(value)
    return in_thousands(value) if isinstance(value, int) else None

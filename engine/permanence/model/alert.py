"""What a customer is told of before it happens: the kinds of alerts, the thresholds of each contract, one alert."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import attrs
from attrs import evolve, fields, frozen

from .keys import MOST_DAYS, key, key_name

AlertKind = Literal["calls", "per_cent", "passed", "forecast", "outside", "deadline"]
ALERT_KINDS: Mapping[AlertKind, str] = {
    "calls": "appels restants",
    "per_cent": "part utilisée",
    "passed": "seuil dépassé",
    "forecast": "prévision",
    "outside": "appel hors horaires",
    "deadline": "échéance",
}
"""What staff call each kind."""
WHOLE = 100


def shares(_made: object, attribute: "attrs.Attribute[Any]", value: tuple[int, ...] | None) -> None:
    """Refuse, as ValueError, a share that is not between 1 and 100 per cent; None is none."""
    if any(not 1 <= one <= WHOLE for one in value or ()):
        raise ValueError(f'"{key_name(attribute)}" is in per cent, 1 to {WHOLE}')


def counts(_made: object, attribute: "attrs.Attribute[Any]", value: tuple[int, ...] | None) -> None:
    """Refuse, as ValueError, a number of calls below nothing; None is none."""
    if any(one < 0 for one in value or ()):
        raise ValueError(f'"{key_name(attribute)}" is a number of calls, 0 or more')


SAID: Mapping[str, tuple[str, Any]] = {
    "calls": ("An alert when so few calls are left before the next price, for each number.", [5]),
    "per_cent": ("An alert when so many per cent of the calls before the next price are used, for each.", [80]),
    "forecast": ("Whether it is told that the next price is expected within the month.", True),
    "outside": ("Whether the first call of a month that came outside the hours is told.", True),
    "deadlines": (
        "How many days before a deadline it is told: last day for a notice, end of the trial; 0: never.",
        14,
    ),
    "take_back": ("How the customer takes his calls back, in words (French).", "Composez #21# sur votre ligne."),
}
"""What each key says, with an example: of the installation, and of a contract."""
TAKE_BACK = (
    "Pour reprendre vos appels vous-même, désactivez leur renvoi : composez #21# depuis la ligne renvoyée, ou passez "
    "par les réglages de votre téléphone ou de votre opérateur. Réactivez-le quand vous voulez : nous reprenons "
    "aussitôt. De notre côté, aucun appel n'est jamais bloqué."
)


@frozen(kw_only=True)
class AlertTerms:
    """`[alerts]` of `permanence.toml`: of what customers are told, each once a month; a contract may say otherwise."""

    calls: tuple[int, ...] = key(SAID["calls"][0], default=(5,), validator=counts)
    per_cent: tuple[int, ...] = key(SAID["per_cent"][0], default=(80,), validator=shares)
    forecast: bool = key(SAID["forecast"][0], default=True)
    outside: bool = key(SAID["outside"][0], default=True)
    deadlines: int = key(SAID["deadlines"][0], default=14, least=0, most=MOST_DAYS)
    take_back: str = key(SAID["take_back"][0], default=TAKE_BACK)


@frozen(kw_only=True)
class OwnAlerts:
    """`[contract.alerts]`: of what this customer is told otherwise than others; what it does not name is as theirs."""

    calls: tuple[int, ...] | None = key(SAID["calls"][0], default=None, example=[5, 20], validator=counts)
    per_cent: tuple[int, ...] | None = key(SAID["per_cent"][0], default=None, example=[90], validator=shares)
    forecast: bool | None = key(SAID["forecast"][0], default=None, example=False)
    outside: bool | None = key(SAID["outside"][0], default=None, example=False)
    deadlines: int | None = key(SAID["deadlines"][0], default=None, least=0, most=MOST_DAYS, example=30)
    take_back: str | None = key(SAID["take_back"][0], default=None, example=SAID["take_back"][1])

    def beside(self, usual: AlertTerms) -> AlertTerms:
        """Return the terms of this customer: his own, and else the usual ones."""
        own = {one.name: getattr(self, one.name) for one in fields(OwnAlerts)}
        return evolve(usual, **{name: value for name, value in own.items() if value is not None})


@frozen(kw_only=True)
class Alert:
    """What a customer is told once in a month: of which ``kind``, which ``threshold`` was passed, and on which day."""

    contract: str
    month: str
    kind: AlertKind
    threshold: str
    reached_on: date
    sentence: str

    @property
    def id(self) -> str:
        """Return what it is that is told once: contract, month, kind and threshold."""
        return f"{self.contract} {self.month} {self.kind}:{self.threshold}"

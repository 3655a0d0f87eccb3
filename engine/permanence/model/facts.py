"""Facts: the names that a rule's ``when`` may use, with type, unit and meaning."""

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import evolve, field, frozen

from .call_kinds import DIRECTIONS
from .carried import SUM
from .customer_kind import KINDS
from .ending import WAYS
from .event import REQUESTS
from .occurrence import OCCURRENCE
from .quantity import LINES_HELD, QUANTITY
from .regions import ALIASES
from .scalars import Words
from .units import TIMES, USES
from .work import WORK

FactType = Literal["number", "word", "yes_no"]
FactValue = int | str
"""A number, a word, or a yes/no as 1/0."""

Stage = Literal["call", "history", "month", "notice", "event", "renewal"]
STAGES: Mapping[Stage, Words] = {
    "call": Words("appel", "one call"),
    "history": Words("mois passés", "a contract's months so far"),
    "month": Words("mois", "one contract's month"),
    "notice": Words("préavis", "a notice of termination"),
    "event": Words("demande", "something asked for"),
    "renewal": Words("reconduction", "a renewal"),
}
"""What the rules of each stage are about."""


@frozen
class FactField:
    """One fact: its dotted name, its type, what it means (French, shown to staff), its unit, its known words.

    ``spellings`` are other ways in which people write some of its words, each with the one that the fact has.
    """

    name: str
    type: FactType
    meaning: str
    unit: str = ""
    words: tuple[str, ...] = field(default=(), kw_only=True)
    spellings: Mapping[str, str] = field(factory=dict, kw_only=True, hash=False)


@frozen
class Vocabulary:
    """The facts of one stage, by name."""

    fields: Mapping[str, FactField]

    @classmethod
    def of(cls, fields: Iterable[FactField]) -> "Vocabulary":
        """Return the vocabulary that these facts make."""
        return cls({fact.name: fact for fact in fields})

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def __getitem__(self, name: str) -> FactField:
        return self.fields[name]

    def with_words(self, name: str, words: Iterable[str]) -> "Vocabulary":
        """Return the vocabulary with the words that one of its facts can take."""
        return Vocabulary({**self.fields, name: evolve(self.fields[name], words=tuple(words))})

    def __or__(self, other: "Vocabulary") -> "Vocabulary":
        return Vocabulary({**self.fields, **other.fields})


SUSPENDED_DAYS = "contract.suspended_days"
"""The fact of how many days of a month service is suspended, as the offer counts days."""
MISSION = FactField("mission", "word", "Mission du contrat")
CUSTOMER_KIND = FactField("customer.kind", "word", "Qualité du client", words=tuple(KINDS))

CALL_FACTS = Vocabulary.of(
    [
        FactField("call.wait_seconds", "number", "Attente avant le décroché", "s"),
        FactField("call.talk_seconds", "number", "Durée de la conversation", "s"),
        FactField("call.direction", "word", "Sens de l'appel", words=tuple(DIRECTIONS)),
        FactField("call.urgent", "yes_no", "L'appel porte l'étiquette « urgent »"),
        FactField("call.covered", "yes_no", "L'appel arrive dans les horaires du contrat"),
        FactField("call.window", "word", "Plage horaire de l'appel, vide hors plage"),
        FactField("call.language", "word", "Langue de l'appel, vide si elle n'est pas connue"),
        MISSION,
    ]
)

MONTH_FACTS = Vocabulary.of(
    [
        FactField("contract.active", "yes_no", "Le contrat est en service au moins un jour du mois"),
        FactField("contract.in_trial", "yes_no", "Le mois commence avant la fin de l'essai"),
        FactField("contract.first_month", "yes_no", "La mise en service a lieu dans le mois"),
        FactField("contract.last_month", "yes_no", "Le contrat prend fin dans le mois"),
        FactField("contract.ended_by", "word", "Ce qui met fin au contrat dans le mois, vide sinon", words=("", *WAYS)),
        FactField("contract.ended_early", "yes_no", "Le contrat prend fin dans le mois, avant la fin de l'engagement"),
        FactField("contract.months", "number", "Mois entiers écoulés depuis la mise en service", "mois"),
        FactField("contract.days", "number", "Jours en service dans le mois", "jours"),
        FactField(SUSPENDED_DAYS, "number", "Jours de suspension dans le mois", "jours"),
        FactField(LINES_HELD, "number", "Lignes du contrat", "lignes"),
        MISSION,
        CUSTOMER_KIND,
        FactField("customer.region", "word", "Région du client, par exemple FR, FR-974 ou CH-GE", spellings=ALIASES),
        FactField("usage.calls", "number", "Appels traités, comptés dans le forfait", "appels"),
        FactField("usage.trial_calls", "number", "Appels traités pendant l'essai gratuit", "appels"),
        FactField("usage.received", "number", "Appels reçus, comptés ou non", "appels"),
        FactField("usage.outside", "number", "Appels traités hors des plages du contrat", "appels"),
        FactField("usage.excluded", "number", "Appels reçus mais non traités", "appels"),
        FactField("usage.talk_seconds", "number", "Durée de conversation des appels comptés", "s"),
        FactField("usage.billed_seconds", "number", "Durée facturée des appels comptés", "s"),
    ]
)

HISTORY_FACTS = Vocabulary.of(
    [
        FactField("history.months_above", "number", "Mois de suite, juste avant, au-dessus du plancher", "mois"),
        FactField("history.months_below", "number", "Mois de suite, juste avant, au-dessous du plancher", "mois"),
        FactField("history.floor", "number", "Plancher en vigueur le mois précédent, 0 sans plancher", "appels"),
        FactField("contract.months", "number", "Mois entiers écoulés depuis la mise en service", "mois"),
        MISSION,
        CUSTOMER_KIND,
    ]
)

NEVER_TOGETHER = frozenset({"history.months_above", "history.months_below"})
"""Facts of which one is 0 where the other is not: a month does not lie above the floor and below it."""

FLOOR_FACTS = Vocabulary.of(
    [
        FactField("history.floor", "number", "Plancher en vigueur dans le mois, 0 sans plancher", "appels"),
        FactField("history.months_above", "number", "Mois de suite au-dessus, quand le plancher fut fixé", "mois"),
        FactField("history.since", "word", "Mois depuis lequel le plancher vaut"),
        FactField("history.rule", "word", "Règle qui a fixé le plancher, et sa place"),
    ]
)
"""What a line that rests on a floor says of it; the monthly rules of an offer that has floors may name the first."""

CARRIED = FactField("history.carried", "number", "Appels compris reportés des mois passés", "appels")
"""What a line of a package says where included calls are carried over."""

GROUP_CALLS = FactField("group.calls", "number", "Appels de tous les contrats du groupe", "appels")
GROUP_BEYOND = FactField("group.beyond", "number", "Part du contrat dans ce qui dépasse les appels du groupe", "appels")
"""What lines of a package say where the contracts of a group share what it includes."""

EVENT_FACTS = Vocabulary.of(
    [
        FactField("event.what", "word", "Ce qui est demandé", words=REQUESTS),
        FactField("event.name", "word", "L'option, la mission, la ligne, l'offre, la région … demandée"),
        FactField("event.same_offer", "yes_no", "L'offre demandée est une autre version de la même offre"),
        FactField("contract.in_trial", "yes_no", "La demande arrive pendant l'essai, dernier jour compris"),
        FactField("contract.renewed", "yes_no", "Le contrat a déjà été reconduit"),
        FactField("contract.months", "number", "Mois entiers écoulés depuis la mise en service", "mois"),
        MISSION,
        CUSTOMER_KIND,
    ]
)

RENEWAL_FACTS = Vocabulary.of(
    [
        FactField("renewal.number", "number", "Rang de la reconduction : 1 pour la première"),
        CUSTOMER_KIND,
    ]
)

NOTICE_FACTS = Vocabulary.of(
    [
        FactField("notice.received", "yes_no", "Un préavis est reçu : toujours vrai à ce stade"),
        FactField("contract.in_trial", "yes_no", "Le préavis est donné pendant l'essai, dernier jour compris"),
        FactField("contract.renewed", "yes_no", "Le contrat a déjà été reconduit"),
        FactField("notice.in_time", "yes_no", "Donné au plus tard le dernier jour utile de la période en cours"),
        FactField("notice.not_reminded", "yes_no", "Reconduit sans le rappel que la loi devait au client"),
        CUSTOMER_KIND,
    ]
)


PLAN, WINDOW = "plan", "window."
"""What a contract chose of its offer, as facts of a month: its plan; a window, before the window's id."""
TALK, BILLED = "_talk_seconds", "_billed_seconds"
"""How the facts of a month end that are the seconds of marked calls."""
BILLED_SECONDS = "usage.billed_seconds"
COUNTED = ("usage.", WORK, OCCURRENCE)
"""How the facts of a month begin that count something: 0 where there was none."""

USED = ("usage.", WORK)
"""How those of them begin that count what is used; what occurs is none of that."""


def facts_of_mark(mark: str) -> tuple[str, str, str]:
    """Return the facts of a month that count what bears a mark: calls, seconds of talk, seconds that are billed."""
    return f"usage.{mark}", f"usage.{mark}{TALK}", f"usage.{mark}{BILLED}"


def unit_of(counted: str) -> str:
    """Return the unit of a counted fact: seconds, units of work and of what calls carry, times, or calls for others."""
    if counted.startswith((WORK, SUM, QUANTITY)):
        return USES
    if counted.startswith(OCCURRENCE):
        return TIMES
    if counted in MONTH_FACTS:
        return MONTH_FACTS[counted].unit
    return "s" if counted.endswith((TALK, BILLED)) else "appels"


VOCABULARIES: Mapping[Stage, Vocabulary] = {
    "call": CALL_FACTS,
    "history": HISTORY_FACTS,
    "month": MONTH_FACTS,
    "notice": NOTICE_FACTS,
    "event": EVENT_FACTS,
    "renewal": RENEWAL_FACTS,
}

"""A rule's condition in words, French and English: « l'appel est urgent et l'attente dépasse 60 secondes »."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...decide.condition import All, AnyOf, Comparison, Condition, Not, Operator, negated
from ...model.call_kinds import DIRECTIONS
from ...model.called_numbers import CALLED
from ...model.carried import CALL_NUMBER, CALL_TAG, CALL_WORD, SUM, Carried, CarriedNumber
from ...model.customer_kind import KINDS
from ...model.ending import WAYS
from ...model.event import REQUESTED
from ...model.facts import PLAN, SUSPENDED_DAYS, VOCABULARIES, WINDOW, facts_of_mark, unit_of
from ...model.occurrence import OCCURRENCE, Occurrence
from ...model.offer import Offer
from ...model.quantity import QUANTITY, Quantity
from ...model.scalars import Words
from ...model.units import UNITS
from ...model.words.hours import window_title
from ...model.words.lengths import mark_title
from ...model.words.numbers import number
from ...model.words.phrases import (
    AND,
    OR,
    calls,
    counted,
    days_in_words,
    hours_in_words,
    listed,
    quoted,
    said,
)
from ...model.work import WORK, WorkKind

YES_NO: Mapping[str, tuple[Words, Words]] = {
    "call.urgent": (
        Words("l'appel est urgent", "the call is urgent"),
        Words("l'appel n'est pas urgent", "the call is not urgent"),
    ),
    "call.covered": (
        Words("l'appel arrive dans les horaires", "the call comes within the hours"),
        Words("l'appel arrive hors des horaires", "the call comes outside the hours"),
    ),
    "contract.active": (
        Words("le contrat est en service", "the contract is in service"),
        Words("le contrat n'est pas en service", "the contract is not in service"),
    ),
    "contract.in_trial": (
        Words("l'essai est en cours", "the trial is running"),
        Words("l'essai n'est pas en cours", "the trial is not running"),
    ),
    "contract.first_month": (
        Words("c'est le premier mois", "it is the first month"),
        Words("ce n'est pas le premier mois", "it is not the first month"),
    ),
    "contract.last_month": (
        Words("c'est le dernier mois", "it is the last month"),
        Words("ce n'est pas le dernier mois", "it is not the last month"),
    ),
    "contract.ended_early": (
        Words("le contrat prend fin avant la fin de l'engagement", "the contract ends before its commitment does"),
        Words("le contrat ne prend pas fin avant la fin de l'engagement", "the contract does not end early"),
    ),
    "contract.renewed": (
        Words("le contrat a déjà été reconduit", "the contract was renewed before"),
        Words("le contrat n'a pas encore été reconduit", "the contract was not renewed yet"),
    ),
    "event.same_offer": (
        Words("l'offre demandée est une autre version de la même", "the new offer is another version of the same"),
        Words("l'offre demandée en est une autre", "the new offer is a different one"),
    ),
    "notice.received": (
        Words("un préavis est reçu", "a notice is received"),
        Words("aucun préavis n'est reçu", "no notice is received"),
    ),
    "notice.in_time": (
        Words("le préavis arrive à temps", "the notice comes in time"),
        Words("le préavis arrive trop tard", "the notice comes too late"),
    ),
    "notice.not_reminded": (
        Words("le rappel dû au client n'a pas été fait", "the reminder owed to the customer was not sent"),
        Words("le client a eu le rappel qui lui était dû, ou aucun ne l'était", "no reminder owed was left out"),
    ),
}
"""What each yes/no fact says when it holds, and when it does not."""

NOUNS: Mapping[str, Words] = {
    "call.wait_seconds": Words("l'attente", "the wait"),
    "call.talk_seconds": Words("la conversation", "the conversation"),
    "call.window": Words("l'appel", "the call"),
    CALLED: Words("le numéro appelé", "the number called"),
    "call.direction": Words("l'appel", "the call"),
    "call.language": Words("la langue de l'appel", "the call's language"),
    "contract.months": Words("l'ancienneté du contrat", "the contract's age"),
    "contract.days": Words("le service du mois", "the month's service"),
    "contract.lines": Words("le nombre de lignes du contrat", "the contract's number of lines"),
    SUSPENDED_DAYS: Words("la suspension du mois", "the month's suspension"),
    "contract.ended_by": Words("ce qui met fin au contrat", "what ends the contract"),
    "customer.kind": Words("la qualité du client", "the kind of customer"),
    "customer.region": Words("la région du client", "the customer's region"),
    "event.what": Words("la demande", "the request"),
    "event.name": Words("ce qui est demandé", "what is asked for"),
    "history.floor": Words("le plancher du mois précédent", "the floor of the month before"),
    "history.months_above": Words("la série de mois au-dessus du plancher", "the run of months above the floor"),
    "history.months_below": Words("la série de mois au-dessous du plancher", "the run of months below the floor"),
    "mission": Words("la mission", "the mission"),
    PLAN: Words("la formule", "the plan"),
    "renewal.number": Words("le rang de la reconduction", "the number of the renewal"),
    "usage.billed_seconds": Words("la durée facturée du mois", "the month's billed time"),
    "usage.calls": Words("le nombre d'appels comptés", "the number of counted calls"),
    "usage.excluded": Words("le nombre d'appels non traités", "the number of unanswered calls"),
    "usage.outside": Words("le nombre d'appels hors plages", "the number of calls outside the hours"),
    "usage.received": Words("le nombre d'appels reçus", "the number of calls received"),
    "usage.trial_calls": Words("le nombre d'appels comptés à l'essai", "the number of calls counted in the trial"),
    "usage.talk_seconds": Words("la durée de conversation du mois", "the month's conversation"),
}
NAMED: Mapping[
    str, tuple[Callable[[Offer], Mapping[str, Quantity | WorkKind | Occurrence | Carried | CarriedNumber]], str, str]
] = {
    QUANTITY: (lambda offer: offer.quantities, "le nombre de {}", "the number of {}"),
    WORK: (lambda offer: offer.work, "le compte de {}", "the count of {}"),
    OCCURRENCE: (lambda offer: offer.occurrences, "le compte de {}", "the count of {}"),
    SUM: (lambda offer: offer.numbers, "le total de {} du mois", "the month's total of {}"),
    CALL_NUMBER: (lambda offer: offer.numbers, "le nombre {} de l'appel", "the call's number of {}"),
    CALL_WORD: (lambda offer: offer.words, "le mot {} de l'appel", "the call's word {}"),
}
"""How facts are said whose names an offer declares, by how they begin."""
OF_A_MARK = (
    ("le nombre d'appels {}", "the number of {} calls"),
    ("la durée de conversation des appels {}", "the conversation of {} calls"),
    ("la durée facturée des appels {}", "the billed time of {} calls"),
)
"""What the facts of a mark are called, in their order."""
WORDS: Mapping[str, Mapping[Any, Words]] = {
    "customer.kind": {kind: row.one for kind, row in KINDS.items()},
    "event.what": REQUESTED,
    "contract.ended_by": {"": Words("rien", "nothing"), **WAYS},
    "call.direction": {way: one for way, (one, _) in DIRECTIONS.items()},
    CALLED: {"": Words("les autres numéros", "the other numbers")},
}
"""What the words of a fact are called in a sentence; others stand as they are, in quotation marks."""
COMPARED: Mapping[Operator, Words] = {
    "==": Words("est de", "is"),
    "!=": Words("n'est pas de", "is not"),
    "<": Words("est de moins de", "is less than"),
    "<=": Words("ne dépasse pas", "is at most"),
    ">": Words("dépasse", "is more than"),
    ">=": Words("est d'au moins", "is at least"),
}
IS = Words("est", "is"), Words("n'est pas", "is not")
VERBS = {
    CALLED: (Words("est parmi", "is among"), Words("n'est pas parmi", "is not among")),
    "call.window": (Words("arrive", "comes"), Words("n'arrive pas", "does not come")),
    "event.what": (Words("porte sur", "is for"), Words("ne porte pas sur", "is not for")),
}


def condition_in_words(condition: Condition, offer: Offer) -> Words:
    """Return when a condition holds, in a clause, with brackets where it could be read otherwise."""
    match condition:
        case Comparison():
            return _comparison(condition, offer)
        case Not(part):
            return condition_in_words(negated(part), offer)
    if same := one_of(condition):
        named = listed([_word(one.fact, str(one.literal), offer) for one in same], OR)
        return said("{} {} {}", "{} {} {}", _noun(same[0].fact, offer), _verb(same[0]), named)
    return listed(_parts(condition, offer), OR if isinstance(condition, AnyOf) else AND)


def _parts(condition: All | AnyOf, offer: Offer) -> Iterator[Words]:
    for part in condition.parts:
        inner = negated(part.part) if isinstance(part, Not) else part
        words = condition_in_words(inner, offer)
        bare = isinstance(inner, Comparison | type(condition)) or one_of(inner)
        yield words if bare else said("({})", "({})", words)


def one_of(condition: Condition) -> tuple[Comparison, ...]:
    """Return the comparisons of a condition that holds when one fact is one of several words; else none."""
    parts = condition.parts if isinstance(condition, AnyOf) else ()
    same = tuple(part for part in parts if isinstance(part, Comparison) and part.operator == "==")
    words = len(same) == len(parts) and all(isinstance(one.literal, str) for one in same)
    return same if words and len({one.fact for one in same}) == 1 else ()


def _comparison(one: Comparison, offer: Offer) -> Words:
    if isinstance(one.literal, str):
        return said("{} {} {}", "{} {} {}", _noun(one.fact, offer), _verb(one), _word(one.fact, one.literal, offer))
    if _is_yes_no(one.fact):
        return _yes_no(one.fact, offer)[(one.operator == "==") != bool(one.literal)]
    return said("{} {} {}", "{} {} {}", _noun(one.fact, offer), COMPARED[one.operator], _quantity(one, offer))


def _verb(one: Comparison) -> Words:
    return VERBS.get(one.fact, IS)[one.operator != "=="]


def _is_yes_no(fact: str) -> bool:
    return fact in YES_NO or fact.startswith(("option.", CALL_TAG, WINDOW))


def _yes_no(fact: str, offer: Offer) -> tuple[Words, Words]:
    if fact in YES_NO:
        return YES_NO[fact]
    if fact.startswith(CALL_TAG):
        tag = quoted(offer.tags[fact.removeprefix(CALL_TAG)].title)
        return (
            said("l'appel porte l'étiquette {}", "the call bears the tag {}", tag),
            said("l'appel ne porte pas l'étiquette {}", "the call does not bear the tag {}", tag),
        )
    if fact.startswith(WINDOW):
        window = quoted(window_title(offer, fact.removeprefix(WINDOW)))
        return (
            said("le contrat comprend la plage {}", "the contract has the window {}", window),
            said("le contrat ne comprend pas la plage {}", "the contract does not have the window {}", window),
        )
    name = quoted(offer.options[fact.removeprefix("option.")].words)
    return (
        said("le contrat a l'option {}", "the contract has the option {}", name),
        said("le contrat n'a pas l'option {}", "the contract does not have the option {}", name),
    )


def _noun(fact: str, offer: Offer) -> Words:
    if fact in NOUNS:
        return NOUNS[fact]
    for begins, (named, fr, en) in NAMED.items():
        if fact.startswith(begins):
            return said(fr, en, quoted(named(offer)[fact.removeprefix(begins)].title))
    titles = [price.title for price in offer.prices.values() if price.per == fact]
    if titles:
        return said("le compte de {}", "the count of {}", quoted(titles[0]))
    marks = dict.fromkeys(rule.then.mark for rule in offer.rules if rule.then.mark)
    for mark, of_it in ((mark, facts_of_mark(mark)) for mark in marks):
        if fact in of_it:
            return said(*OF_A_MARK[of_it.index(fact)], mark_title(offer, mark))
    known = {one.name: (one, option) for option in offer.options.values() for one in type(option).facts}
    # What a fact of an option means is written for staff, in French.
    found, option = known[fact]
    return said("le nombre « {} »", "the count of {}", Words(found.meaning, f"“{option.words.told('en')}”"))


def _word(fact: str, literal: str, offer: Offer) -> Words:
    if fact == "call.window":
        return window_in_words(literal, offer)
    if fact == "mission":
        called = _texts(offer.mission_called(literal))
        return quoted(Words(*(re.sub(r"mission|[«»“”]", "", text).strip() for text in called)))
    if fact == PLAN:
        return quoted(offer.plans[literal].title)
    if fact == CALLED and literal in offer.called:
        return quoted(offer.called[literal].title)
    return WORDS.get(fact, {}).get(literal, quoted(Words(literal)))


def window_in_words(name: str, offer: Offer) -> Words:
    """Return a window by its days and hours, whatever its name in the file is."""
    for window in offer.coverage.windows:
        if window.id == name:
            days, hours = days_in_words(window.days), hours_in_words(window.hours)
            when = said("{}, {}", "{}, {}", days, hours)
            if window.title and not (days.fr in window.title.fr and hours.fr in window.title.fr):
                return said("en plage {} ({})", "in the window {} ({})", quoted(window.title), when)
            return when
    return Words("hors des horaires", "outside the hours")


def _quantity(one: Comparison, offer: Offer) -> Words:
    fact, count, named = one.fact, int(one.literal), offer.named_count(one.fact)
    fields = {name: known for vocabulary in VOCABULARIES.values() for name, known in vocabulary.fields.items()}
    unit = named.counted_in if named else fields[fact].unit if fact in fields else unit_of(fact)
    match unit:
        case "s" | "mois" | "jours":
            return counted(count, UNITS[unit].one, UNITS[unit].several)
        case "appels" if fact == "history.floor":
            return calls(count)
    return number(count)


def _texts(words: Words) -> tuple[str, str]:
    return words.fr, words.told("en")

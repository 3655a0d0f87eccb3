"""What the conditions of an offer may name: the engine's own facts, its options' facts, and its marks."""

import keyword
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from ..model.called_numbers import CALLED
from ..model.carried import CALL_NUMBER, CALL_TAG, CALL_WORD, SUM
from ..model.facts import FLOOR_FACTS, PLAN, VOCABULARIES, WINDOW, FactField, Stage, Vocabulary, facts_of_mark
from ..model.occurrence import OCCURRENCE
from ..model.offer import Offer
from ..model.problem import Place, Problem
from ..model.quantity import QUANTITY
from ..model.units import TIMES
from ..model.words.hours import window_title
from ..model.words.lengths import mark_title
from ..model.work import WORK

OF_A_MARK = (
    ("Appels comptés marqués {}", "appels"),
    ("Durée de conversation des appels marqués {}", "s"),
    ("Durée facturée des appels marqués {}", "s"),
)
"""What the facts of a mark mean, in their order, and their units."""
Addition = tuple[FactField, Place, str]


def vocabulary(offer: Offer, stage: Stage) -> Vocabulary:
    """Return the facts that the rules of one stage may name in this offer."""
    known = VOCABULARIES[stage]
    if stage in ADDITIONS:
        known = known | Vocabulary.of(fact for fact, _, _ in ADDITIONS[stage](offer))
    known = known.with_words("mission", offer.head.mission) if "mission" in known else known
    return known.with_words(PLAN, offer.plans) if PLAN in known else known


def month_additions(offer: Offer) -> Iterator[Addition]:
    """Yield the monthly facts that an offer adds, each with its place in the rule file and who adds it."""
    for rule in offer.rules_on("history")[:1]:
        yield FLOOR_FACTS["history.floor"], rule.place, f'the rule "{rule.id}"'
    yield from _chosen_and_agreed(offer)
    for name, option in offer.options.items():
        place, owner = offer.option_places[name], f'the option "{name}"'
        yield FactField(f"option.{name}", "yes_no", f"Le contrat a l'option « {option.name} »"), place, owner
        for fact in type(option).facts:
            yield fact, place, owner
    marks = {rule.then.mark: rule for rule in reversed(offer.rules) if rule.on == "call" and rule.then.mark}
    for mark, rule in reversed(marks.items()):
        for name, (meaning, unit) in zip(facts_of_mark(mark), OF_A_MARK, strict=True):
            yield (
                FactField(name, "number", meaning.format(mark_title(offer, mark).fr), unit),
                rule.place,
                f'the mark "{mark}"',
            )
    for name, work in offer.work.items():
        fact = FactField(f"{WORK}{name}", "number", work.title.fr, work.counted_in)
        yield fact, offer.places.key_place(("work", name)), f"[work.{name}]"
    for name, occurrence in offer.occurrences.items():
        fact = FactField(f"{OCCURRENCE}{name}", "number", occurrence.title.fr, TIMES)
        yield fact, offer.places.key_place(("occurrence", name)), f"[occurrence.{name}]"
    for name, number in offer.numbers.items():
        fact = FactField(f"{SUM}{name}", "number", f"{number.title.fr}, sur les appels comptés", number.counted_in)
        yield fact, offer.places.key_place(("number", name)), f"[number.{name}]"


def _chosen_and_agreed(offer: Offer) -> Iterator[Addition]:
    """Yield the facts of what a contract chooses of an offer, and of what is counted by agreement."""
    if offer.plans:
        yield FactField(PLAN, "word", "Formule du contrat"), offer.places.key_place((PLAN,)), "[plan]"
    covered = offer.places.key_place(("coverage",))
    for window in offer.coverage.windows:
        meaning = f"Le contrat comprend la plage « {window_title(offer, window.id).fr} »"
        yield FactField(f"{WINDOW}{window.id}", "yes_no", meaning), covered, f'the window "{window.id}"'
    for name, quantity in offer.quantities.items():
        place = offer.places.key_place(("quantity", name))
        fact = FactField(f"{QUANTITY}{name}", "number", quantity.title.fr, quantity.units.fr)
        yield fact, place, f"[quantity.{name}]"


def call_additions(offer: Offer) -> Iterator[Addition]:
    """Yield the facts of a call that an offer adds: what calls carry, as it declares it."""
    for name, number in offer.numbers.items():
        fact = FactField(f"{CALL_NUMBER}{name}", "number", number.title.fr, number.counted_in)
        yield fact, offer.places.key_place(("number", name)), f"[number.{name}]"
    for name, word in offer.words.items():
        fact = FactField(f"{CALL_WORD}{name}", "word", f"{word.title.fr}, vide si l'appel n'en a pas")
        yield fact, offer.places.key_place(("word", name)), f"[word.{name}]"
    for name, tag in offer.tags.items():
        fact = FactField(f"{CALL_TAG}{name}", "yes_no", f"L'appel porte l'étiquette : {tag.title.fr}")
        yield fact, offer.places.key_place(("tag", name)), f"[tag.{name}]"
    for name in list(offer.called)[:1]:
        fact = FactField(
            CALLED, "word", "Ensemble du numéro appelé, vide s'il n'est d'aucun", words=(*offer.called, "")
        )
        yield fact, offer.places.key_place(("called", name)), "[called]"


ADDITIONS: Mapping[Stage, Callable[[Offer], Iterator[Addition]]] = {"month": month_additions, "call": call_additions}


def vocabulary_problems(offer: Offer) -> tuple[Problem, ...]:
    """Return a problem for each fact that two owners claim, and for each that no condition could name."""
    owners = dict.fromkeys(VOCABULARIES["month"].fields, "the engine")
    problems = []
    for fact, place, owner in chain(month_additions(offer), call_additions(offer)):
        reserved = [word for word in re.split(r"[.-]", fact.name) if keyword.iskeyword(word)]
        if reserved:
            problems.append(Problem(place, f'{owner} adds a fact "{fact.name}" that no condition can name'))
        elif fact.name in owners:
            what = f'{owner} adds the fact "{fact.name}", which {owners[fact.name]} has already'
            problems.append(Problem(place, what, "give it another name"))
        owners.setdefault(fact.name, owner)
    return tuple(problems)

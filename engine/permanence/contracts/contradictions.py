"""What contradicts itself in a contract's history: for `check` in English, for the staff in French."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import evolve

from ..model.contract import Contract, Dated
from ..model.event import EVENTS
from ..model.history import Contradiction, Contradicts, Stretch
from ..model.offer import Offer
from ..model.period import Period
from ..model.problem import Problem
from ..model.words.events import what_it_is_about
from ..model.words.french import day_in_words
from .against_offer import as_problems, check_contract
from .book import Book
from .history import History, history_of
from .options_awaited import options_awaited

D = TypeVar("D", bound=Dated)
ENGLISH: Mapping[Contradicts, tuple[str, str]] = {
    "before_signature": ("it is before the day of signature, {day}", "correct the day"),
    "same_day": ("another event changes the same thing from {day} on", "keep one of them, or correct a day"),
    "live_already": ("service began on {day} already", "take one of the two out"),
    "held_already": ("the contract has it from {day} on", "take the event out, or correct its day"),
    "not_held": ("the contract does not have it on {day}", "take the event out, or correct its day"),
    "no_discount": (
        "no discount with that reason holds from {day} on",
        "write the `why` of one that does, or correct the day",
    ),
    "no_instruction": (
        "no instruction with that text holds from {day} on",
        "write the `text` of one that does, or correct the day",
    ),
    "unchanged": ("the contract has it already", "take the event out"),
    "last_line": ("the contract would be left without a line", "add the new line first"),
    "not_in_service": ("service begins on {day}", "correct the day"),
    "suspended_already": ("service is suspended since {day}", "add when it was resumed, or take the event out"),
    "not_suspended": ("service is not suspended on {day}", "add when it was suspended, or take the event out"),
    "no_notice": ("there is no notice to withdraw on {day}", "correct the day"),
    "no_trial": ("the contract is in no trial on {day}", "correct the day, or take the event out"),
    "trial_over_already": ("the trial was over on {day} already", "take one of the two out"),
    "refused": ("the offer refuses it", "{why}"),
    "after_end": (
        "the contract is no longer in force from {day} on",
        "take the event out, or add when the notice was withdrawn",
    ),
    "unanswered": ("no rule of the offer says when it ends the contract", 'add a [[rule]] on = "notice"'),
    "not_sold": ("it would hold before the version is sold, from {day}", "correct the day, or name another version"),
    "no_price": (
        "the offer has no price for it",
        "write [occurrence.…] with its price in the offer, or correct its name",
    ),
    "no_bill": ("no day of its month is in service, so that no bill has it", "date it in a month that is billed"),
    "other_currency": ("it would be billed in another currency", "end the contract, and sign one in that currency"),
}
FRENCH: Mapping[Contradicts, str] = {
    "before_signature": "la date précède la signature du {day}",
    "same_day": "un autre événement change la même chose à compter du {day}",
    "live_already": "le service a déjà commencé le {day}",
    "held_already": "le contrat en dispose déjà à compter du {day}",
    "not_held": "le contrat n'en dispose pas le {day}",
    "no_discount": "aucune remise de ce motif ne vaut à compter du {day}",
    "no_instruction": "aucune consigne de ce texte ne vaut à compter du {day}",
    "unchanged": "cela ne change rien au contrat",
    "last_line": "le contrat n'aurait plus de ligne",
    "not_in_service": "le service ne commence que le {day}",
    "suspended_already": "le service est déjà suspendu depuis le {day}",
    "not_suspended": "le service n'est pas suspendu le {day}",
    "no_notice": "il n'y a pas de préavis à retirer le {day}",
    "no_trial": "le contrat n'est pas en essai le {day}",
    "trial_over_already": "l'essai a déjà pris fin le {day}",
    "refused": "l'offre ne le permet pas. {why}",
    "after_end": "le contrat n'est plus en vigueur à compter du {day}",
    "unanswered": "aucune règle de l'offre ne dit quand il met fin au contrat",
    "not_sold": "cette version n'est en vente qu'à compter du {day}",
    "no_price": "l'offre n'a pas de prix pour ce fait",
    "no_bill": "aucun jour de ce mois n'est en service, et aucune facture ne peut le porter",
    "other_currency": "les prix de cette offre sont dans une autre monnaie",
}


def stands(history: History, day: date = date.max) -> Iterator[Contract]:
    """Yield the contract as it stands in each stretch of its life that begins by a day, with what holds in it."""
    yield from (then for _, then in stands_in(history, day))


def stands_in(history: History, day: date = date.max) -> Iterator[tuple[Period, Contract]]:
    """Yield each stretch of a contract's life that begins by a day, with the contract as it stands in it."""
    life = Period(history.contract.start, history.end)
    for stretch in history.folded.stretches:
        if stretch.period.start > day or not stretch.overlaps(life):
            continue
        then = stretch.contract
        yield (
            stretch.period & life,
            evolve(
                then,
                options=_of_then(stretch, then.options),
                quantities=_of_then(stretch, then.quantities),
                discounts=_of_then(stretch, then.discounts),
                agreed=_of_then(stretch, then.agreed),
            ),
        )


def _of_then(stretch: Stretch, dated: tuple[D, ...]) -> tuple[D, ...]:
    """Return what holds on some day of a stretch."""
    return tuple(one for one in dated if stretch.overlaps(stretch.contract.period_of(one)))


def history_problems(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield what contradicts itself in a contract's history, each with the event's place."""
    history = history_of(book, contract)
    for found in history.contradictions:
        event, (what, hint) = found.event, ENGLISH[found.kind]
        name = f' "{event.name}"' if event.name else ""
        told = f'contract "{contract.id}", {event.what}{name} on {event.on}: {what.format(day=found.day)}'
        yield Problem(event.place, told, hint.format(why=found.why))
    wrong = (problem for then in stands(history) for problem in _against(book, then))
    yield from {problem.what: problem for problem in wrong}.values()


def _against(book: Book, then: Contract) -> Iterator[Problem]:
    yield from check_contract(then, book.offers)
    yield from as_problems(then, options_awaited(book, then, then.options))


def in_french(found: Contradiction, offers: Iterable[Offer]) -> str:
    """Return a contradiction as a sentence for the staff, what the event is about by its title in one of the offers."""
    told = FRENCH[found.kind].format(day=day_in_words(found.day) if found.day else "", why=found.why).rstrip()
    about = what_it_is_about(found.event, offers)
    label = EVENTS[found.event.what].french + (f" « {about} »" if about else "")
    return f"{label} du {day_in_words(found.event.on)} : {told}{'' if told.endswith('.') else '.'}"

"""What calls are billed as by their length, in sentences, French and English."""

from collections.abc import Iterator

from ..duration import CallLength
from ..facts import facts_of_mark
from ..offer import Offer
from ..scalars import Words
from .phrases import quoted, said

NONE = Words("")
BY_THE_SECOND = Words("à la seconde", "to the second")


def durations_in_words(offer: Offer) -> Iterator[Words]:
    """Yield what calls are billed as by their length: a sentence for all, and one for each mark that has its own."""
    rules = offer.duration
    if not rules:
        return
    yield said("Durée facturée d'un appel : {}.", "What a call is billed as: {}.", length_in_words(rules, offer))
    for mark, length in rules.of.items():
        title = mark_title(offer, mark)
        yield said("{} : {}.", "{}: {}.", title, length_in_words(length, offer))
    for mark, count in rules.free_marked.items():
        yield said(
            "Les premiers appels de chaque mois, jusqu'à {}, ne sont pas facturés à la durée : {}.",
            "The first calls of each month, up to {}, are not billed by their length: {}.",
            count,
            mark_title(offer, mark),
        )


def length_in_words(length: CallLength, offer: Offer) -> Words:
    """Return what one call is billed as: its increments, what is free of it, and the work after it."""
    steps = said("au moins {} s, puis par {} s commencées", "at least {} s, then by {} s begun", *_steps(length))
    words = BY_THE_SECOND if _steps(length) == (1, 1) else steps
    if length.free:
        words += said(" ; ses {} premières secondes sont gratuites", "; its first {} seconds are free", length.free)
    if length.after_call:
        words += said(
            " ; le traitement après l'appel est compté : {}{}",
            "; the work after the call is counted: {}{}",
            after_in_words(length, offer),
            _most(length),
        )
    if length.least:
        words += said(
            " ; {} s au moins, même sans conversation", "; {} s at least, even without a conversation", length.least
        )
    return words


def mark_title(offer: Offer, mark: str) -> Words:
    """Return what calls that bear a mark are called: its title, that of a price that counts them, else the mark."""
    return quoted(mark_called(offer, mark) or Words(mark))


def mark_called(offer: Offer, mark: str) -> Words | None:
    """Return the title of a mark, or that of a price that counts its calls; None where it has neither."""
    if mark in offer.marks:
        return offer.marks[mark].title
    facts = facts_of_mark(mark)
    return next((price.title for price in offer.prices.values() if price.per in facts), None)


def _steps(length: CallLength) -> tuple[int, int]:
    return length.first, length.further


def after_in_words(length: CallLength, offer: Offer) -> Words:
    """Return how much work after a call is counted: so many seconds, or what the number of the call is called."""
    name = length.number_after
    if not name:
        return said("{} s", "{} s", int(length.after_call))
    return quoted(offer.numbers[name].title if name in offer.numbers else Words(name))


def _most(length: CallLength) -> Words:
    if length.after_call_most is None:
        return NONE
    return said(", {} s au plus", ", {} s at most", length.after_call_most)

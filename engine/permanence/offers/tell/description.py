"""An offer as a salesperson tells it: a few facts, then questions with their answers, from the rule file alone."""

from attrs import frozen

from ...decide.decider import Decider
from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.phrases import date_in_words, said
from .price_answers import price_answers
from .service_answers import service_answers
from .term_answers import term_answers


@frozen
class Answer:
    """A question that customers ask, and the sentences that answer it."""

    question: Words
    sentences: tuple[Words, ...]


@frozen
class Description:
    """An offer version told: its name, from when it is sold, and the answers."""

    title: Words
    sold: Words
    answers: tuple[Answer, ...]


def describe(offer: Offer, decider: Decider) -> Description:
    """Return an offer told in French and English; ``decider`` decides by the same offer's rules.

    Raises OptionFailed when an option's plugin raises.
    """
    told = (*price_answers(offer, decider), *service_answers(offer), *term_answers(offer, decider))
    return Description(
        title=offer.head.title,
        sold=said(
            "Offre {}, vendue à partir du {}.",
            "Offer {}, on sale from {}.",
            Words(offer.version),
            date_in_words(offer.head.sold_from),
        ),
        answers=tuple(Answer(question, tuple(sentences)) for question, sentences in told),
    )

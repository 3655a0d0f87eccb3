"""A first rule file from a few answers: read by the reader of rule files, proved, with examples that the engine worked out."""

from collections.abc import Iterator

from attrs import evolve, field, frozen

from .decide.decider import Decider
from .draft_text import Draft, ExampleDraft, draft_text
from .model.money import Cents, plain, price_of
from .model.offer import Example, Offer
from .model.problem import Problem, Refused
from .plugin_manager import Plugins
from .prove.examples import example_lines
from .proving import offer_problems
from .read.offers import Reading, read_offer_text


def read_draft(draft: Draft, plugins: Plugins, file: str) -> Reading:
    """Return what the reader of rule files makes of a draft, under the name that its file will have."""
    return read_offer_text(draft_text(draft), file, plugins.options)


def finished(draft: Draft, plugins: Plugins, file: str) -> str:
    """Return the text of a rule file that passes every check, with examples and what they come to.

    Raises Refused with every problem that the answers lead to.
    """
    offer = _proved(draft, plugins, file)
    decider = Decider(offer)
    worked_out = tuple(
        evolve(example, total=_total(offer, decider, example)) for example in _examples(offer)
    )
    whole = evolve(draft, examples=worked_out)
    return _proved(whole, plugins, file).text


def _proved(draft: Draft, plugins: Plugins, file: str) -> Offer:
    reading = read_draft(draft, plugins, file)
    if reading.offer is None or reading.problems:
        raise Refused(reading.problems)
    raise_for = tuple(offer_problems(reading.offer, plugins))
    return reading.offer

"""The questions that start an offer, each with a proposal, asked until the reader of rule files finds nothing wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import click
from attrs import evolve, frozen

from ..draft_text import NONE, BandDraft, Draft, OptionDraft, listed
from ..drafting import draft_problems, there_already
from ..model.keys import EXAMPLE, is_key, key_name
from ..model.money import Micros
from ..model.offer import Offer
from ..model.option import Option
from ..model.problem import Refused
from ..plugin_manager import Plugins

HEAD = (
    ("id", "Short name (id), the same in all versions"),
    ("title_fr", "Title in French"),
    ("title_en", f"Title in English ({NONE}: leave it out)"),
    ("sold_from", "First day on which it is sold"),
    ("mission", "Missions that have prices of their own"),
    ("weekdays", f"Hours from Monday to Friday ({NONE}: closed)"),
    ("saturday", f"Hours on Saturdays ({NONE}: closed)"),
    ("sunday", f"Hours on Sundays and public holidays ({NONE}: closed)"),
)
TERM = (
    ("trial", "Trial (0 days: none)"),
    ("commitment", "Commitment after it (0 days: none)"),
    ("notice", "Notice"),
)
BANDS = (("50", 59), ("150", 149), ("250", 229))
"""The bands that are proposed: up to how many calls, at how many euros for the first mission."""
FURTHER = ("100", 65)
PER_CENT_MORE = 30
"""By how much each further mission is proposed to cost more."""
PRICES: Mapping[str, str] = {"recurring": "39.00", "one_off": "80.00", "usage": "0.50"}


@frozen
class Dialogue:
    """Asks one question after the other; with ``yes`` it asks none, and takes what is proposed."""

    plugins: Plugins
    rules: Path
    on_file: Sequence[Offer]
    yes: bool

    def ask(
        self, question: str, proposed: str, change: Callable[[str], Draft], given: str | None = None, new: bool = False
    ) -> Draft:
        """Return what an answer makes of the draft; one that is ``given`` is not asked for.

        ``new`` asks for a version that is not on file. Raises Refused when nobody is asked and the answer is wrong.
        """

        def judged(answer: str) -> Draft:
            draft = change(answer.strip())
            path = self.rules / draft.file
            known = there_already(f"{draft.id}@{draft.sold_from}", path, self.on_file) if new else ()
            if problems := draft_problems(draft, self.plugins, self.rules) or tuple(known):
                raise Refused(problems)
            return draft

        def told(answer: str) -> Draft:
            try:
                return judged(answer)
            except Refused as refused:
                first = refused.problems[0]
                raise click.UsageError("; ".join(filter(None, (first.what, first.hint)))) from refused

        if self.yes or given is not None:
            return judged(proposed if given is None else given)
        answered: Draft = click.prompt(question, default=proposed, value_proc=told, err=True)
        return answered


def ask_for_offer(dialogue: Dialogue, draft: Draft, given: Mapping[str, str]) -> Draft:
    """Return the draft of an offer as somebody wishes it; answers that are ``given`` by key are not asked for."""
    draft = _ask_each(dialogue, draft, HEAD, given)
    draft = _ask_further(dialogue, _ask_bands(dialogue, draft))
    return _ask_options(dialogue, _ask_each(dialogue, draft, TERM, given))


def _ask_each(
    dialogue: Dialogue, draft: Draft, questions: Sequence[tuple[str, str]], given: Mapping[str, str]
) -> Draft:
    for key, question in questions:
        proposed, new = _proposed(draft, key), key == "sold_from"
        draft = dialogue.ask(question, proposed, partial(_with, draft, key), given.get(key), new)
    return draft


def _with(draft: Draft, key: str, answer: Any) -> Draft:
    return evolve(draft, **{key: answer})


def _proposed(draft: Draft, key: str) -> str:
    name = draft.id.replace("-", " ").capitalize()
    titles = {"title_fr": f"Permanence {name}", "title_en": f"{name} answering"}
    return titles.get(key) or str(getattr(draft, key))


def _ask_bands(dialogue: Dialogue, draft: Draft) -> Draft:
    """Ask for bands in rising order, until no further one is wished."""
    draft = evolve(draft, bands=())
    while True:
        number = len(draft.bands)
        calls, euros = BANDS[number] if number < len(BANDS) else (NONE, BANDS[-1][1])
        question = f"Band {number + 1}: up to how many calls" + (f" ({NONE}: no more bands)" if number else "")
        draft = dialogue.ask(question, calls, partial(_with_band, draft, euros))
        if len(draft.bands) == number:
            return draft
        draft = _ask_prices(dialogue, draft, f"Band {number + 1}: price a month")


def _with_band(draft: Draft, euros: int, calls: str) -> Draft:
    """Return a draft with one band more, unless none is wished and there is one."""
    wished = not draft.bands or calls != NONE
    return evolve(draft, bands=(*draft.bands, BandDraft(calls, _prices(draft, euros)))) if wished else draft


def _ask_further(dialogue: Dialogue, draft: Draft) -> Draft:
    """Ask how the bands go on past the last one."""
    calls, euros = FURTHER
    question = f"Past the last band: calls of each further one ({NONE}: more calls cannot be billed)"
    draft = dialogue.ask(question, calls, partial(_with_further, draft, euros))
    return _ask_prices(dialogue, draft, "Past the last band: what each further one adds") if draft.further else draft


def _with_further(draft: Draft, euros: int, calls: str) -> Draft:
    return evolve(draft, further=None if calls == NONE else BandDraft(calls, _prices(draft, euros)))


def _ask_prices(dialogue: Dialogue, draft: Draft, question: str) -> Draft:
    """Ask for the price of each mission in the band that the draft has last."""
    proposed = (draft.further or draft.bands[-1]).prices
    for number, mission in enumerate(draft.missions):
        draft = dialogue.ask(f"{question}, mission {mission}", proposed[number], partial(_with_price, draft, number))
    return draft


def _with_price(draft: Draft, number: int, price: str) -> Draft:
    band = draft.further or draft.bands[-1]
    band = evolve(band, prices=(*band.prices[:number], price, *band.prices[number + 1 :]))
    return evolve(draft, further=band) if draft.further else evolve(draft, bands=(*draft.bands[:-1], band))


def _prices(draft: Draft, euros: int) -> tuple[str, ...]:
    return tuple(f"{euros * (100 + PER_CENT_MORE * number) // 100}.00" for number in range(len(draft.missions)))


def _ask_options(dialogue: Dialogue, draft: Draft) -> Draft:
    """Ask which options are on sale, and for each of their amounts."""
    known = dialogue.plugins.options
    question = f"Options on sale ({', '.join(known)})"
    draft = dialogue.ask(question, NONE, partial(_with_options, draft, known))
    for number, option in enumerate(draft.options):
        for key, proposed in option.amounts.items():
            draft = dialogue.ask(f"Option {option.id}: {key}", proposed, partial(_with_amount, draft, number, key))
    return draft


def _with_options(draft: Draft, known: Mapping[str, type[Option]], answer: str) -> Draft:
    names = dict.fromkeys(listed(answer))
    return evolve(draft, options=tuple(OptionDraft(name, dict(_amounts(known.get(name, Option)))) for name in names))


def _with_amount(draft: Draft, number: int, key: str, answer: str) -> Draft:
    option = draft.options[number]
    changed = evolve(option, amounts={**option.amounts, key: answer})
    return evolve(draft, options=(*draft.options[:number], changed, *draft.options[number + 1 :]))


def _amounts(kind: type[Option]) -> Iterator[tuple[str, str]]:
    """Yield the amounts that an option's table has, with what is proposed for them."""
    fields = attrs.fields_dict(kind)
    for field in fields.values():
        if is_key(field) and field.type is Micros:
            shown = PRICES[str(fields["kind"].default)] if field.name == "price" else field.metadata[EXAMPLE]
            yield key_name(field), shown or "0.00"

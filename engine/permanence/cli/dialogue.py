"""The questions that start an offer, each with a proposal, asked until the reader of rule files finds nothing wrong."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import evolve, field, frozen

from ..model.offer import Offer
from ..model.option import Option
from ..model.problem import Refused
from ..offers.draft.draft import NONE, BandDraft, OfferDraft, OptionDraft, listed
from ..offers.draft.new_version import draft_problems, there_already
from ..offers.draft.proposals import MORE_CALLS, calls, doubt_of_price, notice, option_keys, price, title
from ..offers.draft.typed_answers import (
    Reading,
    as_amount,
    as_calls,
    as_calls_or_none,
    as_day,
    as_holidays,
    as_hours,
    as_names,
    as_renewal,
    as_span,
    as_typed,
)
from ..plugin_manager import Plugins
from .console import err
from .screens.drafts import show_draft

Asked = tuple[str, str, Reading]
HEAD: tuple[Asked, ...] = (
    ("id", "Short name (id), the same in all versions", as_typed),
    ("title_fr", "Title in French", as_typed),
    ("title_en", "Title in English", as_typed),
    ("sold_from", "First day on which it is sold", as_day),
    ("mission", "Missions that have prices of their own", as_names),
    ("weekdays", f"Hours from Monday to Friday ({NONE}: closed)", as_hours),
    ("saturday", f"Hours on Saturdays ({NONE}: closed)", as_hours),
    ("sunday", f"Hours on Sundays ({NONE}: closed)", as_hours),
    ("holidays", "Public holidays: closed, as_weekday, as_sunday", as_holidays),
)
TERM: tuple[Asked, ...] = (
    ("trial", f"Trial ({NONE}: no trial)", as_span),
    ("commitment", f"Commitment after it ({NONE}: leave at any time)", as_span),
    ("renewal", "Tacit renewal, each time for (open_ended: without a term)", as_renewal),
    ("notice", "Notice", as_span),
    ("setup_fee", "Set-up fee, once (0: none, which the offer then promises)", as_amount),
)
PROPOSED: Mapping[str, Callable[[OfferDraft], str]] = {
    "title_fr": title,
    "title_en": lambda draft: draft.title_fr,
    "renewal": lambda draft: draft.commitment,
    "notice": notice,
}
"""The proposals that follow from answers before them; the others are the draft's own."""


def no_doubt(_answer: str) -> str:
    """Return nothing: an answer that is allowed is taken."""
    return ""


@frozen(kw_only=True)
class Question:
    """One question: its text, a proposal, how its answer is read, and what that makes of the draft.

    ``doubt`` returns what is odd about an answer that is allowed, nothing where there is none.
    """

    text: str
    proposed: str
    change: Callable[[str], OfferDraft]
    read: Reading = as_typed
    doubt: Callable[[str], str] = no_doubt


@frozen
class Dialogue:
    """Asks one question after the other; with ``yes`` it asks none, and takes what is proposed.

    What was answered before to a question is proposed when it is asked again.
    """

    plugins: Plugins
    rules: Path
    on_file: Sequence[Offer]
    yes: bool
    former: dict[str, str] = field(factory=dict)

    def ask(self, question: Question, given: str | None = None, new: bool = False) -> OfferDraft:
        """Return what an answer makes of the draft; one that is ``given`` is not asked for.

        ``new`` asks for a version that is not on file. Raises Refused when nobody is asked and the answer is wrong.
        """
        if self.yes or given is not None:
            return self._judged(question, question.proposed if given is None else given, new)
        doubted: list[str] = []

        def told(typed: str) -> OfferDraft:
            try:
                answer = question.read(typed.strip())
                draft = self._judged(question, answer, new)
            except ValueError as error:
                raise _again(str(error)) from error
            except Refused as refused:
                first = refused.problems[0]
                raise _again("; ".join(filter(None, (first.what, first.hint)))) from refused
            if answer not in doubted and (doubt := question.doubt(answer)):
                doubted.append(answer)
                raise _again(doubt)
            self.former[question.text] = answer
            return draft

        proposed = self.former.get(question.text, question.proposed)
        shown = _in_lines(f"{question.text} [{proposed}]:")
        answered: OfferDraft = click.prompt(
            shown, default=proposed, show_default=False, prompt_suffix=" ", value_proc=told, err=True
        )
        return answered

    def _judged(self, question: Question, answer: str, new: bool) -> OfferDraft:
        draft = question.change(answer)
        path = self.rules / draft.file
        known = there_already(f"{draft.id}@{draft.sold_from}", path, self.on_file) if new else ()
        if problems := draft_problems(draft, self.plugins, self.rules) or tuple(known):
            raise Refused(problems)
        return draft


def _again(message: str) -> click.UsageError:
    """Return what has a question asked again, in lines that end between words."""
    start = "Error: "
    return click.UsageError(_in_lines(f"{start}{message}").removeprefix(start))


def _in_lines(text: str) -> str:
    return click.wrap_text(text, shutil.get_terminal_size().columns)


def ask_for_offer(dialogue: Dialogue, draft: OfferDraft, given: Mapping[str, str]) -> OfferDraft:
    """Return the draft of an offer as somebody wishes it; answers that are ``given`` by key are not asked for.

    All answers are shown at the end; where they are not to be written, each is proposed once more.
    """
    while True:
        answered = _ask_each(dialogue, draft, HEAD, given)
        answered = _ask_further(dialogue, _ask_bands(dialogue, answered))
        answered = _ask_options(dialogue, _ask_each(dialogue, answered, TERM, given))
        if dialogue.yes:
            return answered
        show_draft(err(), answered)
        if click.confirm("Write it?", default=True, err=True):
            return answered


def _ask_each(
    dialogue: Dialogue, draft: OfferDraft, questions: Sequence[Asked], given: Mapping[str, str]
) -> OfferDraft:
    for key, text, read in questions:
        if key == "renewal" and not draft.has_term:
            continue
        proposed = PROPOSED[key](draft) if key in PROPOSED else getattr(draft, key)
        question = Question(text=text, proposed=proposed, read=read, change=partial(_with, draft, key))
        draft = dialogue.ask(question, given.get(key), new=key == "sold_from")
    return draft


def _with(draft: OfferDraft, key: str, answer: Any) -> OfferDraft:
    return evolve(draft, **{key: answer})


def _ask_bands(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask for bands in rising order, until no further one is wished."""
    draft = evolve(draft, bands=())
    while True:
        number = len(draft.bands)
        text = f"Band {number + 1}: up to how many calls" + (f" ({NONE}: no more bands)" if number else "")
        read = as_calls_or_none if number else as_calls
        draft = dialogue.ask(Question(text=text, proposed=calls(draft), read=read, change=partial(_with_band, draft)))
        if len(draft.bands) == number:
            return draft
        draft = _ask_prices(dialogue, draft, f"Band {number + 1}: price a month")


def _with_band(draft: OfferDraft, up_to: str) -> OfferDraft:
    """Return a draft with one band more, where one is wished; its price is asked for next."""
    return draft if up_to == NONE else evolve(draft, bands=(*draft.bands, BandDraft(up_to, ("0.00",))))


def _ask_further(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask how the bands go on past the last one."""
    text = f"Past the last band: calls of each further one ({NONE}: more calls cannot be billed)"
    question = Question(
        text=text, proposed=str(MORE_CALLS), read=as_calls_or_none, change=partial(_with_further, draft)
    )
    draft = dialogue.ask(question)
    return _ask_prices(dialogue, draft, "Past the last band: what each further one adds") if draft.further else draft


def _with_further(draft: OfferDraft, every: str) -> OfferDraft:
    return evolve(draft, further=None if every == NONE else BandDraft(every, ("0.00",)))


def _ask_prices(dialogue: Dialogue, draft: OfferDraft, text: str) -> OfferDraft:
    """Ask for the price of each mission in the band that the draft has last."""
    for number, mission in enumerate(draft.missions):
        question = Question(
            text=f"{text}, mission {mission}" if len(draft.missions) > 1 else text,
            proposed=price(draft, number),
            read=as_amount,
            change=partial(_with_price, draft, number),
            doubt=partial(doubt_of_price, draft, number),
        )
        draft = dialogue.ask(question)
    return draft


def _with_price(draft: OfferDraft, number: int, price: str) -> OfferDraft:
    band = draft.further or draft.bands[-1]
    band = evolve(band, prices=(*band.prices[:number], price))
    return evolve(draft, further=band) if draft.further else evolve(draft, bands=(*draft.bands[:-1], band))


def _ask_options(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask which options are on sale, and for each of its keys."""
    known = dialogue.plugins.options
    text = f"Options on sale ({', '.join(known)})"
    draft = dialogue.ask(Question(text=text, proposed=NONE, read=as_names, change=partial(_with_options, draft, known)))
    for number, option in enumerate(draft.options):
        for place, key in enumerate(option.keys):
            question = Question(
                text=f"Option {option.id}: {key.name} ({key.what})",
                proposed=key.shown,
                read=as_amount if isinstance(key.answer, str) else as_names,
                change=partial(_with_key, draft, number, place),
            )
            draft = dialogue.ask(question)
    return draft


def _with_options(draft: OfferDraft, known: Mapping[str, type[Option]], answer: str) -> OfferDraft:
    names = dict.fromkeys(listed(answer))
    options = (OptionDraft(name, tuple(option_keys(known.get(name, Option)))) for name in names)
    return evolve(draft, options=tuple(options))


def _with_key(draft: OfferDraft, number: int, place: int, answer: str) -> OfferDraft:
    option = draft.options[number]
    key = option.keys[place]
    key = evolve(key, answer=answer if isinstance(key.answer, str) else listed(answer))
    changed = evolve(option, keys=(*option.keys[:place], key, *option.keys[place + 1 :]))
    return evolve(draft, options=(*draft.options[:number], changed, *draft.options[number + 1 :]))

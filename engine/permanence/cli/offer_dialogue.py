"""The questions that start an offer, in the order of its rule file."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import click
from attrs import evolve

from ..model.countries import COUNTRIES
from ..model.option import Option
from ..offers.draft.draft import NONE, OfferDraft, OptionDraft, listed
from ..offers.draft.proposals import can_be_started, currency, notice, option_keys, timezone, title
from ..offers.draft.typed_answers import (
    Reading,
    as_amount,
    as_amount_or_none,
    as_code,
    as_day,
    as_holidays,
    as_hours,
    as_names,
    as_renewal,
    as_span,
    as_typed,
)
from .console import err
from .dialogue import Dialogue, Question
from .price_dialogue import ask_prices
from .screens.drafts import show_draft

Asked = tuple[str, str, Reading]
HEAD: tuple[Asked, ...] = (
    ("id", "Short name (id), the same in all versions", as_typed),
    ("title_fr", "Title in French", as_typed),
    ("title_en", "Title in English", as_typed),
    ("sold_from", "First day on which it is sold", as_day),
    ("country", f"Country whose law, VAT and public holidays hold ({', '.join(COUNTRIES)})", as_code),
    ("currency", "Currency", as_code),
    ("timezone", "Time zone", as_typed),
    ("mission", "Missions that have prices of their own", as_names),
    ("weekdays", f"Hours from Monday to Friday ({NONE}: closed)", as_hours),
    ("saturday", f"Hours on Saturdays ({NONE}: closed)", as_hours),
    ("sunday", f"Hours on Sundays ({NONE}: closed)", as_hours),
    ("holidays", "Public holidays: closed, as_weekday, as_sunday", as_holidays),
)
OPTIONS: Mapping[str, str] = {"id": "ID", "sold_from": "--sold-from"}
"""What gives an answer on the command line, where its key does not say."""
TERM: tuple[Asked, ...] = (
    ("trial", f"Trial ({NONE}: no trial)", as_span),
    ("commitment", f"Commitment after it ({NONE}: leave at any time)", as_span),
    ("renewal", "Tacit renewal, each time for (open_ended: without a term)", as_renewal),
    ("notice", "Notice", as_span),
    ("setup_fee", "Set-up fee, once (0: none, which the offer then promises)", as_amount_or_none),
)
PROPOSED: Mapping[str, Callable[[OfferDraft], str]] = {
    "title_fr": title,
    "title_en": lambda draft: draft.title_fr,
    "currency": currency,
    "timezone": timezone,
    "renewal": lambda draft: draft.commitment,
    "notice": notice,
}
"""The proposals that follow from answers before them; the others are the draft's own."""


def ask_for_offer(dialogue: Dialogue, draft: OfferDraft, given: Mapping[str, str]) -> OfferDraft:
    """Return the draft of an offer as somebody wishes it; answers that are ``given`` by key are not asked for.

    All answers are shown at the end; where they are not to be written, each is proposed once more.
    """
    while True:
        answered = _ask_each(dialogue, draft, HEAD, given)
        answered = ask_prices(dialogue, answered, given.get("model"))
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
        if (key == "renewal" and not draft.has_term) or (key == "timezone" and not draft.needs_timezone):
            continue
        proposed = PROPOSED[key](draft) if key in PROPOSED else getattr(draft, key)
        question = Question(text=text, proposed=proposed, read=read, change=partial(_with, draft, key))
        option = OPTIONS.get(key, f"--{key}")
        draft = dialogue.ask(question, given.get(key), option, new=key == "sold_from")
    return draft


def _with(draft: OfferDraft, key: str, answer: Any) -> OfferDraft:
    changed = evolve(draft, **{key: answer})
    # What follows from the country is its own until it is answered.
    return evolve(changed, currency=currency(changed), timezone=timezone(changed)) if key == "country" else changed


def _ask_options(dialogue: Dialogue, draft: OfferDraft) -> OfferDraft:
    """Ask which options are on sale, and for each of its keys."""
    known = {name: kind for name, kind in dialogue.plugins.options.items() if can_be_started(kind)}
    later = ", ".join(sorted(set(dialogue.plugins.options) - set(known)))
    text = f"Options on sale ({', '.join(known)}{f'; {later}: in the file, later' if later else ''})"
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

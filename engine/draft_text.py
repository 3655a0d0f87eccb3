"""The text of a first rule file: answers as they were typed, in the form and with the comments of our own offers."""

import json
import re
from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

from .model.money import AMOUNT, micros, plain
from .model.offer import Example

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
NONE = ("", "none")

FIXED_TERM = """\
renewal = "tacit"
renewal_period = "12 months"
"""
OPEN_ENDED = """\
renewal = "tacit"
renewal_period = "open_ended"
"""


@frozen(kw_only=True)
class BandDraft:
    """One band: up to how many calls (or, of the bands past the last, how many calls each), and a price per mission."""

    calls: str
    prices: tuple[str, ...]


@frozen(kw_only=True)
class OptionDraft:
    """One option on sale, with the keys of its table."""

    id: str
    keys: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class Draft:
    """Answers of somebody who starts an offer, as they were typed; what is wrong with them the reader says."""

    id: str
    title: tuple[str, str]
    sold_from: str
    missions: tuple[str, ...] = ("simple", "complex")
    windows: tuple[tuple[str, str, str], ...] = (("weekdays", "mon-fri", "08:00-19:00"),)
    bands: tuple[BandDraft, ...] = ()
    further: BandDraft | None = None
    trial: str = "1 month"
    commitment: str = "12 months"
    notice: str = "3 months"
    options: tuple[OptionDraft, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"{self.id}-{self.sold_from}.toml"

    def with_band(self, number: int, band: BandDraft) -> "Draft":
        """Return the draft with a band in place of the one of this number, or after the last."""
        return evolve(self, bands=(*self.bands[:number], band, *self.bands[number + 1 :]))

    def with_option(self, option: OptionDraft) -> "Draft":
        """Return the draft with an option in place of the one of this name, or after the last."""
        if all(one.id != option.id for one in self.options):
            return evolve(self, options=(*self.options, option))
        return evolve(self, options=tuple(option if one.id == option.id else one for one in self.options))


def draft_text(draft: Draft) -> str:
    """Return the rule file that a draft is."""
    parts = (_head(draft), _term(draft), _coverage(draft), _bands(draft), _options(draft), _rules(draft))
    return "\n".join("".join(f"{line}\n" for line in part) for part in (*parts, *map(_example, draft.examples)) if part)


def _head(draft: Draft) -> tuple[str, ...]:
    french, english = draft.title
    titles = f"{{ fr = {_text(french)}, en = {_text(english)} }}" if english else _text(french)
    return (
        "#:schema offer.schema.json",
        f"# {french}. Prices exclude VAT.".replace("\n", " "),
        "# A new price is a new file with a later `sold_from`, never an edit of this one.",
        "format = 1",
        "",
        "[offer]",
        f"id = {_text(draft.id)}",
        f"title = {titles}",
        f"sold_from = {_day(draft.sold_from)}",
        f"mission = [{', '.join(map(_text, draft.missions))}]",
        "no_setup_fees = true",
    )


def _term(draft: Draft) -> tuple[str, ...]:
    trial = "from the first day of service; leave at its end without notice" if has_trial(draft) else "no trial"
    commitment = "after the trial" if has_trial(draft) else "from the first day of service"
    lines = (
        ("trial", draft.trial, trial),
        ("commitment", draft.commitment, commitment if has_term(draft) else "none: leave at any time, with notice"),
        ("renewal", "tacit", ""),
        ("renewal_period", "12 months" if has_term(draft) else "open_ended", ""),
        ("notice", draft.notice, "before the end of a term" if has_term(draft) else "from the day it is received"),
    )
    return ("[term]", *(_commented(f"{key} = {_text(value)}", comment) for key, value, comment in lines))


def _coverage(draft: Draft) -> Iterator[str]:
    yield "[coverage]"
    yield 'holidays = "closed"             # but for windows that name `holiday`'
    for number, (name, days, hours) in enumerate(draft.windows):
        yield from ("", "[[coverage.window]]", f"id = {_text(name)}", f"days = {_text(days)}")
        half_open = "half-open: the first second is in, the last is out" if not number else ""
        yield _commented(f"hours = {_text(hours)}", half_open)


def _bands(draft: Draft) -> Iterator[str]:
    yield "[bands]                         # the whole month is billed in the band that its count reaches"
    yield 'floor = "lowest"                # no call at all: the lowest band'
    yield "steps = ["
    yield from (f"    {_band('up_to', band, draft.missions)}," for band in draft.bands)
    yield "]"
    if draft.further:
        yield f"then = {_band('every', draft.further, draft.missions)}"


def _band(key: str, band: BandDraft, missions: tuple[str, ...]) -> str:
    prices = (f"{_key(name)} = {_amount(price)}" for name, price in zip(missions, band.prices, strict=True))
    return f"{{ {key} = {_count(band.calls)}, {', '.join(prices)} }}"


def _options(draft: Draft) -> Iterator[str]:
    for number, option in enumerate(draft.options):
        if number:
            yield ""
        yield f"[option.{_key(option.id)}]"
        yield from (f"{key} = {_amount(value)}" for key, value in option.keys)


def _rules(draft: Draft) -> Iterator[str]:
    rules = [_rule("subscription", "month", "contract.active", 'charge = "bands"', SUBSCRIPTION)]
    after_trial = "not contract.in_trial and " if has_trial(draft) else ""
    if has_trial(draft):
        rules.append(_rule("leave-in-trial", "notice", "contract.in_trial", 'end = "trial_end"', IN_TRIAL))
    if has_term(draft):
        rules.append(_rule("leave-at-term", "notice", f"{after_trial}notice.in_time", 'end = "term_end"', AT_TERM))
        late = f"{after_trial}not notice.in_time"
        rules.append(_rule("leave-late", "notice", late, 'end = "next_term_end"', LATE))
    else:
        received = after_trial.removesuffix(" and ") or "notice.received"
        rules.append(_rule("leave", "notice", received, 'end = "notice_end"', LEAVE))
    rules.append(_rule("asked-for", "event", 'event.what != "offer_changed"', 'effect = "at_once"', ASKED_FOR))
    rules.append(_rule("new-price", "event", 'event.what == "offer_changed"', 'effect = "announced_term"', NEW_PRICE))
    renewed, why = ("period", RENEWED) if has_term(draft) else ("open_ended", CONTINUES)
    rules.append(_rule("renewed", "renewal", "renewal.number >= 1", f'renew = "{renewed}"', why))
    yield from "\n\n".join(rules).split("\n")


def _rule(name: str, stage: str, when: str, then: str, why: str) -> str:
    condition = f"'{when}'" if '"' in when else f'"{when}"'
    return f'[[rule]]\nid = "{name}"\non = "{stage}"\nwhen = {condition}\nthen = {{ {then} }}\nwhy = "{why}"'


SUBSCRIPTION = "Le forfait correspond au nombre d'appels traités dans le mois."
IN_TRIAL = "Pendant l'essai, le contrat prend fin sans préavis au terme de l'essai."
AT_TERM = "Le préavis est reçu à temps : le contrat prend fin au terme de la période en cours."
LATE = "Le préavis est reçu trop tard pour la période en cours : il vaut pour le terme suivant."
LEAVE = "Sans engagement : le contrat prend fin quand le préavis est écoulé."
ASKED_FOR = "Une option, une ligne, une mission ou une suspension vaut dès le jour demandé."
NEW_PRICE = "Un nouveau prix vaut à la première échéance annoncée par écrit un mois avant, jamais plus tôt."
RENEWED = "Sans préavis reçu à temps, le contrat est reconduit pour douze mois."
CONTINUES = "Sans engagement : le contrat continue sans terme."


def _example(example: Example) -> Iterator[str]:
    given = (f"{_key(name)} = {json.dumps(value, ensure_ascii=False)}" for name, value in example.given.items())
    yield "[[example]]"
    yield f"title = {_text(example.title)}"
    yield f"given = {{ {', '.join(given)} }}"
    if example.options:
        yield f"options = [{', '.join(map(_text, example.options))}]"
    yield f'total = "{plain(micros_of(example.total))}"'


def has_trial(draft: Draft) -> bool:
    """Tell whether the offer has a trial."""
    return not draft.trial.strip().startswith("0")


def has_term(draft: Draft) -> bool:
    """Tell whether the offer binds for a term."""
    return not draft.commitment.strip().startswith("0")


def _commented(text: str, comment: str) -> str:
    return f"{text:31} # {comment}" if comment else text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return _text(text)


def _count(text: str) -> str:
    return str(int(text)) if text.isdecimal() and text.isascii() else _text(text)


def _amount(text: str) -> str:
    """Return an amount as files have it: ``"59.00"`` for 59, 59,00 and 59.00 €; other texts as they are."""
    bare = text.replace("€", "").replace(",", ".").strip()
    return f'"{plain(micros(bare))}"' if AMOUNT.fullmatch(bare) else _text(text)


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

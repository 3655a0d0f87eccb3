"""The text of a first rule file: answers as they were typed, in the form and with the comments of our own offers."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from .model.example import Example
from .model.money import AMOUNT, micros, plain
from .read.example_text import example_lines

NONE = "none"
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

SUBSCRIPTION = "Le forfait correspond au nombre d'appels traités dans le mois."
IN_TRIAL = "Pendant l'essai, le contrat prend fin sans préavis au terme de l'essai."
AT_TERM = "Le préavis est reçu à temps : le contrat prend fin au terme de la période en cours."
LATE = "Le préavis est reçu trop tard pour la période en cours : il vaut pour le terme suivant."
LEAVE = "Sans engagement : le contrat prend fin quand le préavis est écoulé."
ASKED_FOR = "Une option, une ligne, une mission ou une suspension vaut dès le jour demandé."
NEW_PRICE = (
    "Un nouveau prix, annoncé par écrit, vaut à la première échéance au moins un mois plus tard, jamais plus tôt."
)
RENEWED = "Sans préavis reçu à temps, le contrat est reconduit pour douze mois."
CONTINUES = "Sans engagement : le contrat continue sans terme."


@frozen
class BandDraft:
    """One band: up to how many calls (past the last band: how many calls each), and a price per mission.

    A mission without a price of its own has that of the one before.
    """

    calls: str
    prices: tuple[str, ...]


@frozen
class OptionDraft:
    """One option on sale, with the amounts of its table by key."""

    id: str
    amounts: Mapping[str, str]


@frozen(kw_only=True)
class Draft:
    """Answers of somebody who starts an offer, as they were typed; what is wrong with them the reader says."""

    id: str = "accueil"
    title_fr: str = "Permanence"
    title_en: str = ""
    sold_from: str
    mission: str = "simple, complex"
    weekdays: str = "08:00-19:00"
    saturday: str = "09:00-12:00"
    sunday: str = NONE
    bands: tuple[BandDraft, ...] = (BandDraft("50", ("59.00",)),)
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

    @property
    def missions(self) -> tuple[str, ...]:
        """Return the missions by name."""
        return listed(self.mission)

    @property
    def has_trial(self) -> bool:
        """Tell whether the offer has a trial."""
        return not self.trial.startswith("0")

    @property
    def has_term(self) -> bool:
        """Tell whether the offer binds for a term."""
        return not self.commitment.startswith("0")


def listed(answer: str) -> tuple[str, ...]:
    """Return what an answer lists, with commas; nothing for ``none``."""
    found = tuple(word.strip() for word in answer.split(",") if word.strip())
    return () if found == (NONE,) else found


def draft_text(draft: Draft) -> str:
    """Return the rule file that a draft is."""
    parts = (_head(draft), _term(draft), _coverage(draft), _bands(draft), _options(draft), _rules(draft))
    texts = ("\n".join(part) for part in (*parts, *map(example_lines, draft.examples)))
    return "\n\n".join(filter(None, texts)) + "\n"


def _head(draft: Draft) -> tuple[str, ...]:
    french, english = _text(draft.title_fr), _text(draft.title_en)
    titles = french if draft.title_en in ("", NONE) else f"{{ fr = {french}, en = {english} }}"
    return (
        "#:schema offer.schema.json",
        f"# {draft.title_fr}. Prices exclude VAT.",
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
    trial = "from the first day of service; leave at its end without notice" if draft.has_trial else "no trial"
    commitment = "after the trial" if draft.has_trial else "from the first day of service"
    lines = (
        ("trial", draft.trial, trial),
        ("commitment", draft.commitment, commitment if draft.has_term else "none: leave at any time, with notice"),
        ("renewal", "tacit", ""),
        ("renewal_period", "12 months" if draft.has_term else "open_ended", ""),
        ("notice", draft.notice, "before the end of a term" if draft.has_term else "from the day it is received"),
    )
    return ("[term]", *(_commented(f"{key} = {_text(value)}", comment) for key, value, comment in lines))


def _coverage(draft: Draft) -> Iterator[str]:
    yield "[coverage]"
    yield 'holidays = "closed"             # but for windows that name `holiday`'
    days = (("weekdays", "mon-fri", draft.weekdays), ("saturday", "sat", draft.saturday))
    for name, kinds, answer in (*days, ("sunday", "sun,holiday", draft.sunday)):
        for number, hours in enumerate(listed(answer), 1):
            window = f"{name}-{number}" if number > 1 else name
            yield from ("", "[[coverage.window]]", f'id = "{window}"', f'days = "{kinds}"')
            yield _commented(f"hours = {_text(hours)}", "the first second is in, the last is out")


def _bands(draft: Draft) -> Iterator[str]:
    yield "[bands]                         # the whole month is billed in the band that its count reaches"
    yield 'floor = "lowest"                # no call at all: the lowest band'
    yield "steps = ["
    yield from (f"    {_band('up_to', band, draft.missions)}," for band in draft.bands)
    yield "]"
    if draft.further:
        yield f"then = {_band('every', draft.further, draft.missions)}"


def _band(key: str, band: BandDraft, missions: tuple[str, ...]) -> str:
    of_each = (*band.prices, *band.prices[-1:] * len(missions))
    prices = {_key(name): _amount(price) for name, price in zip(missions, of_each, strict=False)}
    pairs = ({key: _count(band.calls)} | prices).items()
    return f"{{ {', '.join(f'{name} = {value}' for name, value in pairs)} }}"


def _options(draft: Draft) -> Iterator[str]:
    for number, option in enumerate(draft.options):
        if number:
            yield ""
        yield f"[option.{_key(option.id)}]"
        yield from (f"{key} = {_amount(value)}" for key, value in option.amounts.items())


def _rules(draft: Draft) -> Iterator[str]:
    rules = [_rule("subscription", "month", "contract.active", 'charge = "bands"', SUBSCRIPTION)]
    after_trial = "not contract.in_trial and " if draft.has_trial else ""
    if draft.has_trial:
        rules.append(_rule("leave-in-trial", "notice", "contract.in_trial", 'end = "trial_end"', IN_TRIAL))
    if draft.has_term:
        rules.append(_rule("leave-at-term", "notice", f"{after_trial}notice.in_time", 'end = "term_end"', AT_TERM))
        late = f"{after_trial}not notice.in_time"
        rules.append(_rule("leave-late", "notice", late, 'end = "next_term_end"', LATE))
    else:
        received = after_trial.removesuffix(" and ") or "notice.received"
        rules.append(_rule("leave", "notice", received, 'end = "notice_end"', LEAVE))
    rules.append(_rule("asked-for", "event", 'event.what != "offer_changed"', 'effect = "at_once"', ASKED_FOR))
    rules.append(_rule("new-price", "event", 'event.what == "offer_changed"', 'effect = "announced_term"', NEW_PRICE))
    renewed, why = ("period", RENEWED) if draft.has_term else ("open_ended", CONTINUES)
    rules.append(_rule("renewed", "renewal", "renewal.number >= 1", f'renew = "{renewed}"', why))
    yield from "\n\n".join(rules).split("\n")


def _rule(name: str, stage: str, when: str, then: str, why: str) -> str:
    condition = f"'{when}'" if '"' in when else f'"{when}"'
    return f'[[rule]]\nid = "{name}"\non = "{stage}"\nwhen = {condition}\nthen = {{ {then} }}\nwhy = "{why}"'


def _commented(text: str, comment: str) -> str:
    return f"{text:31} # {comment}" if comment else text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return _count(text)


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

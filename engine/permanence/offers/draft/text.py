"""The text of a first rule file: answers as they were typed, in the form and with the comments of our own offers."""

from collections.abc import Iterator
from datetime import date

from ...model.countries import COUNTRIES
from ...model.period import Span
from ...model.scalars import Hours
from ...model.words.phrases import span_in_words
from ...read.offers.example_text import example_lines
from ...read.toml.written import braced, bracketed, quoted, quoted_plainly, written_key
from .draft import FRANCE, NONE, OPEN_ENDED, OfferDraft, listed
from .pricing import charged, price_tables

NUMBERS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split()

IN_TRIAL = "Pendant l'essai, le contrat prend fin sans préavis au terme de l'essai."
AT_TERM = "Le préavis est reçu à temps : le contrat prend fin au terme de la période en cours."
LATE = "Le préavis est reçu trop tard pour la période en cours : il vaut pour le terme suivant."
AT_TERM_OR_LATER = (
    "Le préavis est reçu à temps : le contrat prend fin au terme de l'engagement, et ensuite dès que le préavis est "
    "écoulé."
)
LATE_FOR_TERM = (
    "Le préavis est reçu trop tard pour le terme de l'engagement : le contrat prend fin quand il est écoulé."
)
NOT_REMINDED = (
    "Un consommateur ou non-professionnel reconduit sans le rappel que la loi lui doit part quand il veut (L215-1)."
)
LEAVE = "Sans engagement : le contrat prend fin quand le préavis est écoulé."
ASKED_FOR = "Une option, une ligne, une mission ou une suspension vaut dès le jour demandé."
NEW_PRICE = "Un nouveau prix, annoncé par écrit, vaut à la première échéance au moins {} plus tard, jamais plus tôt."
NEW_PRICE_ANY_TIME = "Un nouveau prix vaut {} après son annonce par écrit, jamais plus tôt."
RENEWED = "Sans préavis reçu à temps, le contrat est reconduit pour {}."
OPEN_FROM_TERM = "Sans préavis reçu à temps, le contrat continue pour une durée indéterminée."
CONTINUES = "Sans engagement : le contrat continue sans terme."


def draft_text(draft: OfferDraft) -> str:
    """Return the rule file that a draft is."""
    parts = (_head(draft), _term(draft), _coverage(draft), price_tables(draft), _options(draft), _rules(draft))
    texts = ("\n".join(part) for part in (*parts, *map(example_lines, draft.examples)))
    return "\n\n".join(filter(None, texts)) + "\n"


def _head(draft: OfferDraft) -> tuple[str, ...]:
    french, english = quoted(draft.title_fr), quoted(draft.title_en)
    titles = french if draft.title_en in ("", NONE, draft.title_fr) else braced((("fr", french), ("en", english)))
    return (
        "#:schema offer.schema.json",
        f"# {draft.title_fr}. Prices exclude VAT.",
        "# A new price is a new file with a later `sold_from`, never an edit of this one.",
        "format = 1",
        "",
        "[offer]",
        f"id = {quoted(draft.id)}",
        f"title = {titles}",
        f"sold_from = {_day(draft.sold_from)}",
        *_place(draft),
        f"mission = {bracketed(map(quoted, draft.missions))}",
        *(["no_setup_fees = true"] if draft.is_free_to_join else []),
    )


def _place(draft: OfferDraft) -> Iterator[str]:
    """Yield country, currency and time zone, each where it is not what follows from what stands before it."""
    country = COUNTRIES.get(draft.country)
    if draft.country != FRANCE:
        yield f"country = {quoted(draft.country)}"
    if country is None or draft.currency != country.currency:
        yield f"currency = {quoted(draft.currency)}"
    if draft.needs_timezone:
        yield f"timezone = {quoted(draft.timezone)}"


def _term(draft: OfferDraft) -> Iterator[str]:
    trial = "from the first day of service; leave at its end without notice" if draft.has_trial else "no trial"
    commitment = "after the trial" if draft.has_trial else "from the first day of service"
    yield "[term]"
    yield _key_line("trial", draft.trial, trial)
    if draft.has_trial:
        yield _commented("trial_billed = true", "or false: its months are free")
    yield _key_line("commitment", draft.commitment, commitment if draft.has_term else "none: leave at any time")
    yield _key_line("renewal", "tacit", "")
    yield _key_line("renewal_period", draft.renewal_period, "")
    yield _key_line("notice", draft.notice, "before the end of a term" if draft.has_term else "from its receipt")
    yield _key_line("price_notice", draft.price_notice, "a new price is announced while the contract can still be left")
    if not draft.is_free_to_join:
        yield _key_line("setup_fee", draft.setup_fee, "once, in the first month")


def _key_line(key: str, value: str, comment: str) -> str:
    return _commented(f"{key} = {quoted(value)}", comment)


def _coverage(draft: OfferDraft) -> Iterator[str]:
    yield "[coverage]"
    yield _key_line("holidays", draft.holidays, "public holidays: closed, as_weekday or as_sunday")
    every_day = (("every-day", "mon-sun", draft.weekdays),)
    apart = (
        ("weekdays", "mon-fri", draft.weekdays),
        ("saturday", "sat", draft.saturday),
        ("sunday", "sun", draft.sunday),
    )
    for name, kinds, answer in every_day if draft.weekdays == draft.saturday == draft.sunday else apart:
        for number, hours in enumerate(listed(answer), 1):
            window = f"{name}-{number}" if number > 1 else name
            yield from ("", "[[coverage.window]]", f"id = {quoted(window)}", f"days = {quoted(kinds)}")
            yield _commented(f"hours = {quoted(hours)}", _half_open(hours))


def _half_open(hours: str) -> str:
    try:
        end = Hours.parse(hours).end
    except ValueError:
        return ""
    return f"{(end - 1) // 60:02d}:{(end - 1) % 60:02d}:59 is in, {hours[-5:]}:00 is out"


def _options(draft: OfferDraft) -> Iterator[str]:
    for number, option in enumerate(draft.options):
        if number:
            yield ""
        yield f"[option.{written_key(option.id)}]"
        for key in option.keys:
            answer = quoted(key.answer) if isinstance(key.answer, str) else bracketed(map(quoted, key.answer))
            yield _commented(f"{key.name} = {answer}", key.what)


def _rules(draft: OfferDraft) -> Iterator[str]:
    rules = [_rule(one.rule, "month", one.when, ("charge", one.charge), one.why) for one in charged(draft)]
    after_trial = "not contract.in_trial and " if draft.has_trial else ""
    reminded = " and not notice.not_reminded" if draft.owes_reminders else ""
    if draft.owes_reminders:
        rules.append(_rule("leave-not-reminded", "notice", "notice.not_reminded", ("end", "notice_day"), NOT_REMINDED))
    if draft.has_trial:
        in_trial = f"contract.in_trial{reminded}"
        rules.append(_rule("leave-in-trial", "notice", in_trial, ("end", "trial_end"), IN_TRIAL))
    in_term, late, renewed = _sentences(draft)
    if draft.has_term:
        when = f"{after_trial}notice.in_time{reminded}"
        rules.append(_rule("leave-at-term", "notice", when, ("end", "term_end"), in_term))
        when = f"{after_trial}not notice.in_time{reminded}"
        rules.append(_rule("leave-late", "notice", when, ("end", "next_term_end"), late))
    else:
        received = after_trial.removesuffix(" and ") or "notice.received"
        rules.append(_rule("leave", "notice", received, ("end", "notice_end"), LEAVE))
    rules.append(_rule("asked-for", "event", 'event.what != "offer_changed"', ("effect", "at_once"), ASKED_FOR))
    new_price = (NEW_PRICE if draft.has_term else NEW_PRICE_ANY_TIME).format(_span(draft.price_notice))
    rules.append(_rule("new-price", "event", 'event.what == "offer_changed"', ("effect", "announced_term"), new_price))
    renew = "open_ended" if draft.renewal_period == OPEN_ENDED else "period"
    rules.append(_rule("renewed", "renewal", "renewal.number >= 1", ("renew", renew), renewed))
    yield from "\n\n".join(rules).split("\n")


def _sentences(draft: OfferDraft) -> tuple[str, str, str]:
    """Return what is said of a notice in time, of a late one, and of the renewal."""
    if not draft.has_term:
        return "", "", CONTINUES
    if draft.renewal_period == OPEN_ENDED:
        return AT_TERM_OR_LATER, LATE_FOR_TERM, OPEN_FROM_TERM
    return AT_TERM, LATE, RENEWED.format(_span(draft.renewal_period))


def _span(text: str) -> str:
    """Return ``trois mois`` for ``3 months``, and what is no span as it is."""
    try:
        count, _, unit = span_in_words(Span.parse(text)).fr.partition(" ")
    except ValueError:
        return text
    number = NUMBERS[int(count)] if count.isdecimal() and int(count) < len(NUMBERS) else count
    return f"{number}{'e' if (number, unit) == ('un', 'semaine') else ''} {unit}"


def _rule(name: str, stage: str, when: str, then: tuple[str, str], why: str) -> str:
    keys = {
        "id": quoted(name),
        "on": quoted(stage),
        "when": quoted_plainly(when),
        "then": braced([(then[0], quoted(then[1]))]),
        "why": quoted(why),
    }
    return "\n".join(["[[rule]]", *(f"{key} = {value}" for key, value in keys.items())])


def _commented(text: str, comment: str) -> str:
    return f"{text:31} # {comment}" if comment else text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return quoted(text)

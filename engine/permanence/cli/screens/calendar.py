"""What `permanence calendar` prints, in French: each date, and what it follows from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs
from rich.console import Console
from rich.text import Text

from ...bill.owed import Owed
from ...contracts.calendar import (
    REMINDERS,
    Calendar,
    Entry,
    Kind,
    late_since,
    promised_day,
    reminder_is_owed,
    reminder_law,
)
from ...contracts.instructions import InstructionsOn
from ...contracts.leaving import Leaving
from ...model.contract import Contract
from ...model.decision import Decision
from ...model.event import Event, EventKind
from ...model.facts import VOCABULARIES, FactValue, Vocabulary
from ...model.history import Settled
from ...model.offer import Offer, Rule
from ...model.period import ONE_DAY
from ...model.term_rules import TermRules
from ...model.words.amounts import in_money
from ...model.words.events import event_in_words
from ...model.words.french import day_in_words
from ...model.words.price_index import revision_in_french
from ...model.words.terms import sooner_in_words
from ...model.words.terms_agreed import own_term_in_words
from .calendar_labels import AT_LATEST, LABELS, SOURCES, TO_SEND, promised_within
from .output import Record, show_table, table

TERM_KEYS: Mapping[Kind, tuple[str, ...]] = {
    "trial_last_day": ("trial", "trial_until_calls", "trial_until_minutes", "trial_start"),
    "commitment_last_day": ("trial", "commitment", "trial_included", "renewal_anchor"),
    "term_last_day": ("renewal_period",),
    "notice_last_day": ("notice", "notice_counted_on"),
    "renewal": ("renewal", "renewal_period"),
    "price_change": ("price_notice",),
    "price_notice_last_day": ("price_notice",),
    "quality_call": ("quality_calls",),
    "contract_last_day": ("renewal",),
}
INSTEAD = {"price_notice": "notice"}
"""Where a key is absent, the key that its default goes by."""
SWITCHES = {"trial_start", "trial_included", "renewal_anchor", "notice_counted_on"}
NOTED: Mapping[Kind, EventKind] = {"go_live": "go_live", "trial_last_day": "trial_over"}
"""Dates that an event gives, where there is one on that day."""
DEPOSITS: tuple[Kind, ...] = ("deposit_taken", "deposit_returned")
OUTSIDE_THE_TERMS: tuple[Kind, ...] = (*REMINDERS, "go_live_promised")
"""What the law or the region dates, besides the terms."""
NOT_SERVED = (
    "Aucune mise en service n'est notée : les dates qui comptent à partir d'elle sont les plus proches possibles, "
    "celles d'un service qui commencerait à la signature."
)


def calendar_summary(contract: Contract, calendar: Calendar, day: date, leaving: Leaving) -> Record:
    """Return a contract's calendar on a day as plain values: each date with its kind, its words and its basis.

    The contract is as it stands on that day.
    """
    return {
        "contract": contract.id,
        "customer": contract.customer.name,
        "offer": contract.offer,
        "live": contract.live and contract.live.isoformat(),
        "on": day.isoformat(),
        "sooner": sooner_in_words(calendar.term.rules) if calendar.term.trial_may_end_sooner(day) else "",
        "dates": [
            {
                "date": entry.day.isoformat(),
                "kind": entry.kind,
                "what": _label(entry, calendar, day),
                "because": _basis(entry, calendar, leaving),
                "event": entry.settled and _event(entry.settled.event),
                "rule": (made := _made_by(entry, leaving)) and _decided(made),
            }
            for entry in calendar.seen_on(day)
        ],
    }


def instructions_summary(found: InstructionsOn) -> Sequence[Record]:
    """Return the instructions that hold on a day as plain values, in French."""
    return [
        {"for": one.option, "window": one.window, "number": one.number, "text": one.text, "sentence": told.sentence}
        for one, told in zip(found.now, found.now_told, strict=True)
    ]


def leaving_summary(leaving: Leaving, owed: Owed | None, *, received: bool) -> Record:
    """Return how a contract ends, by which rule, and what is still to be billed; amounts in cents."""
    return {
        "notice": leaving.notice and leaving.notice.isoformat(),
        "received": received,
        "sent": leaving.sent and leaving.sent.isoformat(),
        "counted_on": leaving.counted_on,
        "end": leaving.end and leaving.end.isoformat(),
        "rule": leaving.decision and _decided(leaving.decision),
        "to_bill": owed
        and {
            "from": owed.since.isoformat(),
            "months": owed.months,
            "days": owed.days,
            "least_net_cents": owed.least,
            "currency": owed.currency,
        },
    }


def show_calendar(console: Console, summary: Record) -> None:
    """Print a contract's calendar, then how it ends when a notice arrives, and what is still to be billed."""
    title = f"{summary['contract']} · {summary['customer']} · {summary['offer']}"
    rows = [(_words(row["date"]), row["what"], row["because"]) for row in summary["dates"]]
    show_table(console, table(title, ("Date", "Échéance", "D'après"), rows))
    console.print()
    if summary["sooner"]:
        console.print(Text(f"{summary['sooner']}\n"), soft_wrap=True)
    if summary["live"] is None:
        console.print(Text(f"{NOT_SERVED}\n"), soft_wrap=True)
    if summary["instructions"]:
        told = "".join(f"  {one['sentence']}.\n" for one in summary["instructions"])
        console.print(Text(f"Consignes le {_words(summary['on'])} :\n{told}"), soft_wrap=True)
    for sentence in _sentences(summary):
        console.print(Text(sentence), soft_wrap=True)


def _label(entry: Entry, calendar: Calendar, day: date) -> str:
    term, contract = calendar.term, calendar.term.contract
    if entry.settled or entry.own or entry.revised:
        return _of_this_customer(entry, calendar.offers)
    label = TO_SEND if entry.counts_sent else LABELS[entry.kind]
    if entry.kind in DEPOSITS and calendar.deposit:
        return f"{label} : {in_money(calendar.deposit, calendar.currency)}"
    if entry.kind == "go_live_promised":
        label = f"{label} ({promised_within(term.rules)})"
        if contract.live and contract.live > promised_day(term):
            return f"{label} : dépassée"
        return f"{label} : aucune n'est notée" if late_since(term, day) else label
    if entry.kind in REMINDERS:
        return f"{label} ({'obligatoire' if reminder_is_owed(contract) else 'par courtoisie, non obligatoire'})"
    at_latest = entry.kind == "trial_last_day" and term.trial_may_end_sooner(day)
    late = entry.kind == "quality_call" and entry.day < day
    return f"{label}{AT_LATEST if at_latest else ' : en retard' if late else ''}"


def _of_this_customer(entry: Entry, offers: Sequence[Offer]) -> str:
    """Return what happened to the contract, or what was agreed with its customer alone, and whether that ends."""
    if entry.settled:
        return event_in_words(entry.settled.event, offers)
    if entry.revised:
        return revision_in_french(entry.revised.series, entry.revised.revised)
    told = own_term_in_words(entry.own, offers[0], offers[0].head.currency) if entry.own else ""
    return f"{LABELS[entry.kind]} : {told}" if entry.kind in LABELS else told


def _basis(entry: Entry, calendar: Calendar, leaving: Leaving) -> str:
    contract = calendar.term.contract
    if entry.settled or entry.own or entry.revised:
        place = entry.revised.place if entry.revised else calendar.granted_at(entry)
        return _told(entry.settled) if entry.settled else f"{place.file}:{place.line}"
    if made := _made_by(entry, leaving):
        source = "A14, A15" if made.rule.on == "notice" else SOURCES[entry.kind]
        return f"{made.rule.id}, {_place(made.rule)} · {source}"
    if entry.kind in OUTSIDE_THE_TERMS:
        law = reminder_law(contract)
        return law.law if law and entry.kind in REMINDERS else f"région {contract.customer.region} · R19, A20"
    asked = NOTED.get(entry.kind), entry.day
    noted = next((one.event.place for one in calendar.settled if (one.event.what, one.event.on) == asked), None)
    if noted:
        return f"{noted.file}:{noted.line} · {SOURCES[entry.kind]}"
    if entry.kind in ("signed", "go_live"):
        written = contract.signed if entry.kind == "signed" else contract.live
        return f"{'signed' if entry.kind == 'signed' else 'live'} = {written} · {SOURCES[entry.kind]}"
    first = entry.kind == "term_last_day" and entry.day < next(calendar.term.ends())
    kind: Kind = "commitment_last_day" if first else entry.kind
    rules, names = entry.rules or calendar.term.rules, TERM_KEYS.get(kind, ())
    if kind == "commitment_last_day" and rules is not calendar.term.rules:
        names = ("commitment",)
    keys = ", ".join(_keys(rules, names))
    return f"[term] {keys} · {SOURCES[kind]}" if keys else SOURCES[kind]


def _keys(rules: TermRules, names: Iterable[str]) -> Iterator[str]:
    """Yield keys of ``[term]`` as a rule file writes them; switches only where they are not at their default."""
    for named in names:
        name = INSTEAD.get(named, named) if getattr(rules, named) is None else named
        value = getattr(rules, name)
        if value is None:
            continue
        if name not in SWITCHES or value != getattr(attrs.fields(TermRules), name).default:
            yield f"{name} = {str(value).lower()}" if isinstance(value, bool) else f"{name} = {_written(value)}"


def _written(value: object) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'


def _event(event: Event) -> Record:
    return {"what": event.what, "name": event.name, "on": event.on.isoformat()}


def _told(settled: Settled) -> str:
    """Return where an event is noted, on another day than it holds from, and the rule that says from when."""
    event, rule = settled.event, settled.decision and settled.decision.rule
    noted = f"{event.place.file}:{event.place.line}"
    asked = f"demandé le {day_in_words(event.on)}, " if settled.since != event.on else ""
    return f"{asked}{noted}" + (f" · {rule.id}, {_place(rule)}" if rule else "")


def _made_by(entry: Entry, leaving: Leaving) -> Decision | None:
    """Return what decided a date: of an event, a renewal, or the end after a notice."""
    if entry.settled:
        return entry.settled.decision
    return (entry.kind == "contract_last_day" and leaving.decision) or entry.decision


def _decided(decision: Decision) -> Record:
    """Return a decision as plain values: the rule, where it stands, its text, and the facts that it read."""
    rule = decision.rule
    return {
        "id": rule.id,
        "place": _place(rule),
        "when": rule.when,
        "why": rule.why,
        "facts": [_fact(VOCABULARIES[rule.on], name, value) for name, value in decision.facts],
    }


def _fact(vocabulary: Vocabulary, name: str, value: FactValue) -> Record:
    field = vocabulary[name]
    words = ("oui" if value else "non") if field.type == "yes_no" else str(value)
    return {"name": name, "value": value, "words": words, "meaning": field.meaning}


def _place(rule: Rule) -> str:
    return f"{rule.place.file}:{rule.place.line}"


def _sentences(summary: Record) -> Iterable[str]:
    left = summary["if_notice"]
    end, rule, owed = left["end"], left["rule"], left["to_bill"]
    yield _noticed(left)
    if end is None:
        yield f"  aucune règle de {summary['offer']} ne dit quand il met fin au contrat."
        return
    yield f"  le contrat prend fin le {_words(end)} à 0 h (dernier jour : {_words(_before(end))})."
    if rule:
        yield f"  {rule['why']} ({rule['id']}, {rule['place']})"
        facts = ", ".join(f"{fact['name']} = {fact['words']}" for fact in rule["facts"])
        yield f"  Faits : {facts}."
    if owed is None:
        yield "  Rien n'est facturé tant que la mise en service n'est pas notée."
        return
    if not owed["months"] and not owed["days"]:
        yield "  Il ne reste aucun mois à facturer."
        return
    yield f"  Reste à facturer, du {_words(owed['from'])} au {_words(_before(end))} : {_length(owed)},"
    yield f"  soit au moins {in_money(owed['least_net_cents'], owed['currency'])} HT : sans aucun appel, hors options."


def _noticed(left: Record) -> str:
    """Return the notice that came, or would come, by the day of it that counts."""
    day, sends = _words(left["notice"]), left["counted_on"] == "sent"
    if not left["received"]:
        return f"Si un préavis {'est envoyé' if sends else 'arrive'} le {day} :"
    if not sends:
        return f"Préavis reçu le {day} :"
    return f"Préavis envoyé le {_words(left['sent'] or left['notice'])}, reçu le {day}, c'est son envoi qui compte :"


def _length(owed: Record) -> str:
    months, days = owed["months"], owed["days"]
    parts = [f"{months} mois {'civils' if months > 1 else 'civil'}"] if months else []
    parts += [f"{days} jour{'s' if days > 1 else ''}"] if days else []
    return " et ".join(parts)


def _before(day: str) -> str:
    return (date.fromisoformat(day) - ONE_DAY).isoformat()


def _words(day: str) -> str:
    return day_in_words(date.fromisoformat(day))

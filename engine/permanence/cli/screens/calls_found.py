"""What `permanence calls find` prints: each call with its records, whether it was counted, and on which lines."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from ...model.call_kinds import STATUSES
from ...model.money import Cents
from ...model.outcome import OUTCOMES, Outcome
from ...model.period import Month
from ...model.problem import Place
from ...model.words.amounts import in_money
from ...model.words.french import day_in_words, month_in_words, typeset
from ...model.words.numbers import in_thousands
from ..calls_found import CallsFound
from .excluded import exclusion_in_words
from .output import Record, show_sentence

LISTED = 20
"""So many calls are shown; all that were found are in what `--json` prints."""
UNKNOWN = "numéro inconnu"
NO_ANSWER: Mapping[str, str] = {
    "not_billed": "Pas encore facturé ({month}).",
    "came_later": "Arrivé après la facturation ({month}), qui est à refaire : permanence bill {key}",
    "not_there": "N'était pas parmi les appels facturés ({month}) : permanence bill {key}",
    "not_kept": "Facturé par une version qui ne gardait pas les appels ({month}) : permanence bill {key}",
    "other_source": "Facturé depuis des fichiers Parquet ({month}) : cherchez avec --calls 'calls/*.parquet'",
}
"""What is said of a call of which nothing is kept, by why there is nothing."""
NO_LINE = {
    True: "Il est compris dans la facture {} : aucune de ses lignes n'en dépend.",
    False: "Aucune ligne de la facture {} n'en dépend.",
}
"""What is said of a call that is behind no line, by whether it is counted."""
RECORDS_SINCE = "Un enregistrement de plus est arrivé après la facturation ({month}), à refaire : permanence bill {key}"


def found_summary(found: CallsFound, number: str, moment: str, contract: str) -> Record:
    """Return what was looked for and what was found, as plain values; amounts in cents."""
    asked = {"number": number, "at": moment, "contract": contract}
    return {"asked": asked, "calls": list(found.calls), "nearest": list(found.nearest)}


def show_found(console: Console, summary: Record, zone: str, span: tuple[int, int] | None) -> None:
    """Print what was looked for, then each call with what became of it; or which calls are nearest."""
    calls = summary["calls"]
    show_sentence(console, _head(summary, zone, span))
    for call in calls[:LISTED]:
        console.print()
        _show_call(console, call)
    if len(calls) > LISTED:
        console.print()
        show_sentence(console, f"… et {in_thousands(len(calls) - LISTED)} autres : précisez avec --at ou --contract.")
    if summary["nearest"]:
        show_sentence(console, "Les plus proches : " + " et ".join(map(_moment, summary["nearest"])) + ".")


def _head(summary: Record, zone: str, span: tuple[int, int] | None) -> str:
    count, asked = len(summary["calls"]), summary["asked"]
    found = f"{in_thousands(count)} {'appels' if count > 1 else 'appel'}" if count else "Aucun appel"
    number = f" de ou vers {asked['number']}" if asked["number"] else ""
    contract = f" sur les lignes de {asked['contract']}" if asked["contract"] else ""
    return f"{found}{number}{contract}{_time_asked(span, zone)}{'.' if not count else ' :'}"


def _time_asked(span: tuple[int, int] | None, zone: str) -> str:
    if not span:
        return ""
    first, last = (datetime.fromtimestamp(instant, ZoneInfo(zone)) for instant in (span[0], span[1] - 1))
    if (first.hour, first.minute, last.hour, last.minute) == (0, 0, 23, 59):
        return f", le {day_in_words(first.date())}"
    return f", le {day_in_words(first.date())} de {first:%H:%M} à {last:%H:%M}"


def _show_call(console: Console, call: Record) -> None:
    records = call.get("records", ())
    numbers = _numbers(call) if records else ""
    console.print(Text(_moment(call["arrived"]) + numbers, style="bold"), soft_wrap=True)
    if records:
        show_sentence(console, _heard(call).capitalize() + ".", "  ")
    for record in records if len(records) > 1 else ():
        show_sentence(console, typeset(_record(record)), "    ")
    for one in call["became"]:
        for sentence in _became(one, several=len(call["became"]) > 1):
            show_sentence(console, typeset(sentence), "  ")
    if call.get("excluded"):
        show_sentence(console, typeset(f"Appel {exclusion_in_words(call['excluded'])}."), "  ")
    if call["state"] != "billed":
        show_sentence(console, _said(NO_ANSWER[call["state"]], call["month"]), "  ")
    elif call.get("records_since"):
        show_sentence(console, _said(RECORDS_SINCE, call["month"]), "  ")


def _numbers(call: Record) -> str:
    return f" · de {call['caller'] or UNKNOWN} au {call['number'] or UNKNOWN} · appel {call['call']}"


def _record(record: Record) -> str:
    return (
        f"{_moment(record['arrived'])[-8:]} au {record['number'] or UNKNOWN} : {_heard(record)} ({record['call_id']})"
    )


def _heard(heard: Record) -> str:
    status = heard["status"]
    said = STATUSES[status][0].fr if status in STATUSES else status
    return f"{said}, attente {heard['wait_seconds']}\u00a0s, conversation {heard['talk_seconds']}\u00a0s"


def _became(one: Record, *, several: bool) -> Iterator[str]:
    """Yield what became of a call: for whom and in which window it counted, or why not; then the lines it is behind."""
    month = month_in_words(Month.parse(one["month"]))
    whose = f" pour {one['contract']}, {one['customer'] or 'contrat inconnu'}" if one["contract"] else ""
    outcome = OUTCOMES[Outcome[one["outcome"].upper()]].one.capitalize()
    why = f" ({one['reason_title']})" if one["reason"] else ""
    within = [f"plage « {one['window_title']} »"] if one["window"] else []
    marks = [f"marques : {one['marks_title']}"] if one["marks"] else []
    at = [_moment(one["arrived"])[-8:]] if several and "arrived" in one else []
    yield f"{', '.join([outcome + why + whose, f'en {month}', *within, *marks, *at])}."
    if one["hold"]:
        yield f"Le contrat est en attente : {one['hold']}"
    for line in one["lines"]:
        yield (
            f"Facture {one['invoice']}, ligne {line['position']}, {line['label']} : "
            f"{in_money(Cents(line['amount_cents']), line['currency'])} "
            f"(règle de {Place(line['file'], line['line'])}, {line['rule']})"
        )
    if one["invoice"] and not one["lines"]:
        yield NO_LINE[one["outcome"] == Outcome.COUNTED.word].format(one["invoice"])


def _said(sentence: str, month: str) -> str:
    return sentence.format(month=month_in_words(Month.parse(month)), key=month)


def _moment(local: str) -> str:
    """Return ``12 octobre 2026, 14:05:12``."""
    time = datetime.fromisoformat(local)
    return f"{day_in_words(time.date())}, {time:%H:%M:%S}"

"""What `permanence calls try` prints: how a file's records are understood, and which calls they make."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from ...model.call_kinds import DIRECTIONS, STATUSES
from ...model.words.numbers import in_thousands
from ...read.calls.first_records import ReadRecord
from ..call_format_named import NamedFormat
from ..trial import TriedCall, TriedFile
from .call_formats import recognised_in_words
from .output import Record, show_sentence, show_table, table

LISTED = 20
PARIS = ZoneInfo("Europe/Paris")
SAID = {
    "call_id": "id",
    "linked_id": "lien",
    "account": "compte",
    "number": "appelé",
    "caller": "appelant",
    "language": "langue",
    "tags": "marques",
    "details": "détails",
}
"""What our columns are called where a record is shown."""


def trial_summary(named: NamedFormat, found: TriedFile) -> Record:
    """Return how a file is understood, as plain values: its first records, their calls, and all that is refused."""
    return {
        "file": found.file,
        "format": named.form.name,
        "recognised": named.known_by is not None,
        "zone": found.zone,
        "rows": found.rows,
        "refused": len(found.refused),
        "ends": [{"direction": way, "status": end, "records": count} for (way, end), count in found.ends.items()],
        "records": [{**record, "start": _instant(record["start"])} for record in found.records],
        "calls": [_plain(call) for call in found.calls],
        "problems": [{"line": one.where.line, "what": one.what} for one in found.refused],
        "notices": [{"line": one.where.line, "what": one.what} for one in found.notices],
    }


def show_trial(console: Console, named: NamedFormat, found: TriedFile) -> None:
    """Print the first records with all that is read of them, their calls, and the records that would be refused."""
    if named.known_by is not None:
        show_sentence(console, recognised_in_words(found.file, named.known_by))
    show_sentence(console, _counted(found))
    if found.ends:
        show_sentence(console, _ends(found))
    if found.records:
        console.print()
        console.print(Text(_title(found.records), style="bold"))
    for record in found.records:
        show_sentence(console, _main(record))
        show_sentence(console, " · ".join(_further(record)), indent="        ")
    if found.records:
        console.print()
        show_calls(console, found.calls)
    for problem in (*found.refused[:LISTED], *found.notices[:LISTED]):
        console.print(Text(str(problem), style="yellow"), soft_wrap=True)
    if len(found.refused) > LISTED:
        console.print(f"… et {len(found.refused) - LISTED} autres enregistrements refusés")
    console.print("Rien n'a été écrit.")


def show_calls(console: Console, calls: Sequence[TriedCall]) -> None:
    """Print the calls that records make, a line each."""
    columns = ("Lignes", "Arrivée", "Attente", "Parlé", "Fin", "Sens", "Marques")
    rows = [
        (
            _lines(call.lines),
            _local(call.start),
            f"{call.wait_seconds}\u00a0s",
            f"{call.talk_seconds}\u00a0s",
            _status(call.status),
            _direction(call.direction),
            call.tags,
        )
        for call in calls
    ]
    show_table(console, table("Appels qu'ils forment", columns, rows, numbers=(2, 3)))


def _counted(found: TriedFile) -> str:
    read, refused = found.rows - len(found.refused), len(found.refused)
    zone = f" ; horloge : {found.zone}" if found.zone else ""
    return f"{_some(found.rows, 'enregistrement')} : {_some(read, 'lu')}, {_some(refused, 'refusé')}{zone}."


def _ends(found: TriedFile) -> str:
    """Return how all records ended: of a word that a mapping takes wrongly, the first ten may show nothing."""
    ends = (f"{_direction(way)}, {_status(end)} {in_thousands(count)}" for (way, end), count in found.ends.items())
    return f"En tout : {' · '.join(ends)}."


def _some(count: int, word: str) -> str:
    return f"{in_thousands(count)} {word}{'s' if count > 1 else ''}"


def _title(records: Sequence[ReadRecord]) -> str:
    return f"Les {len(records)} premiers enregistrements" if len(records) > 1 else "Le premier enregistrement"


def _main(record: ReadRecord) -> str:
    return (
        f"{record['line']:>6}  {_local(record['start'])}  {_direction(record['direction'])}, "
        f"{_status(record['status'])} · attente {record['wait_seconds']}\u00a0s · parlé {record['talk_seconds']}\u00a0s"
    )


def _further(record: ReadRecord) -> Iterator[str]:
    for name, said in SAID.items():
        if record.get(name):
            yield f"{said} {record[name]}"


def _lines(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:4])) + (f" … ({len(lines)})" if len(lines) > 4 else "")


def _status(status: str) -> str:
    return next((words[0].fr for name, words in STATUSES.items() if name == status), status)


def _direction(direction: str) -> str:
    return next((words[0].fr for name, words in DIRECTIONS.items() if name == direction), direction)


def _local(start: int) -> str:
    return datetime.fromtimestamp(start, PARIS).strftime("%d/%m/%Y %H:%M:%S")


def _instant(start: int) -> str:
    return datetime.fromtimestamp(start, UTC).isoformat()


def _plain(call: TriedCall) -> Record:
    return {
        "lines": list(call.lines),
        "start": _instant(call.start),
        "wait_seconds": call.wait_seconds,
        "talk_seconds": call.talk_seconds,
        "status": call.status,
        "direction": call.direction,
        "tags": call.tags,
        "language": call.language,
    }

"""What `permanence calls formats` and `calls new-format` print."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from ...read.calls.mapping import FROM_UNIQUEID, CallFormat
from ...read.calls.stamp_forms import INSTANTS
from ...read.formats.recognised import Likeness
from .output import Record, show_sentence, show_table, table

TO_SET = {
    "zone": "le fuseau des heures",
    "direction": "les contextes d'appel",
    "stamp": "la forme des dates",
    "columns": "l'ordre des colonnes",
    "status": "ce qui vaut réponse",
    "account": "ce qui désigne le client",
}
"""What a mapping cannot know of somebody's telephone system, by the key that says it."""


def formats_summary(forms: Iterable[CallFormat]) -> Record:
    """Return the ready mappings as plain values."""
    return {
        "formats": [
            {"name": form.name, "title": form.title, "zone": zone_read(form), "to_set": list(form.to_set)}
            for form in forms
        ]
    }


def show_formats(console: Console, forms: Iterable[CallFormat]) -> None:
    """Print a line per mapping: its name, what writes such files, the clock, and what to set in a copy."""
    rows = [
        (form.name, form.title, clock_told(form), ", ".join(TO_SET[one] for one in form.to_set) or "rien")
        for form in forms
    ]
    show_table(console, table("Formats connus", ("Nom", "Fichiers", "Horloge", "À vérifier ou régler"), rows))
    show_sentence(
        console,
        "Pour régler l'un d'eux : permanence calls formats NOM > mien.toml, puis permanence calls try FICHIER --format "
        "mien.toml. Pour un autre système : permanence calls new-format FICHIER.",
    )


def zone_read(form: CallFormat) -> str:
    """Return the zone that a mapping reads times in: empty where each time tells, or a name."""
    return "" if tells_offset(form) else form.zone_meant


def tells_offset(form: CallFormat) -> bool:
    """Tell whether each time of a mapping says itself which instant it is."""
    return (form.stamp in INSTANTS and not form.zone) or "%z" in form.stamp or "%Z" in form.stamp


def clock_told(form: CallFormat) -> str:
    """Return where the zone of a mapping's times comes from."""
    if tells_offset(form):
        return "celle du fichier"
    if form.zone == FROM_UNIQUEID:
        return "d'après les identifiants"
    return f"{form.zone_meant}, supposée" if "zone" in form.to_set else form.zone_meant


def recognised_in_words(files: str, known: Likeness) -> str:
    """Return which mapping files were known to be of, by what, and in which zone their times are read."""
    form = known.form
    by = f"à {known.width} colonnes et à leurs premières valeurs" if known.width else "aux noms des colonnes"
    return f"{files} : format {form.name} ({form.title}), reconnu {by} ; {_zone_told(form)}."


def show_recognised(console: Console, known: Mapping[str, Likeness]) -> None:
    """Print which mapping each file was known to be of; files of one mapping share a sentence."""
    files: dict[str, list[str]] = {}
    for file, one in known.items():
        files.setdefault(one.form.name, []).append(file)
    for named in files.values():
        said = named[0] if len(named) == 1 else f"{len(named)} fichiers, dont {named[0]}"
        show_sentence(console, recognised_in_words(said, known[named[0]]))


def _zone_told(form: CallFormat) -> str:
    if tells_offset(form):
        return "les heures disent leur fuseau"
    if form.zone == FROM_UNIQUEID:
        return "fuseau d'après les identifiants"
    if "zone" in form.to_set:
        return f"heures lues comme celles de {form.zone_meant}, le fichier ne dit pas leur fuseau"
    return f"heures de {form.zone_meant}"


def show_draft_format(console: Console, file: Path, path: Path, left: Sequence[str]) -> None:
    """Print where a draft stands, what is to be decided in it, and how to go on."""
    console.print(f"{path.as_posix()}: edit it, and see what it makes of the file:", soft_wrap=True)
    console.print(f"permanence calls try {file.as_posix()} --format {path.as_posix()}", soft_wrap=True, markup=False)
    for one in left:
        show_sentence(console, f"- {one}")

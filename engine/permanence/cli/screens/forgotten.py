"""What `permanence forget` prints: how many records no longer name their caller, and what it does not touch."""

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...model.words.french import day_in_words
from ...model.words.numbers import in_thousands
from ...store.forgetting import Forgotten
from .output import Record, show_sentence

NOT_TOUCHED = "Les fichiers importés et les sauvegardes ne sont pas touchés."


def forgotten_summary(found: Forgotten, asked: str, path: Path) -> Record:
    """Return what was forgotten as plain values; ``asked`` is the day before which, or that a caller asked for it."""
    return {
        "asked": asked,
        "records": found.records,
        "texts": found.texts,
        "elsewhere": found.elsewhere,
        "log_emptied": found.emptied,
        "copies": sorted(one.name for one in path.parent.glob(f"{path.name}.v*.bak")),
    }


def show_forgotten(console: Console, summary: Record) -> None:
    """Print what was forgotten, and where numbers may stand still."""
    records, texts = summary["records"], summary["texts"]
    some = f"{in_thousands(records)} enregistrement{'s' if records > 1 else ''}"
    beside = f", {in_thousands(texts)} texte{'s' if texts > 1 else ''}" if texts else ""
    if summary["asked"] == "caller":
        kept = "Les factures comptent toujours ces appels." if records > 1 else "Les factures le comptent toujours."
        line = f"Numéro effacé : {some}{beside}. {kept}" if records or texts else "Aucun enregistrement n'a ce numéro."
    else:
        day = day_in_words(date.fromisoformat(summary["asked"]))
        line = f"Numéros d'appelants tronqués avant le {day} : {some}{beside}. Les factures n'en dépendent pas."
    show_sentence(console, line)
    if summary["elsewhere"]:
        count = in_thousands(summary["elsewhere"])
        warn = f"{count} enregistrements ont encore ce numéro comme numéro appelé, identifiant ou précision."
        console.print(Text(warn, style="yellow"), soft_wrap=True)
    if not summary["log_emptied"]:
        busy = "Quelqu'un lit la base : son journal garde peut-être encore des numéros. Relancez la commande ensuite."
        console.print(Text(busy, style="yellow"), soft_wrap=True)
    copies = f" Copies à supprimer ici : {', '.join(summary['copies'])}." if summary["copies"] else ""
    show_sentence(console, NOT_TOUCHED + copies)

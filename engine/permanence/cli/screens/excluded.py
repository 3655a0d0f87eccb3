"""What `permanence calls exclude` prints, and what other commands say of a call that was excluded afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rich.console import Console

from ...model.outcome import OUTCOMES, Outcome
from ...model.words.french import day_in_words
from .output import Record, show_sentence


def excluded_summary(record: Mapping[str, Any], what: str, by: str, why: str, *, changed: bool) -> Record:
    """Return what became of a call as plain values; ``changed`` tells that it was not so before."""
    return {"call": record["id"], "call_id": record["call_id"], "what": what, "by": by, "why": why, "changed": changed}


def show_excluded(console: Console, summary: Record) -> None:
    """Print what became of a call, and that it was so already where it was."""
    became = _became(undone=summary["what"] == "undone")
    already = "" if summary["changed"] else " déjà"
    named = f"Appel {summary['call']} ({summary['call_id']})"
    show_sentence(console, f"{named}{already} {became} par {summary['by']} : {summary['why']}")


def exclusion_in_words(told: Mapping[str, Any]) -> str:
    """Return ``exclu par l'accueil le 4 novembre 2026 : Faux numéro``, or that it is counted again."""
    became = _became(undone=told["undone"])
    day = day_in_words(datetime.fromisoformat(told["at"]).date())
    return f"{became} par {told['by']} le {day} : {told['why']}"


def _became(*, undone: bool) -> str:
    return "compté de nouveau" if undone else OUTCOMES[Outcome.EXCLUDED].one

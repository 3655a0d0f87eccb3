"""What was answered before an offer is written, in a short table."""

from rich.console import Console

from ...offers.draft.draft import OfferDraft, answers
from .output import show_table, table


def show_draft(console: Console, draft: OfferDraft) -> None:
    """Print the answers, and the file that they become."""
    console.print()
    show_table(console, table(f"To be written: {draft.file}", ("", "Answer"), list(answers(draft))))
    console.print()

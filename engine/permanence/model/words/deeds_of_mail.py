"""What came of a deed with mails, in French: how many were sent, what somebody said of some."""

from collections.abc import Iterator
from typing import Any

from .mail_standing import SAID, mails_in_words
from .numbers import in_thousands


def mail_told(rest: dict[str, Any]) -> Iterator[str]:
    """Yield what came of a deed, and take it out of what is to be told."""
    if counts := rest.pop("handed_over", None):
        yield mails_in_words(counts)
    if alerts := rest.pop("alerts", None):
        yield f"{in_thousands(alerts)} alerte{'s' if alerts > 1 else ''} : {', '.join(rest.pop('in_mails'))}"
    if mails := rest.pop("mails", None):
        yield f"{', '.join(mails)} : {SAID[rest.pop('state')]}"

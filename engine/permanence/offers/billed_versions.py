"""Versions of offers that have billed with one text, and have another now: what was billed is billed again alike."""

from collections.abc import Iterable, Iterator

from ..model.basis import BilledText
from ..model.offer import Offer
from ..model.period import Month
from ..model.problem import Problem

SHOWN = 12
"""So many signs of a digest are shown: as many as keys of rules in billing.db have."""
NAMED = 3


def billed_otherwise(offers: Iterable[Offer], texts: Iterable[BilledText], again: Month | None) -> Iterator[Problem]:
    """Yield a problem for each text that billed a version whose file has another text now (R25).

    Where nothing rests on the old text but the month that is billed ``again``, there is none. Without such a month a
    text that billed one month alone is a warning: that month can be billed again.
    """
    known = {offer.version: offer for offer in offers}
    for text in texts:
        offer = known.get(text.version)
        if offer is None or offer.digest == text.digest or text.months == (again,):
            continue
        yield _problem(offer, text, warning=again is None and len(text.months) == 1)


def _problem(offer: Offer, text: BilledText, *, warning: bool) -> Problem:
    months = ", ".join(map(str, text.months[:NAMED])) + (" …" if len(text.months) > NAMED else "")
    where = f" of {text.file}" if text.file and text.file != offer.file else ""
    then, now = text.digest[:SHOWN], offer.digest[:SHOWN]
    what = f"{offer.version} has billed {months} with the text {then}{where}, and the file is {now} now"
    hint = f"make it the next version, `permanence new-offer --from {offer.version}`, then put the old text back"
    once = f"bill {months} again with it, `permanence bill {months}`, or {hint}" if warning else hint
    return Problem(offer.places.place(("offer", "sold_from")), what, f"{once}: billing.db has it", warning)

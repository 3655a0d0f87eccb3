"""Names of an offer's own that people would read, for want of a title, and titles of what the offer does not have."""

from collections.abc import Iterator

from ...model.facts import facts_of_mark
from ...model.mission import MISSIONS
from ...model.offer import Offer
from ...model.problem import Place
from ...model.words.tags import TAGS
from .finding import Finding, Path


def untitled_names(offer: Offer) -> Iterator[Finding]:
    """Yield, as warnings, the names without a title that quotes, `describe` or bills would say, and idle titles."""
    several = len(offer.head.mission) > 1
    for number, mission in enumerate(offer.head.mission):
        if several and mission not in MISSIONS and mission not in offer.missions:
            yield _untitled(("offer", "mission", number), "mission", mission)
    for number, tag in enumerate(offer.count.exclude_tags):
        if tag not in TAGS and tag not in offer.tags:
            yield _untitled(("count", "exclude_tags", number), "tag", tag)
    marks = {rule.then.mark: rule.place for rule in reversed(offer.rules_on("call")) if rule.then.mark}
    reasons = {rule.then.exclude: rule.place for rule in reversed(offer.rules_on("call")) if rule.then.exclude}
    counted = {price.per for price in offer.prices.values()}
    for mark, place in marks.items():
        if mark not in offer.marks and counted.isdisjoint(facts_of_mark(mark)):
            yield _untitled(place, "mark", mark)
    for reason, place in reasons.items():
        if reason not in offer.reasons:
            yield _untitled(place, "reason", reason)
    titled = (
        ("mission", offer.missions, offer.head.mission, "the offer has no such mission"),
        ("mark", offer.marks, marks, "no call rule sets this mark"),
        ("reason", offer.reasons, reasons, "no call rule excludes a call for this reason"),
    )
    for kind, titles, known, what in titled:
        for name in titles:
            if name not in known:
                yield Finding((kind, name), what, "take the table out, or mend its name", warning=True)


def _untitled(where: Place | Path, kind: str, name: str) -> Finding:
    what = f'customers would read the bare name "{name}": this {kind} has no title'
    return Finding(where, what, f"write [{kind}.{name}] with its title", warning=True)

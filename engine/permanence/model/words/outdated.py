"""What a month's bills rest on no more, in the one sentence that every command and page has for it."""

from collections.abc import Collection, Iterator, Mapping

from ..basis import Outdated
from .french import month_in_words
from .numbers import in_thousands

NAMED = 5
"""So many contracts are named; the others are there as ``…``, and all of them in JSON."""
NOBODYS = "sans contrat"
CALLS = ("appel", "appels")
EXCLUDED = ("appel exclu ou rétabli", "appels exclus ou rétablis")


def outdated_in_words(outdated: Outdated) -> str:
    """Return ``octobre 2026 est à refaire : 1 appel de plus (C0004), 1 contrat changé (C0007)``."""
    return f"{month_in_words(outdated.month)} est à refaire : {why_outdated(outdated)}"


def why_outdated(outdated: Outdated) -> str:
    """Return what a month's bills rest on no more: ``1 appel de plus (C0004), 1 contrat changé (C0007)``."""
    return ", ".join(_parts(outdated))


def _parts(outdated: Outdated) -> Iterator[str]:
    more = {name: count for name, count in outdated.calls.items() if count > 0}
    fewer = {name: -count for name, count in outdated.calls.items() if count < 0}
    yield from _counted(more, "de plus", CALLS)
    yield from _counted(fewer, "de moins", CALLS)
    if outdated.other_calls:
        yield "d'autres appels"
    yield from _counted(outdated.excluded, "depuis", EXCLUDED)
    for sign, difference in ((1, "de plus"), (-1, "de moins")):
        work = {name: sign * count for name, count in outdated.work.items() if sign * count > 0}
        yield from _counted(work, difference, ("travail", "travaux"))
    if outdated.other_work:
        yield f"d'autres travaux ({_named(list(outdated.other_work))})"
    yield from _some(outdated.changed, "contrat changé", "contrats changés")
    yield from _some(outdated.added, "contrat de plus", "contrats de plus")
    yield from _some(outdated.removed, "contrat de moins", "contrats de moins")
    yield from _some(outdated.offers, "offre modifiée", "offres modifiées")
    modules = dict.fromkeys(f"{now or 'aucun'} au lieu de {then}" for now, then in outdated.options.values())
    yield from _some(tuple(modules), "module d'options changé", "modules d'options changés")


def _counted(counts: Mapping[str, int], difference: str, noun: tuple[str, str]) -> Iterator[str]:
    if count := sum(counts.values()):
        whose = [f"{name or NOBODYS} : {in_thousands(one)}" for name, one in counts.items()]
        named = _named(whose) if len(counts) > 1 else next(iter(counts)) or NOBODYS
        yield f"{in_thousands(count)} {noun[count > 1]} {difference} ({named})"


def _some(names: Collection[str], one: str, several: str) -> Iterator[str]:
    if names:
        yield f"{in_thousands(len(names))} {one if len(names) == 1 else several} ({_named(list(names))})"


def _named(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")

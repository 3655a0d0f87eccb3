"""What came of a command, as `permanence log` and the pages of staff tell it (French)."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..deed import CameOf
from ..money import Cents
from ..outcome import OUTCOMES, Outcome
from ..period import Month
from .amounts import in_money
from .deeds_of_mail import mail_told
from .deeds_of_money import money_told
from .french import month_in_words
from .numbers import in_thousands

RECORDS = {
    "rows": ("enregistrement", "enregistrements"),
    "accepted": ("accepté", "acceptés"),
    "duplicate": ("doublon", "doublons"),
    "refused": ("refusé", "refusés"),
}
WAITING = OUTCOMES[Outcome.HELD]
BILLED = {
    "invoices": ("facture", "factures"),
    "holds": (WAITING.one, WAITING.several),
    "calls": ("appel", "appels"),
}
FORGOTTEN = {"records": ("enregistrement", "enregistrements"), "texts": ("texte", "textes")}
"""What is counted, one of it and several."""


def came_of_in_words(came_of: CameOf) -> str:
    """Return what came of a deed as it was noted, in French; what has no words of ours is told as it is."""
    return " · ".join(_told(came_of))


def _told(came_of: CameOf) -> Iterator[str]:
    rest = dict(came_of)
    for told in (_of_files, _of_months, money_told, mail_told, _of_calls, _of_links, _of_copies):
        yield from told(rest)
    for name, value in rest.items():
        if name not in RECORDS:
            yield f"{name} {value}"


def _of_files(rest: dict[str, Any]) -> Iterator[str]:
    if upgraded := rest.pop("upgraded", None):
        yield f"tables mises à jour, de la version {upgraded['before']} à la version {upgraded['now']}"
    if written := rest.pop("written", None):
        yield f"écrit : {', '.join(written)}"
    if into := rest.pop("into", None):
        many, new, digest = (rest.pop(name) for name in ("files", "new", "sha256"))
        counted = f"{in_thousands(many)} fichier{'s' if many > 1 else ''}"
        yield f"{counted} dans {into}/, dont {in_thousands(new)} de plus, empreinte {digest[:12]}…"


def _of_months(rest: dict[str, Any]) -> Iterator[str]:
    if month := rest.pop("month", None):
        yield month_in_words(Month.parse(month))
    if "after" in rest:
        before, after = rest.pop("before", None), rest.pop("after")
        yield _billed(after) + (f" (avant : {'identique' if before == after else _billed(before)})" if before else "")
    if "documents" in rest:
        many, first, last = (rest.pop(name) for name in ("documents", "first", "last"))
        documents = "1 document" if many == 1 else f"{in_thousands(many)} documents"
        yield f"{documents}, {first}" if many == 1 else f"{documents}, de {first} à {last}"


def _of_calls(rest: dict[str, Any]) -> Iterator[str]:
    if file := rest.pop("file", None):
        yield f"{file} : {', '.join(_counted(rest, RECORDS))}"
    if "call" in rest:
        call, what, by = (rest.pop(name) for name in ("call", "what", "by"))
        became = OUTCOMES[Outcome.EXCLUDED].one if what == "excluded" else "compté de nouveau"
        yield f"appel {call} {became} par {by}"
    if "texts" in rest:
        yield " et ".join(_counted({name: rest.pop(name) for name in FORGOTTEN}, FORGOTTEN)) + " sans numéro d'appelant"


def _of_links(rest: dict[str, Any]) -> Iterator[str]:
    for name, became in (("links", "créé"), ("revoked", "révoqué")):
        if numbers := rest.pop(name, None):
            several = "s" if len(numbers) > 1 else ""
            yield f"lien{several} {', '.join(map(str, numbers))} {became}{several}"


def _of_copies(rest: dict[str, Any]) -> Iterator[str]:
    if head := rest.pop("head", None):
        yield f"fin du registre {head}"
    if backup := rest.pop("backup", None):
        yield f"sauvegarde {backup}, empreinte {rest.pop('digest', None)}"
    if restored := rest.pop("restored", None):
        yield f"restaurée de {restored}, empreinte {rest.pop('digest', None)}"


def _billed(came_to: Mapping[str, Any]) -> str:
    nets = (in_money(Cents(cents), currency) for currency, cents in came_to["net_cents"].items())
    return ", ".join([*_counted(came_to, BILLED), f"{' + '.join(nets) or '0'} HT"])


def _counted(counts: Mapping[str, Any], words: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Yield each count that is there with its word; the first one though it is nothing."""
    first = next(iter(words))
    for name, (one, several) in words.items():
        value: Any = counts.get(name)
        if value or (value is not None and name == first):
            yield f"{in_thousands(value)} {several if value > 1 else one}"

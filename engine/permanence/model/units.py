"""The units that prices are for and that facts are counted in, by the word that stands for each in tables."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from .keys import key
from .price_list import Due
from .scalars import Words


@frozen
class Unit:
    """One of a unit, and several; ``code`` is what machines call it (UN/ECE recommendation 20), "one" in general."""

    one: Words
    several: Words
    code: str = "C62"


@frozen(kw_only=True)
class InUnits:
    """What an offer counts by a name of its own, and what one of it is called, and several."""

    unit: Words | None = key(
        "One of it, as prices and invoice lines say; without `unit` and `units` it is counted in units.",
        default=None,
        example={"fr": "lettre", "en": "letter"},
    )
    units: Words | None = key("Several of it.", default=None, example={"fr": "lettres", "en": "letters"})

    @property
    def own_unit(self) -> Unit | None:
        """Return one of it, and several; None where nothing is said, and for seconds, which are told as time."""
        found = Unit(self.unit, self.units) if self.unit and self.units else None
        return None if found and found.several.fr == UNITS[SECONDS].several.fr else found

    @property
    def counted_in(self) -> str:
        """Return the word that stands for its unit in tables."""
        if self.units and self.units.fr == UNITS[SECONDS].several.fr:
            return SECONDS
        return self.own_unit.several.fr if self.own_unit else USES


CALLS, USES, SECONDS, DAYS, MONTHS, FLAT, LINES = "appels", "unité", "s", "jours", "mois", "forfait", "lignes"
TIMES = "fois"
UNITS: Mapping[str, Unit] = {
    CALLS: Unit(Words("appel", "call"), Words("appels", "calls")),
    USES: Unit(Words("unité", "unit"), Words("unités", "units")),
    SECONDS: Unit(Words("seconde", "second"), Words("secondes", "seconds"), "SEC"),
    DAYS: Unit(Words("jour", "day"), Words("jours", "days"), "DAY"),
    MONTHS: Unit(Words("mois", "month"), Words("mois", "months"), "MON"),
    FLAT: Unit(Words("forfait", "forfait"), Words("forfaits", "forfaits")),
    TIMES: Unit(Words("fois", "time"), Words("fois", "times")),
    LINES: Unit(Words("ligne", "line"), Words("lignes", "lines")),
    "minutes": Unit(Words("minute", "minute"), Words("minutes", "minutes"), "MIN"),
    "pages": Unit(Words("page", "page"), Words("pages", "pages")),
    "SMS": Unit(Words("SMS", "text message"), Words("SMS", "text messages")),
    "e-mails": Unit(Words("e-mail", "e-mail"), Words("e-mails", "e-mails")),
    "lettres": Unit(Words("lettre", "letter"), Words("lettres", "letters")),
    "rendez-vous": Unit(Words("rendez-vous", "appointment"), Words("rendez-vous", "appointments")),
    "transferts": Unit(Words("transfert", "transfer"), Words("transferts", "transfers")),
    "numéros": Unit(Words("numéro", "number"), Words("numéros", "numbers")),
    "sites": Unit(Words("site", "site"), Words("sites", "sites")),
    "postes": Unit(Words("poste", "extension"), Words("postes", "extensions")),
    "praticiens": Unit(Words("praticien", "practitioner"), Words("praticiens", "practitioners")),
}
"""The engine's own, and those that many options count in; an option names others in its ``units``."""
OF_OPTIONS: Mapping[Due, str] = {"recurring": MONTHS, "one_off": FLAT, "usage": USES}
"""What an option's one price is for, by how it falls due."""
OF_SECONDS: Mapping[int, Words] = {
    1: Words("la seconde", "second"),
    60: Words("la minute", "minute"),
    3600: Words("l'heure", "hour"),
}
"""What a price for so many seconds is for."""


def unit_named(word: str, own: Mapping[str, Unit] = MappingProxyType({})) -> Unit:
    """Return one of a unit, and several, by its word in tables; one that is nowhere is called as it is written."""
    return UNITS.get(word) or own.get(word) or Unit(Words(word), Words(word))


def written_otherwise(word: str) -> str:
    """Return the word in tables of a unit that is named by its singular, its plural or in English; "" for others."""
    forms = (
        (table, form)
        for table, unit in UNITS.items()
        for words in (unit.one, unit.several)
        for form in (words.fr, words.en)
    )
    return next((table for table, form in forms if form == word), "")

"""The units that prices are for and that facts are counted in, by the word that stands for each in tables."""

from collections.abc import Mapping

from attrs import frozen

from .price_list import Due
from .scalars import Words


@frozen
class Unit:
    """One of a unit, and several."""

    one: Words
    several: Words


CALLS, USES, SECONDS, DAYS, MONTHS, FLAT, LINES = "appels", "unité", "s", "jours", "mois", "forfait", "lignes"
TIMES = "fois"
UNITS: Mapping[str, Unit] = {
    CALLS: Unit(Words("appel", "call"), Words("appels", "calls")),
    USES: Unit(Words("unité", "unit"), Words("unités", "units")),
    SECONDS: Unit(Words("seconde", "second"), Words("secondes", "seconds")),
    DAYS: Unit(Words("jour", "day"), Words("jours", "days")),
    MONTHS: Unit(Words("mois", "month"), Words("mois", "months")),
    FLAT: Unit(Words("forfait", "forfait"), Words("forfaits", "forfaits")),
    TIMES: Unit(Words("fois", "time"), Words("fois", "times")),
    LINES: Unit(Words("ligne", "line"), Words("lignes", "lines")),
    "minutes": Unit(Words("minute", "minute"), Words("minutes", "minutes")),
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
"""The engine's own, and those that options count in; one that is not there is called as it is written."""
OF_OPTIONS: Mapping[Due, str] = {"recurring": MONTHS, "one_off": FLAT, "usage": USES}
"""What an option's one price is for, by how it falls due."""
OF_SECONDS: Mapping[int, Words] = {
    1: Words("la seconde", "second"),
    60: Words("la minute", "minute"),
    3600: Words("l'heure", "hour"),
}
"""What a price for so many seconds is for."""

"""The countries in which an offer may be sold: currency, zone, value-added tax, and what the law owes whom."""

from collections.abc import Mapping

from attrs import frozen

from .customer_kind import CustomerKind
from .period import ONE_MONTH, Span
from .vat_rates import (
    AUSTRALIAN_VAT,
    AUSTRIAN_VAT,
    BELGIAN_VAT,
    BRITISH_COLUMBIA_HST,
    BRITISH_VAT,
    CANADIAN_GST,
    DUTCH_VAT,
    GERMAN_VAT,
    IRISH_VAT,
    ITALIAN_VAT,
    LUXEMBOURG_VAT,
    MAINLAND_VAT,
    NEW_BRUNSWICK_HST,
    NEW_YORK_TAX,
    NO_AMERICAN_VAT,
    NOVA_SCOTIA_HST,
    ONTARIO_HST,
    OUTSIDE_SPANISH_VAT,
    PRINCE_EDWARD_ISLAND_HST,
    SPANISH_VAT,
    SWISS_VAT,
    TEXAN_TAX,
    Vat,
)

Rates = tuple[Vat, ...]
NOT_READ = "the laws that the table names were not read at their source"
COMMISSION = "the European Commission (VAT Rates Applied in the Member States)"


@frozen
class ReminderDuty:
    """What a law on tacit renewal asks for: whom to remind of it, and how long before his last day for a notice.

    ``law`` is how it is cited, ``article`` the same in few signs.
    """

    owed_to: frozenset[CustomerKind]
    opens: Span
    closes: Span
    law: str
    article: str


@frozen(kw_only=True)
class Country:
    """A country: what it is called in French, where that is in a French sentence, and in English.

    ``timezone`` is empty where the country has several and none that most people live in. ``apart`` has the VAT of the
    regions that are taxed otherwise, with where they are in a French sentence. ``read`` is where the rates and their
    days were read, and what of them was not. ``reminders`` is the law on tacit renewal, None where none that we know of
    asks for a reminder.
    """

    name: str
    where: str
    english: str
    currency: str
    timezone: str
    vat: Rates
    read: str
    apart: Mapping[str, tuple[str, Rates]] = {}
    reminders: ReminderDuty | None = None


FRENCH_REMINDERS = ReminderDuty(
    owed_to=frozenset({"consumer", "non_professional"}),
    opens=Span(3, "months"),
    closes=ONE_MONTH,
    law="C. conso. L215-1",
    article="L215-1",
)
"""Code de la consommation, L215-1 and L215-3: consumers, and legal persons that do not act for a trade."""

COUNTRIES: Mapping[str, Country] = {
    "FR": Country(
        name="métropole",
        where="en métropole",
        english="France",
        currency="EUR",
        timezone="Europe/Paris",
        vat=MAINLAND_VAT,
        read=NOT_READ,
        reminders=FRENCH_REMINDERS,
    ),
    "BE": Country(
        name="Belgique",
        where="en Belgique",
        english="Belgium",
        currency="EUR",
        timezone="Europe/Brussels",
        vat=BELGIAN_VAT,
        read=(f"6, 12 and 21 % in the list of {COMMISSION} for 2011, 2014 and 2017; for other days {NOT_READ}"),
    ),
    "LU": Country(
        name="Luxembourg",
        where="au Luxembourg",
        english="Luxembourg",
        currency="EUR",
        timezone="Europe/Luxembourg",
        vat=LUXEMBOURG_VAT,
        read=(f"8, 14 and 17 % in the list of {COMMISSION} for 2017; for other days {NOT_READ}"),
    ),
    "CH": Country(
        name="Suisse",
        where="en Suisse",
        english="Switzerland",
        currency="CHF",
        timezone="Europe/Zurich",
        vat=SWISS_VAT,
        read=NOT_READ,
    ),
    "DE": Country(
        name="Allemagne",
        where="en Allemagne",
        english="Germany",
        currency="EUR",
        timezone="Europe/Berlin",
        vat=GERMAN_VAT,
        read="Umsatzsteuer-Anwendungserlass, Abschn. 12.1 Abs. 1: both rates with their days, from 1968 on",
    ),
    "AT": Country(
        name="Autriche",
        where="en Autriche",
        english="Austria",
        currency="EUR",
        timezone="Europe/Vienna",
        vat=AUSTRIAN_VAT,
        read=f"10, 12, 13 and 20 % in the list of {COMMISSION} for 2011, 2014 and 2017; for other days {NOT_READ}",
    ),
    "NL": Country(
        name="Pays-Bas",
        where="aux Pays-Bas",
        english="the Netherlands",
        currency="EUR",
        timezone="Europe/Amsterdam",
        vat=DUTCH_VAT,
        read=f"6, 19 and 21 % in the list of {COMMISSION} for 2011 and 2017; for other days {NOT_READ}",
    ),
    "ES": Country(
        name="Espagne",
        where="en Espagne",
        english="Spain",
        currency="EUR",
        timezone="Europe/Madrid",
        vat=SPANISH_VAT,
        read=(
            "arts. 90 and 91 before and from 1 September 2012, as printed by others, 1 July 2010 in the press; "
            + NOT_READ
        ),
        apart={
            "CN": ("aux Canaries", OUTSIDE_SPANISH_VAT),
            "CE": ("à Ceuta", OUTSIDE_SPANISH_VAT),
            "ML": ("à Melilla", OUTSIDE_SPANISH_VAT),
        },
    ),
    "IT": Country(
        name="Italie",
        where="en Italie",
        english="Italy",
        currency="EUR",
        timezone="Europe/Rome",
        vat=ITALIAN_VAT,
        read=(
            "DL 98/2011, art. 40, comma 1-ter, as quoted when it came into force, with the day of 21 %; for the law of "
            f"1997 {NOT_READ}"
        ),
    ),
    "GB": Country(
        name="Royaume-Uni",
        where="au Royaume-Uni",
        english="the United Kingdom",
        currency="GBP",
        timezone="Europe/London",
        vat=BRITISH_VAT,
        read=NOT_READ,
    ),
    "IE": Country(
        name="Irlande",
        where="en Irlande",
        english="Ireland",
        currency="EUR",
        timezone="Europe/Dublin",
        vat=IRISH_VAT,
        read="Revenue, Historical VAT rates",
    ),
    "US": Country(
        name="États-Unis",
        where="aux États-Unis",
        english="the United States",
        currency="USD",
        timezone="",
        vat=NO_AMERICAN_VAT,
        apart={
            "NY": ("dans l'État de New York", NEW_YORK_TAX),
            "TX": ("au Texas", TEXAN_TAX),
        },
        read=(
            "NY Tax Law § 1105 as bill S6742 of 2025 quotes it; Texas Tax Code § 151.0101 as of 2024. Others were "
            "not gone through: Connecticut taxed telephone answering in 1988 (Zachs v. Groppo, 207 Conn. 683)"
        ),
    ),
    "CA": Country(
        name="Canada",
        where="au Canada",
        english="Canada",
        currency="CAD",
        timezone="",
        vat=CANADIAN_GST,
        read=(
            "Canada Revenue Agency, GST/HST rates: each province and day up to 2013; of what changed in 2016 and 2025 "
            + NOT_READ
        ),
        apart={
            "BC": ("en Colombie-Britannique", BRITISH_COLUMBIA_HST),
            "NB": ("au Nouveau-Brunswick", NEW_BRUNSWICK_HST),
            "NL": ("à Terre-Neuve-et-Labrador", NEW_BRUNSWICK_HST),
            "NS": ("en Nouvelle-Écosse", NOVA_SCOTIA_HST),
            "ON": ("en Ontario", ONTARIO_HST),
            "PE": ("à l'Île-du-Prince-Édouard", PRINCE_EDWARD_ISLAND_HST),
        },
    ),
    "AU": Country(
        name="Australie",
        where="en Australie",
        english="Australia",
        currency="AUD",
        timezone="",
        vat=AUSTRALIAN_VAT,
        read="the Act as the Australian Taxation Office publishes it",
    ),
}
"""Each country by its code in ISO 3166-1: a further one is one entry here, and its parts printed anew.

The parts are in `model/subdivisions`. The zones of the Canaries, and of France overseas, are not
those of most people there: an offer for them names its own."""


def currency_in(country: str) -> str:
    """Return the currency of a country; nothing for one that is not known."""
    return COUNTRIES[country].currency if country in COUNTRIES else ""


def timezone_in(country: str) -> str:
    """Return the time zone of a country; nothing for one that is not known, or has several."""
    return COUNTRIES[country].timezone if country in COUNTRIES else ""


ZONES: Mapping[str, tuple[str, str]] = {
    "Europe/London": ("Londres", "London"),
    "Europe/Brussels": ("Bruxelles", "Brussels"),
    "Europe/Vienna": ("Vienne", "Vienna"),
    "Europe/Rome": ("Rome", "Rome"),
    "Europe/Lisbon": ("Lisbonne", "Lisbon"),
    "Indian/Reunion": ("La Réunion", "Réunion"),
    "America/Montreal": ("Montréal", "Montreal"),
    "Pacific/Noumea": ("Nouméa", "Nouméa"),
}
"""Towns and islands that are called otherwise than their zones; all others are called as those are."""


def zone_in_words(zone: str) -> tuple[str, str]:
    """Return whose hours a time zone has, in French and English: ``New York`` for ``America/New_York``."""
    town = zone.rpartition("/")[2].replace("_", " ")
    return ZONES.get(zone, (town, town))


def country_name(country: str) -> str:
    """Return what a country is called in French; of France the table names the mainland."""
    return "France" if country == "FR" else COUNTRIES[country].name


def sold_in(country: str) -> str:
    """Return where a country is, in a French sentence: ``en France``, of which the table names the mainland."""
    return "en France" if country == "FR" else COUNTRIES[country].where


def reminders_owed(country: str, kind: CustomerKind) -> ReminderDuty | None:
    """Return the law that owes a customer of some kind in a country a reminder of tacit renewals; None for none."""
    known = COUNTRIES.get(country)
    duty = known.reminders if known else None
    return duty if duty and kind in duty.owed_to else None

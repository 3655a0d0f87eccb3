"""The rates of value-added taxes by date, each from the law: of countries, and of regions that are taxed apart."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .scalars import Words

VatClass = Literal["normal", "intermediate", "reduced", "none", "20", "10", "5.5", "0"]
"""What an offer may ask for. The numbers name the French rates, each as mainland France has had it since 2014."""
FRENCH_RATES: Mapping[VatClass, VatClass] = {"20": "normal", "10": "intermediate", "5.5": "reduced", "0": "none"}
VatCategory = Literal["S", "Z", "E", "O"]
"""Taxed, taxed at zero, exempt, outside the tax: as invoices that machines read call it (UNTDID 5305)."""
VAT_NAMES: Mapping[VatClass, Words] = {
    "normal": Words("taux normal", "normal rate"),
    "intermediate": Words("taux intermédiaire", "intermediate rate"),
    "reduced": Words("taux réduit", "reduced rate"),
    "none": Words("aucune", "none"),
}
"""What each is called, by the one name that it has here."""
LONG_AGO = date.min
"""The first rates are those of 1 April 2000; days before have them too."""


@frozen
class Vat:
    """The VAT from a day on: the rate of each class in hundredths of a per cent, why, and by which law.

    ``reason`` is what an invoice says; ``{}`` in it is the place. ``without`` is the category of what has no rate.
    """

    since: date
    rates: Mapping[VatClass, int]
    reason: str
    source: str
    without: VatCategory = "Z"


def one_vat(written: VatClass) -> VatClass:
    """Return the name that a VAT has here, for any that people write."""
    return FRENCH_RATES.get(written, written)


def _rates(normal: int, intermediate: int | None, reduced: int | None) -> Mapping[VatClass, int]:
    named: Mapping[VatClass, int | None] = {"normal": normal, "intermediate": intermediate, "reduced": reduced}
    return {**{name: rate for name, rate in named.items() if rate is not None}, "none": 0}


IN = "Taux applicable {}"
MAINLAND_VAT = (
    Vat(LONG_AGO, _rates(1960, 550, 550), IN, "CGI art. 278, loi n° 2000-656 du 13 juillet 2000"),
    Vat(date(2012, 1, 1), _rates(1960, 700, 550), IN, "loi n° 2011-1978 du 28 décembre 2011, art. 13"),
    Vat(date(2014, 1, 1), _rates(2000, 1000, 550), IN, "loi n° 2012-1510 du 29 décembre 2012, art. 68"),
)
REDUCED_VAT = (Vat(LONG_AGO, _rates(850, 210, 210), "Taux applicable {} (art. 296 du CGI)", "CGI art. 296"),)
NO_VAT_YET = (Vat(LONG_AGO, _rates(0, 0, 0), "TVA non applicable {} (art. 294-1 du CGI)", "CGI art. 294-1", "E"),)
OUTSIDE_VAT = (
    Vat(
        LONG_AGO,
        _rates(0, 0, 0),
        "TVA non applicable {}, hors du territoire de la TVA (BOI-TVA-CHAMP-20-10)",
        "BOI-TVA-CHAMP-20-10; CGI art. 259, 1° for what is sold to businesses",
        "O",
    ),
)

BELGIAN_VAT = (Vat(LONG_AGO, _rates(2100, 1200, 600), IN, "arrêté royal n° 20 du 20 juillet 1970, art. 1er"),)
LUXEMBOURG_VAT = (
    Vat(LONG_AGO, _rates(1500, 1200, 600), IN, "loi du 12 février 1979 concernant la TVA, art. 39 et 40"),
    Vat(date(2015, 1, 1), _rates(1700, 1400, 800), IN, "loi du 19 décembre 2014 (paquet d'avenir)"),
    Vat(date(2023, 1, 1), _rates(1600, 1300, 700), IN, "loi du 26 octobre 2022, for the year 2023"),
    Vat(date(2024, 1, 1), _rates(1700, 1400, 800), IN, "loi du 26 octobre 2022: the year 2023 is over"),
)
SWISS_VAT = (
    Vat(LONG_AGO, _rates(750, 350, 230), IN, "LTVA du 2 septembre 1999, art. 36; ordonnance sur le relèvement, 1999"),
    Vat(date(2001, 1, 1), _rates(760, 360, 240), IN, "arrêté fédéral du 20 mars 1998 (FTP); LTVA art. 36"),
    Vat(date(2011, 1, 1), _rates(800, 380, 250), IN, "LTVA art. 25; arrêté fédéral du 13 juin 2008 (AI)"),
    Vat(date(2018, 1, 1), _rates(770, 370, 250), IN, "LTVA art. 25; Cst. art. 196, ch. 14: end of the share of the AI"),
    Vat(date(2024, 1, 1), _rates(810, 380, 260), IN, "LTVA art. 25; arrêté fédéral du 17 décembre 2021 (AVS 21)"),
)
"""The intermediate rate is the special one of lodging."""
GERMAN_VAT = (
    Vat(LONG_AGO, _rates(1600, None, 700), IN, "UStG § 12, 1 April 1998"),
    Vat(date(2007, 1, 1), _rates(1900, None, 700), IN, "UStG § 12; Haushaltsbegleitgesetz 2006"),
    Vat(date(2020, 7, 1), _rates(1600, None, 500), IN, "UStG § 28; Zweites Corona-Steuerhilfegesetz, 29 June 2020"),
    Vat(date(2021, 1, 1), _rates(1900, None, 700), IN, "UStG § 12: the half-year of § 28 is over"),
)
AUSTRIAN_VAT = (
    Vat(LONG_AGO, _rates(2000, 1200, 1000), IN, "UStG 1994 § 10"),
    Vat(date(2016, 1, 1), _rates(2000, 1300, 1000), IN, "UStG 1994 § 10 Abs. 3; Steuerreformgesetz 2015/2016"),
)
"""The intermediate rate was that of wine from the farm; since 2016 it is that of lodging, culture and more."""
DUTCH_VAT = (
    Vat(LONG_AGO, _rates(1750, None, 600), IN, "Wet op de omzetbelasting 1968, art. 9"),
    Vat(date(2001, 1, 1), _rates(1900, None, 600), IN, "Wet OB 1968, art. 9; Belastingplan 2001"),
    Vat(date(2012, 10, 1), _rates(2100, None, 600), IN, "Wet OB 1968, art. 9; Wet uitwerking fiscale maatregelen 2013"),
    Vat(date(2019, 1, 1), _rates(2100, None, 900), IN, "Wet OB 1968, art. 9; Belastingplan 2019"),
)
SPANISH_VAT = (
    Vat(LONG_AGO, _rates(1600, 700, 400), IN, "Ley 37/1992, art. 90 y 91"),
    Vat(date(2010, 7, 1), _rates(1800, 800, 400), IN, "Ley 26/2009, art. 79"),
    Vat(date(2012, 9, 1), _rates(2100, 1000, 400), IN, "Real Decreto-ley 20/2012, art. 23"),
)
OUTSIDE_SPANISH_VAT = (
    Vat(
        LONG_AGO,
        _rates(0, 0, 0),
        "TVA non applicable {}, hors du territoire de la TVA ; l'impôt local n'est pas calculé",
        "Ley 37/1992, art. 3: the Canaries have the IGIC, Ceuta and Melilla the IPSI",
        "O",
    ),
)
ITALIAN_VAT = (
    Vat(LONG_AGO, _rates(2000, 1000, 400), IN, "DPR 633/1972, art. 16; DL 328/1997"),
    Vat(date(2011, 9, 17), _rates(2100, 1000, 400), IN, "DL 138/2011, art. 2, comma 2-bis; legge 148/2011"),
    Vat(date(2013, 10, 1), _rates(2200, 1000, 400), IN, "DL 98/2011, art. 40, comma 1-ter"),
)
BRITISH_VAT = (
    Vat(LONG_AGO, _rates(1750, None, 500), IN, "Value Added Tax Act 1994, s. 2"),
    Vat(date(2008, 12, 1), _rates(1500, None, 500), IN, "Value Added Tax (Change of Rate) Order 2008, SI 2008/3020"),
    Vat(date(2010, 1, 1), _rates(1750, None, 500), IN, "Finance Act 2009, s. 9: the order of 2008 is over"),
    Vat(date(2011, 1, 4), _rates(2000, None, 500), IN, "Finance (No. 2) Act 2010, s. 3"),
)
IRISH_VAT = (
    Vat(LONG_AGO, _rates(2100, None, 1250), IN, "Value-Added Tax Act 1972, s. 11"),
    Vat(date(2001, 1, 1), _rates(2000, None, 1250), IN, "Finance Act 2001"),
    Vat(date(2002, 3, 1), _rates(2100, None, 1250), IN, "Finance Act 2002"),
    Vat(date(2003, 1, 1), _rates(2100, None, 1350), IN, "Finance Act 2003"),
    Vat(date(2008, 12, 1), _rates(2150, None, 1350), IN, "Finance (No. 2) Act 2008"),
    Vat(date(2010, 1, 1), _rates(2100, None, 1350), IN, "Finance Act 2010"),
    Vat(date(2012, 1, 1), _rates(2300, None, 1350), IN, "Value-Added Tax Consolidation Act 2010, s. 46; FA 2012"),
    Vat(date(2020, 9, 1), _rates(2100, None, 1350), IN, "Financial Provisions (Covid-19) (No. 2) Act 2020, s. 12"),
    Vat(date(2021, 3, 1), _rates(2300, None, 1350), IN, "VATCA 2010, s. 46: the six months of 2020 are over"),
)
"""The rates and their days as Revenue publishes them under « Historical VAT rates »."""
NO_AMERICAN_VAT = (
    Vat(
        LONG_AGO,
        _rates(0, 0, 0),
        "TVA non applicable {} : il n'y en a pas ; les taxes sur les ventes (sales tax) ne sont pas calculées",
        "the United States have no value-added tax; sales taxes of states and towns are not in this table",
        "O",
    ),
)


def _state_tax(law: str) -> tuple[Vat, ...]:
    """Return that there is no VAT where the state asks for its sales tax on telephone answering, by a law."""
    told = "TVA non applicable {} : l'État taxe la permanence téléphonique (sales tax), ce qui n'est pas calculé"
    return (Vat(LONG_AGO, _rates(0, 0, 0), told, law, "O"),)


NEW_YORK_TAX = _state_tax("NY Tax Law § 1105(b)(1)(C): a telephone answering service; towns have rates of their own")
TEXAN_TAX = _state_tax("Texas Tax Code § 151.0101(a)(15) and § 151.0102: telephone answering services")
OF_IMPOSITION = "A New Tax System (Goods and Services Tax Imposition – General) Act 1999, s. 4"
AUSTRALIAN_VAT = (  # since 1 July 2000
    Vat(LONG_AGO, _rates(1000, None, None), "GST : taux applicable {}", f"{OF_IMPOSITION}: from 1 July 2000 on"),
)


def _canadian(normal: int) -> Mapping[VatClass, int]:
    return _rates(normal, None, None)


GST = "TPS : taux applicable {} ; une taxe de la province n'est pas calculée"
HST = "TVH : taux applicable {}"
OF_2007 = "Budget and Economic Statement Implementation Act, 2007"
CANADIAN_GST = (
    Vat(LONG_AGO, _canadian(700), GST, "Excise Tax Act, s. 165(1)"),
    Vat(date(2006, 7, 1), _canadian(600), GST, "Excise Tax Act, s. 165(1); Budget Implementation Act, 2006"),
    Vat(date(2008, 1, 1), _canadian(500), GST, f"Excise Tax Act, s. 165(1); {OF_2007}"),
)
"""The federal tax alone: provinces with a sales tax of their own (QST, PST, RST) ask for that besides."""
HARMONIZED = "Excise Tax Act, s. 165(1) and (2)"
ATLANTIC_HST = (
    Vat(LONG_AGO, _canadian(1500), HST, HARMONIZED),
    Vat(date(2006, 7, 1), _canadian(1400), HST, f"{HARMONIZED}; Budget Implementation Act, 2006"),
    Vat(date(2008, 1, 1), _canadian(1300), HST, f"{HARMONIZED}; {OF_2007}"),
)
NEW_HARMONIZED = "New Harmonized Value-added Tax System Regulations, No. 2"
ONTARIO_HST = (*CANADIAN_GST, Vat(date(2010, 7, 1), _canadian(1300), HST, NEW_HARMONIZED))
BRITISH_COLUMBIA_HST = (
    *CANADIAN_GST,
    Vat(date(2010, 7, 1), _canadian(1200), HST, NEW_HARMONIZED),
    Vat(date(2013, 4, 1), _canadian(500), GST, f"{NEW_HARMONIZED}: the province has left"),
)
PRINCE_EDWARD_ISLAND_HST = (
    *CANADIAN_GST,
    Vat(date(2013, 4, 1), _canadian(1400), HST, NEW_HARMONIZED),
    Vat(date(2016, 10, 1), _canadian(1500), HST, NEW_HARMONIZED),
)
NEW_BRUNSWICK_HST = (*ATLANTIC_HST, Vat(date(2016, 7, 1), _canadian(1500), HST, NEW_HARMONIZED))
NOVA_SCOTIA_HST = (
    *ATLANTIC_HST,
    Vat(date(2010, 7, 1), _canadian(1500), HST, NEW_HARMONIZED),
    Vat(date(2025, 4, 1), _canadian(1400), HST, "SOR/2025-77, s. 33.6: the part of the province at 9 %"),
)

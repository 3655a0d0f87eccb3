"""The regions of France: for each its name, its public holidays, and its VAT from day to day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from attrs import frozen

VatClass = Literal["20", "10", "5.5", "0"]
"""What an offer asks for: normal, intermediate, reduced or no VAT, each by the name of its mainland rate since 2014."""
LONG_AGO = date.min
"""The first rates are those of 1 April 2000; days before have them too."""


@frozen
class Vat:
    """The VAT of a region from a day on: the rate of each class in hundredths of a per cent, why, and by which law.

    ``reason`` is what an invoice says; ``{}`` in it is the place.
    """

    since: date
    rates: Mapping[VatClass, int]
    reason: str
    source: str


@frozen
class Region:
    """A region as a customer or an offer may have it.

    ``where`` is its place in a French sentence. ``holidays`` is the subdivision whose public holidays hold, by the
    name that the holidays package has for it: empty where the national ones do. ``vat`` is in order of days.
    """

    code: str
    name: str
    where: str
    holidays: str
    vat: tuple[Vat, ...]

    def vat_on(self, day: date) -> Vat:
        """Return the VAT that is in force on a day."""
        return next(vat for vat in reversed(self.vat) if vat.since <= day)


def _rates(normal: int, intermediate: int, reduced: int) -> Mapping[VatClass, int]:
    return {"20": normal, "10": intermediate, "5.5": reduced, "0": 0}


IN_MAINLAND = "Taux applicable {}"
MAINLAND_VAT = (
    Vat(LONG_AGO, _rates(1960, 550, 550), IN_MAINLAND, "CGI art. 278, loi n° 2000-656 du 13 juillet 2000"),
    Vat(date(2012, 1, 1), _rates(1960, 700, 550), IN_MAINLAND, "loi n° 2011-1978 du 28 décembre 2011, art. 13"),
    Vat(date(2014, 1, 1), _rates(2000, 1000, 550), IN_MAINLAND, "loi n° 2012-1510 du 29 décembre 2012, art. 68"),
)
REDUCED_VAT = (Vat(LONG_AGO, _rates(850, 210, 210), "Taux applicable {} (art. 296 du CGI)", "CGI art. 296"),)
NO_VAT_YET = (Vat(LONG_AGO, _rates(0, 0, 0), "TVA non applicable {} (art. 294-1 du CGI)", "CGI art. 294-1"),)
OUTSIDE_VAT = (
    Vat(
        LONG_AGO,
        _rates(0, 0, 0),
        "TVA non applicable {}, hors du territoire de la TVA (BOI-TVA-CHAMP-20-10)",
        "BOI-TVA-CHAMP-20-10; CGI art. 259, 1° for what is sold to businesses",
    ),
)

ALSACE_MOSELLE = dict.fromkeys(("57", "67", "68", "6AE"), "57")
"""Code du travail, L3134-13: Moselle, Bas-Rhin and Haut-Rhin. The package knows one of these departments.

Grand Est (GES) has departments of both kinds, and the national holidays, as everybody has who names no department."""
DEPARTMENTS = """
01 Ain, 02 Aisne, 03 Allier, 04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, 06 Alpes-Maritimes, 07 Ardèche, 08 Ardennes,
09 Ariège, 10 Aube, 11 Aude, 12 Aveyron, 13 Bouches-du-Rhône, 14 Calvados, 15 Cantal, 16 Charente,
17 Charente-Maritime, 18 Cher, 19 Corrèze, 2A Corse-du-Sud, 2B Haute-Corse, 21 Côte-d'Or, 22 Côtes-d'Armor, 23 Creuse,
24 Dordogne, 25 Doubs, 26 Drôme, 27 Eure, 28 Eure-et-Loir, 29 Finistère, 30 Gard, 31 Haute-Garonne, 32 Gers,
33 Gironde, 34 Hérault, 35 Ille-et-Vilaine, 36 Indre, 37 Indre-et-Loire, 38 Isère, 39 Jura, 40 Landes,
41 Loir-et-Cher, 42 Loire, 43 Haute-Loire, 44 Loire-Atlantique, 45 Loiret, 46 Lot, 47 Lot-et-Garonne, 48 Lozère,
49 Maine-et-Loire, 50 Manche, 51 Marne, 52 Haute-Marne, 53 Mayenne, 54 Meurthe-et-Moselle, 55 Meuse, 56 Morbihan,
57 Moselle, 58 Nièvre, 59 Nord, 60 Oise, 61 Orne, 62 Pas-de-Calais, 63 Puy-de-Dôme, 64 Pyrénées-Atlantiques,
65 Hautes-Pyrénées, 66 Pyrénées-Orientales, 67 Bas-Rhin, 68 Haut-Rhin, 69 Rhône, 70 Haute-Saône, 71 Saône-et-Loire,
72 Sarthe, 73 Savoie, 74 Haute-Savoie, 75 Paris, 76 Seine-Maritime, 77 Seine-et-Marne, 78 Yvelines, 79 Deux-Sèvres,
80 Somme, 81 Tarn, 82 Tarn-et-Garonne, 83 Var, 84 Vaucluse, 85 Vendée, 86 Vienne, 87 Haute-Vienne, 88 Vosges,
89 Yonne, 90 Territoire de Belfort, 91 Essonne, 92 Hauts-de-Seine, 93 Seine-Saint-Denis, 94 Val-de-Marne,
95 Val-d'Oise
"""
WIDER = """
6AE Alsace, 69M Métropole de Lyon, 75C Ville de Paris, 20R Corse, ARA Auvergne-Rhône-Alpes,
BFC Bourgogne-Franche-Comté, BRE Bretagne, CVL Centre-Val de Loire, GES Grand Est, HDF Hauts-de-France,
IDF Île-de-France, NOR Normandie, NAQ Nouvelle-Aquitaine, OCC Occitanie, PAC Provence-Alpes-Côte d'Azur,
PDL Pays de la Loire
"""
"""Regions, and the collectivities that stand for departments: of Alsace, of Lyon and of Paris."""
OVERSEAS = (
    Region("FR-971", "Guadeloupe", "en Guadeloupe", "971", REDUCED_VAT),
    Region("FR-972", "Martinique", "en Martinique", "972", REDUCED_VAT),
    Region("FR-973", "Guyane", "en Guyane", "973", NO_VAT_YET),
    Region("FR-974", "La Réunion", "à La Réunion", "974", REDUCED_VAT),
    Region("FR-975", "Saint-Pierre-et-Miquelon", "à Saint-Pierre-et-Miquelon", "PM", OUTSIDE_VAT),
    Region("FR-976", "Mayotte", "à Mayotte", "976", NO_VAT_YET),
    Region("FR-977", "Saint-Barthélemy", "à Saint-Barthélemy", "BL", OUTSIDE_VAT),
    Region("FR-978", "Saint-Martin", "à Saint-Martin", "MF", OUTSIDE_VAT),
    Region("FR-986", "Wallis-et-Futuna", "à Wallis-et-Futuna", "WF", OUTSIDE_VAT),
    Region("FR-987", "Polynésie française", "en Polynésie française", "PF", OUTSIDE_VAT),
    Region("FR-988", "Nouvelle-Calédonie", "en Nouvelle-Calédonie", "NC", OUTSIDE_VAT),
)
ALIASES = {
    f"FR-{written}": f"FR-{code}"
    for written, code in (
        *(("GP", "971"), ("MQ", "972"), ("GF", "973"), ("RE", "974"), ("PM", "975"), ("YT", "976")),
        *(("BL", "977"), ("MF", "978"), ("WF", "986"), ("PF", "987"), ("NC", "988")),
        ("COR", "20R"),
    )
}
"""Other codes that people write, those of ISO 3166-2 among them, and the one by which the region is known here."""


def _mainland() -> Iterator[Region]:
    yield Region("FR", "métropole", "en métropole", "", MAINLAND_VAT)
    for line in (DEPARTMENTS + "," + WIDER).split(","):
        code, name = line.strip().split(" ", 1)
        yield Region(f"FR-{code}", name, "en métropole", ALSACE_MOSELLE.get(code, ""), MAINLAND_VAT)


REGIONS: Mapping[str, Region] = {region.code: region for region in (*_mainland(), *OVERSEAS)}
"""Every region that a customer or an offer may have, by its code."""
WRITTEN = (*REGIONS, *ALIASES)
"""Every way in which files may write one."""


def one_code(written: str) -> str:
    """Return the code by which a region is known here, for any that people write; of an unknown one its own."""
    return ALIASES.get(written, written)


def region_of(code: str) -> Region:
    """Return the region of a code; raise ValueError, with a sentence that says what to write, for an unknown one."""
    if region := REGIONS.get(one_code(code)):
        return region
    raise ValueError(f'"{code}" is not a region of France such as FR, FR-57 or FR-974')


def region_hint(region: str) -> str:
    """Return how a region is written, for one that is not known."""
    code = f"FR-{region.upper().removeprefix('FR').lstrip('- ')}"
    if one_code(code) in REGIONS:
        return f'did you mean "{one_code(code)}"?'
    return 'write "FR", or "FR-" and a department, such as "FR-57" or "FR-974"'

"""The regions that a customer or an offer may have: those of France, and of every other country of `countries`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from .countries import COUNTRIES
from .subdivisions import SUBDIVISIONS
from .vat_rates import MAINLAND_VAT, NO_VAT_YET, OUTSIDE_VAT, REDUCED_VAT, Vat


@frozen
class Region:
    """A region as a customer or an offer may have it.

    ``where`` is its place in a French sentence. ``holidays`` is the subdivision whose public holidays hold, by the
    name that the holidays package has for it: empty where the national ones do. ``vat`` is in order of days.
    ``country`` is its country's code.
    """

    code: str
    name: str
    where: str
    holidays: str
    vat: tuple[Vat, ...]
    country: str = "FR"

    def vat_on(self, day: date) -> Vat:
        """Return the VAT that is in force on a day."""
        return next(vat for vat in reversed(self.vat) if vat.since <= day)


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


PART = re.compile(r"([A-Z0-9]+) ([^,]+)(?:,\s*|\s*$)")


def _mainland() -> Iterator[Region]:
    france = COUNTRIES["FR"]
    yield Region("FR", france.name, france.where, "", MAINLAND_VAT)
    for line in (DEPARTMENTS + "," + WIDER).split(","):
        code, name = line.strip().split(" ", 1)
        yield Region(f"FR-{code}", name, france.where, ALSACE_MOSELLE.get(code, ""), MAINLAND_VAT)


def _abroad() -> Iterator[Region]:
    """Yield each country but France, then its parts, which have the country's VAT where they are not taxed apart."""
    for code, country in COUNTRIES.items():
        if code == "FR":
            continue
        yield Region(code, country.name, country.where, "", country.vat, code)
        for part, name in PART.findall(" ".join(SUBDIVISIONS.get(code, "").split())):
            where, vat = country.apart.get(part, (country.where, country.vat))
            yield Region(f"{code}-{part}", f"{name} ({country.name})", where, part, vat, code)


REGIONS: Mapping[str, Region] = {region.code: region for region in (*_mainland(), *OVERSEAS, *_abroad())}
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
    raise ValueError(f'"{code}" is not a region such as FR, FR-57, FR-974, CH-GE or GB')


def country_of(region: str) -> str:
    """Return the code of a region's country; that which stands before the hyphen for a region that is not known."""
    known = REGIONS.get(one_code(region))
    return known.country if known else region.partition("-")[0]


def region_hint(region: str) -> str:
    """Return how a region is written, for one that is not known."""
    typed = region.upper().strip()
    code = f"FR-{typed.removeprefix('FR').lstrip('- ')}"
    parts = [known for known in REGIONS if known.endswith(f"-{typed}")]
    alone = parts[0] if len(parts) == 1 else ""
    for meant in (typed, typed.replace(" ", "-").replace("_", "-"), code, {"UK": "GB"}.get(typed, ""), alone):
        if one_code(meant) in REGIONS:
            return f'did you mean "{one_code(meant)}"?'
    country = country_of(typed)
    if country in COUNTRIES and country != "FR":
        parts = [code for code in REGIONS if code.startswith(f"{country}-")]
        some = f', or "{country}-" and a part of it, such as "{parts[0]}" or "{parts[-1]}"' if parts else ""
        return f'write "{country}"{some}'
    others = ", ".join(code for code in COUNTRIES if code != "FR")
    return f'write "FR", "FR-" and a department, such as "FR-57" or "FR-974", or one of another country: {others}'

"""What a quote and a description say is true for whoever reads it: of every plan, every number, and abroad."""

from pathlib import Path

import pytest
from permanence.decide.decider import Decider
from permanence.offers.proved import prove_offers
from permanence.offers.sell.quoting import make_quote
from permanence.publish.quote_told import expectations, sections, sums_in_words

from tests.installed import PLUGINS
from tests.offers.telling import ROOT, SPACES, told
from tests.offers.test_no_ids_shown import asked_of


def decider_of(name: str) -> Decider:
    (decider,) = prove_offers([Path(ROOT, "tests", "price_lists", f"{name}.toml")], PLUGINS).deciders.values()
    return decider


def quoted_rows(name: str, calls: int = 60) -> list[str]:
    """Return the prices of a quote of a list, a line each, and how its month sums up."""
    decider = decider_of(name)
    offer = decider.offer
    quote = make_quote(decider, asked_of(offer, offer.head.mission[0], next(iter(offer.plans), ""), calls), PLUGINS)
    rows = [" ".join(row) for section in sections(quote) for row in section.rows]
    rows += [" ".join(filter(None, row)) for row in sums_in_words(quote, quote.month)]
    rows += [note for _, _, note in expectations(quote)]
    return [row.translate(SPACES) for row in rows]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("nomissedcalls", "Appels traités 1,10 € par appel, 5 au moins par ligne et par mois"),
        (
            "smith",
            "Plafond par appel 6,00 € par appel au plus, pour « Appels traités », « Rendez-vous pris » et « Transferts "
            "en direct » ensemble",
        ),
        ("smith", "Appels traités 3,00 € par appel, au-delà de 25 par mois"),
        ("smith", "S'y ajoutent, selon l'usage : Rendez-vous pris, Transferts en direct."),
        ("goanswer", "Ligne supplémentaire 10,00 € par ligne et par mois, au-delà de 1, même incomplet"),
        ("goanswer", "Accueil automatique 0,15 € la minute"),
        ("clinic", "Lettres dactylographiées 2,50 € par lettre"),
        ("alltel", "GST 10 % 9,90 $AU"),
        ("alltel", "Total GST comprise 108,90 $AU"),
        ("answeringservicecare", "Total 176,00 $US"),
        ("easya", "Total TTC 270,25 CHF"),
    ],
)
def test_a_quote_says_in_its_prices_what_holds_for_them(name: str, row: str) -> None:
    assert row in quoted_rows(name)


@pytest.mark.parametrize("name", ["answeringservicecare", "alltel"])
def test_no_quote_abroad_has_the_words_of_french_tax(name: str) -> None:
    assert not [row for row in quoted_rows(name) if "TTC" in row or "HT" in row.split()]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("urps", "Un mois sans appel coûte 518,00 € pour 1 praticien."),
        ("nimes", "Un mois sans appel coûte 60,00 € pour 1 ligne."),
        ("livemsg-plans", "Avec la formule « Occasionnelle » : un mois sans appel coûte 30,00 €."),
        ("livemsg-plans", "Avec la formule « Intensive » : un mois sans appel coûte 150,00 €."),
        (
            "seed",
            "Avec « Accueil téléphonique 24 h/24, 7 j/7 » : un mois sans appel coûte 89,00 € en mission simple et "
            "115,70 € en mission complexe.",
        ),
        ("answeringservicecare", "Ces heures sont celles de New York."),
        ("juristique", "Rien ne change : aucun prix ne dépend de l'usage."),
        ("alltel", "Ces prix sont hors taxes ; la GST est de 10 % en Australie."),
    ],
)
def test_a_description_tells_every_plan_number_and_place(name: str, sentence: str) -> None:
    decider = decider_of(name)
    assert f"- {sentence}" in told(decider.offer).translate(SPACES).splitlines()

"""`permanence diff`: what a customer would notice between two versions, sentence by sentence."""

import re
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.coverage import Coverage, CoverageWindow
from permanence.model.money import Cents
from permanence.model.scalars import Days, Hours, Minutes
from permanence.model.subscriptions import BandGrowth, Bands, BandStep
from permanence.offers.tell.difference import difference

from tests.offers.telling import CONTINUE, ESSENTIELLE, EVERYTHING, noticed, offer_of, unnoticed

FULL = EVERYTHING.read_text("utf-8")
AFTERNOON = '[[coverage.window]]\nid = "afternoon"\ndays = "mon-fri"\nhours = "12:00-19:00"\n\n'
NIGHT_DUTY = '[option.night_duty]\nprice = "70.00"\n'


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        (
            'up_to = 250, simple = "229.00"',
            'up_to = 250, simple = "235.00"',
            ["De 151 à 250 appels, mission simple : 235,00 € par mois au lieu de 229,00 € (+ 2,6 %)."],
        ),
        ("09:00-12:00", "09:00-13:00", ["Le samedi, l'accueil ouvre de 9 h à 13 h au lieu de 9 h à 12 h."]),
        ('\nnotice = "3 months"', '\nnotice = "2 months"', ["Préavis : 2 mois au lieu de 3 mois."]),
        (
            NIGHT_DUTY,
            "",
            ["L'option « Astreinte de nuit » n'est plus proposée."],
        ),
        (
            'price = "0.35"',
            'price = "0.30"',
            ["Transfert d'appels : 0,30 € par appel au lieu de 0,35 € (− 14,3 %)."],
        ),
        (
            'every = 100, simple = "65.00"',
            'every = 100, simple = "66.00"',
            [
                "Au-delà, mission simple : au-dessus de 350, chaque tranche de 100 appels ajoute 66,00 € par mois, "
                "au lieu de : au-dessus de 350, chaque tranche de 100 appels ajoute 65,00 € par mois."
            ],
        ),
        (
            'up_to = 350, simple = "299.00"',
            'up_to = 350, simple = "289.00"',
            [
                "De 251 à 350 appels, mission simple : 289,00 € par mois au lieu de 299,00 € (− 3,3 %).",
                "Au-delà de 350 appels, mission simple : 10,00 € de moins par mois.",
            ],
        ),
        (
            'holidays = "closed"',
            'holidays = "as_weekday"',
            ["Les jours fériés, l'accueil ouvre désormais comme les autres jours ; il était fermé."],
        ),
        (
            'holidays = "closed"',
            'holidays = "closed"\nextra_closed = [2026-12-24]',
            ["Le 24 décembre 2026 : désormais fermé."],
        ),
        (
            'languages = ["en"]',
            'languages = ["en", "de"]',
            ["Option « Secrétaire bilingue », languages : en et de au lieu de en."],
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_change_is_told_in_sentences(before: str, after: str, sentences: list[str]) -> None:
    assert noticed(ESSENTIELLE, (before, after)) == sentences


def test_what_was_taken_away_is_told_when_it_comes_back() -> None:
    without = ESSENTIELLE.replace(NIGHT_DUTY, "")
    assert noticed(without, ("[option.escalation]", f"{NIGHT_DUTY}\n[option.escalation]")) == [
        "Nouvelle option : Astreinte de nuit, 70,00 € par mois."
    ]
    agenda = '[option.shared_agenda]\nprice = "20.00"\ncreation = "45.00"\n'
    without = (
        ESSENTIELLE.replace(agenda, "").replace(', "shared_agenda"', "").replace('total = "118.00"', 'total = "98.00"')
    )
    assert noticed(without, ("[option.announcement]", f"{agenda}\n[option.announcement]")) == [
        "Nouvelle option : Création de l'agenda partagé, 45,00 € une fois ; Agenda partagé, 20,00 € par mois."
    ]


def test_a_window_cut_in_two_with_the_same_hours_is_no_change() -> None:
    cut = ('hours = "08:00-19:00"           #', f'hours = "08:00-12:00"\n\n{AFTERNOON}#')
    assert unnoticed(ESSENTIELLE, cut) == ["découpage des plages"]


def test_a_window_that_changes_its_name_with_the_rules_that_name_it_is_no_change() -> None:
    names = (
        ('id = "night"\ntitle', 'id = "nuit"\ntitle'),
        ('"evening", "night", "sunday"', '"evening", "nuit", "sunday"'),
    )
    assert unnoticed(CONTINUE, *names, ('call.window == "night"', 'call.window == "nuit"')) == ["découpage des plages"]


def test_a_window_that_has_other_hours_changes_the_rules_that_name_it() -> None:
    moved = noticed(CONTINUE, ("19:00-24:00", "19:00-22:00"))
    assert moved[0] == "Du lundi au samedi, l'accueil ouvre de 0 h à 22 h au lieu d'ouvrir à toute heure."
    assert [line for line in moved if line.startswith("Désormais, l'appel compte pour « Appels transmis")] == moved[1:]


def test_a_copy_that_is_sold_from_another_day_differs_in_that() -> None:
    assert unnoticed(ESSENTIELLE, ("2023-01-01", "2026-10-01")) == ["premier jour de vente"]
    assert unnoticed(ESSENTIELLE, ('id = "essentielle"', 'id = "autre"')) == ["identifiant de l'offre"]
    assert unnoticed(ESSENTIELLE) == []


def test_texts_examples_and_comments_are_below_the_line() -> None:
    assert unnoticed(ESSENTIELLE, ("format = 1", "# More.\nformat = 1")) == ["commentaires et présentation du fichier"]
    assert unnoticed(ESSENTIELLE, ("Le forfait correspond", "Le prix correspond")) == [
        "texte de la règle « subscription »"
    ]
    assert unnoticed(ESSENTIELLE, ('id = "leave-late"', 'id = "late"')) == ["nom de la règle « late »"]
    assert unnoticed(FULL, ('"with an option"', '"with one option"')) == ["exemples"]
    assert unnoticed(ESSENTIELLE, ('["simple", "complex"]', '["complex", "simple"]'), ("2023-01-01", "2026-10-01")) == [
        "premier jour de vente",
        "commentaires et présentation du fichier",
    ]


def test_a_condition_that_charges_in_the_same_cases_is_below_the_line() -> None:
    assert unnoticed(CONTINUE, ("usage.escalated > 5", "usage.escalated > 3")) == [
        "condition de la règle « escalation »"
    ]
    assert noticed(CONTINUE, ("usage.escalated > 5", "usage.escalated > 6")) == [
        "Désormais, « Appels transmis au responsable » est facturé quand le compte de « Appels transmis au "
        "responsable » dépasse 6 (avant : quand le compte de « Appels transmis au responsable » dépasse 5)."
    ]


def test_a_rule_that_leads_to_something_else_comes_or_goes_is_told() -> None:
    late = ('then = { end = "next_term_end" }', 'then = { end = "notice_end" }')
    assert noticed(ESSENTIELLE, late) == [
        "Quand l'essai n'est pas en cours, le préavis arrive trop tard et le client a eu le rappel qui lui était dû, "
        "ou aucun ne l'était, désormais le contrat prend fin 3 mois après la réception (avant : le contrat prend "
        "fin au premier terme pour lequel le préavis arrive à temps)."
    ]
    rule = '[[rule]]\nid = "fifth"\non = "renewal"\nwhen = "renewal.number == 5"\nthen = { renew = "end" }\n\n'
    grown = ('[[rule]]\nid = "renewed"', f'{rule}[[rule]]\nid = "renewed"')
    assert noticed(ESSENTIELLE, grown) == [
        "Nouvelle règle : quand le rang de la reconduction est de 5, le contrat prend fin."
    ]
    back = difference(offer_of(ESSENTIELLE.replace(*grown)), offer_of(ESSENTIELLE))
    assert [words.fr for words in back.noticed] == [
        "Une règle disparaît : quand le rang de la reconduction est de 5, le contrat prend fin."
    ]


def test_english_readers_have_the_same_sentences() -> None:
    changed = (("09:00-12:00", "09:00-12:30"), ('up_to = 50, simple = "59.00"', 'up_to = 50, simple = "1059.00"'))
    assert noticed(ESSENTIELLE, *changed, language="en") == [
        "Up to 50 calls, simple mission: €1,059.00 a month instead of €59.00 (+1694.9%).",
        "Saturday: open 9 am to 12:30 pm instead of 9 am to noon.",
    ]


def test_prices_by_steps_are_told_step_by_step() -> None:
    assert noticed(
        FULL, ('{ up_to = 12, amount = "0.90" }', '{ up_to = 12, amount = "0.80" },\n    { amount = "0.70" }')
    ) == [
        "Appels urgents, de 9 à 14 : 0,80 € par lots de 3, au-delà de 2 par mois au lieu de 0,90 € (− 11,1 %).",
        "Nouveau prix : Appels urgents, au-delà de 14, 0,70 € par lots de 3, au-delà de 2 par mois.",
        "« Appels urgents » : sans plafond désormais.",
    ]


def test_another_offer_altogether_is_compared_too() -> None:
    found = difference(offer_of(ESSENTIELLE), offer_of(FULL)), difference(offer_of(FULL), offer_of(ESSENTIELLE))
    for told, package in zip(found, ("Il y a désormais un abonnement.", "Il n'y a plus d'abonnement."), strict=True):
        assert package in [words.fr for words in told.noticed]
        assert all(words.en for words in told.noticed)


STEPS = st.lists(st.integers(0, 400), min_size=1, max_size=4, unique=True).map(sorted)
PRICE = st.integers(0, 3).map(lambda price: Cents(1000 * price))


@st.composite
def bands(draw: st.DrawFn) -> Bands:
    tops = draw(STEPS)
    steps = tuple(BandStep(up_to=top, prices={"simple": draw(PRICE)}) for top in tops)
    growth = BandGrowth(every=draw(st.sampled_from([50, 100])), prices={"simple": draw(PRICE)})
    return Bands(steps=steps, then=draw(st.sampled_from([None, growth])))


def cost(of: Bands, count: int) -> int | None:
    """Return what so many calls cost, by walking up band by band."""
    for step in of.steps:
        if count <= step.up_to:
            return step.prices["simple"]
    if of.then is None:
        return None
    top, price = of.steps[-1].up_to, of.steps[-1].prices["simple"]
    while top < count:
        top, price = top + of.then.every, Cents(price + of.then.prices["simple"])
    return price


@given(bands(), bands())
def test_bands_are_told_for_exactly_the_counts_whose_price_is_another(old: Bands, new: Bands) -> None:
    offer = offer_of(ESSENTIELLE)
    one = evolve(offer, head=evolve(offer.head, mission=("simple",)))
    told = [words.fr for words in difference(evolve(one, bands=old), evolve(one, bands=new)).noticed]
    top = max(old.steps[-1].up_to, new.steps[-1].up_to)
    ranges = [re.match(r"(?:De (\d+) à|Jusqu'à) (\d+) appel", sentence) for sentence in told]
    covered = {count for one in ranges if one for count in range(int(one[1] or 0), int(one[2]) + 1)}
    assert covered == {count for count in range(top + 1) if cost(old, count) != cost(new, count)}
    above = any(cost(old, count) != cost(new, count) for count in range(top + 1, top + 1000))
    free_growth = any(of.then and not of.then.prices["simple"] for of in (old, new))
    assert any(sentence.startswith("Au-delà") for sentence in told) >= above
    if not free_growth:
        assert any(sentence.startswith("Au-delà") for sentence in told) == above


EDGES = st.lists(st.integers(0, 48), min_size=0, max_size=6, unique=True).map(sorted)


@st.composite
def windows(draw: st.DrawFn) -> tuple[CoverageWindow, ...]:
    """Draw windows of Monday and Saturday that do not overlap, some of them side by side."""
    made = []
    for day in ("mon", "sat"):
        for number, (start, end) in enumerate(pairwise(draw(EDGES))):
            if draw(st.booleans()):
                hours = Hours(Minutes(30 * start), Minutes(30 * end))
                made.append(CoverageWindow(id=f"{day}{number}", days=Days.parse(day), hours=hours))
    return tuple(made)


def is_open(made: tuple[CoverageWindow, ...], day: int, minute: int) -> bool:
    return any(day in one.days and one.hours.start <= minute < one.hours.end for one in made)


@given(windows(), windows())
def test_hours_are_told_for_exactly_the_days_with_a_moment_that_is_another(
    old: tuple[CoverageWindow, ...], new: tuple[CoverageWindow, ...]
) -> None:
    offer = offer_of(ESSENTIELLE)
    before, after = (evolve(offer, coverage=Coverage(windows=made)) for made in (old, new))
    told = " ".join(words.fr for words in difference(before, after).noticed).lower()
    for day, name in ((0, "le lundi"), (5, "le samedi")):
        differs = any(is_open(old, day, minute) != is_open(new, day, minute) for minute in range(0, 24 * 60, 30))
        assert (name in told) == differs

"""What a customer signs, in French: days, hours, spans, coverage, and each switch of an offer's terms."""

from typing import Any

import pytest
from attrs import evolve
from permanence.decide.decider import Decider
from permanence.model.count_rules import CountRules
from permanence.model.coverage import Coverage, CoverageWindow
from permanence.model.offer import BillingRules, Offer
from permanence.model.period import Span
from permanence.model.scalars import Days, Hours, Words
from permanence.model.term_rules import TermRules
from permanence.model.words.phrases import days_in_words, hours_in_words, span_in_words
from permanence.model.words.terms import coverage_in_words
from permanence.offers.tell.life_words import terms_in_words

from tests.bill.floors import rules
from tests.bill.months import contract, offer, on_file
from tests.bill.samples import make_offer, window


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("mon-fri", "du lundi au vendredi"),
        ("sat", "le samedi"),
        ("sat,sun", "le samedi et le dimanche"),
        ("mon-wed,fri,sun", "du lundi au mercredi, le vendredi et le dimanche"),
        ("mon,tue,thu-sat,holiday", "le lundi, le mardi, du jeudi au samedi et les jours fériés"),
        ("mon-sun", "tous les jours"),
        ("mon-sun,holiday", "tous les jours, jours fériés compris"),
        ("holiday", "les jours fériés"),
    ],
)
def test_days_are_said_as_people_say_them(days: str, words: str) -> None:
    assert days_in_words(Days.parse(days)).fr == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("08:00-19:00", "de 8 h à 19 h"),
        ("08:30-12:05", "de 8 h 30 à 12 h 05"),
        ("00:00-24:00", "à toute heure"),
        ("19:00-24:00", "de 19 h à 24 h"),
    ],
)
def test_hours_are_said_as_people_say_them(hours: str, words: str) -> None:
    assert hours_in_words(Hours.parse(hours)).fr == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ("1 day", "1 jour"),
        ("14 days", "14 jours"),
        ("2 weeks", "2 semaines"),
        ("12 months", "12 mois"),
        ("1 year", "1 an"),
    ],
)
def test_spans_are_said_in_french(span: str, words: str) -> None:
    assert span_in_words(Span.parse(span)).fr == words


def titled(title: str, days: str, hours: str) -> CoverageWindow:
    return evolve(window("one", days, hours), title=Words(title))


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (window("one", "mon-fri", "08:00-19:00"), "Du lundi au vendredi, de 8 h à 19 h."),
        (
            titled("du lundi au vendredi, de 8 h à 19 h", "mon-fri", "08:00-19:00"),
            "Du lundi au vendredi, de 8 h à 19 h.",
        ),
        (
            titled("en journée, du lundi au samedi", "mon-sat", "08:00-19:00"),
            "En journée, du lundi au samedi : de 8 h à 19 h.",
        ),
        (titled("de nuit", "mon-sat", "00:00-08:00"), "De nuit : du lundi au samedi, de 0 h à 8 h."),
    ],
)
def test_a_window_says_its_days_and_hours_once(one: CoverageWindow, sentence: str) -> None:
    assert coverage_in_words(make_offer([one]), ())[0] == sentence


def test_an_option_that_widens_the_hours_is_in_the_coverage_of_who_wants_it() -> None:
    offer = make_offer()
    assert coverage_in_words(offer, ())[:3] == (
        "Du lundi au vendredi, de 8 h à 19 h.",
        "Le samedi, de 9 h à 12 h.",
        "Fermé les jours fériés.",
    )
    assert coverage_in_words(offer, ["night_duty"])[2:5] == (
        "Astreinte de nuit : tous les jours, jours fériés compris, de 19 h à 24 h.",
        "Astreinte de nuit : tous les jours, jours fériés compris, de 0 h à 8 h.",
        "Les jours fériés, fermé aux autres heures.",
    )


@pytest.mark.parametrize(
    ("holidays", "sentence"),
    [
        ("as_weekday", "Les jours fériés sont des jours comme les autres."),
        ("as_sunday", "Les jours fériés ont les horaires du dimanche."),
    ],
)
def test_public_holidays_are_told(holidays: Any, sentence: str) -> None:
    offer = make_offer()
    coverage = Coverage(windows=offer.coverage.windows, holidays=holidays)
    assert sentence in coverage_in_words(evolve(offer, coverage=coverage), ())


def test_which_calls_count_is_told() -> None:
    counted = [
        coverage_in_words(make_offer(count=count), ())[-1]
        for count in (
            CountRules(),
            CountRules(min_talk_seconds=5, outside="count"),
            CountRules(direction="any", status="any"),
            CountRules(direction="outbound"),
        )
    ]
    assert counted == [
        "Sont comptés les appels entrants traités dans ces plages ; les autres ne comptent pas.",
        "Sont comptés les appels entrants traités d'au moins 5 secondes dans ces plages et hors d'elles.",
        "Sont comptés les appels reçus, traités ou non, dans ces plages ; les autres ne comptent pas.",
        "Sont comptés les appels sortants traités dans ces plages ; les autres ne comptent pas.",
    ]


def terms(**keys: Any) -> tuple[str, ...]:
    return told(evolve(make_offer(), term=TermRules(**keys)))


def told(offer: Offer) -> tuple[str, ...]:
    return terms_in_words(Decider(offer), "professional")


def test_each_switch_of_the_terms_has_its_sentence() -> None:
    none, open_ended = Span(0, "days"), "open_ended"
    assert terms() == (
        "Essai : 1 mois à compter de la mise en service, facturé au prix normal.",
        "Engagement : 12 mois après l'essai.",
        "Reconduction tacite, par périodes de 12 mois.",
        "Préavis : 3 mois ; son jour de réception compte.",
        "Le premier et le dernier mois, seuls les jours de service sont facturés.",
        "Aucuns frais de dossier ni d'ouverture.",
    )
    assert terms(trial_start="signature", trial_billed=False, trial_included=True, renewal="express")[:3] == (
        "Essai : 1 mois à compter de la signature, gratuit.",
        "Engagement : 12 mois, essai compris.",
        "Sans reconduction tacite : le contrat prend fin à son terme, sauf nouvel accord.",
    )
    assert terms(trial=none, commitment=none, renewal_period=open_ended, setup_fee=3_000) == (
        "Sans engagement.",
        "Reconduction tacite, pour une durée indéterminée.",
        "Préavis : 3 mois ; son jour de réception compte.",
        "Le premier et le dernier mois, seuls les jours de service sont facturés.",
    )
    assert terms(notice_counted_on="sent")[3] == "Préavis : 3 mois ; son jour d'envoi compte."
    assert terms(trial=none, renewal_anchor="signature")[:2] == (
        "Engagement : 12 mois.",
        "La première période prend fin à l'anniversaire de la signature.",
    )


@pytest.mark.parametrize(
    ("partial", "sentence"),
    [
        ("full", "Un mois commencé est dû en entier."),
        (
            "prorate_price_and_bands",
            "Le premier et le dernier mois, seuls les jours de service comptent, pour les prix et pour les tranches.",
        ),
    ],
)
def test_a_partial_month_is_told(partial: Any, sentence: str) -> None:
    assert sentence in told(evolve(make_offer(), billing=BillingRules(partial=partial)))


def test_floors_from_past_months_are_told_in_the_words_of_their_rules() -> None:
    (remembered,) = on_file(offer(rules()), contract()).offers.values()
    (plain,) = on_file(offer(), contract()).offers.values()
    own = [sentence for sentence in told(remembered) if sentence not in told(plain)]
    assert own == [
        "Les mois passés peuvent fixer un plancher, la plus basse tranche facturée. "
        "Dépassé 3 mois de suite. Au-dessous 2 mois de suite."
    ]

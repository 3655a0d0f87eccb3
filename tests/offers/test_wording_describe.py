"""`permanence describe`: each offer reads as it is kept on file, and says nothing but what its rule file says."""

import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from permanence.model.offer import Offer
from permanence.model.scalars import Language, Words

from tests.cases_drawn import some_of
from tests.docs.documents import ROOT, blocks
from tests.offers.telling import CONTINUE, ESSENTIELLE, EVERYTHING, FILES, HERE, offer_of, replaced, told

LANGUAGES: tuple[Language, ...] = ("fr", "en")
WITHOUT_CALLS: dict[str, set[float]] = {
    EVERYTHING.stem: {64, 84, 88, 116, 8, 14},
    "sur-mesure-2023-01-01": {49.6, 65.6},
}
"""What a month without calls comes to, where its offer charges several things, and months that are counted in words."""
EACH = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)
OTHERS = [
    *sorted((ROOT / "tests" / "read" / "good").glob("offer*.toml")),
    *sorted((ROOT / "tests" / "contracts" / "lives" / "offers").glob("*.toml")),
]


@EACH
@IN_BOTH
def test_an_offer_reads_as_it_is_kept_on_file(file: Path, language: Language) -> None:
    kept = HERE / "golden" / f"{file.stem.removesuffix('-2023-01-01')}.{language}.md"
    assert told(offer_of(file.read_text("utf-8")), language) + "\n" == kept.read_text("utf-8")


@IN_BOTH
def test_any_offer_can_be_told(language: Language) -> None:
    shown = [block.text for block in blocks(ROOT / "docs" / "offers.md", "toml") if "offer.schema" in block.text]
    texts = [*(file.read_text("utf-8") for file in OTHERS), *shown]
    assert len(texts) >= 8
    for text in texts:
        answers = told(offer_of(text), language).split("\n## ")
        assert len(answers) == 15
        for answer in answers[1:]:
            assert re.search(r"\n- .+[.]$", answer), answer


def numbers(file: Path) -> list[re.Match[str]]:
    """Return the numbers of a rule file that stand in its tables, not in its rules, examples, names or comments."""
    text = file.read_text("utf-8").split("[[rule]]")[0]
    bare = re.sub(r"#.*|format = 1|title = .*|\bid = .*|\[price.*\]", lambda found: " " * len(found[0]), text)
    return list(re.finditer(r"(?<![\w:.-])\d[\d_]*(\.\d+)?(?![\w:.])", bare))


@cache
def told_of(file: Path, language: Language) -> str:
    return told(offer_of(file.read_text("utf-8")), language)


NUMBERS = some_of([(file, found.start(), found.end()) for file in FILES for found in numbers(file)], 60)


def put(text: str, start: int, end: int) -> Offer:
    """Return the offer with another number at a place: the next one that can stand there."""
    whole, point, cents = text[start:end].replace("_", "").partition(".")
    others = ["10"] if text[start - 7 : start] == 'vat = "' else [str(max(0, int(whole) + more)) for more in (1, 3, -1)]
    for other in others:
        with suppress(AssertionError):
            return offer_of(f"{text[:start]}{other}{point}{cents}{text[end:]}")
    pytest.fail(f"no other number can stand at {text[start - 20 : end]}")


@pytest.mark.parametrize(("file", "start", "end"), NUMBERS, ids=[f"{file.stem}-{start}" for file, start, _ in NUMBERS])
def test_a_number_that_is_changed_in_a_rule_file_changes_the_text(file: Path, start: int, end: int) -> None:
    changed = put(file.read_text("utf-8"), start, end)
    assert told(changed, "fr") != told_of(file, "fr")
    assert told(changed, "en") != told_of(file, "en")


@EACH
@IN_BOTH
def test_each_number_in_the_text_comes_from_the_rule_file(file: Path, language: Language) -> None:
    """Besides: the call after a band, VAT, the defaults of the terms, names of options, a month without calls."""
    text = file.read_text("utf-8")
    written = {float(found.replace("_", "")) for found in re.findall(r"\d[\d_]*(?:\.\d+)?", text)}
    hours = {hour % 12 for hour in written if hour <= 24 and hour % 1 == 0}
    named = {
        float(found) for found in re.findall(r"\d+", " ".join(one.name for one in offer_of(text).options.values()))
    }
    defaults = named | {20, 2, 1} | WITHOUT_CALLS.get(file.stem, set()) | ({8} if file == EVERYTHING else set())
    allowed = written | hours | {number + 1 for number in written} | defaults
    text_told = re.sub(
        r"^- .*(?:mois sans appel|month without a call).*$", "", told(offer_of(text), language), flags=re.M
    )
    shown = re.sub(r"[\u202f\u00a0](?=\d{3}\b)", "", text_told.split("\n", 3)[3])
    shown = re.sub(r"(?<=\d),(?=\d{3}\b)", "", shown) if language == "en" else shown.replace(",", ".")
    assert {float(found) for found in re.findall(r"\d+(?:\.\d+)?", shown)} <= allowed


def test_a_title_without_english_is_told_in_french() -> None:
    text = replaced(CONTINUE, (', en = "Continuous answering"', ""), (', en = "Night supplement"', ""))
    english = told(offer_of(text), "en")
    assert english.startswith("# Permanence Continue\n")
    assert "- Majoration de nuit: €0.60 per call.\n" in english


def answer(offer: Offer, question: str, language: Language = "fr") -> list[str]:
    """Return the sentences that answer a question, spaces plain."""
    text = told(offer, language).translate(str.maketrans("\u00a0\u202f", "  "))
    return re.findall(r"^- (.+)$", text.split(f"## {question}\n")[1].split("\n## ")[0], re.MULTILINE)


def essentielle(*changes: tuple[str, str]) -> Offer:
    return offer_of(replaced(ESSENTIELLE, *changes))


BANDS_END = ('then = { every = 100, simple = "65.00", complex = "84.50" }', "")


def test_an_offer_whose_bands_have_a_top_says_so() -> None:
    assert "L'offre va jusqu'à 350 appels par mois." in answer(essentielle(BANDS_END), "Que coûte l'offre ?")
    one_band = "\n".join(line for line in ESSENTIELLE.splitlines() if not re.match(r" +\{ up_to = [123]50", line))
    (only,) = answer(offer_of(replaced(one_band, BANDS_END)), "Que se passe-t-il si je dépasse ?")
    assert only == "L'offre s'arrête à 50 appels par mois."


def test_a_contracted_floor_is_what_a_month_without_calls_costs() -> None:
    offer = essentielle(('floor = "lowest"', 'floor = "contracted"'))
    assert answer(offer, "Et si je n'ai aucun appel ?") == ["La formule inscrite au contrat reste due."]
    assert answer(offer, "Comment évolue mon forfait ?")[1] == (
        "Elle ne descend pas au-dessous de celle qui est inscrite au contrat."
    )


def test_without_trial_and_with_express_renewal_the_contract_ends_by_itself() -> None:
    offer = essentielle(
        ('trial = "1 month"', 'trial = "0 days"'),
        ("renewal_period", 'renewal = "express"\nrenewal_period'),
        ('renew = "period"', 'renew = "end"'),
    )
    assert answer(offer, "Y a-t-il un essai, un engagement ?")[:3] == [
        "Il n'y a pas de période d'essai.",
        "Engagement : 12 mois.",
        "Sans reconduction tacite : le contrat prend fin à son terme, sauf nouvel accord.",
    ]
    assert not [line for line in answer(offer, "Comment résilier ?") if "essai" in line]


def test_a_notice_that_no_rule_answers_is_not_passed_over() -> None:
    offer = evolve(essentielle(), rules=tuple(rule for rule in essentielle().rules if rule.id != "leave-late"))
    assert "Préavis reçu plus tard : l'offre ne prévoit rien." in answer(offer, "Comment résilier ?")
    assert "A notice received later: the offer does not say." in answer(offer, "How do I leave?", "en")


def test_which_day_of_a_notice_counts_is_told_wherever_a_notice_is() -> None:
    counted = ("[term]\n", '[term]\nnotice_counted_on = "sent"\n')
    french = "\n".join(answer(essentielle(counted), "Comment résilier ?"))
    english = "\n".join(answer(essentielle(counted), "How do I leave?", "en"))
    assert "reçu" not in french
    assert "received" not in english
    assert "son jour d'envoi compte" in french
    assert "the day on which it is sent counts" in english
    late = ('then = { end = "next_term_end" }', 'then = { end = "notice_end" }')
    told = answer(essentielle(counted, late), "Comment résilier ?")
    assert "Préavis envoyé plus tard : le contrat prend fin 3 mois après l'envoi." in told


def test_what_rules_make_of_a_missing_reminder_is_told() -> None:
    told_of = [line for line in answer(essentielle(), "Comment résilier ?") if "prévenu" in line]
    assert len(told_of) == 4
    assert told_of[0] == (
        "Une fois le contrat reconduit, pour un non-professionnel que personne n'a prévenu de la reconduction, "
        "préavis reçu au moins 3 mois avant le terme : le contrat prend fin le soir même."
    )
    only = essentielle(("no_setup_fees = true", 'customers = ["professional"]'))
    assert not [line for line in answer(only, "Comment résilier ?") if "prévenu" in line]


def test_an_offer_without_options_or_quality_calls_says_so_or_nothing() -> None:
    tables = re.sub(r"\[option\..*?(?=\n\[\[rule)", "", ESSENTIELLE.split("[[example]]")[0], flags=re.DOTALL)
    offer = offer_of(replaced(tables, ('quality_calls = "3 months"', "go_live_days = 0")))
    assert answer(offer, "Quelles options, à quel prix ?") == ["L'offre n'a pas d'option."]
    assert answer(offer, "Quand le service commence-t-il ?") == ["Le jour de la signature."]


def test_hours_of_another_zone_and_tags_that_are_none_are_told() -> None:
    offer = essentielle(
        ("sold_from = 2023-01-01", 'sold_from = 2023-01-01\ntimezone = "Indian/Reunion"'),
        ('outside = "ignore"', 'outside = "count"\nexclude_tags = []'),
    )
    assert "Ces heures sont celles de La Réunion." in answer(offer, "Quels horaires ? Et les jours fériés ?")
    assert answer(offer, "Quels appels comptent ?")[2] == "Aucune étiquette n'écarte un appel du compte."


def test_one_mission_alone_is_not_named() -> None:
    offer = essentielle(('["simple", "complex"]', '["simple"]'), *COMPLEX_PRICES)
    assert answer(offer, "Que coûte l'offre ?")[1] == "La première formule comprend 50 appels : 59,00 € par mois."


COMPLEX_PRICES = tuple((found, "") for found in dict.fromkeys(re.findall(r', complex = "[\d.]+"', ESSENTIELLE)))


def test_words_without_english_are_french_in_any_language() -> None:
    assert Words("appel").told("en") == "appel"
    assert (Words("un ", "a ") + Words("devis")) == Words("un devis", "a devis")


def test_an_option_names_its_languages() -> None:
    offer = essentielle(('languages = ["en"]', 'languages = ["es", "ja"]'))
    options = answer(offer, "Quelles options, à quel prix ?")
    assert "Secrétaire bilingue, langues : français, espagnol, ja." in options
    assert "Bilingual agent, languages: French, Spanish, ja." in answer(offer, "Which options, at which price?", "en")


def test_prices_beside_the_subscription_are_said_to_come_on_top_of_it() -> None:
    both = offer_of(CONTINUE)
    assert on_top(both) == [
        "Les prix « Appels transmis au responsable » et « Majoration de nuit » s'ajoutent à celui de la formule."
    ]
    one = evolve(
        both,
        prices={"night": both.prices["night"]},
        rules=tuple(rule for rule in both.rules if rule.then.charge != "price.escalation"),
    )
    assert on_top(one) == ["Le prix « Majoration de nuit » s'ajoute à celui de la formule."]
    assert on_top(offer_of(replaced(CONTINUE, ('when = "contract.active"', 'when = "not contract.in_trial"')))) == []


def on_top(offer: Offer) -> list[str]:
    return [line for line in answer(offer, "Que coûte l'offre ?") if "s'ajoute" in line]


CALLS = [
    ('call.window == "saturday"', "Un appel reçu le samedi, de 9 h à 12 h, compte"),
    ("not call.urgent and call.wait_seconds > 60", "Un appel non urgent dont l'attente dépasse 60 secondes compte"),
    ("call.urgent and not call.covered", "Un appel urgent reçu hors des horaires compte"),
    (
        "call.talk_seconds >= 5 and call.wait_seconds < 30",
        "Un appel dont l'attente est de moins de 30 secondes et la conversation est d'au moins 5 secondes compte",
    ),
    ('call.window != "saturday"', "Quand l'appel n'arrive pas le samedi, de 9 h à 12 h, l'appel compte"),
    (
        "call.wait_seconds > 60 and call.wait_seconds < 90",
        "Quand l'attente dépasse 60 secondes et l'attente est de moins de 90 secondes, l'appel compte",
    ),
    ("call.urgent or not call.covered", "Quand l'appel est urgent ou l'appel arrive hors des horaires, l'appel compte"),
    ('call.urgent and mission == "simple"', "Quand l'appel est urgent et la mission est « simple », l'appel compte"),
]


@pytest.mark.parametrize(("when", "said"), CALLS, ids=[when for when, _ in CALLS])
def test_a_rule_on_calls_says_which_calls_it_is_for(when: str, said: str) -> None:
    rule = f'\n[[rule]]\nid = "special"\non = "call"\nwhen = \'{when}\'\nthen = {{ mark = "special" }}\n'
    assert answer(offer_of(ESSENTIELLE + rule), "Quels appels comptent ?")[-1] == f"{said} pour « special »."

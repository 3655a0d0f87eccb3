"""`permanence diff` and `permanence describe` as typed: versions, ids and files, both languages, JSON, a page."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import frozen
from permanence.model.coverage import CoverageWindow
from permanence.model.options_on_sale import OptionsOnSale
from permanence.plugin_manager import Plugins
from permanence_options import night_duty

from tests.cli.typed import out, refused, values
from tests.installed import PLUGINS
from tests.offers.telling import HERE, ROOT, SPACES

RULES = Path("rules")
OLD, NEW = RULES / "essentielle-2023-01-01.toml", RULES / "essentielle-2026-10-01.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the offers on sale, and a dearer version of one of them."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    text = (
        OLD.read_text("utf-8")
        .split("\n[[example]]")[0]
        .replace("2023-01-01", "2026-10-01")
        .replace('"229.00"', '"235.00"')
    )
    NEW.write_text(text.replace('creation = "45.00"', 'creation = "50.00"'), "utf-8")
    return tmp_path


def test_two_versions_are_compared_in_sentences() -> None:
    printed = out("diff", "essentielle@2023-01-01", "essentielle@2026-10-01").translate(SPACES)
    assert printed.splitlines() == [
        "De essentielle@2023-01-01 à essentielle@2026-10-01 :",
        "",
        "- De 151 à 250 appels, mission simple : 235,00 € par mois au lieu de 229,00 € (+ 2,6 %).",
        "- Création de l'agenda partagé : 50,00 € une fois au lieu de 45,00 € (+ 11,1 %).",
        "",
        "Changements que le client ne voit pas : exemples.",
    ]


def test_files_and_ids_name_offers_too() -> None:
    by_version = out("diff", "essentielle@2023-01-01", "essentielle@2026-10-01")
    assert out("diff", str(OLD), str(NEW)) == by_version
    assert out("diff", str(OLD), "essentielle", "--on", "2026-11-01") == by_version
    assert "Rien ne change pour un client." in out("diff", "essentielle", str(OLD), "--on", "2026-09-30")


def test_scripts_get_the_same_sentences_in_the_language_asked_for() -> None:
    found = values("diff", str(OLD), str(NEW), "--lang", "en")
    assert found == {
        "old": "essentielle@2023-01-01",
        "new": "essentielle@2026-10-01",
        "noticed": [
            "151 to 250 calls, simple mission: €235.00 a month instead of €229.00 (+2.6%).",
            "Creation of the shared agenda: €50.00 once instead of €45.00 (+11.1%).",
        ],
        "unnoticed": ["examples"],
    }


def test_an_offer_is_told_as_it_is_kept_on_file() -> None:
    assert out("describe", "continue") == (HERE / "golden" / "continue.fr.md").read_text("utf-8")
    english = out("describe", "continue@2023-01-01", "--lang", "en")
    assert english == (HERE / "golden" / "continue.en.md").read_text("utf-8")


class Page(HTMLParser):
    """The words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_and_the_json_have_every_sentence() -> None:
    told = json.loads(out("describe", "a-la-carte", "--html", "sheet.html", "--json"))
    page = Page()
    page.feed(Path("sheet.html").read_text("utf-8"))
    assert told["title"] == "Permanence à la carte"
    assert len(told["answers"]) == 14
    for answer in told["answers"]:
        assert answer["question"] in page.words
        assert set(answer["sentences"]) <= set(page.words)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("describe", "essentiele"), "OFFER"),
        (("diff", "essentiele", "essentielle"), "OLD"),
        (("diff", "essentielle", "essentiele"), "NEW"),
    ],
)
def test_an_offer_that_is_not_there_is_named(words: tuple[str, ...], where: str) -> None:
    assert refused(*words) == [f'{where}: there is no offer "essentiele"; did you mean "essentielle"?']


@pytest.mark.parametrize("name", ["essentielle@2026-10-01", str(NEW)])
def test_a_version_is_told_and_compared_before_it_is_sold(name: str) -> None:
    before = ("--on", "2026-09-30")
    assert "Offre essentielle@2026-10-01," in out("describe", name, *before)
    assert out("diff", "essentielle", name, *before).startswith("De essentielle@2023-01-01 à essentielle@2026-10-01")


def test_an_id_alone_names_what_is_on_sale_and_else_what_comes_first() -> None:
    (told,) = refused("describe", "continue", "--on", "2022-12-31")
    assert told == "OFFER: continue is not sold on 2022-12-31; its first version is continue@2023-01-01"
    (compared,) = refused("diff", "continue@2023-01-01", "continue", "--on", "2022-12-31")
    assert compared.startswith("NEW: continue is not sold on 2022-12-31;")


def test_a_file_that_is_wrong_is_refused_with_its_places() -> None:
    NEW.write_text(NEW.read_text("utf-8").replace("notice =", "notise ="), "utf-8")
    for words in (("describe", str(NEW)), ("diff", str(OLD), str(NEW)), ("describe", "continue")):
        assert refused(*words)[0].startswith(f'{NEW}:18:1: unknown key "notise"; did you mean "notice"?')


@frozen(kw_only=True)
class Moody(night_duty.NightDuty):
    """An option that cannot say its hours."""

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        raise RuntimeError("not today")


def test_an_option_that_fails_is_blamed_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    class Sold(Plugins):
        """Our plugins, with one option that fails."""

        @property
        def options(self) -> OptionsOnSale:
            return OptionsOnSale({**PLUGINS.options, "night_duty": Moody})

    monkeypatch.setattr(Plugins, "installed", lambda *_: Sold(PLUGINS._manager, PLUGINS.origins))
    for file in RULES.glob("*.toml"):
        file.write_text(file.read_text("utf-8").split("\n[[example]]")[0], "utf-8")
    quote = ("quote", "essentielle", "--for", "Garage du Parc", "--calls", "9", "--option", "night_duty")
    (told,) = {*refused("describe", "essentielle"), *refused(*quote)}
    assert told == "plugins: the option « night_duty » (permanence_options.night_duty) failed: RuntimeError: not today"

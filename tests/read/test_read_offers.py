"""Good rule files become offers, with every place that later stages need."""

import hashlib
import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import permanence_options
import pytest
from attrs import frozen
from permanence.model.keys import key
from permanence.model.money import Micros
from permanence.model.offer import Offer
from permanence.model.option import Option
from permanence.model.period import Span
from permanence.model.problem import Place, Refused
from permanence.model.scalars import Days, Hours, Words
from permanence.offers.form import read_offer, read_offers
from permanence.read.toml.structure import record_of
from permanence_options import bilingual

GOOD = Path(__file__).parent / "good"
RULES = Path(__file__).parents[2] / "rules"

Options = Mapping[str, type[Option]]


@pytest.fixture
def essentielle(options: Options, monkeypatch: pytest.MonkeyPatch) -> Offer:
    monkeypatch.chdir(GOOD)
    reading = read_offer(Path("offer.toml"), options)
    assert reading.problems == ()
    assert reading.offer
    return reading.offer


def test_a_good_file_says_what_is_sold(essentielle: Offer) -> None:
    assert essentielle.version == "essentielle@2026-01-01"
    assert essentielle.head.title == Words("Permanence Essentielle", "Essential answering")
    assert essentielle.head.mission == ("simple", "complex")
    assert essentielle.term.renewal_period == "open_ended"
    assert essentielle.term.trial == Span(1, "months")
    assert essentielle.term.setup_fee == 2500
    assert essentielle.coverage.extra_closed == (date(2026, 12, 24),)
    assert essentielle.coverage.windows[0].title == Words("du lundi au vendredi")
    assert essentielle.coverage.windows[1].days == Days.parse("sat")
    assert essentielle.coverage.windows[1].hours == Hours.parse("09:00-12:00")


def test_prices_are_exact_whole_numbers(essentielle: Offer) -> None:
    assert essentielle.bands
    assert essentielle.bands.then
    assert essentielle.bands.steps[1].prices == {"simple": 12900, "complex": 16900}
    assert essentielle.bands.then.prices == {"simple": 5800, "complex": 7800}
    assert essentielle.prices["escalation"].amount == 1_500_000
    assert essentielle.options["callback"].price == Micros(13_000)


def test_an_option_is_read_by_the_class_of_its_plugin(essentielle: Offer, options: Options) -> None:
    assert essentielle.options["bilingual"] == bilingual.Bilingual(price=Micros(39_000_000), languages=("en", "es"))
    assert essentielle.options["callback"].name == "Bouton de rappel"


def test_the_offer_keeps_its_text_and_its_places(essentielle: Offer) -> None:
    text = (GOOD / "offer.toml").read_text(encoding="utf-8")
    assert (essentielle.file, essentielle.text) == ("offer.toml", text)
    assert essentielle.digest == hashlib.sha256(text.encode()).hexdigest()
    rule = essentielle.rules[1]
    assert rule.place.text == "[[rule]]"
    assert rule.when_place.text[rule.when_place.column - 1 :].startswith(rule.when)
    assert rule.when_place.line == rule.place.line + 3
    assert essentielle.examples[0].place.text == "[[example]]"
    assert essentielle.places.key_place(("option", "callback")).text == "[option.callback]"


def test_absent_tables_have_their_defaults(options: Options) -> None:
    offer = read_offer(GOOD / "offer_package.toml", options).offer
    assert offer
    assert offer.package
    assert offer.package.overage == {"simple": 1_050_000}
    assert offer.term.commitment == Span(12, "months")
    assert (offer.bands, offer.options, offer.examples) == (None, {}, ())


def test_two_files_may_not_hold_one_version(options: Options, tmp_path: Path) -> None:
    other = tmp_path / "copy.toml"
    other.write_text((GOOD / "offer.toml").read_text(encoding="utf-8"), encoding="utf-8")
    offers, problems = read_offers([GOOD / "offer.toml", GOOD / "offer_package.toml", other], options)
    assert [offer.head.id for offer in offers] == ["essentielle", "a-la-carte", "essentielle"]
    [problem] = problems
    assert problem.what == f"essentielle@2026-01-01 is in {(GOOD / 'offer.toml').as_posix()} too"
    assert (problem.where.file, problem.where.text) == (other.as_posix(), "sold_from = 2026-01-01")


def test_problems_of_every_file_are_told(options: Options, tmp_path: Path) -> None:
    first, second = tmp_path / "1.toml", tmp_path / "2.toml"
    first.write_text("a = ", encoding="utf-8")
    second.write_text("b = 1", encoding="utf-8")
    offers, problems = read_offers([first, second], options)
    assert offers == ()
    assert {problem.where.file for problem in problems} == {first.as_posix(), second.as_posix()}


def test_what_is_right_in_a_wrong_file_is_there_for_further_checks(options: Options) -> None:
    reading = read_offer(Path(__file__).parent / "bad" / "offer_unknown_key.toml", options)
    assert reading.problems
    assert reading.offer
    assert reading.offer.rules


@frozen(kw_only=True)
class Fussy(Option):
    """An option whose class checks its values, as a stranger's may."""

    id = "fussy"
    label = Words("Tatillon", "Tatillon")
    share: int = key("A share, per cent.", default=0)

    def __attrs_post_init__(self) -> None:
        if self.share > 100:
            raise ValueError("a share is at most 100")


def test_what_an_option_class_refuses_is_a_problem_of_its_table(tmp_path: Path) -> None:
    file = tmp_path / "offer.toml"
    text = (GOOD / "offer_package.toml").read_text(encoding="utf-8")
    file.write_text(text + '\n[option.fussy]\nprice = "1.00"\nshare = 101\n', encoding="utf-8")
    [problem] = read_offer(file, {"fussy": Fussy}).problems
    assert (problem.what, problem.where.text) == ("a share is at most 100", "[option.fussy]")


@frozen(kw_only=True)
class Odd(Option):
    """An option with a key that TOML cannot have."""

    id = "odd"
    label = Words("Bizarre", "Bizarre")
    number: complex = key("No such thing in TOML.", default=1j)


def test_an_option_class_with_an_impossible_key_is_blamed_by_name() -> None:
    with pytest.raises(Refused) as refused:
        read_offer(GOOD / "offer_package.toml", {"odd": Odd})
    [problem] = refused.value.problems
    assert problem.where == Place('option "odd"')
    assert problem.what == "complex is no type that a TOML key can have"


def all_options() -> Options:
    names = [module.name for module in pkgutil.iter_modules(permanence_options.__path__)]
    found = [importlib.import_module(f"permanence_options.{name}").register_options() for name in names]
    return {option.id: option for options in found for option in options}


@pytest.mark.parametrize("path", sorted(RULES.glob("*.toml")), ids=lambda path: path.stem)
def test_our_own_rule_files_are_right(path: Path) -> None:
    assert "".join(map(str, read_offer(path, all_options()).problems)) == ""


def test_words_are_told_in_the_order_in_which_their_key_has_them_whichever_is_read_first() -> None:
    @frozen(kw_only=True)
    class Before:
        """The words of another class, in another order."""

        usage: Literal["free", "charged"] = key("Words.", default="free")

    assert record_of(Before).keys["usage"].shape.expects == '"free" or "charged"'

    @frozen(kw_only=True)
    class After:
        """The same words."""

        usage: Literal["charged", "free"] = key("Words.", default="free")

    assert record_of(After).keys["usage"].shape.expects == '"charged" or "free"'

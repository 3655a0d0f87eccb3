"""`permanence new-offer`: from questions, or from the version before, to a rule file that passes every check."""

import re
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import tomli
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from permanence import hookimpl
from permanence.cli.main import main
from permanence.model.offer import Offer
from permanence.model.problem import Place, Problem
from permanence.offers.draft.draft import BandDraft, OfferDraft
from permanence.offers.draft.new_version import draft_problems, with_examples
from permanence.offers.draft.pricing import MODELS
from permanence.offers.draft.proposals import can_be_started
from permanence.offers.draft.text import draft_text
from permanence.offers.draft.typed_answers import as_model
from permanence.offers.form import read_offer_text
from permanence.plugin_manager import Plugins

from tests.cli.typed import out, refused, typed, values
from tests.installed import PLUGINS

RULES = Path(__file__).parents[2] / "rules"
OLD, NEW = Path("rules/essentielle-2023-01-01.toml"), Path("rules/essentielle-2027-01-01.toml")
DAY = ("--on", "2026-11-23")
COPY = ("new-offer", "--from", "essentielle@2023-01-01", "--sold-from")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with our own rule files and no contract."""
    shutil.copytree(RULES, tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(*answers: str, words: tuple[str, ...] = (), columns: str = "400") -> Result:
    """Return what the dialogue prints for these answers; past the last one each proposal is taken."""
    typed_in = "".join(f"{answer}\n" for answer in (*answers, *[""] * 60))
    return CliRunner().invoke(
        main,
        ("new-offer", *DAY, *_by_bands(words), *words),
        input=typed_in,
        env={"COLUMNS": columns},
        catch_exceptions=False,
    )


def _by_bands(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return what prices an offer by bands, the way of pricing that most of these answers are about."""
    model = () if "--model" in words else ("--model", "bands")
    return model if "--country" in words else (*model, "--country", "FR", "--currency", "EUR")


def told(result: Result) -> list[str]:
    """Return why questions were asked again."""
    return [line.split("Error: ", 1)[1] for line in result.stderr.splitlines() if "Error: " in line]


def proposed(result: Result, question: str) -> list[str]:
    """Return what was proposed each time that a question was asked."""
    return re.findall(rf"{re.escape(question)}[^\[]*\[([^\]]*)\]", result.stderr)


def written(file: str) -> dict[str, Any]:
    """Return a rule file that was written, as TOML reads it."""
    return tomli.loads(Path("rules", file).read_text("utf-8"))


def test_everything_that_is_proposed_makes_an_offer_that_passes_the_check() -> None:
    assert values("new-offer", *DAY, "--yes") == {"file": "rules/accueil-2026-12-01.toml"}
    checked = values("check", "rules/accueil-2026-12-01.toml")
    assert checked["problems"] == []
    [offer] = checked["offers"]
    assert offer["offer"] == "accueil@2026-12-01"
    table = tomli.loads(Path("rules/accueil-2026-12-01.toml").read_text("utf-8"))
    counted = [one for one in table["example"] if "usage.calls" in one.get("given", {})]
    assert [(one["given"]["usage.calls"], one["total"]) for one in counted] == [
        (50, "59.00"),
        (51, "149.00"),
        (150, "149.00"),
        (151, "229.00"),
        (250, "229.00"),
        (251, "294.00"),
        (350, "294.00"),
        (351, "359.00"),
        (150, "194.00"),
        (250, "298.00"),
        (350, "383.00"),
    ]


def test_an_empty_answer_takes_what_is_proposed() -> None:
    assert answered().exit_code == 0
    asked = Path("rules/accueil-2026-12-01.toml").read_text("utf-8")
    Path("rules/accueil-2026-12-01.toml").unlink()
    out("new-offer", *DAY, "--yes")
    assert Path("rules/accueil-2026-12-01.toml").read_text("utf-8") == asked


HEAD = [""] * 9
BANDS = [""] * 13
"""Proposals taken: name, titles, day, missions, hours; three bands of two prices, none more, and those past them."""


def test_a_wrong_answer_is_asked_again_with_an_example_of_a_right_one() -> None:
    result = answered(
        *("Été", "garde", "", "", "2027", "2027-02-31", "2027-02-01", "simple, simple", "simple"),
        *("8-", "00:00-08:00, 19:00-24:00", "none", "9-25", "none", "shut", "as sunday"),
        *("many", "-5", "80", "cent", "-1", "90,5", "60", "none", "0", "none"),
        *("1 mnth", "none", "12", "0 days", "1 month", "", "svii", "svi, callback", "", "", "1.2345678", "70"),
    )
    assert told(result) == [
        '"Été" is no id; an id has small letters, digits, - and _, and begins with a letter',
        '"2027" is not a day such as 2026-12-01 or 01/12/2026',
        "the calendar has no day 2027-02-31",
        'mission "simple" is named twice',
        '"8-" is no stretch of hours such as 08:00-19:00 or 8h-19h; put commas between several',
        '"09:00-25:00" goes past 24:00',
        '"holidays" cannot be "shut"; known: as_sunday, as_weekday, closed',
        '"many" is not a number of calls such as 50',
        '"-5" is not a number of calls such as 50',
        '"cent" is not an amount such as 59.00',
        '"-1" is negative; an amount is such as 59.00',
        "bands rise, and 60 comes after 80",
        '"every" is at least 1',
        '"1 mnth" is no length of time such as 3 months or 14 days',
        '"12" has no unit: write 12 months or 12 days',
        'no plugin offers the option "svii"; did you mean "svi"?',
        '"1.2345678" is not an amount such as 59.00',
    ]
    table = written("garde-2027-02-01.toml")
    assert table["offer"]["title"] == "Permanence Garde"
    assert [window["hours"] for window in table["coverage"]["window"]] == ["00:00-08:00", "19:00-24:00"]
    assert table["coverage"]["holidays"] == "as_sunday"
    assert table["bands"] == {"floor": "lowest", "steps": [{"up_to": 80, "simple": "90.50"}]}
    assert table["option"] == {"svi": {"price": "80.00"}, "callback": {"price": "0.50", "installation": "70.00"}}
    assert [rule["id"] for rule in table["rule"] if rule["on"] == "notice"] == ["leave"]
    assert out("check", "rules/garde-2027-02-01.toml")


def test_a_message_ends_its_lines_between_words() -> None:
    lines = answered("Été", "garde", columns="60").stderr.splitlines()
    at = next(number for number, line in enumerate(lines) if "Error: " in line)
    assert lines[at].endswith('Error: "Été" is no id; an id has small letters, digits, -')
    assert lines[at + 1] == "and _, and begins with a letter"


def test_proposed_prices_follow_those_that_were_answered() -> None:
    result = answered(*HEAD, "", "69", "99", "", "180", "", "", "", "", "400")
    assert proposed(result, "Band 1: price a month, mission complex") == ["90.00"]
    assert proposed(result, "Band 2: price a month, mission simple") == ["174.00"]
    assert proposed(result, "Band 2: price a month, mission complex") == ["258.00"]
    assert proposed(result, "Band 3: price a month, mission simple") == ["277.00"]
    assert proposed(result, "Band 4: price a month, mission simple") == ["332.00"]
    assert proposed(result, "Past the last band: what each further one adds, mission simple") == ["94.00"]


def test_bands_of_any_size_and_price_are_proposed_rising() -> None:
    result = answered(*HEAD, "200", "0,50", "0", "", "")
    assert proposed(result, "Band 2: up to how many calls") == ["300"]
    assert proposed(result, "Band 2: price a month, mission simple") == ["1.26"]
    assert proposed(result, "Band 2: price a month, mission complex") == ["1.26"]
    assert told(result) == []


def test_a_price_that_does_not_rise_is_kept_where_it_is_said_twice() -> None:
    result = answered(*HEAD, "", "", "", "", "159", "", "", "24.90", "24,90", "208", "250")
    assert told(result) == [
        "24.90 is less than the 159.00 of the band before: another price, or the same again to keep it",
        "208.00 is no more than the 208.00 of the band before: another price, or the same again to keep it",
    ]
    assert written("accueil-2026-12-01.toml")["bands"]["steps"][2] == {
        "up_to": 250,
        "simple": "24.90",
        "complex": "250.00",
    }


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("ch", {"country": "CH"}),
        ("us", {"country": "US", "timezone": "America/New_York"}),
        ("AU", {"country": "AU", "timezone": "Australia/Sydney"}),
    ],
)
def test_an_offer_of_another_country_has_its_currency_its_zone_and_none_of_french_law(
    country: str, expected: dict[str, str]
) -> None:
    out("new-offer", "abroad", *DAY, "--country", country, "--yes")
    head = written("abroad-2026-12-01.toml")["offer"]
    assert {key: head[key] for key in ("country", "currency", "timezone") if key in head} == expected
    assert "L215-1" not in Path("rules/abroad-2026-12-01.toml").read_text("utf-8")
    assert values("check", "rules/abroad-2026-12-01.toml")["problems"] == []


def test_country_and_currency_are_asked_and_the_currency_follows() -> None:
    typed_in = "garde\n\n\n\nxx\nch\n" + "\n" * 60
    asked = CliRunner().invoke(main, ("new-offer", *DAY, "--model", "bands"), input=typed_in, catch_exceptions=False)
    assert '"XX" is no country whose VAT is known' in asked.stderr
    assert proposed(asked, "Currency") == ["CHF"]
    assert written("garde-2026-12-01.toml")["offer"]["country"] == "CH"


def test_a_copy_keeps_country_and_currency() -> None:
    told = typed("new-offer", "--from", "essentielle@2023-01-01", "--sold-from", "2027-01-01", "--country", "CH").stderr
    assert "--from keeps country, currency and time zone: leave them out." in told


def test_nothing_is_written_before_the_answers_are_confirmed() -> None:
    asked = CliRunner().invoke(main, ("new-offer", *DAY), input="\n" * 31)
    assert "Write it? [Y/n]" in asked.stderr
    assert asked.exit_code == 1
    assert not Path("rules/accueil-2026-12-01.toml").exists()


def test_a_no_asks_again_and_proposes_the_answers_before() -> None:
    first = ("garde", "", "Night watch", "01/02/2027", "simple", *[""] * 4, "60", "70", "none", "none")
    result = answered(*first, "", "6 mois", "", "", "45 €", "bilingual", "", "en de", "n")
    assert proposed(result, "Short name") == ["accueil", "garde"]
    assert proposed(result, "First day") == ["2026-12-01", "2027-02-01"]
    assert proposed(result, "Band 1: price a month") == ["59.00", "70.00"]
    assert proposed(result, "Band 2: up to how many calls") == ["160", "none"]
    assert proposed(result, "Option bilingual: languages") == ["en", "en, de"]
    table = written("garde-2027-02-01.toml")
    assert table["offer"]["title"] == {"fr": "Permanence Garde", "en": "Night watch"}
    assert table["bands"]["steps"] == [{"up_to": 60, "simple": "70.00"}]
    assert table["option"] == {"bilingual": {"price": "39.00", "languages": ["en", "de"]}}


def test_the_answers_are_shown_before_they_are_written() -> None:
    result = answered(*HEAD, *BANDS, "", "", "", "", "45", "callback")
    shown = dict(re.findall(r"^(\S.*?)  +(\S.*?) *$", result.stderr, re.MULTILINE))
    assert shown["Offer"] == "accueil, sold from 2026-12-01"
    assert shown["Sunday"] == "closed"
    assert shown["Up to 150 calls"] == "simple 149.00, complex 194.00"
    assert shown["Notice of a new price"] == "3 months"
    assert shown["Set-up fee"] == "45.00"
    assert shown["Option callback"] == "price 0.50, installation 80.00"


def test_a_set_up_fee_takes_the_promise_of_none_away() -> None:
    answered(*HEAD, *BANDS, "", "", "", "", "45")
    charged = written("accueil-2026-12-01.toml")
    assert "no_setup_fees" not in charged["offer"]
    assert charged["term"]["setup_fee"] == "45.00"
    answered("libre")
    free = written("libre-2026-12-01.toml")
    assert free["offer"]["no_setup_fees"] is True
    assert "setup_fee" not in free["term"]


@pytest.mark.parametrize(
    ("answers", "term", "new_price", "renewed"),
    [
        (("", "", "", ""), ("12 months", "3 months", "3 months"), "au moins trois mois plus tard", "douze mois"),
        (("", "6 mois", "", ""), ("6 months", "1 month", "1 month"), "au moins un mois plus tard", "six mois"),
        (("", "2 ans", "1 an", "60 jours"), ("1 year", "60 days", "60 days"), "au moins 60 jours plus tard", "un an"),
        (("", "", "", "1 semaine"), ("12 months", "1 week", "1 month"), "au moins un mois plus tard", "douze mois"),
        (
            ("", "", "open ended", ""),
            ("open_ended", "3 months", "3 months"),
            "au moins trois mois plus tard",
            "indéterminée",
        ),
        (("aucun", "aucun", "2 mois"), ("open_ended", "2 months", "2 months"), "vaut deux mois après", "sans terme"),
    ],
)
def test_what_the_rules_say_follows_the_answers(
    answers: tuple[str, ...], term: tuple[str, ...], new_price: str, renewed: str
) -> None:
    assert answered(*HEAD, *BANDS, *answers).exit_code == 0
    table = written("accueil-2026-12-01.toml")
    assert tuple(table["term"][key] for key in ("renewal_period", "notice", "price_notice")) == term
    why = {rule["id"]: rule["why"] for rule in table["rule"]}
    assert new_price in why["new-price"]
    assert renewed in why["renewed"]
    assert values("check", "rules/accueil-2026-12-01.toml")["problems"] == []


def test_a_doubt_about_what_was_answered_is_told_with_the_file() -> None:
    result = answered(*HEAD, *BANDS, "", "3 months", "3 months", "4 months")
    assert result.exit_code == 0
    assert "warning: the notice (4 months) is longer than" in result.stderr
    assert Path("rules/accueil-2026-12-01.toml").exists()


def test_an_offer_that_is_there_is_asked_for_another_day() -> None:
    out("new-offer", *DAY, "--yes")
    result = answered("", "", "", "", "2026-12-02")
    assert "accueil@2026-12-01 is there already, in rules/accueil-2026-12-01.toml; " in result.stderr
    assert Path("rules/accueil-2026-12-02.toml").exists()
    assert refused("new-offer", *DAY, "--yes") == [
        "--sold-from: accueil@2026-12-01 is there already, in rules/accueil-2026-12-01.toml; "
        "a version has one file: name another day"
    ]


def test_what_the_command_line_says_is_not_asked() -> None:
    result = answered(words=("garde", "--sold-from", "2027-03-01"))
    assert "Short name" not in result.stderr
    assert "First day" not in result.stderr
    assert Path("rules/garde-2027-03-01.toml").exists()
    assert '"Garde" is no id' in refused("new-offer", "Garde", "--yes")[0]


def test_the_first_offer_comes_with_the_schema_that_an_editor_reads(here: Path) -> None:
    shutil.rmtree("rules")
    out("new-offer", *DAY, "--yes")
    assert Path("rules/offer.schema.json").read_bytes() == (RULES / "offer.schema.json").read_bytes()


@pytest.mark.parametrize("trial", ["0 days", "2 weeks"])
@pytest.mark.parametrize("commitment", ["0 days", "24 months"])
@pytest.mark.parametrize("renewal", ["12 months", "open_ended"])
@pytest.mark.parametrize("notice", ["31 days", "3 months"])
def test_every_kind_of_term_makes_an_offer_that_passes_the_check(
    trial: str, commitment: str, renewal: str, notice: str
) -> None:
    draft = OfferDraft(sold_from="2027-01-01", trial=trial, commitment=commitment, renewal=renewal, notice=notice)
    assert draft_problems(draft, PLUGINS, Path("rules")) == ()
    Path("rules/new.toml").write_text(draft_text(with_examples(draft, PLUGINS)[0]), "utf-8")
    assert values("check", "rules/new.toml")["problems"] == []


def test_every_option_can_be_sold_at_once() -> None:
    started = {name for name, kind in PLUGINS.options.items() if can_be_started(kind)}
    assert set(PLUGINS.options) - started == {"appointments"}
    result = answered(*HEAD, *BANDS, *[""] * 5, ", ".join(sorted(started)))
    assert result.exit_code == 0
    table = written("accueil-2026-12-01.toml")
    assert set(table["option"]) == started
    shown = [name for example in table["example"] for name in example.get("options", ())]
    assert set(shown) == set(table["option"])


def test_a_draft_that_a_check_refuses_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    @hookimpl
    def check_offer(offer: Offer) -> list[Problem]:
        return [Problem(Place(offer.file, 1), "not here")] if offer.head.id == "accueil" else []

    fussy = Plugins.of(SimpleNamespace(__name__="fussy", check_offer=check_offer))
    monkeypatch.setattr(Plugins, "installed", lambda *_: fussy)
    assert refused("new-offer", *DAY, "--yes") == ["rules/accueil-2026-12-01.toml:1: not here"]
    assert not Path("rules/accueil-2026-12-01.toml").exists()


TERM = ("trial", "commitment", "renewal", "notice", "setup_fee", "holidays")
FIELDS = (*TERM, "id", "title_fr", "title_en", "sold_from", "mission", "weekdays", "sunday")


@given(st.sampled_from((*FIELDS, "calls", "price")), st.text(max_size=12) | st.text(" 0123456789-:,.month", max_size=9))
def test_any_answer_is_refused_or_makes_an_offer_with_examples(key: str, answer: str) -> None:
    draft = OfferDraft(sold_from="2027-01-01")
    if key in FIELDS:
        draft = evolve(draft, **{key: answer})  # type: ignore[arg-type]
    else:
        draft = evolve(draft, bands=(BandDraft(answer, ("59",)) if key == "calls" else BandDraft("50", (answer,)),))
    if not draft_problems(draft, PLUGINS, Path("rules")):
        text = draft_text(with_examples(draft, PLUGINS)[0])
        assert read_offer_text(text, "x.toml", PLUGINS.options).problems == ()


def test_a_copy_has_the_same_text_but_for_its_first_day() -> None:
    text = OLD.read_text("utf-8").replace("sold_from = 2023-01-01", "sold_from =  2023-01-01  # a day")
    OLD.write_bytes(text.replace("\n", "\r\n").encode())
    assert out(*COPY, "2027-01-01").splitlines()[0].startswith(NEW.as_posix())
    assert NEW.read_bytes() == OLD.read_bytes().replace(b"=  2023-01-01  # a day", b"=  2027-01-01  # a day")
    assert out("check", str(NEW))


def test_an_edit_that_was_refused_can_become_the_next_version() -> None:
    OLD.write_text(OLD.read_text("utf-8").replace('simple = "229.00"', 'simple = "235.00"'), "utf-8")
    out(*COPY, "2027-01-01")
    assert 'simple = "235.00"' in NEW.read_text("utf-8")
    assert "expects 229,00" in refused("check", str(NEW))[0]


def test_a_copy_is_proposed_for_the_first_of_next_month() -> None:
    out("new-offer", "--from", "essentielle@2023-01-01", *DAY)
    assert tomli.loads(Path("rules/essentielle-2026-12-01.toml").read_text("utf-8"))["offer"]["sold_from"] == date(
        2026, 12, 1
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--from", "esentielle@2023-01-01"),
            '--from: there is no offer "esentielle@2023-01-01" in rules; did you mean "essentielle@2023-01-01"?',
        ),
        (
            ("--from", "essentielle@2023-01-01", "--sold-from", "2023-01-01"),
            "--sold-from: essentielle@2023-01-01 is sold since 2023-01-01; 2023-01-01 is not later; name a later day",
        ),
        (
            ("--from", "essentielle@2023-01-01", "--sold-from", "2027-01-01"),
            "--sold-from: essentielle@2027-01-01 is there already, in rules/mine.toml; "
            "a version has one file: name another day",
        ),
    ],
)
def test_a_copy_that_cannot_be_is_refused(words: tuple[str, ...], message: str) -> None:
    shutil.copy(OLD, "rules/mine.toml")
    mine = Path("rules/mine.toml")
    mine.write_text(mine.read_text("utf-8").replace("sold_from = 2023-01-01", "sold_from = 2027-01-01"), "utf-8")
    before = sorted(Path("rules").iterdir())
    assert refused("new-offer", *DAY, *words) == [message]
    assert sorted(Path("rules").iterdir()) == before


def test_a_copy_has_the_id_of_its_original() -> None:
    result = typed("new-offer", "garde", "--from", "essentielle@2023-01-01")
    assert result.exit_code == 2
    assert "leave ID out" in result.stderr


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("missions", ["simple", "simple, complex"])
def test_each_way_of_pricing_makes_an_offer_that_passes_the_check(model: str, missions: str) -> None:
    asked = answered("", "", "", missions, "", "", "", "", words=("accueil", "--model", model))
    assert asked.exit_code == 0, asked.stderr
    checked = values("check", "rules/accueil-2026-12-01.toml")
    assert checked["problems"] == []
    charged = [rule["then"]["charge"] for rule in written("accueil-2026-12-01.toml")["rule"] if rule["on"] == "month"]
    of_each = {"bands": "bands", "plans": "plan", "minute_plans": "plan", "package": "package"}
    names = {"per_call": "price.calls", "per_minute": "price.minutes"}
    each = [f"{names.get(model, '')}_{mission}" for mission in missions.split(", ")]
    assert charged == ([of_each[model]] if model in of_each else each if "," in missions else [names[model]])


@pytest.mark.parametrize(
    ("typed_in", "model"),
    [("tranches", "bands"), ("per call", "per_call"), ("à la minute", "per_minute"), ("Forfait", "package")],
)
def test_the_way_of_pricing_may_be_answered_in_french(typed_in: str, model: str) -> None:
    assert as_model(typed_in) == model


def test_plans_of_minutes_include_minutes_and_say_so() -> None:
    answers = ("", "", "", "simple", "", "", "", "", "", "", "125", "350", "2.50", "none", "60")
    asked = answered(*answers, words=("accueil", "--model", "minute_plans"))
    assert asked.exit_code == 0, asked.stderr
    assert "Standard, 125 minutes" in asked.stderr
    offer = written("accueil-2026-12-01.toml")
    assert offer["duration"] == {"first": 60, "further": 60}
    assert offer["plan"]["standard"] == {
        "title": "Standard",
        "price": {"simple": "350.00"},
        "included": 125,
        "counts": "usage.billed_seconds",
        "for_each": 60,
        "beyond": {"simple": "2.50"},
    }
    assert "chaque minute au-delà" in offer["rule"][0]["why"]


def test_a_price_that_can_be_read_in_two_ways_is_asked_again() -> None:
    asked = answered("", "", "", "simple", "", "", "", "", "1,050", "1050", words=("accueil", "--model", "per_call"))
    assert told(asked) == ['"1,050" can be read in two ways: write 1050.00 or 1.05']
    assert written("accueil-2026-12-01.toml")["price"]["calls"]["amount"] == "1050.00"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--country", "XX"), '--country: "XX" is no country'),
        (("--country", "US", "--timezone", "Europe/Atlantis"), '--timezone: no time zone is named "Europe/Atlantis"'),
        (("--currency", "XXX"), '--currency: "XXX" is no currency'),
        (("Garde De Nuit",), 'ID: "Garde De Nuit"'),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said_of_its_option(words: tuple[str, ...], problem: str) -> None:
    [message] = refused("new-offer", *DAY, "--yes", *words)
    assert message.startswith(problem)
    assert ".toml" not in message


def test_answers_that_end_before_the_questions_are_said_so() -> None:
    result = CliRunner().invoke(main, ("new-offer", "accueil", *DAY), input="\n\n")
    assert result.exit_code == 1
    assert 'input: no answer to "First day on which it is sold"; answer each question, or say --yes' in " ".join(
        result.stderr.split()
    )
    assert not Path("rules/accueil-2026-12-01.toml").exists()


def test_hours_that_are_those_of_every_day_are_one_window() -> None:
    hours = ("0-24", "0-24", "0-24", "as_weekday")
    asked = answered("", "", "", "simple", *hours, words=("accueil", "--model", "per_call"))
    assert asked.exit_code == 0, asked.stderr
    windows = written("accueil-2026-12-01.toml")["coverage"]["window"]
    assert windows == [{"id": "every-day", "days": "mon-sun", "hours": "00:00-24:00"}]

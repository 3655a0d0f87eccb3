"""`permanence new-offer`: from questions, or from the version before, to a rule file that passes every check."""

import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import tomli
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import hookimpl
from engine.cli import main
from engine.draft_text import BandDraft, Draft, draft_text
from engine.drafting import draft_problems, with_examples
from engine.model.offer import Offer
from engine.model.problem import Place, Problem
from engine.plugin_manager import Plugins
from engine.read.offers import read_offer_text
from tests.commands.typed import out, refused, typed, values
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


def answered(*answers: str, words: tuple[str, ...] = ()) -> Result:
    """Return what the dialogue prints for these answers; past the last one each proposal is taken."""
    typed_in = "".join(f"{answer}\n" for answer in (*answers, *[""] * 60))
    return CliRunner().invoke(main, ("new-offer", *DAY, *words), input=typed_in, catch_exceptions=False)


def test_everything_that_is_proposed_makes_an_offer_that_passes_the_check() -> None:
    assert values("new-offer", *DAY, "--yes") == {"file": "rules/accueil-2026-12-01.toml"}
    [offer] = values("check", "rules/accueil-2026-12-01.toml")["offers"]
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
        (150, "193.00"),
        (250, "297.00"),
        (350, "381.00"),
    ]


def test_an_empty_answer_takes_what_is_proposed() -> None:
    assert answered().exit_code == 0
    asked = Path("rules/accueil-2026-12-01.toml").read_text("utf-8")
    Path("rules/accueil-2026-12-01.toml").unlink()
    out("new-offer", *DAY, "--yes")
    assert Path("rules/accueil-2026-12-01.toml").read_text("utf-8") == asked


def test_a_wrong_answer_is_asked_again_in_the_words_of_the_reader() -> None:
    result = answered(
        *("Été", "garde", "", "none", "2027", "2027-02-01", "simple, simple", "simple"),
        *("8-19", "00:00-08:00, 19:00-24:00", "none", "9-12", "none"),
        *("many", "80", "cent", "90,5", "60", "none", "0", "none"),
        *("1 mnth", "0 days", "0 days", "1 month", "svii", "svi, callback", "", "", "1.2345678", "70"),
    )
    told = [line.split("Error: ", 1)[1] for line in result.stderr.splitlines() if "Error: " in line]
    assert told == [
        '"Été" is no id; an id has small letters, digits, - and _, and begins with a letter',
        '"sold_from" must be a date such as 2026-01-31, not a whole number',
        'mission "simple" is named twice',
        '"8-19" is not a stretch of hours such as "08:00-19:00"',
        '"9-12" is not a stretch of hours such as "08:00-19:00"',
        '"up_to" must be a whole number, not a text',
        '"cent" is not an amount such as "59.00"',
        "bands rise, and 60 comes after 80",
        '"every" is at least 1',
        '"1 mnth" is not a span such as "3 months" or "14 days"',
        'no plugin offers the option "svii"; did you mean "svi"?',
        '"1.2345678" is not an amount such as "59.00"',
    ]
    table = tomli.loads(Path("rules/garde-2027-02-01.toml").read_text("utf-8"))
    assert table["offer"]["title"] == "Permanence Garde"
    assert [window["hours"] for window in table["coverage"]["window"]] == ["00:00-08:00", "19:00-24:00"]
    assert table["bands"] == {"floor": "lowest", "steps": [{"up_to": 80, "simple": "90.50"}]}
    assert table["option"] == {"svi": {"price": "80.00"}, "callback": {"price": "0.50", "installation": "70.00"}}
    assert [rule["id"] for rule in table["rule"] if rule["on"] == "notice"] == ["leave"]
    assert out("check", "rules/garde-2027-02-01.toml")


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
def test_every_kind_of_term_makes_an_offer_that_passes_the_check(trial: str, commitment: str) -> None:
    draft = Draft(sold_from="2027-01-01", trial=trial, commitment=commitment)
    assert draft_problems(draft, PLUGINS, Path("rules")) == ()
    Path("rules/new.toml").write_text(draft_text(with_examples(draft, PLUGINS)), "utf-8")
    assert out("check", "rules/new.toml")


def test_every_option_can_be_sold_at_once() -> None:
    names = ", ".join(PLUGINS.options)
    result = answered(*[""] * 24, names)
    assert result.exit_code == 0
    table = tomli.loads(Path("rules/accueil-2026-12-01.toml").read_text("utf-8"))
    assert set(table["option"]) == set(PLUGINS.options)
    shown = [name for example in table["example"] for name in example.get("options", ())]
    assert set(shown) == set(table["option"])


def test_a_draft_that_a_check_refuses_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    @hookimpl
    def check_offer(offer: Offer) -> list[Problem]:
        return [Problem(Place(offer.file, 1), "not here")] if offer.head.id == "accueil" else []

    fussy = Plugins.of(SimpleNamespace(__name__="fussy", check_offer=check_offer))
    monkeypatch.setattr(Plugins, "installed", lambda: fussy)
    assert refused("new-offer", *DAY, "--yes") == ["rules/accueil-2026-12-01.toml:1: not here"]
    assert not Path("rules/accueil-2026-12-01.toml").exists()


FIELDS = ("id", "title_fr", "title_en", "sold_from", "mission", "weekdays", "sunday", "trial", "commitment", "notice")


@settings(max_examples=60)
@given(st.sampled_from((*FIELDS, "calls", "price")), st.text(max_size=12) | st.text(" 0123456789-:,.month", max_size=9))
def test_any_answer_is_refused_or_makes_an_offer_with_examples(key: str, answer: str) -> None:
    draft = Draft(sold_from="2027-01-01")
    if key in FIELDS:
        draft = evolve(draft, **{key: answer})  # type: ignore[arg-type]
    else:
        draft = evolve(draft, bands=(BandDraft(answer, ("59",)) if key == "calls" else BandDraft("50", (answer,)),))
    if not draft_problems(draft, PLUGINS, Path("rules")):
        text = draft_text(with_examples(draft, PLUGINS))
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

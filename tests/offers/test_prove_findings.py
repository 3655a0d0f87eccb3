"""What is no finding after all, what an option's plugin does to the walk, and what `check` makes of warnings."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from permanence.cli.main import main
from permanence.offers.check.files import check_files
from permanence.plugin_manager import Plugins

from tests.bill import moody
from tests.installed import PLUGINS

HOLES = Path(__file__).parent / "holes"
LEAVE = """when = 'notice.received'
then = { end = "next_term_end" }
"""
LEAVE_IN_TRIAL = """
[[rule]]
id = "leave-in-trial"
on = "notice"
when = 'contract.in_trial'
then = { end = "trial_end" }
"""


def found(tmp_path: Path, name: str, *changes: tuple[str, str], plugins: Plugins = PLUGINS) -> list[str]:
    """Return what is found in one of the offers with holes, changed."""
    text = (HOLES / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "offer.toml"
    path.write_text(text, encoding="utf-8")
    return [problem.what for problem in check_files([path], tmp_path, tmp_path, plugins, examples=False).problems]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rule_on_calls_that_do_not_count", "min_talk_seconds = 5", 'outside = "count"'),
        ("rule_in_the_shadow_of_another", "'call.urgent'", "'call.urgent and call.wait_seconds < 60'"),
        ("option_behind_a_window", 'call.window == "night_duty_evening"', "call.urgent"),
        ("renewal_that_never_comes", 'renewal_period = "open_ended"', 'renewal_period = "12 months"'),
        ("month_without_a_subscription", "usage.calls > 0", 'mission == "complex"'),
        ("night_when_the_clock_changes", "02:00-03:00", "02:00-03:15"),
        ("night_when_the_clock_changes", 'title = "Accueil"', 'title = "Accueil"\ntimezone = "Indian/Reunion"'),
        ("holiday_without_a_window", 'promise = "always"', ""),
        ("holiday_without_a_window", 'promise = "always"', 'promise = "always"\nholidays = "as_weekday"'),
        ("price_too_late_to_leave", '"1 month"', '"3 months"'),
        ("dearer_calls_past_the_last_band", "110.00", "90.00"),
        ("more_calls_for_less", "49.00", "59.00"),
        ("reminder_before_the_term", 'renewal_period = "3 months"', 'renewal_period = "4 months"'),
        ("trial_that_binds", LEAVE, LEAVE.replace("notice.received", "not contract.in_trial") + LEAVE_IN_TRIAL),
    ],
)
def test_what_makes_sense_is_no_finding(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert found(tmp_path, name, (old, new)) == []


def test_a_rule_for_a_request_that_names_no_offer_never_fires(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "{}"\non = "event"\nwhen = \'{}\'\nthen = {{ effect = "refused" }}\n'
    never = rule.format("never", 'event.what == "option_added" and event.same_offer')
    often = rule.format("often", 'event.what == "offer_changed" and event.same_offer')
    (told,) = found(tmp_path, "nothing", ('[[rule]]\nid = "leave"', f'{never}\n{often}\n[[rule]]\nid = "leave"'))
    assert told == 'the rule "never" never fires: its condition holds in no case of event.what and event.same_offer'


def test_of_two_rules_that_do_the_same_the_later_is_told(tmp_path: Path) -> None:
    same = ("'call.urgent and call.wait_seconds > 60'", "'call.urgent'")
    (told,) = found(tmp_path, "rule_in_the_shadow_of_another", same)
    assert told.startswith('the rule "urgent-and-slow" changes nothing: "urgent" (')


def test_a_clock_that_changes_at_midnight_leaves_out_the_first_hour(tmp_path: Path) -> None:
    azores = ('title = "Accueil"', 'title = "Accueil"\ntimezone = "Atlantic/Azores"')
    (told,) = found(tmp_path, "night_when_the_clock_changes", azores, ("02:00-03:00", "00:00-01:00"))
    assert told == '"night" is empty on Sunday 29 March 2026, 00:00, when clocks go from 00:00 to 01:00'


def test_a_promise_of_every_moment_holds_with_every_option_too(tmp_path: Path) -> None:
    day, always = 'days = "mon-sun"\nhours = "00:00-24:00"', 'days = "mon-sun,holiday"\nhours = "00:00-24:00"'
    option = '\n[option.round_the_clock]\nprice = "1.00"\n\n[option.night_duty]\nprice = "1.00"\n\n[bands]'
    told = found(tmp_path, "holiday_without_a_window", (day, always), ("\n[bands]", option))
    assert told == [
        f'the option "{name}" covers no hour that the offer does not cover'
        for name in ("round_the_clock", "night_duty")
    ]


def test_an_option_that_cannot_say_its_windows_is_told(tmp_path: Path) -> None:
    sold = ("\n[bands]", '\n[option.never_open]\nprice = "1.00"\n\n[bands]')
    (told,) = found(tmp_path, "nothing", sold, plugins=Plugins.of(moody))
    assert told.startswith("an option cannot say its windows: KeyError: ")


def test_warnings_refuse_nothing_and_holes_do(tmp_path: Path) -> None:
    folders = ["--rules", str(tmp_path), "--contracts", str(tmp_path)]
    file = tmp_path / "offer.toml"
    file.write_text((HOLES / "more_calls_for_less.toml").read_text("utf-8"), encoding="utf-8")
    warned = CliRunner().invoke(main, ["check", str(file), *folders, "--write-examples"])
    assert warned.exit_code == 0
    assert "who has more pays less" in warned.output
    assert "accueil@2026-01-01" in warned.output
    refused = CliRunner().invoke(main, ["check", str(HOLES / "notice_that_no_rule_answers.toml"), *folders, "--json"])
    summary = json.loads(refused.stdout)
    assert (refused.exit_code, [one["severity"] for one in summary["problems"]]) == (1, ["error"])
    assert summary["offers"] == []


BROKEN = '\n[[example]]\ntitle = "the 51st call"\ngiven = { "usage.calls" = 51 }\ntotal = "59.00"\n'


def test_what_makes_no_sense_is_told_before_the_example_that_it_breaks(tmp_path: Path) -> None:
    first, second = found(tmp_path, "more_calls_for_less", ('notice_end" }\n', f'notice_end" }}\n{BROKEN}'))
    assert first.startswith("mission simple: who has more pays less")
    assert second.startswith('the example "the 51st call" expects')


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_proved(tmp_path: Path) -> None:
    broken, cut = tmp_path / "broken.toml", tmp_path / "cut.toml"
    broken.write_text((HOLES / "more_calls_for_less.toml").read_text("utf-8") + BROKEN, encoding="utf-8")
    cut.write_text("format = 1\n[offer\n", encoding="utf-8")
    problems = check_files([cut, broken], tmp_path, tmp_path, PLUGINS).problems
    assert [Path(problem.where.file).name for problem in problems] == ["cut.toml", "broken.toml", "broken.toml"]

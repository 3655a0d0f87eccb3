"""What an example says of calls shows a call rule only where it would be otherwise without the rule."""

from pathlib import Path

import pytest
from permanence.offers.check.files import Checked, check_files
from permanence.offers.examples.missing import write_examples

from tests.installed import PLUGINS

OFFER = Path(__file__).parent / "calls_by_length.toml"
LONG, SHORT = 'usage.long by the rule "long"', 'usage.excluded by the rule "short"'
AT_60, AT_5 = "usage.long at call.talk_seconds = 60", "usage.excluded at call.talk_seconds = 5"


def checked(tmp_path: Path, says: str = "", **call: object) -> Checked:
    """Return what a check finds of the offer with one example: calls at ten on a Monday, and what it says of them."""
    path = tmp_path / "offer.toml"
    kind = "".join(f", {name} = {value}" for name, value in call.items())
    example = f"\n[[example]]\ntitle = 'calls'\ncalls = [{{ at = '2026-01-05 10:00'{kind} }}]\n{says}\n"
    path.write_text(OFFER.read_text("utf-8") + (example if says else ""), encoding="utf-8")
    found = check_files([path], tmp_path, tmp_path, PLUGINS)
    assert all(problem.what.startswith("no example shows ") for problem in found.problems)
    return found


def lacks(found: Checked) -> set[str]:
    ((_, missing),) = found.missing
    return {one.what for one in missing}


@pytest.mark.parametrize(
    ("what", "talk_seconds", "count", "says"),
    [
        (LONG, 61, 1, 'counts = { "usage.long" = 1 }'),
        (LONG, 61, 2, 'total = "92.00"'),
        (LONG, 61, 2, 'lines = ["bands 90.00", "price.long 2.00"]'),
        (SHORT, 4, 1, 'counts = { "usage.excluded" = 1 }'),
        (SHORT, 4, 1, 'counts = { "usage.calls" = 0 }'),
        (AT_60, 60, 1, 'counts = { "usage.long" = 0 }'),
        (AT_5, 5, 1, 'counts = { "usage.calls" = 1 }'),
    ],
)
def test_a_call_rule_is_shown_by_what_it_leads_to(
    tmp_path: Path, what: str, talk_seconds: int, count: int, says: str
) -> None:
    assert what in lacks(checked(tmp_path))
    assert what not in lacks(checked(tmp_path, says, talk_seconds=talk_seconds, count=count))


@pytest.mark.parametrize(
    ("what", "talk_seconds", "says"),
    [
        (LONG, 61, 'counts = { "usage.calls" = 1 }'),
        (LONG, 61, 'counts = { "window.day" = 1 }'),
        (LONG, 61, 'total = "90.00"'),
        (SHORT, 4, 'counts = { "usage.long" = 0 }'),
        (SHORT, 4, 'total = "90.00"'),
        (AT_60, 60, 'counts = { "usage.calls" = 1 }'),
        (AT_5, 5, 'counts = { "usage.long" = 0 }'),
    ],
)
def test_a_call_rule_is_not_shown_by_what_would_be_the_same_without_it(
    tmp_path: Path, what: str, talk_seconds: int, says: str
) -> None:
    assert what in lacks(checked(tmp_path, says, talk_seconds=talk_seconds))


def test_a_mark_on_a_call_that_another_rule_leaves_out_shows_nothing(tmp_path: Path) -> None:
    found = checked(tmp_path, 'counts = { "usage.long" = 0 }', talk_seconds=61, tags='["urgent"]')
    assert LONG in lacks(found)


def test_the_example_that_is_offered_counts_what_the_rule_marks(tmp_path: Path) -> None:
    (offered,) = (one for one in checked(tmp_path).summary["missing"] if one["what"] == LONG)
    assert offered["example"].splitlines() == [
        "[[example]]",
        'title = "the rule long applies"',
        'calls = [{ at = "2026-01-02 10:00", talk_seconds = 61 }]',
        'counts = { "usage.calls" = 1, "usage.long" = 1 }',
    ]


def test_a_call_that_just_misses_a_rule_is_asked_for_part_by_part(tmp_path: Path) -> None:
    """One part of the condition fails and what is left holds: a plain call would miss the rule for two reasons."""
    offer = OFFER.with_name("urgent_by_day.toml")
    offered = {
        one["what"]: one["example"] for one in check_files([offer], tmp_path, tmp_path, PLUGINS).summary["missing"]
    }
    missed = 'a call that the rule "urgent" leaves out ({})'
    assert 'calls = [{ at = "2026-01-02 10:00" }]' in offered[missed.format("not call.urgent")]
    elsewhere = offered[missed.format('call.window != "day"')]
    assert 'calls = [{ at = "2026-01-02 20:00", tags = ["urgent"] }]' in elsewhere
    assert 'counts = { "usage.calls" = 1, "usage.urgent" = 0 }' in elsewhere


@pytest.mark.parametrize(
    "wrong",
    ['call.urgent and call.window in ("day", "evening")', "call.urgent", 'call.window == "day"', "call.covered"],
)
def test_a_rule_that_takes_too_many_calls_breaks_an_example_that_was_offered(tmp_path: Path, wrong: str) -> None:
    text = OFFER.with_name("urgent_by_day.toml").read_text("utf-8")
    path = tmp_path / "offer.toml"
    path.write_text(text, encoding="utf-8")
    ((offer, missing),) = check_files([path], tmp_path, tmp_path, PLUGINS).missing
    write_examples(offer, missing)
    assert check_files([path], tmp_path, tmp_path, PLUGINS).problems == ()
    edited = path.read_text("utf-8").replace("'call.urgent and call.window == \"day\"'", f"'{wrong}'")
    path.write_text(edited, encoding="utf-8")
    assert any("expects" in problem.what for problem in check_files([path], tmp_path, tmp_path, PLUGINS).problems)

"""A contract billed by the length of its calls, as commands show it: the price of a minute, and each call's length."""

from pathlib import Path

from tests.bill.months import weekday_offer
from tests.bill.test_billing_durations import BY_THE_MINUTE
from tests.cli.conftest import unsigned
from tests.cli.typed import out, values
from tests.docs.documents import SPACES

BILLED = ("--on", "2026-11-01")


def by_the_minute() -> None:
    """Move the second contract to an offer by the minute, with three minutes in it, and bill the month."""
    prices = BY_THE_MINUTE.replace("9_000", "180").replace("> 9000", "> 180")
    offer = weekday_offer(prices, name="minutes")
    Path("rules/minutes.toml").write_text(offer.replace("2026-01-01", "2023-01-01"), encoding="utf-8")
    file = Path("contracts/customers.toml")
    unsigned(file)
    before, table, after = file.read_text("utf-8").partition('id = "C0002"')
    file.write_text(before + table + after.replace("a-la-carte@", "minutes@", 1), encoding="utf-8")
    out("bill", "2026-10", *BILLED)


def test_each_call_shows_what_it_is_billed_as_and_together_they_are_the_quantity(folder: Path) -> None:
    by_the_minute()
    record = values("explain", "2026-10-C0002", "--calls")
    line = record["lines"][1]
    assert (line["unit"], line["for_each"]) == ("s", 60)
    listed = record["calls_behind"]
    assert line["quantity"] + 180 == sum(call["billed_seconds"] for call in listed)
    counted = [call for call in listed if call["outcome"] == "counted"]
    assert len(counted) < len(listed)
    assert all(call["talk_seconds"] <= call["billed_seconds"] for call in counted)
    assert {call["billed_seconds"] for call in listed if call["outcome"] != "counted"} == {0}


def test_people_read_the_price_of_a_minute(folder: Path) -> None:
    by_the_minute()
    text = out("explain", "2026-10-C0002", "--calls").translate(SPACES)
    assert " à 1,40 € la minute)\n" in text
    assert "Conversation  Facturé" in text


def test_where_calls_have_no_billed_length_none_is_shown(after_billing: Path) -> None:
    assert "Facturé" not in out("explain", "2026-10-C0002", "--calls")
    assert "billed_seconds" not in values("explain", "2026-10-C0002", "--calls")["calls_behind"][0]

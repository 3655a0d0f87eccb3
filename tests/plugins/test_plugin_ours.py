"""Each of our own options does what its page says: what it covers, what it counts, what it charges."""

from typing import Any

import pytest
from permanence.contracts.unmet import unmet_problems
from permanence.model.coverage import CoverageWindow
from permanence.model.money import Micros
from permanence.model.option import Option, OptionMonth
from permanence.model.price import PriceStep
from permanence.model.problem import Refused

from tests.bill.months import NOVEMBER, OCTOBER, bill, calls, charged, contract, offer, on_file, taken
from tests.bill.oracle import Call
from tests.bill.samples import BASIC, columns, make_call
from tests.installed import PLUGINS

REQUIRED: dict[str, dict[str, Any]] = {"appointments": {"steps": (PriceStep(amount=Micros(1_000_000)),)}}
DAY, NIGHT = "2026-10-05 10:00:00", "2026-10-05 22:00:00"
CALLS: list[Call] = [
    make_call(DAY),
    make_call(DAY, language="en"),
    make_call(DAY, language="es"),
    make_call(DAY, tags="callback"),
    make_call(DAY, tags="transfer urgent"),
    make_call(DAY, tags="transferred"),
    make_call(DAY, status="no_answer", tags="transfer callback", language="en"),
    make_call(DAY, direction="outbound"),
    make_call(DAY, direction="outbound", status="busy"),
    make_call(NIGHT, language="en", tags="transfer callback"),
]
BOOKED = [make_call(DAY, tags="appointment"), make_call(DAY, details='{"appointments":2}')]
LEVELS = 'levels = [{ delay = 60, price = "25.00" }, { delay = 15, price = "45.00" }]'


def option(name: str, price: int = 1_000_000, **keys: Any) -> Option:
    return PLUGINS.options[name](**{"price": Micros(price), **REQUIRED.get(name, {}), **keys})


def rows(windows: tuple[CoverageWindow, ...]) -> list[tuple[str, str, str]]:
    return [(window.id, str(window.days), str(window.hours)) for window in windows]


def monthly(name: str, keys: str, month: Any = OCTOBER, since: str = "2026-10-01") -> list[int]:
    """Return what an option adds to a month of CALLS, line by line."""
    book = on_file(offer(f"[option.{name}]\n{keys}"), contract(more=taken(name, since)))
    came_in = (BOOKED if name == "appointments" else CALLS) if month == OCTOBER else []
    return [amount for code, amount in charged(bill(book, came_in, month)) if code == f"option.{name}"]


def test_every_option_has_a_french_name_and_an_english_one_and_a_price() -> None:
    assert len(PLUGINS.options) == 12
    for name, kind in PLUGINS.options.items():
        assert kind.id == name
        assert kind.label.fr
        assert kind.label.en
        assert option(name).name == kind.label.fr


@pytest.mark.parametrize("name", sorted(set(PLUGINS.options) - {"night_duty", "round_the_clock"}))
def test_most_options_leave_the_hours_alone(name: str) -> None:
    assert option(name).widen(BASIC) == BASIC


def test_around_the_clock_is_one_window_that_is_never_closed() -> None:
    everyday = "mon,tue,wed,thu,fri,sat,sun,holiday"
    assert rows(option("round_the_clock").widen(BASIC)) == [("round_the_clock", everyday, "00:00-24:00")]


def test_night_duty_adds_every_evening_and_early_morning_to_the_contract_s_hours() -> None:
    everyday = "mon,tue,wed,thu,fri,sat,sun,holiday"
    assert rows(option("night_duty").widen(BASIC))[2:] == [
        ("night_duty_evening", everyday, "19:00-24:00"),
        ("night_duty_morning", everyday, "00:00-08:00"),
    ]


@pytest.mark.parametrize(
    ("name", "fact", "counted"),
    [
        ("bilingual", "usage.bilingual", [1, 6, 9]),
        ("callback", "usage.callback", [3, 6, 9]),
        ("transfer", "usage.transferred", [4, 6, 9]),
        ("outgoing_calls", "usage.outgoing", [7]),
        ("sms", "usage.sms", list(range(10))),
    ],
)
def test_an_option_measures_the_calls_of_its_kind(name: str, fact: str, counted: list[int]) -> None:
    (measured,) = option(name).measure(columns(CALLS)).items()
    assert measured[0] == fact == PLUGINS.options[name].counts
    assert measured[1].nonzero()[0].tolist() == counted


def test_a_bilingual_agent_speaks_the_languages_that_the_offer_says() -> None:
    both = option("bilingual", languages=("en", "es")).measure(columns(CALLS))["usage.bilingual"]
    assert both.nonzero()[0].tolist() == [1, 2, 6, 9]


@pytest.mark.parametrize(
    ("name", "keys", "first", "later"),
    [
        ("announcement", 'price = "60.00"', [6000], []),
        ("svi", 'price = "150.00"', [15000], []),
        ("bilingual", 'price = "39.00"', [3900], [3900]),
        ("escalation", 'price = "25.00"', [2500], [2500]),
        ("escalation", LEVELS, [2500], [2500]),
        ("appointments", 'steps = [{ amount = "1.20" }]', [360], []),
        ("appointments", 'price = "15.00"\nincluded = 2\nsteps = [{ amount = "1.20" }]', [1500, 120], [1500]),
        ("appointments", 'steps = [{ up_to = 1, amount = "1.20" }, { amount = "0.90" }]', [120, 180], []),
        (
            "appointments",
            'model = "volume"\nsteps = [{ up_to = 1, amount = "1.20" }, { amount = "0.90" }]',
            [270],
            [],
        ),
        ("bilingual", 'percent = "25"\nof = ["bands"]', [1475], [1475]),
        ("shared_agenda", 'price = { simple = "20.00", complex = "30.00" }', [2000], [2000]),
        ("night_duty", 'price = "70.00"', [7000], [7000]),
        ("round_the_clock", 'price = "120.00"', [12000], [12000]),
        ("shared_agenda", 'price = "20.00"', [2000], [2000]),
        ("shared_agenda", 'price = "20.00"\ncreation = "45.00"', [4500, 2000], [2000]),
        ("callback", 'price = "0.90"', [90], []),
        ("callback", 'price = "0.90"\ninstallation = "80.00"', [8000, 90], []),
        ("transfer", 'price = "0.35"', [35], []),
        ("sms", 'price = "0.12"', [72], []),
        ("outgoing_calls", 'price = "0.80"', [80], []),
        ("bilingual", 'price = "0.50"\nkind = "usage"', [50], []),
        ("svi", 'price = "9.00"\nkind = "recurring"', [900], [900]),
    ],
)
def test_an_option_charges_as_its_page_says(name: str, keys: str, first: list[int], later: list[int]) -> None:
    assert monthly(name, keys) == first
    assert monthly(name, keys, NOVEMBER) == later


def test_a_monthly_option_follows_the_days_unless_it_is_charged_in_full() -> None:
    month = OptionMonth(facts={}, days=10, of_days=30, starts=False)
    (by_day,) = option("escalation").charge(month)
    (full,) = option("escalation", proration="full").charge(month)
    assert [(charge.days, charge.of_days) for charge in (by_day, full)] == [(10, 30), (1, 1)]


def test_a_share_that_is_charged_in_full_is_not_charged_on_days_that_are_not_billed() -> None:
    share = option("bilingual", percent=2500, of=("bands",), proration="full")
    charged = [
        [one.percent for one in share.charge(OptionMonth(facts={}, days=n, of_days=30, starts=0))] for n in (0, 1)
    ]
    assert charged == [[], [None, 2500]]


def test_an_option_reads_counts_among_the_facts_and_no_words() -> None:
    month = OptionMonth(facts={"usage.calls": 3, "mission": "simple"}, days=1, of_days=30, starts=True)
    assert [month.count(name) for name in ("usage.calls", "mission", "usage.none")] == [3, 0, 0]


def test_an_option_that_counts_nothing_cannot_be_charged_per_use() -> None:
    with pytest.raises(Refused) as refused:
        on_file(offer('[option.svi]\nprice = "9.00"\nkind = "usage"'), contract())
    (problem,) = refused.value.problems
    assert (problem.where.text, problem.what, problem.hint) == (
        "[option.svi]",
        'the option "svi" counts nothing, so it would never be charged per use',
        'write kind = "recurring" or "one_off"',
    )


def test_outgoing_calls_are_charged_and_never_counted_into_the_package() -> None:
    book = on_file(offer('[option.outgoing_calls]\nprice = "0.80"'), contract(more=taken("outgoing_calls")))
    run = bill(book, calls(50) + calls(9, direction="outbound"))
    assert charged(run) == [("bands", 5900), ("option.outgoing_calls", 720)]


def test_the_offer_may_give_an_option_a_name_of_its_own() -> None:
    text = '[option.night_duty]\nprice = "70.00"\ntitle = { fr = "Veille de nuit" }'
    run = bill(on_file(offer(text), contract(more=taken("night_duty"))), calls(1, NIGHT))
    assert run.invoices[0].lines[1].label == "Veille de nuit"
    assert run.invoices[0].window_titles["night_duty_evening"] == "Veille de nuit"


def test_a_contract_has_the_level_of_escalation_that_it_settles() -> None:
    second = "with = { level = 2 }\n"
    book = on_file(offer(f"[option.escalation]\n{LEVELS}"), contract(more=taken("escalation") + second))
    run = bill(book)
    assert charged(run) == [("bands", 5900), ("option.escalation", 4500)]
    assert run.invoices[0].lines[1].label == "Escalade managériale, niveau 2, sous 15 min"
    assert list(unmet_problems(book, book.contracts[0])) == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", "has 2 levels: settle one, with = { level = 1 }"),
        ("with = { level = 3 }\n", "has no level 3"),
        ("with = { level = 0 }\n", "has no level 0"),
    ],
)
def test_a_contract_that_settles_no_level_or_one_that_is_none_is_told(settings: str, told: str) -> None:
    book = on_file(offer(f"[option.escalation]\n{LEVELS}"), contract(more=taken("escalation") + settings))
    assert [one.what for one in unmet_problems(book, book.contracts[0])] == [
        f'contract "C1": “Escalation to a manager” {told}'
    ]


def test_a_call_may_book_several_appointments() -> None:
    measured = option("appointments").measure(columns(BOOKED))["usage.appointments"]
    assert measured.tolist() == [1, 2]

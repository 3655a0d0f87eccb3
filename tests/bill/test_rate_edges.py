"""Edges of prices: the last count of each band, package and step, and what the next one is charged by."""

from functools import partial

from attrs import evolve
from permanence.bill.price.price_model import Edge
from permanence.bill.price.registry import edges_of
from permanence.model.money import Micros, cents
from permanence.model.price import Price, PriceStep
from permanence.model.problem import KeyPath
from permanence.model.scalars import Words
from permanence.model.subscriptions import BandGrowth, Bands, BandStep, Package

from tests.bill.samples import make_offer

OFFER = make_offer(options=())
CALLS = "usage.calls"
OF_A_MISSION = partial(Edge, CALLS, by_mission=True)


def edges(**tables: object) -> list[Edge]:
    return [edge for _, edge in edges_of(evolve(OFFER, **tables))]  # type: ignore[arg-type]


def band(up_to: int) -> BandStep:
    return BandStep(up_to=up_to, prices={"simple": cents("9.00")})


def price(*tops: int | None, included: int = 0) -> Price:
    steps = tuple(PriceStep(up_to=top, amount=Micros(500_000)) for top in tops)
    return Price(title=Words("Appels"), per=CALLS, included=included, steps=steps, amount=None)


def test_each_band_ends_where_the_next_begins_and_nothing_lies_above_the_last() -> None:
    second: KeyPath = ("bands", "steps", 1)
    assert edges(bands=Bands(steps=(band(50), band(150)))) == [
        OF_A_MISSION(50, second, second),
        OF_A_MISSION(150, second, None),
    ]


def test_bands_that_go_on_have_the_edge_of_the_first_further_one() -> None:
    then = BandGrowth(every=100, prices={"simple": cents("5.00")})
    further: KeyPath = ("bands", "then")
    assert edges(bands=Bands(steps=(band(50),), then=then)) == [
        OF_A_MISSION(50, ("bands", "steps", 0), further),
        OF_A_MISSION(150, further, further),
    ]


def test_a_package_ends_with_its_last_included_call() -> None:
    package = Package(included=100, prices={"simple": cents("24.00")}, overage={"simple": Micros(1_050_000)})
    key: KeyPath = ("package", "per_call")
    assert edges(package=package) == [OF_A_MISSION(100, key, key)]


def test_steps_are_counted_past_what_is_included() -> None:
    first: KeyPath = ("price", "calls", "steps", 0)
    second: KeyPath = ("price", "calls", "steps", 1)
    assert edges(prices={"calls": price(20, None, included=10)}) == [
        Edge(CALLS, 10, first, first),
        Edge(CALLS, 30, first, second),
    ]
    assert edges(prices={"calls": price(20, 40)}) == [
        Edge(CALLS, 0, first, first),
        Edge(CALLS, 20, first, second),
        Edge(CALLS, 40, second, None),
    ]


def test_one_price_for_all_has_an_edge_where_it_begins() -> None:
    key: KeyPath = ("price", "calls", "amount")
    one = Price(title=Words("Appels"), per=CALLS, amount=Micros(500_000))
    assert edges(prices={"calls": one}) == [Edge(CALLS, 0, key, key)]


def test_a_share_of_others_and_a_price_by_the_month_have_no_edge() -> None:
    monthly = Price(title=Words("Base"), amount=Micros(500_000))
    share = Price(title=Words("Remise"), percent=cents("-3.00"), of=("price.base",))  # type: ignore[arg-type]
    assert edges(prices={"base": monthly, "loyal": share}) == []

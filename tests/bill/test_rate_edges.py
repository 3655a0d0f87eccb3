"""Edges of prices: the last count of each band, package and step, and what the next one is charged by."""

from permanence.bill.price.edges import Edge, band_edges, package_edges, price_edges
from permanence.model.money import Micros, cents
from permanence.model.offer import BandGrowth, Bands, BandStep, Package
from permanence.model.price import Price, PriceStep
from permanence.model.scalars import Words


def band(up_to: int) -> BandStep:
    return BandStep(up_to=up_to, prices={"simple": cents("9.00")})


def price(*tops: int | None, included: int = 0) -> Price:
    steps = tuple(PriceStep(up_to=top, amount=Micros(500_000)) for top in tops)
    return Price(title=Words("Appels"), per="usage.calls", included=included, steps=steps, amount=None)


def test_each_band_ends_where_the_next_begins_and_nothing_lies_above_the_last() -> None:
    assert list(band_edges(Bands(steps=(band(50), band(150))))) == [
        Edge(50, ("bands", "steps", 1), ("bands", "steps", 1)),
        Edge(150, ("bands", "steps", 1), None),
    ]


def test_bands_that_go_on_have_the_edge_of_the_first_further_one() -> None:
    then = BandGrowth(every=100, prices={"simple": cents("5.00")})
    further = ("bands", "then")
    assert list(band_edges(Bands(steps=(band(50),), then=then))) == [
        Edge(50, ("bands", "steps", 0), further),
        Edge(150, further, further),
    ]


def test_a_package_ends_with_its_last_included_call() -> None:
    package = Package(included=100, prices={"simple": cents("24.00")}, overage={"simple": Micros(1_050_000)})
    assert list(package_edges(package)) == [Edge(100, ("package", "per_call"), ("package", "per_call"))]


def test_steps_are_counted_past_what_is_included() -> None:
    first, second = ("price", "calls", "steps", 0), ("price", "calls", "steps", 1)
    assert list(price_edges("calls", price(20, None, included=10))) == [Edge(10, first, first), Edge(30, first, second)]
    assert list(price_edges("calls", price(20, 40))) == [
        Edge(0, first, first),
        Edge(20, first, second),
        Edge(40, second, None),
    ]


def test_one_price_for_all_has_an_edge_where_it_begins() -> None:
    key = ("price", "calls", "amount")
    one = Price(title=Words("Appels"), per="usage.calls", amount=Micros(500_000))
    assert list(price_edges("calls", one)) == [Edge(0, key, key)]

"""Every price list of the trade that is written here is an offer: nothing is wrong with it, and nothing is doubtful."""

from datetime import date
from pathlib import Path

import pytest
from permanence.model.contract import Customer
from permanence.offers.check.files import check_files
from permanence.offers.proved import prove_offers
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.read.contracts.quotes import read_quote, write_quote

from tests.installed import PLUGINS

LISTS = sorted(Path(__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_price_list_passes_its_check_without_a_warning(path: Path, tmp_path: Path) -> None:
    found = check_files([path], tmp_path, tmp_path, PLUGINS)
    assert [str(problem) for problem in found.problems] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_price_list_names_its_source(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# Source: ")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_quote_of_a_price_list_is_read_back_as_it_was_made(path: Path, tmp_path: Path) -> None:
    proved = prove_offers([path], PLUGINS)
    (decider,) = proved.deciders.values()
    head = decider.offer.head
    quote = make_quote(
        decider,
        Asked(
            customer=Customer(name="Salon Rouge", kind=head.customers[0], region=head.country),
            mission=head.mission[0],
            calls=120,
            options=tuple(decider.offer.options),
            plan=next(iter(decider.offer.plans), ""),
            made=date(2026, 9, 1),
            valid_until=date(2026, 10, 1),
        ),
        PLUGINS,
    )
    file = tmp_path / "quote.toml"
    file.write_text(write_quote(quote), "utf-8")
    assert read_quote(file).quote == quote

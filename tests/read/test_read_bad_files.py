"""Every file in bad/ is refused with exactly the messages beside it (`pytest tests/read --accept` rewrites them)."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from permanence.contracts.against_offer import check_contract
from permanence.model.option import Option
from permanence.model.problem import Problem
from permanence.offers.form import read_offer, read_offers
from permanence.read.contracts.contract_import import import_contracts
from permanence.read.contracts.contracts import read_contracts
from permanence.read.parties.sellers import read_sellers

BAD, GOOD = Path(__file__).parent / "bad", Path(__file__).parent / "good"
WRONG = sorted(path.name for path in BAD.iterdir() if path.is_file() and path.suffix != ".txt")


def problems_of(file: Path, options: Mapping[str, type[Option]]) -> tuple[Problem, ...]:
    if file.name.startswith("customers"):
        return import_contracts(file, "essentielle@2026-01-01")[1]
    if file.name.startswith("offer"):
        return read_offer(file, options).problems
    if file.name.startswith("seller"):
        return read_sellers([file])[1]
    offers, _ = read_offers(sorted(GOOD.glob("offer*.toml")), options)
    contracts, problems = read_contracts([file])
    on_sale = {offer.version: offer for offer in offers}
    return (*problems, *(problem for contract in contracts for problem in check_contract(contract, on_sale)))


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_file_is_refused_with_exactly_these_words(
    name: str, options: Mapping[str, type[Option]], accept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    message = "".join(f"{problem}\n" for problem in problems_of(Path(name), options))
    expected = (BAD / name).with_suffix(".txt")
    if accept:
        expected.write_text(message, encoding="utf-8")
    assert message
    assert message == expected.read_text(encoding="utf-8")


def test_every_message_belongs_to_a_file() -> None:
    assert {path.stem for path in BAD.glob("*.txt")} == {Path(name).stem for name in WRONG}

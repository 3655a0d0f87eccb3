"""An offer names the kinds of customer that may sign it: nobody else is quoted, and nobody else is billed by it."""

from datetime import date
from pathlib import Path

import pytest
from permanence.contracts.against_offer import check_contract
from permanence.decide.decider import Decider
from permanence.model.contract import Customer
from permanence.model.customer_kind import CustomerKind
from permanence.model.problem import Refused
from permanence.offers.check.findings import offer_findings
from permanence.offers.proved import prove_offers
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote

from tests.bill.months import bill, contract, offer, on_file
from tests.installed import PLUGINS
from tests.offers.telling import CONTINUE, ESSENTIELLE, offer_of, told

PROFESSIONALS = offer().replace("sold_from = 2026-01-01", 'sold_from = 2026-01-01\ncustomers = ["professional"]')
CONSUMER = contract("C2").replace('region = "FR"', 'kind = "consumer"')
BOOK = on_file(PROFESSIONALS, [contract("C1"), CONSUMER])


def asked(kind: CustomerKind) -> Asked:
    return Asked(
        customer=Customer(name="X", kind=kind),
        mission="simple",
        calls=10,
        options=(),
        made=date(2026, 10, 1),
        valid_until=date(2026, 11, 1),
    )


def test_a_customer_of_another_kind_is_not_quoted() -> None:
    (decider,) = BOOK.deciders.values()
    assert isinstance(decider, Decider)
    assert make_quote(decider, asked("professional"), PLUGINS).customer.kind == "professional"
    with pytest.raises(Refused) as refused:
        make_quote(decider, asked("consumer"), PLUGINS)
    assert [str(problem) for problem in refused.value.problems] == [
        '--kind: essentielle@2026-01-01 is not for a customer of the kind "consumer"; it may be signed by: professional'
    ]


def test_a_contract_of_another_kind_is_a_problem_and_waits_alone() -> None:
    run = bill(BOOK)
    assert [invoice.contract.id for invoice in run.invoices] == ["C1"]
    assert [(hold.contract.id, hold.reason) for hold in run.holds] == [
        ("C2", "L'offre essentielle@2026-01-01 n'est pas proposée à un consommateur.")
    ]
    (problem,) = (problem for one in BOOK.contracts for problem in check_contract(one, BOOK.offers))
    assert problem.what == 'contract "C2": essentielle@2026-01-01 is not for a customer of the kind "consumer"'


@pytest.mark.parametrize(
    ("customers", "what"),
    [("[]", "nobody may sign the offer"), ('["consumer", "consumer"]', '"consumer" is named twice')],
)
def test_who_may_sign_is_somebody_and_named_once(customers: str, what: str) -> None:
    with pytest.raises(Refused) as refused:
        on_file(PROFESSIONALS.replace('["professional"]', customers), contract())
    assert [problem.what for problem in refused.value.problems] == [what]


LAW = ("consomm", "consumer", "prévenu", "reminded", "L215")


@pytest.mark.parametrize("text", [ESSENTIELLE, CONTINUE], ids=["essentielle", "continue"])
def test_an_offer_for_professionals_tells_nothing_of_consumers(text: str) -> None:
    rules = text.split("\n\n[[rule]]")
    kept = [rule for rule in rules if "leave-not-reminded" not in rule]
    assert len(kept) == len(rules) - 1
    sold = offer_of("\n\n[[rule]]".join(kept).replace("\nsold_from", '\ncustomers = ["professional"]\nsold_from', 1))
    decider = Decider(sold)
    quote = make_quote(decider, asked("professional"), PLUGINS)
    everything = [told(sold, "fr"), told(sold, "en"), *quote.terms, *map(str, offer_findings(sold, decider))]
    assert [(word, one) for one in everything for word in LAW if word in one] == []


def test_an_offer_for_consumers_alone_is_told_of_one() -> None:
    sold = offer_of(ESSENTIELLE.replace("\nsold_from", '\ncustomers = ["consumer"]\nsold_from', 1))
    assert "professionnel" not in told(sold, "fr")
    assert "consommateur que personne n'a prévenu" in told(sold, "fr")


def test_an_example_is_of_a_customer_that_may_sign(tmp_path: Path) -> None:
    path = tmp_path / "offer.toml"
    example = '[[example]]\ntitle = "x"\ngiven = { "customer.kind" = "consumer" }\ntotal = "59.00"\n'
    path.write_text(f"{PROFESSIONALS}\n{example}", encoding="utf-8")
    (problem,) = prove_offers([path], PLUGINS).problems
    assert problem.what == ('the example "x" gives "customer.kind" as \'consumer\', which no contract of the offer has')

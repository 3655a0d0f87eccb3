"""R3: message-taking or appointment-taking is included; an offer, a quote and a contract say which, in words."""

from pathlib import Path

import pytest
from permanence.decide.decider import Decider
from permanence.model.contract import Customer
from permanence.model.problem import Refused
from permanence.model.quote import Quote
from permanence.model.service import Service
from permanence.offers.check.files import check_files
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote
from permanence.publish.quote_told import heading

from tests.installed import PLUGINS
from tests.offers.asking import MADE, RULES, UNTIL
from tests.offers.telling import ESSENTIELLE, noticed, offer_of, replaced, told

LISTED = 'services = ["messages", "appointments"]'
MESSAGES = offer_of(replaced(ESSENTIELLE, (LISTED, 'services = ["messages"]')))
CONTRACT = """format = 1

[[contract]]
id = "C1"
customer = {{ name = "Garage du Parc" }}
offer = "essentielle@2023-01-01"
services = [{services}]
lines = ["C1"]
signed = 2026-01-12
"""


def quoted(*services: Service, offer: str = ESSENTIELLE) -> Quote:
    customer = Customer(name="Garage du Parc")
    asked = Asked(
        customer=customer,
        mission="simple",
        services=services,
        calls=40,
        options=(),
        made=MADE,
        valid_until=UNTIL,
    )
    return make_quote(Decider(offer_of(offer)), asked, PLUGINS)


def test_a_quote_says_what_agents_do_with_a_call_and_the_contract_keeps_it() -> None:
    every, one = quoted(), quoted("appointments")
    assert ("Services", "prise de messages ou prise de rendez-vous") in list(heading(every))
    assert ("Services", "prise de rendez-vous") in list(heading(one))
    assert every.number != one.number
    signed = contract_of_quote(one, offer_of(ESSENTIELLE), "C1", ["C1"], MADE)
    assert signed.services == ("appointments",)


def test_a_service_costs_nothing() -> None:
    assert quoted("messages").prices == quoted().prices
    assert quoted("messages").month == quoted().month


def test_a_service_that_the_offer_does_not_include_is_not_quoted() -> None:
    with pytest.raises(Refused) as refused:
        quoted("appointments", offer=MESSAGES.text)
    (problem,) = refused.value.problems
    assert (str(problem.where), problem.what) == (
        "--service",
        'essentielle@2023-01-01 does not include the service "appointments"',
    )


def test_an_offer_that_names_none_says_nothing_of_services() -> None:
    none = replaced(ESSENTIELLE, (LISTED, ""))
    assert "Services" not in dict(heading(quoted(offer=none)))
    assert "Services compris" not in told(offer_of(none))


@pytest.mark.parametrize(("services", "count"), [('"messages"', 0), ("", 0), ('"appointments"', 1)])
def test_a_contract_takes_services_that_its_offer_includes(tmp_path: Path, services: str, count: int) -> None:
    rules, path = tmp_path / "rules", tmp_path / "C1.toml"
    rules.mkdir()
    (rules / "essentielle.toml").write_text(MESSAGES.text, encoding="utf-8")
    path.write_text(CONTRACT.format(services=services), encoding="utf-8")
    wrong = check_files([path], rules, tmp_path, PLUGINS, examples=False).problems
    found = [problem.what for problem in wrong if not problem.warning]
    what = 'contract "C1": essentielle@2023-01-01 does not include the service "appointments"'
    assert found == [what] * count


def test_a_service_more_is_what_a_customer_notices() -> None:
    assert noticed(MESSAGES.text, ('services = ["messages"]', LISTED)) == [
        "Services compris : prise de messages ou prise de rendez-vous au lieu de prise de messages."
    ]


def test_the_offers_on_sale_include_both() -> None:
    for path in sorted(RULES.glob("*.toml")):
        offer = offer_of(path.read_text(encoding="utf-8").split("\n[[example]]")[0])
        assert offer.head.services == ("messages", "appointments")
        assert "Services included: message-taking or appointment-taking." in told(offer, "en")

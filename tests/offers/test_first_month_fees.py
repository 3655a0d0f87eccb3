"""A fee for joining is one whatever its key: refused where none is promised, quoted as due once where it is charged."""

from datetime import date
from pathlib import Path

import pytest
from permanence.decide.decider import Decider
from permanence.model.contract import Customer
from permanence.model.offer import Offer
from permanence.model.quote import Quote
from permanence.offers.check.files import check_files
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.publish.quote_told import sections

from tests.installed import PLUGINS
from tests.offers.telling import ESSENTIELLE, offer_of, replaced, told

MADE = date(2026, 9, 1)
PROMISED = "no_setup_fees = true\n"
FEE = '[price.file]\ntitle = "Ouverture du dossier"\namount = "50.00"\nprorate = {prorate}\n\n[option.bilingual]'
RULE = '[[rule]]\nid = "{id}"\non = "month"\nwhen = "{when}"\nthen = {{ charge = "{charge}" }}\n\n'


def charged(when: str, *, prorate: str = "false", promised: bool = False) -> str:
    """Return the text of Essentielle with 50.00 charged when a condition holds."""
    rule = RULE.format(id="file", when=when, charge="price.file")
    text = replaced(
        ESSENTIELLE,
        ("[option.bilingual]", FEE.format(prorate=prorate)),
        ('[[rule]]\nid = "subscription"', f'{rule}[[rule]]\nid = "subscription"'),
    )
    return text if promised else replaced(text, (PROMISED, ""))


def quoted(offer: Offer, *options: str) -> Quote:
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=40,
        options=options,
        made=MADE,
        valid_until=date(2026, 10, 1),
    )
    return make_quote(Decider(offer), asked, PLUGINS)


def found(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "offer.toml"
    path.write_text(text, encoding="utf-8")
    return [problem.what for problem in check_files([path], tmp_path, tmp_path, PLUGINS, examples=False).problems]


@pytest.mark.parametrize(
    "when",
    [
        "contract.first_month",
        "contract.first_month and usage.calls > 10",
        "contract.months == 0",
        "not (contract.months >= 1)",
        "contract.first_month and contract.active",
    ],
)
def test_who_promises_no_set_up_fees_charges_none_under_another_name(tmp_path: Path, when: str) -> None:
    (what,) = found(tmp_path, charged(when, promised=True))
    assert what == (
        'the offer promises no set-up fees, and the rule "file" charges "price.file" in the first month alone'
    )


@pytest.mark.parametrize("when", ["contract.first_month and option.svi", "contract.months < 2", "contract.active"])
def test_an_installation_and_what_later_months_are_charged_too_are_no_set_up_fee(tmp_path: Path, when: str) -> None:
    assert found(tmp_path, charged(when, promised=True)) == []


def test_what_follows_the_days_of_the_first_month_of_service_is_one_month_s_however_many_bills_it_stands_on(
    tmp_path: Path,
) -> None:
    for prorate, twice in (("true", 0), ("false", 1)):
        assert len(found(tmp_path, charged("contract.months == 0", prorate=prorate))) == twice
    by_month = ("[billing]", '[billing]\nseniority = "by_month"')
    text = replaced(charged("contract.months == 0", prorate="true"), by_month)
    (what,) = found(tmp_path, text)
    assert what == 'the rule "file" may charge "price.file" in two months'


def test_a_first_month_at_a_price_of_its_own_is_no_set_up_fee(tmp_path: Path) -> None:
    welcome = charged("contract.first_month", promised=True)
    later = ('when = "contract.active"\nthen = { charge = "bands" }', 'when = "not contract.first_month"\n')
    assert found(tmp_path, replaced(welcome, (later[0], f'{later[1]}then = {{ charge = "bands" }}'))) == []


def test_what_the_first_month_alone_is_charged_is_quoted_as_due_once() -> None:
    quote = quoted(offer_of(charged("contract.first_month")))
    assert [(line.label, line.amount) for line in quote.once.lines] == [("Ouverture du dossier", 5_000)]
    assert "Ouverture du dossier" not in [line.label for line in quote.month.lines]
    (offers, *_) = sections(quote)
    assert ("Ouverture du dossier", "50,00\u00a0€", "une fois") in offers.rows
    assert not [sentence for sentence in quote.terms if "frais" in sentence]


def test_what_follows_the_days_of_the_first_month_says_so() -> None:
    (offers, *_) = sections(quoted(offer_of(charged("contract.first_month", prorate="true"))))
    (due,) = [due for label, _, due in offers.rows if label == "Ouverture du dossier"]
    assert due == "une fois, selon les jours du premier mois"


def test_an_installation_is_expected_of_who_takes_the_option_alone() -> None:
    offer = offer_of(charged("contract.first_month and option.sms", promised=True))
    assert [line.label for line in quoted(offer, "sms").once.lines] == ["Ouverture du dossier"]
    assert quoted(offer).once.lines == ()
    (fees,) = [sentence for sentence in quoted(offer).terms if "frais" in sentence]
    assert fees.startswith("Aucuns frais de dossier ni d'ouverture pour le contrat")


def test_a_salesperson_names_what_joining_costs() -> None:
    fees = told(offer_of(charged("contract.first_month"))).partition("frais cachés")[2].partition("\n## ")[0]
    assert "Ouverture du dossier\u00a0: 50,00\u00a0€, une fois." in fees
    assert "Aucuns frais" not in fees

"""Why an invoice says what it says: read back as it stood when the month was billed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from permanence.model.invoice import MonthRun
from permanence.model.problem import Refused
from permanence.store.explanations import explain
from permanence.store.results import open_billing, publish

from tests.bill.months import SEPTEMBER, bill, calls, contract, offer, on_file, taken

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BILINGUAL = '[option.bilingual]\nprice = "39.00"\n'
BOOK = on_file(offer(BILINGUAL, term='setup_fee = "25.00"'), contract(more=taken("bilingual"), signed="2026-10-01"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "billing.db"


def keep(path: Path, *runs: MonthRun) -> None:
    database = open_billing(path)
    for run in runs:
        publish(database, run, NOW)
    database.close()


def said(path: Path, invoice: str) -> str:
    """Return what is said to somebody who asks for an invoice that cannot be explained, but for the path."""
    with pytest.raises(Refused) as refused:
        explain(path, invoice)
    return str(refused.value).replace(str(path), "billing.db")


def test_each_line_comes_with_its_sentence_its_rule_and_its_facts(path: Path) -> None:
    keep(path, bill(BOOK, calls(51)))
    record = explain(path, "2026-10-C1")
    assert (record["customer"], record["version"], record["net_cents"]) == (
        "Garage du Parc",
        "essentielle@2026-01-01",
        21300,
    )
    bands, fee, option = record["lines"]
    assert bands["sentence"].startswith("51 appels traités en octobre 2026 : forfait jusqu'à 150 appels")
    assert bands["rule"]["text"] == [
        "[[rule]]",
        'id = "subscription"',
        'on = "month"',
        'when = "contract.active"',
        'then = { charge = "bands" }',
        'why = "Le forfait correspond au nombre d\'appels traités dans le mois."',
    ]
    assert [(fact["name"], fact["value"]) for fact in bands["facts"]] == [
        ("contract.active", "1"),
        ("usage.calls", "51"),
        ("mission", "simple"),
    ]
    assert bands["facts"][1]["meaning"] == "Appels traités, comptés dans le forfait"
    assert (fee["code"], fee["rule"]["line"], fee["rule"]["text"]) == ("setup_fee", 10, ['setup_fee = "25.00"'])
    assert option["rule"]["text"] == ["[option.bilingual]", 'price = "39.00"']
    assert record["vat"] == [
        {"rate_bp": 2000, "base_cents": 21300, "amount_cents": 4260, "reason": "Taux applicable en métropole"}
    ]
    assert [(row["outcome"], row["calls"]) for row in record["usage"]] == [("counted", 51)]


def test_an_old_invoice_shows_the_rule_as_it_stood_when_it_was_billed(path: Path) -> None:
    old = on_file(offer(), contract())
    new = on_file(
        "# A line more.\n" + offer().replace("59.00", "61.00").replace("contract.active", "contract.days > 0"),
        contract(),
    )
    keep(path, bill(old, month=SEPTEMBER), bill(new))
    september, october = (explain(path, f"2026-{month}-C1")["lines"][0] for month in ("09", "10"))
    assert (september["amount_cents"], october["amount_cents"]) == (5900, 6100)
    assert (september["rule"]["when"], october["rule"]["when"]) == ("contract.active", "contract.days > 0")
    assert 'when = "contract.active"' in september["rule"]["text"]
    assert 'when = "contract.days > 0"' in october["rule"]["text"]
    assert october["rule"]["line"] == september["rule"]["line"] + 1


def test_a_provisional_invoice_says_so(path: Path) -> None:
    keep(path, bill(BOOK, provisional=True))
    assert explain(path, "2026-10-C1")["status"] == "provisional"


def test_an_invoice_that_is_not_there_is_told_with_the_nearest(path: Path) -> None:
    keep(path, bill(BOOK))
    assert said(path, "2026-10-C2") == ('billing.db: there is no invoice "2026-10-C2"; did you mean "2026-10-C1"?')
    assert said(path, "nothing like it") == 'billing.db: there is no invoice "nothing like it"; known: 2026-10-C1'


def test_one_invoice_is_named_where_there_are_too_many_to_name_them_all(path: Path) -> None:
    keep(path, bill(on_file(offer(), [contract(f"C{number:02d}") for number in range(21)])))
    assert said(path, "x") == 'billing.db: there is no invoice "x"; one is 2026-10-C00'


def test_an_invoice_on_hold_is_told_with_the_reason(path: Path) -> None:
    keep(path, bill(on_file(offer(), contract(version="none@2026-01-01"))))
    assert said(path, "2026-10-C1") == (
        "billing.db: 2026-10-C1 is on hold: L'offre « none@2026-01-01 » n'existe pas ; la plus proche est "
        "« essentielle@2026-01-01 »; mend that and bill again"
    )


def test_before_anything_is_billed_the_answer_is_to_bill(path: Path) -> None:
    assert said(path, "2026-10-C1") == "billing.db: there is no such database; run `permanence bill` first"
    keep(path)
    assert said(path, "2026-10-C1") == 'billing.db: there is no invoice "2026-10-C1"; run `permanence bill` first'
    path.unlink()
    path.touch()
    assert said(path, "2026-10-C1") == "billing.db: nothing was billed into it yet; run `permanence bill` first"


def test_a_usage_row_has_what_customers_call_its_window(path: Path) -> None:
    keep(path, bill(BOOK, calls(1) + calls(1, "2026-10-05 22:00:00")))
    rows: list[dict[str, Any]] = explain(path, "2026-10-C1")["usage"]
    assert [(row["outcome"], row["window"], row["window_title"]) for row in rows] == [
        ("counted", "weekdays", "en semaine"),
        ("outside", "", ""),
    ]

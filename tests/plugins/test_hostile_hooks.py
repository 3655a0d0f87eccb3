"""A plugin that looks at an offer reads it, whatever it tries: nobody's bill is another, and what it finds is told."""

from pathlib import Path
from types import ModuleType

import permanence
import pytest
from permanence.model.problem import Refused
from permanence.plugin_manager import Plugins
from permanence_options import bilingual

from tests.bill.months import bill, contract, offer, on_file, taken

OFFER = offer('\n[option.bilingual]\nprice = "39.00"\n')
DOES = {
    "takes an option away": "offer.options.pop('bilingual')",
    "empties every table": "[getattr(offer, one).clear() for one in ('options', 'prices', 'missions', 'settings')]",
    "changes the price of another plugin's option": "object.__setattr__(offer.options['bilingual'], 'price', 1)",
    "finds a number wrong": "return [Problem(offer.option_places['bilingual'], 5)]",
    "finds nothing at a place of numbers": "return [Problem(Place(5, 'x'), 'x')]",
    "finds what lies about itself": (
        "return [Problem(Place('x'), type('T', (str,), dict.fromkeys(('__str__', '__iter__'), exit))('x'))]"
    ),
    "finds problems without end": "return __import__('itertools').repeat(Problem(Place('x'), 'x'))",
}


def plugin(does: str) -> ModuleType:
    """Return a module whose `check_offer` does something, and then finds nothing wrong."""
    module = ModuleType("stranger")
    known = "from permanence import Place, Problem, hookimpl\n" if hasattr(permanence, "Place") else ""
    known = known or "from permanence.model.problem import Place\nfrom permanence import Problem, hookimpl\n"
    exec(f"{known}\n@hookimpl\ndef check_offer(offer):\n    {does}\n    return []\n", module.__dict__)
    return module


@pytest.mark.parametrize("does", DOES.values(), ids=DOES)
def test_a_plugin_that_looks_at_an_offer_changes_no_bill(does: str, tmp_path: Path) -> None:
    book = on_file(OFFER, [contract("C1", taken("bilingual"))], Plugins.of(bilingual, plugin(does)), folder=tmp_path)
    (invoice,) = bill(book, []).invoices
    assert [line.amount for line in invoice.lines][1:] == [3900]


def test_what_it_finds_is_told_in_one_line_that_can_be_shown(tmp_path: Path) -> None:
    found = plugin("return [Problem(offer.option_places['bilingual'], 'no\\x1b[31m\\n' * 100000, 'h\\u202e')]")
    with pytest.raises(Refused) as refused:
        on_file(OFFER, [contract("C1")], Plugins.of(bilingual, found), folder=tmp_path)
    (problem,) = refused.value.problems
    assert problem.what.isprintable()
    assert problem.hint.isprintable()
    assert len(problem.what) < 600

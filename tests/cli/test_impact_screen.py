"""What `permanence impact` prints of many contracts: what is left out of a list is told."""

import re
from io import StringIO

from permanence.cli.screens.impact import impact_summary, show_impact
from permanence.cli.screens.output import show_sentence
from permanence.model.distribution import movement
from permanence.model.money import Cents
from permanence.model.words.movements import movement_in_words
from rich.console import Console

from tests.bill.months import NOVEMBER, OCTOBER, calls, contract, offer
from tests.bill.replaying import replayed
from tests.bill.test_impact_replay import LATER, edited
from tests.docs.documents import SPACES


def printed(new: str, counts: dict[str, int], width: int = 80) -> str:
    """Return what is printed of two months in which each contract makes as many calls."""
    came_in = [call for name, count in counts.items() for call in calls(count, account=name)]
    impact = replayed(offer(), new, [contract(name) for name in counts], came_in, months=(OCTOBER, NOVEMBER))
    file = StringIO()
    show_impact(Console(file=file, width=width, highlight=False), impact_summary(impact))
    return file.getvalue().translate(SPACES)


def test_ten_rises_out_of_more_say_so_and_ten_falls_of_ten_do_not() -> None:
    counts = {f"C{number:02}": (100, 200)[number < 10] for number in range(21)}
    new = edited(offer(), LATER, ('simple = "149.00"', 'simple = "150.00"'), ('simple = "229.00"', 'simple = "220.00"'))
    text = printed(new, counts)
    assert "\n21 contrats, 42 factures, d'octobre 2026 à novembre 2026, montants hors taxes.\n" in text
    assert "11 contrats paient plus (+ 11,00 €), 10 paient moins (− 90,00 €)." in text
    assert "\nLes plus fortes hausses (10 sur 11), sur 2 mois" in text
    assert "\nLes plus fortes baisses, sur 2 mois" in text


def test_ten_lines_of_a_rule_are_listed_and_the_others_counted() -> None:
    counts = {f"C{number:02}": 251 + 100 * number for number in range(12)}
    text = printed(edited(offer(), LATER, ('simple = "65.00"', 'simple = "66.00"')), counts)
    assert text.count("– Permanence Essentielle") == 10
    assert re.search(r"\+ 3,00 € +– 2 autres lignes", text)


def test_no_line_of_a_sentence_ends_within_an_amount() -> None:
    sentence = movement_in_words(movement([Cents(117_500)] * 21 + [Cents(-32_800)] * 18 + [Cents(0)] * 40), "EUR")
    for width in range(30, 90):
        file = StringIO()
        show_sentence(Console(file=file, width=width, highlight=False), sentence)
        assert " ".join(file.getvalue().splitlines()) == sentence


def test_no_line_is_wider_than_a_narrow_terminal() -> None:
    counts = {f"C{number:02}": 100 * (number % 3) for number in range(21)}
    new = edited(offer(), LATER, ('simple = "149.00"', 'simple = "1150.00"'))
    for width in (80, 100):
        assert max(len(line.rstrip()) for line in printed(new, counts, width).splitlines()) <= width

"""Months in French sentences: « d'octobre », « de mai »."""

import re
from pathlib import Path

from permanence.model.period import Month
from permanence.model.words.french import from_to, month_in_words, of_month

ENGINE = Path(__file__).parents[2] / "engine" / "permanence"
BEFORE_A_MONTH = re.compile(r"\b(?:de|que|jusque) \{+ ?(?:month\b|month_in_words)")


def test_de_loses_its_vowel_before_the_three_months_that_begin_with_one() -> None:
    told = [of_month(month_in_words(Month(2026, number))) for number in range(1, 13)]
    assert [one for one in told if one.startswith("d'")] == ["d'avril 2026", "d'août 2026", "d'octobre 2026"]
    assert told[4] == "de mai 2026"
    assert from_to(Month(2026, 10), Month(2027, 5)) == "d'octobre 2026 à mai 2027"


def test_no_sentence_puts_a_whole_word_before_a_month() -> None:
    files = [file for kind in ("py", "html") for file in ENGINE.rglob(f"*.{kind}")]
    found = [
        f"{file.name}: {line}"
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if BEFORE_A_MONTH.search(line)
    ]
    assert found == ['french.py:     return f"d\'{month}" if month[0] in "ao" else f"de {month}"']

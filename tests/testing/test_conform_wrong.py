"""Each thing that an option must keep is broken by some option, and found."""

import sys
from pathlib import Path

import pytest
from permanence import Option, frozen
from permanence.testing import conform
from permanence.testing.conformance import broken_by
from permanence.testing.hash_order import differs_by_hash

from tests.testing import hashed_options
from tests.testing.hashed_options import Pricing, Promising, Sorted
from tests.testing.wrong_options import WRONG, Counting


@pytest.mark.parametrize("name", WRONG)
def test_an_option_that_does_not_keep_it_is_told(name: str) -> None:
    option, told = WRONG[name]
    found = []
    for one in broken_by(option, examples=3):
        found.append(one)
        if told in one:
            return
    pytest.fail("\n".join(("something else was told:", *found)))


def test_what_is_told_is_a_sentence_with_the_smallest_example() -> None:
    option, _ = WRONG["a most below zero"]
    with pytest.raises(AssertionError) as raised:
        conform(option, examples=8)
    assert (
        str(raised.value)
        == """\
option « trial »: its bill is on hold: L'option « Essai » (Capped) a échoué pour le contrat example, 2026-10 : \
ValueError: charge() yielded a quantity of -1 (Essai): below zero is for options that say credit = True
  the smallest example:
    [option.trial]
    price = "39.00"
    at_most = -1
    a call: 2026-10-21 10:00:00, wait 61, talk 301, answered, inbound, trial
option « trial »: charge() asks for -1 × « Essai », 1 of 1 days
  the smallest example:
    [option.trial]
    price = "39.00"
    at_most = -1
    a month: usage.trial = 3, 1 × due once"""
    )


@pytest.mark.parametrize(
    ("option", "method"), [(Promising, "prices() and promises()"), (Pricing, "charge() and prices()")]
)
def test_an_answer_in_the_order_of_a_set_is_found_in_another_process(option: type[Option], method: str) -> None:
    (told,) = broken_by(option, examples=1)
    assert told.startswith(f"the same input has not the same answer each time that Python starts: {method}")


def test_an_answer_in_an_order_of_its_own_is_the_same_in_each_process() -> None:
    assert list(broken_by(Sorted, examples=1)) == []
    assert differs_by_hash(frozen(kw_only=True)(type("<here>", (Promising,), {})), 'price = "1.00"') is None


SCRIPT = """
print("hello")
conform(Promising)
if __name__ == "__main__":
    raise SystemExit("run again")
"""


@pytest.mark.parametrize("name", ["a_script", "__main__"])
def test_what_tries_its_options_as_it_is_loaded_does_so_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Path(hashed_options.__file__).read_text("utf-8")
    script = tmp_path / "script.py"
    script.write_text(f"from permanence.testing import conform\n{text}{SCRIPT}", "utf-8")
    monkeypatch.setattr(hashed_options, "__file__", str(script))
    monkeypatch.setitem(sys.modules, name, hashed_options)
    monkeypatch.setattr(Promising, "__module__", name)
    assert differs_by_hash(Promising, 'price = "1.00"') == "prices() and promises()"


def test_the_option_that_the_wrong_ones_are_made_from_keeps_everything(capsys: pytest.CaptureFixture[str]) -> None:
    conform(Counting, examples=10, calls=1000)
    assert capsys.readouterr().out.startswith("option « trial »: 1,000 calls are measured in 0.0")

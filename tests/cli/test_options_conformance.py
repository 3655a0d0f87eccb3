"""`permanence options` says whether each option keeps what it must, or how to try it: never what nobody has tried."""

from collections.abc import Iterator

import pytest
from permanence import Option, OptionMonth, Price, PriceStep, Words, frozen, key
from permanence.cli import conformance as told
from permanence.cli.conformance import conformance


@frozen(kw_only=True)
class Fax(Option):
    """An option that keeps everything."""

    id = "fax"
    label = Words("Télécopie", "Fax")


@frozen(kw_only=True)
class Twice(Fax):
    """It charges on no day too."""

    def charge(self, month: OptionMonth) -> object:  # type: ignore[override]
        raise SystemExit(0)


@frozen(kw_only=True)
class Needing(Fax):
    """It needs a key that has no example."""

    fee: int = key("Fee.")


@frozen(kw_only=True)
class Stepped(Fax):
    """It needs steps, which say what they look like."""

    counts = "usage.calls"
    steps: tuple[PriceStep, ...] = key("Steps.")

    def priced(self) -> Iterator[Price]:
        yield Price(title=self.words, per="usage.calls", steps=self.steps)


def test_what_is_not_tried_is_not_said_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert conformance(Fax, wanted=False) == "not tried: permanence options --conform"
    monkeypatch.setattr(told, "NEEDS", "a_module_that_is_not_there")
    assert conformance(Fax, wanted=True) == "not tried: pip install 'permanence[testing]'"


def test_what_is_tried_is_told() -> None:
    assert conformance(Fax, wanted=True) == "keeps what an option must keep"
    assert "charge() raised SystemExit" in conformance(Twice, wanted=True)
    assert conformance(Stepped, wanted=True) == "keeps what an option must keep"
    assert conformance(Needing, wanted=True).startswith("not tried: it needs a table of its own, conform(Needing")

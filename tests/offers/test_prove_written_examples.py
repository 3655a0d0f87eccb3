"""Examples that are written for an offer: they pass, they are enough, and no price can change behind them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from permanence.model.problem import errors
from permanence.offers.check.files import check_files
from permanence.offers.examples.missing import write_examples
from permanence.offers.proved import prove_offers

from tests.cases_drawn import drawn
from tests.installed import PLUGINS
from tests.offers.small_offers import dearer, small_offers


@settings(max_examples=drawn(6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_offers())
def test_an_offer_with_written_examples_passes_and_any_other_price_breaks_one(text: str) -> None:
    with TemporaryDirectory() as name:
        path = Path(name, "offer.toml")
        path.write_text(text, encoding="utf-8")
        checked = check_files([path], Path(name), Path(name), PLUGINS)
        ((offer, missing),) = checked.missing
        write_examples(offer, missing)
        assert errors(check_files([path], Path(name), Path(name), PLUGINS).problems) == ()
        written = path.read_text("utf-8")
        assert written.startswith(text)
        for what, changed in dearer(written):
            path.write_text(changed, encoding="utf-8")
            assert prove_offers([path], PLUGINS).problems, f"no example shows {what}"

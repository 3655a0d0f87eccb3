"""What sums are called by the tax of the country: no « TTC » where nobody says so, one total where there is none."""

import pytest
from permanence.model.countries import COUNTRIES, zone_in_words
from permanence.model.words.taxes import tax_words


@pytest.mark.parametrize(
    ("region", "words"),
    [
        ("FR-974", ("TVA", "Total HT", "Total TTC")),
        ("CH-GE", ("TVA", "Total HT", "Total TTC")),
        ("GB-ENG", ("TVA", "Total hors TVA", "Total TVA comprise")),
        ("AU-NSW", ("GST", "Total hors GST", "Total GST comprise")),
        ("CA-ON", ("TPS ou TVH", "Total hors taxes", "Total taxes comprises")),
        ("US-NY", ("", "Total", "Total")),
    ],
)
def test_sums_are_called_as_their_country_calls_them(region: str, words: tuple[str, str, str]) -> None:
    found = tax_words(region)
    assert (found.tax, found.net, found.total) == words
    assert found.is_none == (not words[0])


@pytest.mark.parametrize("country", COUNTRIES)
def test_only_a_country_without_a_tax_has_no_word_for_it(country: str) -> None:
    rated = any(rate for vat in COUNTRIES[country].vat for rate in vat.rates.values())
    assert tax_words(country).is_none != rated


@pytest.mark.parametrize(
    ("zone", "town"),
    [
        ("America/New_York", ("New York", "New York")),
        ("Europe/London", ("Londres", "London")),
        ("America/Argentina/Buenos_Aires", ("Buenos Aires", "Buenos Aires")),
        ("UTC", ("UTC", "UTC")),
    ],
)
def test_hours_are_those_of_a_town(zone: str, town: tuple[str, str]) -> None:
    assert zone_in_words(zone) == town

"""Public holidays: those of the law, in each region that has its own, and no day that is only custom."""

from datetime import date

import pytest
from permanence.contracts.holidays import public_holidays
from permanence.model.regions import region_of

from tests.oracle.days import legal_holidays

NATIONAL = ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]


@pytest.mark.parametrize(
    ("region", "added"),
    [
        ("FR", []),
        ("FR-75", []),
        ("FR-51", []),
        ("FR-2A", []),
        ("FR-IDF", []),
        ("FR-57", ["04-03", "12-26"]),
        ("FR-67", ["04-03", "12-26"]),
        ("FR-68", ["04-03", "12-26"]),
        ("FR-6AE", ["04-03", "12-26"]),
        ("FR-971", ["05-27"]),
        ("FR-972", ["05-22"]),
        ("FR-973", ["06-10"]),
        ("FR-974", ["12-20"]),
        ("FR-976", ["04-27"]),
        ("FR-GES", []),
        ("FR-975", []),
        ("FR-977", ["10-09"]),
        ("FR-978", ["05-28"]),
        ("FR-986", ["04-28", "06-29", "07-29"]),
        ("FR-987", ["03-05", "04-03", "11-20"]),
        ("FR-988", ["09-24"]),
        ("FR-PF", ["03-05", "04-03", "11-20"]),
    ],
)
def test_a_region_has_the_national_holidays_of_2026_and_its_own(region: str, added: list[str]) -> None:
    assert sorted(public_holidays(region, 2026)) == sorted(date.fromisoformat(f"2026-{d}") for d in NATIONAL + added)


@pytest.mark.parametrize("region", ["FR", "FR-57", "FR-67", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976"])
def test_forty_years_of_holidays_are_those_of_the_labour_code(region: str) -> None:
    for year in range(2010, 2050):
        assert public_holidays(region, year) == legal_holidays(region, year)


def test_mid_lent_and_schoelcher_day_are_custom_in_guadeloupe_and_no_public_holidays() -> None:
    assert public_holidays("FR-971", 2026).isdisjoint({date(2026, 3, 12), date(2026, 4, 3), date(2026, 7, 21)})


@pytest.mark.parametrize("region", ["", "57", "75", "FR57", "fr-57", "FR-96", "FR-20", "FR-XX", "DE-ZZ", "FR-971 "])
def test_an_unknown_region_is_refused_in_a_sentence(region: str) -> None:
    with pytest.raises(ValueError, match=f'^"{region}" is not a region such as FR, FR-57, FR-974, CH-GE or GB$'):
        region_of(region)


def test_who_names_grand_est_and_no_department_has_the_national_holidays() -> None:
    assert public_holidays("FR-GES", 2026) == public_holidays("FR", 2026) == public_holidays("FR-51", 2026)

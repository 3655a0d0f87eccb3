"""How long something lasted is told in the unit that a reader reckons in: minutes, where it is sold by parts of one."""

import pytest
from permanence.model.words.times import lasting


@pytest.mark.parametrize(
    ("time", "for_each", "french", "english"),
    [
        (1800, 15, "30 minutes", "30 minutes"),
        (1965, 15, "32 minutes et 45 secondes", "32 minutes and 45 seconds"),
        (45, 15, "45 secondes", "45 seconds"),
        (3600, 6, "60 minutes", "60 minutes"),
        (60, 30, "1 minute", "1 minute"),
        (7501, 60, "125 minutes et 1 seconde", "125 minutes and 1 second"),
        (7200, 3600, "2 heures", "2 hours"),
        (20_000, 1, "20 000 secondes", "20,000 seconds"),
        (90, 45, "90 secondes", "90 seconds"),
    ],
)
def test_what_is_sold_by_parts_of_a_minute_is_told_in_minutes(
    time: int, for_each: int, french: str, english: str
) -> None:
    told = lasting(time, for_each)
    assert told.fr.replace("\u202f", " ").replace("\u00a0", " ") == french
    assert told.en == english

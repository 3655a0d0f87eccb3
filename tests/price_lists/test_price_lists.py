"""Published price lists of the trade, each a rule file beside this module: clean of problems and of warnings."""

from pathlib import Path

import pytest

from tests.cli.typed import out, values

LISTS = sorted(path for path in Path(__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_published_price_list_is_written_without_a_problem_or_a_warning(path: Path) -> None:
    assert values("check", path.as_posix())["problems"] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_published_price_list_is_told_in_both_languages(path: Path) -> None:
    for language in ("fr", "en"):
        assert out("describe", path.as_posix(), "--lang", language)

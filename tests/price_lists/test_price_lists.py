"""Every price list of the trade that is written here is an offer: nothing is wrong with it, and nothing is doubtful."""

from pathlib import Path

import pytest
from permanence.offers.check.files import check_files

from tests.installed import PLUGINS

LISTS = sorted(Path(__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_price_list_passes_its_check_without_a_warning(path: Path, tmp_path: Path) -> None:
    found = check_files([path], tmp_path, tmp_path, PLUGINS)
    assert [str(problem) for problem in found.problems] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_price_list_names_its_source(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# Source: ")

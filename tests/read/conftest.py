"""What the tests of reading share: the options on sale."""

from collections.abc import Mapping

import pytest
from permanence.model.option import Option
from permanence_options import bilingual, callback, round_the_clock, shared_agenda, svi


@pytest.fixture
def options() -> Mapping[str, type[Option]]:
    """Return five options on sale, whatever is installed."""
    modules = (bilingual, callback, round_the_clock, shared_agenda, svi)
    return {option.id: option for module in modules for option in module.register_options()}

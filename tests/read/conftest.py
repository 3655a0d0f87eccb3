"""What the tests of reading share: the option `--accept`, and the options on sale."""

from collections.abc import Mapping

import pytest

from engine.model.option import Option
from plugins import bilingual, callback, round_the_clock, shared_agenda, svi


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the messages expected in tests/read/bad")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Return whether messages are to be rewritten; `--accept` is known when tests/read is named to pytest."""
    return bool(request.config.getoption("--accept", default=False))


@pytest.fixture
def options() -> Mapping[str, type[Option]]:
    """Return five options on sale, whatever is installed."""
    modules = (bilingual, callback, round_the_clock, shared_agenda, svi)
    return {option.id: option for module in modules for option in module.register_options()}

"""One process that typesets, for all tests of pages."""

from collections.abc import Iterator

import pytest
from permanence.publish.typesetter import Typeset, typesetter


@pytest.fixture(scope="session")
def typeset() -> Iterator[Typeset]:
    """Yield what sets pages."""
    with typesetter() as found:
        yield found

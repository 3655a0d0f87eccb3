"""What the tests of plugins have in common."""

from tests.plugins.distributions import installed

__all__ = ["installed"]

"""The product as it is installed: results bear its version."""

from importlib.metadata import PackageNotFoundError, version


def product_version() -> str | None:
    """Return the version of Permanence that is installed, None where it runs from a folder without being installed."""
    try:
        return version("permanence")
    except PackageNotFoundError:
        return None

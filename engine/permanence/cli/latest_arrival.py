"""The last instant at which a call that comes in may have arrived: a day ahead, for clocks that go wrong by hours."""

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(days=1)


def latest_arrival() -> int:
    """Return the instant in seconds UTC."""
    return int((datetime.now(UTC) + AHEAD).timestamp())

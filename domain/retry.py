"""When a letter that did not arrive, or an event that could not be handled, is tried again."""

from datetime import datetime, timedelta

WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 5, 15, 30, 60, 120, 300))
"""How long a channel rests after the first, second, … failure in a row; the last one is repeated."""


def rest(failures: int) -> timedelta:
    """How long to wait after so many failures in a row (at least 1)."""
    return WAITS[min(failures, len(WAITS)) - 1]


MOST_TRIES = 5
"""An event that fails so often is set aside, and its sender is told; a letter is given up."""


def handle_again(attempts: int, now: datetime) -> datetime | None:
    """When to handle a failed event again, or None to give it up."""
    return None if attempts >= MOST_TRIES else now + rest(attempts)

"""Where time comes from: the only file that reads the wall clock.

`now` is read once per event or tick and then travels as an argument; it is always an aware UTC instant.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the present instant."""

    def now(self) -> datetime:
        """The present as an aware UTC instant."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class RehearsalClock:
    """A clock that was set to another instant and runs on from there at real speed; it can be moved again."""

    def __init__(self, start: datetime) -> None:
        self._ahead = timedelta()
        self.move_to(start)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move_to(self, instant: datetime) -> None:
        """Set the clock to an aware instant. Raises ValueError for a naive one."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        self._ahead = instant.astimezone(UTC) - datetime.now(UTC)

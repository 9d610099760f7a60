"""Tells a vendor that is away from a letter that can never be handed over, so that no letter stops the others."""

from collections.abc import Collection
from datetime import timedelta

from domain.retry import MOST_TRIES, rest


class Outage:
    """The failures of a channel in a row, and the letters that they happened to.

    While a vendor is away the letter at the head is tried again and again, which keeps the order of the queue. Only
    when that has gone on for a while is every second try made with a letter behind it: if that one arrives, it was not
    the vendor, and those that failed before it rest by their own failures from then on and no longer slow the channel.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._failed: set[int] = set()
        self._suspects: dict[int, int] = {}

    def failed(self, letter_id: int) -> tuple[timedelta, timedelta]:
        """A letter could not be handed over: how long the channel rests, and how long the letter does."""
        if letter_id in self._suspects:
            self._suspects[letter_id] += 1
            return rest(max(self._failures, 1)), rest(self._suspects[letter_id])
        self._failures += 1
        self._failed.add(letter_id)
        return rest(self._failures), timedelta()

    def sent(self, letter_id: int) -> None:
        """A letter has left: the vendor is there."""
        self._failures = 0
        self._suspects |= {one: 0 for one in self._failed if one not in self._suspects}
        self._failed.clear()
        self._suspects.pop(letter_id, None)

    def forget(self, letter_id: int) -> None:
        """A letter met another fate than a vendor that could not be reached."""
        self._failed.discard(letter_id)
        self._suspects.pop(letter_id, None)

    @property
    def passed_over(self) -> Collection[int]:
        """The letters that are not to be tried next where there are others."""
        return self._failed if self._failures >= MOST_TRIES and self._failures % 2 else ()

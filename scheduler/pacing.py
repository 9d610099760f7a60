"""How fast letters may leave: a vendor's limits as arithmetic on a steady clock (seconds).

An answer, for which somebody waits, may leave whenever the vendor's window has room. Everything else is spread evenly,
a little more slowly than the vendor allows, so that the window is hardly ever full when an answer comes.
"""

from collections import deque
from collections.abc import Callable

from domain.channel import Limits
from domain.messages import Priority

SECOND, MINUTE = 1.0, 60.0

EVEN_SHARE = 0.975
"""Of what the vendor takes in a second. All of it would keep the window full: each answer would wait for a place."""

CATCH_UP = 4
"""How many letters that left late, as the machine was busy, are made up for at once; more would come in bursts."""


class _Window:
    """At most `most` events within any `span` seconds."""

    def __init__(self, most: int, span: float) -> None:
        self._most = most
        self._span = span
        self._times: deque[float] = deque(maxlen=most)

    def note(self, at: float) -> None:
        self._times.append(at)

    def free_at(self, at: float) -> float:
        """The earliest moment, from `at` on, for one more event."""
        if len(self._times) < self._most:
            return at
        return max(at, self._times[0] + self._span)

    def idle(self, at: float) -> bool:
        return not self._times or self._times[-1] + self._span <= at


class _Even:
    """So many events a second in the long run, at equal distances."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = float("-inf")

    def note(self, at: float) -> None:
        self._next = max(self._next, at - CATCH_UP * self._gap) + self._gap

    def free_at(self, at: float) -> float:
        return max(at, self._next)


class Pacing:
    """Keeps one channel within its limits."""

    def __init__(self, limits: Limits, is_group: Callable[[str], bool]) -> None:
        self._limits = limits
        self._is_group = is_group
        self._overall = _Window(limits.per_second, SECOND) if limits.per_second else None
        self._even = _Even(limits.per_second * EVEN_SHARE) if limits.per_second else None
        self._chats: dict[str, list[_Window]] = {}

    def note(self, address: str, at: float) -> None:
        """A message has left, and has arrived at this moment at the latest."""
        if self._overall and self._even:
            self._overall.note(at)
            self._even.note(at)
        if windows := self._windows(address):
            for window in windows:
                window.note(at)

    def _windows(self, address: str) -> list[_Window]:
        if address not in self._chats:
            windows = []
            if self._limits.per_chat_second:
                windows.append(_Window(self._limits.per_chat_second, SECOND))
            if self._limits.per_group_minute and self._is_group(address):
                windows.append(_Window(self._limits.per_group_minute, MINUTE))
            if not windows:
                return windows
            self._chats[address] = windows
        return self._chats[address]

    def free_at(self, at: float, priority: Priority) -> float:
        """When the channel as a whole may carry the next message of a priority."""
        if not self._overall or not self._even:
            return at
        free = self._overall.free_at(at)
        return free if priority is Priority.ANSWER else self._even.free_at(free)

    def resting(self, at: float) -> dict[str, float]:
        """The chats that may get nothing now, and when each may again."""
        free = {chat: max(window.free_at(at) for window in windows) for chat, windows in self._chats.items()}
        for chat in [chat for chat, windows in self._chats.items() if all(window.idle(at) for window in windows)]:
            del self._chats[chat]
        return {chat: when for chat, when in free.items() if when > at}

    def answer_at(self, address: str, at: float) -> float:
        """When an answer to this address may leave."""
        return max(self.free_at(at, Priority.ANSWER), self.resting(at).get(address, at))

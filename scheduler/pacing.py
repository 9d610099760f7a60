"""How fast letters may leave: a vendor's limits as arithmetic on a steady clock (seconds)."""

from collections import deque
from collections.abc import Callable

from domain.channel import Limits

SECOND, MINUTE = 1.0, 60.0


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


class Pacing:
    """Keeps one channel within its limits."""

    def __init__(self, limits: Limits, is_group: Callable[[str], bool]) -> None:
        self._limits = limits
        self._is_group = is_group
        self._overall = _Window(limits.per_second, SECOND) if limits.per_second else None
        self._chats: dict[str, list[_Window]] = {}

    def note(self, address: str, at: float) -> None:
        """A message leaves now."""
        if self._overall:
            self._overall.note(at)
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

    def free_at(self, at: float) -> float:
        """When the channel as a whole may carry the next message."""
        return self._overall.free_at(at) if self._overall else at

    def resting(self, at: float) -> dict[str, float]:
        """The chats that may get nothing now, and when each may again."""
        free = {chat: max(window.free_at(at) for window in windows) for chat, windows in self._chats.items()}
        for chat in [chat for chat, windows in self._chats.items() if all(window.idle(at) for window in windows)]:
            del self._chats[chat]
        return {chat: when for chat, when in free.items() if when > at}

    def is_free(self, address: str, at: float) -> bool:
        """Whether a message to this address may leave now."""
        return self.free_at(at) <= at and address not in self.resting(at)

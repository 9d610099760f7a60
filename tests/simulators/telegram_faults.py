"""What goes wrong on purpose: faults that a test orders, and the limits of flood mode."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tests.simulators.telegram_rules import ApiError, too_many_requests
from tests.simulators.telegram_world import Chat

DESCRIPTIONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """`times=None` lasts until `clear_faults`; without a code or a drop it only delays the answer."""

    method: str | None = None
    chat_id: int | None = None
    code: int | None = None
    retry_after: int | None = None
    description: str | None = None
    times: int | None = 1
    delay: float = 0.0
    drop: Literal["before", "after"] | None = None

    def concerns(self, method: str, chat_id: str) -> bool:
        return (self.method is None or self.method.lower() == method) and (
            self.chat_id is None or str(self.chat_id) == chat_id
        )

    def error(self) -> ApiError | None:
        """The refusal that takes the place of the call, if the fault is one."""
        if self.code is None or self.drop is not None:
            return None
        if self.code == 429 and self.description is None:
            return too_many_requests(self.retry_after or 1)
        parameters = {} if self.retry_after is None else {"retry_after": self.retry_after}
        description = self.description or DESCRIPTIONS.get(self.code, f"Error {self.code}")
        return ApiError(self.code, description, **parameters)


class Faults:
    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self) -> None:
        self._ordered.clear()

    def claim(self, method: str, chat_id: str) -> Fault | None:
        for fault in self._ordered:
            if fault.concerns(method, chat_id):
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._ordered.remove(fault)


@dataclass(frozen=True)
class Limit:
    """At most `count` messages in any `seconds`."""

    name: str
    count: int
    seconds: float


OVERALL = Limit("overall", 30, 1.0)
PER_CHAT = Limit("chat", 1, 1.0)
PER_GROUP = Limit("group", 20, 60.0)


class Floods:
    """Counts accepted messages in sliding windows, and forgives nothing."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.enforced = False
        self.records: list[dict[str, Any]] = []
        self._accepted: dict[tuple[str, int], deque[float]] = {}

    def enforce(self, on: bool) -> None:
        self.enforced = on
        self._accepted.clear()

    def admit(self, method: str, chat: Chat) -> None:
        """Counts one message, or raises 429."""
        if not self.enforced:
            return
        now = self.clock()
        windows = [(limit, self._window(limit, key)) for limit, key in self._limits(chat)]
        for limit, window in windows:
            self._forget(limit, window, now)
            if len(window) >= limit.count:
                raise self._refuse(limit, window[0] + limit.seconds - now, method, chat)
        for _, window in windows:
            window.append(now)

    def _limits(self, chat: Chat) -> list[tuple[Limit, int]]:
        return [(OVERALL, 0), (PER_CHAT if chat.is_private else PER_GROUP, chat.chat_id)]

    def _window(self, limit: Limit, key: int) -> deque[float]:
        return self._accepted.setdefault((limit.name, key), deque())

    def _forget(self, limit: Limit, window: deque[float], now: float) -> None:
        while window and window[0] <= now - limit.seconds:
            window.popleft()

    def _refuse(self, limit: Limit, wait: float, method: str, chat: Chat) -> ApiError:
        after = max(1, math.ceil(wait))
        record = {"method": method, "chat_id": chat.chat_id, "limit": limit.name, "retry_after": after}
        self.records.append({**record, "at": self.clock()})
        return too_many_requests(after)

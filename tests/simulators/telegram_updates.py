"""The queue of updates: what may enter it, long polling, confirmation by offset and delivery to a webhook."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from itertools import islice
from typing import Any

import httpx

from tests.simulators.telegram_rules import ApiError

Json = dict[str, Any]

MAX_POLL = 50
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
OTHER_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def conflict(description: str) -> ApiError:
    return ApiError(409, f"Conflict: {description}")


class Updates:
    def __init__(
        self, clock: Callable[[], float], announce: Callable[[], None], repeat_stretch: float, conflict_delay: float
    ) -> None:
        self.clock = clock
        self.announce = announce
        self.repeat_stretch = repeat_stretch
        self.conflict_delay = conflict_delay
        self.webhook: Webhook | None = None
        self.allowed: list[str] = []
        self.confirmed_offset = 0
        self._next_id = 1
        self._pending: OrderedDict[int, Json] = OrderedDict()
        self._waiting: asyncio.Future[str | None] | None = None
        self._repeat = (0, float("-inf"))
        self._conflict_at = float("-inf")

    def __len__(self) -> int:
        return len(self._pending)

    def pending(self) -> list[Json]:
        return list(self._pending.values())

    def add(self, kind: str, payload: Json) -> int | None:
        """Queues an update; None where the bot has not asked for this kind."""
        if kind not in self.allowed if self.allowed else kind in UNASKED:
            return None
        return self.add_raw({kind: payload})

    def add_raw(self, update: Json) -> int:
        update_id = int(update.get("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id + 1)
        queued = {**update, "update_id": update_id}
        self._pending[update_id] = queued
        if self._waiting is not None:
            _finish(self._waiting, None)
        if self.webhook is not None:
            self.webhook.offer(queued)
        self.announce()
        return update_id

    def forget(self, update_id: int) -> None:
        self._pending.pop(update_id, None)
        self.confirmed_offset = next(iter(self._pending), self._next_id)
        self.announce()

    def clear(self) -> None:
        self._pending.clear()
        self.announce()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        if self.webhook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        self.interrupt(OTHER_POLL)
        patience = self._stretched(offset, min(max(timeout, 0), MAX_POLL))
        self._confirm(offset)
        if not self._pending and patience > 0:
            interruption = await self._wait(patience)
            if interruption is not None:
                await self._pause_conflict()
                raise conflict(interruption)
        return list(islice(self._pending.values(), limit))

    def interrupt(self, reason: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            _finish(waiting, reason)

    def _stretched(self, offset: int, timeout: float) -> float:
        now = self.clock()
        previous, since = self._repeat
        self._repeat = (offset, now)
        repeated = offset == previous and now < since + self.repeat_stretch
        return max(timeout, self.repeat_stretch) if repeated else timeout

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._next_id - min(-offset, len(self._pending))
        if offset == 0:
            return
        while self._pending and next(iter(self._pending)) < offset:
            self._pending.popitem(last=False)
        if offset > self.confirmed_offset:
            self.confirmed_offset = offset
            self.announce()

    async def _wait(self, patience: float) -> str | None:
        """Waits for an update; the reason where something ends the wait before one comes."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[str | None] = loop.create_future()
        self._waiting = waiting
        timer = loop.call_later(patience, _finish, waiting, None)
        try:
            return await waiting
        finally:
            timer.cancel()
            if self._waiting is waiting:
                self._waiting = None

    async def _pause_conflict(self) -> None:
        now = self.clock()
        if now < self._conflict_at:
            await asyncio.sleep(self.conflict_delay)
        else:
            self._conflict_at = now + self.conflict_delay


def _finish(waiting: asyncio.Future[str | None], outcome: str | None) -> None:
    if not waiting.done():
        waiting.set_result(outcome)


class Webhook:
    """Delivery by POST: in order within a chat, chats side by side, again and again until a 2xx."""

    def __init__(self, updates: Updates, url: str, secret: str, max_connections: int, retry_delay: float) -> None:
        self.url = url
        self.secret = secret
        self.max_connections = max_connections
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._retry_delay = retry_delay
        self._lanes: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(max_connections)
        self._client = httpx.AsyncClient(verify=False, timeout=60, trust_env=False)
        for update in updates.pending():
            self.offer(update)

    def offer(self, update: Json) -> None:
        lane = _lane(update)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.get_running_loop().create_task(self._drain(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    async def _drain(self, lane: int) -> None:
        waiting = self._lanes[lane]
        while waiting:
            async with self._free:
                delay = await self._post(waiting[0])
            if delay is None:
                self._updates.forget(waiting.popleft()["update_id"])
            else:
                await asyncio.sleep(delay)
        del self._lanes[lane]

    async def _post(self, update: Json) -> float | None:
        """The seconds to wait before the next attempt, None when the update was taken."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            answer = await self._client.post(self.url, json=update, headers=headers)
        except httpx.HTTPError as problem:
            return self._failed(str(problem) or type(problem).__name__)
        if answer.is_success:
            return None
        delay = self._failed(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        after = answer.headers.get("Retry-After", "")
        return float(after) if after.isdecimal() else delay

    def _failed(self, problem: str) -> float:
        self.last_error = (int(time.time()), problem)
        self._updates.announce()
        return self._retry_delay


def _lane(update: Json) -> int:
    for payload in update.values():
        if isinstance(payload, dict):
            chat = payload.get("chat") or payload.get("message", {}).get("chat") or payload.get("from") or {}
            return int(chat.get("id", 0))
    return 0

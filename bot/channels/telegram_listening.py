"""How the Telegram channel listens: by long poll or webhook, with its greeting work done aside, and stopped cleanly."""

import asyncio
import hmac
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.channels.reports import report
from bot.channels.resting import LONGEST_REST, Rest, Work
from bot.channels.telegram_polling import LongPoll, Updates, persist
from bot.channels.telegram_updates import is_from_group, query_id, read_all
from domain.channel import DeliveryError, Receive
from domain.clock import Clock

COMMANDS_REST = 600.0
"""Commands that Telegram refuses will be refused again; asking seldom keeps the log readable."""
ANSWERS_AT_ONCE = 4
"""Of the connections, so that a hundred presses leave some for what is to be said."""

log = structlog.get_logger()


class Calls(Protocol):
    """What listening asks of Telegram; every call raises DeliveryError and nothing else."""

    async def get_updates(self, offset: int) -> Updates: ...

    async def my_name(self) -> str: ...

    async def publish_commands(self) -> None: ...

    async def set_webhook(self) -> None: ...

    async def answer(self, waiting: str) -> None: ...


class Listening:
    """One start and one stop; in between, a runner holds every task but the long poll, which comes and goes."""

    def __init__(self, calls: Calls, clock: Clock, rest: Rest, secret: str | None) -> None:
        self._calls = calls
        self._rest = rest
        self._secret = secret
        self._name = ""
        self._poll = LongPoll(calls.get_updates, self._take, clock, rest)
        self._answering = asyncio.Semaphore(ANSWERS_AT_ONCE)
        self._receive: Receive | None = None
        self._runner: asyncio.Task[None] | None = None
        self._poller: asyncio.Task[None] | None = None
        self._group: asyncio.TaskGroup | None = None

    @property
    def is_posted_to(self) -> bool:
        """Whether updates are posted to us, so that nobody has to ask for them."""
        return self._secret is not None

    @property
    def last_poll_at(self) -> datetime | None:
        return self._poll.last_poll_at

    def link(self, code: str) -> str | None:
        """The address that opens a chat with us and says "/start code"; None until Telegram has told us our name."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code):
            raise ValueError("a start code has 1 to 64 letters, digits, _ and -")
        return f"https://t.me/{self._name}?start={code}" if self._name else None

    def start(self, receive: Receive) -> None:
        self._receive = receive
        self._runner = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        await self.stop_polling()
        runner, self._runner = self._runner, None
        if runner is not None:
            await self._end(runner)

    def start_polling(self) -> None:
        self._poll.forget()
        self._poller = asyncio.get_running_loop().create_task(persist("poll", self._poll.run, self._rest))

    async def stop_polling(self) -> None:
        poller, self._poller = self._poller, None
        if poller is not None:
            await self._end(poller)

    async def _end(self, task: asyncio.Task[None]) -> None:
        """Ends it at once, but lets a batch that is being kept be kept."""
        try:
            async with self._poll.taking:
                task.cancel()
        finally:
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for a posted update: Telegram posts it again until it hears 200."""
        if not self._secret or not hmac.compare_digest((secret or "").encode(), self._secret.encode()):
            log.warning("telegram_webhook_refused")
            return 403
        if self._runner is None:
            return 503
        try:
            update = json.loads(body)
        except (ValueError, RecursionError) as problem:
            report("telegram_update_unreadable", problem)
            return 200
        return await self._kept(update)

    async def _kept(self, update: Any) -> int:
        try:
            await self._take([update])
        except DeliveryError as problem:
            log.warning("telegram_update_not_kept", reason=str(problem))
        except Exception as problem:
            report("telegram_update_not_kept", problem)
        else:
            return 200
        return 503

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as self._group:
            for name, work, longest in self._errands():
                self._group.create_task(persist(name, work, self._rest, longest))
            await asyncio.Event().wait()  # for ever: the group must stay open for answers to presses

    def _errands(self) -> Iterator[tuple[str, Work, float]]:
        """What hears comes first; Telegram's name for us and our commands delay nothing and stop nothing."""
        if self.is_posted_to:
            yield "webhook", self._calls.set_webhook, LONGEST_REST
        yield "name", self._introduce, LONGEST_REST
        yield "commands", self._calls.publish_commands, COMMANDS_REST

    async def _introduce(self) -> None:
        self._name = await self._calls.my_name()

    async def _take(self, updates: Updates) -> None:
        """Has a batch kept. Raises what `receive` raises, and then nothing of it may be confirmed."""
        if not self._name and any(is_from_group(update) for update in updates):
            await self._introduce()
        incoming = read_all(updates, self._name)
        if incoming and self._receive is not None:
            await self._receive(incoming)
            # whoever waits for an answer comes before asking Telegram for more
            await asyncio.sleep(0)
        for update in updates:
            waiting = query_id(update)
            if waiting and self._group is not None and self._runner is not None:
                self._group.create_task(self._answer(waiting))

    async def _answer(self, waiting: str) -> None:
        """Stops the clock on a pressed button; it only looks better, so a failure is no matter."""
        async with self._answering:
            try:
                await self._calls.answer(waiting)
            except DeliveryError as problem:
                log.info("telegram_press_not_answered", kind=type(problem).__name__, reason=str(problem))
